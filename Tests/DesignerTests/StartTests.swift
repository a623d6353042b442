@testable import Commands
import Diagnostics
import Foundation
import Contract
import Reporting
import Testing

@testable import Billmaking

/// `billfold new`.
@Suite struct StartTests {
  private let larkspur = Desk.layouts.appendingPathComponent("larkspur").path

  @Test func whatIsStartedRendersAtOnce() throws {
    let bench = try Bench()
    let folder = bench.folder.appendingPathComponent("my bill").path
    #expect(NewLayout(makers: .real, reporter: Reporter(format: .text)).start(folder + "/", like: larkspur) == .success)
    let made = Desk.files(in: folder)
    for name in [
      "layout.xml", "parts/notice.xml", "strings/en-US.yaml", "images/larkspur.svg", "sample.yaml", "bills.jsonl", "campaign/campaign.yaml",
      "campaign/terms/2027-03.en.md",
    ] { #expect(made.contains(name), "\(name)") }
    let proof = try Proof(layout: folder, campaign: folder + "/campaign", paints: true)
    let records = try String(contentsOfFile: folder + "/bills.jsonl", encoding: .utf8).split(separator: "\n")
    #expect(records.count == LayoutStarter.billCount)
    var notices = 0
    for record in records.prefix(8) {
      guard case .pieces(let pieces, _, _) = proof.outcome(String(record)), let facts = pieces.first?.facts, let pdf = pieces.first?.bytes
      else {
        Issue.record("a sample bill of the new layout is rejected")
        continue
      }
      #expect(pdf.starts(with: Array("%PDF".utf8)))
      if facts.notice != nil { notices += 1 }
    }
    #expect(notices > 0)
    // What was started can be started from, with its own campaign.
    let second = bench.folder.appendingPathComponent("second").path
    #expect(NewLayout(makers: .real, reporter: Reporter(format: .text)).start(second, like: folder) == .success)
    #expect(Desk.files(in: second) == made)
  }

  @Test func nothingIsOverwrittenAndNothingIsLeftBehind() throws {
    let bench = try Bench(["there/keep.txt": "mine"])
    let reporter = Reporter(format: .json)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.folder.path + "/there", like: larkspur) == .otherRun)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.folder.path + "/there/keep.txt", like: larkspur) == .otherRun)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.folder.path + "/none/new", like: larkspur) == .output)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.folder.path + "/new", like: "no-such-layout") == .configuration)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.folder.path + "/new", like: bench.folder.path) == .configuration)
    #expect(Desk.files(in: bench.folder.path) == ["there/keep.txt"])
  }
}

extension Desk {
  /// The files below a folder, by path.
  static func files(in folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}

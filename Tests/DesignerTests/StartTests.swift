import Contract
import Diagnostics
import Foundation
import LayoutLanguage
import Reporting
import TestSupport
import Testing

@testable import Billmaking
@testable import Commands

/// `billfold new`.
@Suite struct StartTests {
  private let larkspur = Desk.layouts.appendingPathComponent("larkspur").path

  @Test func whatIsStartedRendersAtOnce() throws {
    let bench = try TemporaryFolder()
    let folder = bench.url.appendingPathComponent("my bill").path
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
    let second = bench.url.appendingPathComponent("second").path
    #expect(NewLayout(makers: .real, reporter: Reporter(format: .text)).start(second, like: folder) == .success)
    #expect(Desk.files(in: second) == made)
  }

  /// Its bills are invoices that add up: no reject, no warning, and what is printed is what the record says.
  @Test func invoiceLayoutStartsWithInvoices() throws {
    let bench = try TemporaryFolder()
    let folder = bench.url.appendingPathComponent("invoice").path
    let invoices = Desk.layouts.appendingPathComponent("e-invoice").path
    #expect(NewLayout(makers: .real, reporter: Reporter(format: .text)).start(folder, like: invoices) == .success)
    let proof = try Proof(layout: folder, paints: true)
    #expect(proof.job.warnings.isEmpty)
    let records = try String(contentsOfFile: folder + "/bills.jsonl", encoding: .utf8).split(separator: "\n")
    var languages: Set<String> = []
    for record in records.prefix(12) {
      guard case .pieces(let pieces, _, _) = proof.outcome(String(record)), let facts = pieces.first?.facts else {
        Issue.record("a sample invoice is rejected: \(proof.outcome(String(record)))")
        continue
      }
      #expect(facts.warnings.isEmpty, "\(facts.warnings)")
      languages.insert(facts.language)
      let bill = try #require(try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any])
      let invoice = try #require((bill["extra"] as? [String: Any])?["e_invoice"] as? [String: Any])
      func sum(_ list: Any?, _ key: String) -> Decimal {
        ((list as? [[String: Any]]) ?? []).reduce(0) { $0 + (Decimal(string: $1[key] as? String ?? "") ?? .nan) }
      }
      let totals = try #require(invoice["totals"] as? [String: String])
      let due = Decimal(string: (bill["totals"] as? [String: String])?["due"] ?? "")
      #expect(sum(invoice["lines"], "amount") == Decimal(string: totals["net"] ?? ""))
      #expect(sum(invoice["lines"], "amount") + sum(invoice["vat"], "amount") == due && Decimal(string: totals["due"] ?? "") == due)
      #expect((invoice["lines"] as? [[String: Any]])?.allSatisfy { $0["rate"] as? String == "19" } == true)
    }
    #expect(languages == ["de", "en", "fr"])
  }

  /// A language of the sample without strings is told before someone makes bills in it.
  @Test func checkLooksAtTheSample() throws {
    let bench = try TemporaryFolder()
    let folder = bench.url.appendingPathComponent("mine").path
    #expect(NewLayout(makers: .real, reporter: Reporter(format: .text)).start(folder, like: larkspur) == .success)
    let template = try LayoutPackage.template(folder: folder)
    #expect(SampleCheck.warnings(layout: folder, template).isEmpty)
    let place = URL(fileURLWithPath: folder + "/sample.yaml")
    let text = try String(contentsOf: place, encoding: .utf8)
    try text.replacing("  es-US:", with: "  pt-BR:").write(to: place, atomically: true, encoding: .utf8)
    let warning = try #require(SampleCheck.warnings(layout: folder, template).first)
    #expect(warning.id == "sample-language-not-offered" && warning.severity == .warning && warning.message.contains("'pt-BR'"))
    #expect(warning.range.map { String(decoding: $0.file.bytes[$0.bytes], as: UTF8.self) } == "pt-BR")
    try text.replacing("currency: USD", with: "currency: DOLLARS").write(to: place, atomically: true, encoding: .utf8)
    #expect(SampleCheck.warnings(layout: folder, template).map(\.severity) == [.warning])
    try FileManager.default.removeItem(at: place)
    #expect(SampleCheck.warnings(layout: folder, template).isEmpty)
  }

  @Test func nothingIsOverwrittenAndNothingIsLeftBehind() throws {
    let bench = try TemporaryFolder(["there/keep.txt": "mine"])
    let reporter = Reporter(format: .json)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.url.path + "/there", like: larkspur) == .otherRun)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.url.path + "/there/keep.txt", like: larkspur) == .otherRun)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.url.path + "/none/new", like: larkspur) == .output)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.url.path + "/new", like: "no-such-layout") == .configuration)
    #expect(NewLayout(makers: .real, reporter: reporter).start(bench.url.path + "/new", like: bench.url.path) == .configuration)
    #expect(Desk.files(in: bench.url.path) == ["there/keep.txt"])
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

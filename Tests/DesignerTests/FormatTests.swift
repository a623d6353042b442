import Contract
import Foundation
import LayoutLanguage
import Reporting
import TestSupport
import Testing

@testable import Billmaking
@testable import Commands

/// `billfold format`.
@Suite struct FormatTests {
  private static let rough = "<partial xmlns=\"urn:billfold:layout:1\">\n<text   style='a'\n>x</text></partial>"
  private static let canonical = "<partial xmlns=\"urn:billfold:layout:1\">\n  <text style=\"a\">x</text>\n</partial>\n"

  private func format(_ bench: TemporaryFolder, _ names: [String], check: Bool = false) -> ExitCode {
    FormatBody(reporter: Reporter(format: .json)).run(names.map { bench.url.path + "/" + $0 }, isCheck: check)
  }

  private func text(_ bench: TemporaryFolder, _ name: String) throws -> String {
    String(decoding: try Data(contentsOf: bench.url.appendingPathComponent(name)), as: UTF8.self)
  }

  @Test func fileIsRewrittenInPlaceAndOnlyOnce() throws {
    let bench = try TemporaryFolder(["a.xml": Self.rough])
    let place = bench.url.appendingPathComponent("a.xml").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: place)
    #expect(format(bench, ["a.xml"]) == .success)
    #expect(try text(bench, "a.xml") == Self.canonical)
    let after = try FileManager.default.attributesOfItem(atPath: place)
    #expect((after[.posixPermissions] as? NSNumber)?.intValue == 0o640)
    #expect(format(bench, ["a.xml"]) == .success)
    // A canonical file is not touched.
    let again = try FileManager.default.attributesOfItem(atPath: place)
    #expect(again[.modificationDate] as? Date == after[.modificationDate] as? Date)
    #expect(again[.systemFileNumber] as? NSNumber == after[.systemFileNumber] as? NSNumber)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.url.path) == ["a.xml"])
  }

  @Test func checkWritesNothing() throws {
    let bench = try TemporaryFolder(["a.xml": Self.rough, "b.xml": Self.canonical])
    #expect(format(bench, ["a.xml", "b.xml"], check: true) == .found)
    #expect(try text(bench, "a.xml") == Self.rough)
    #expect(format(bench, ["b.xml"], check: true) == .success)
  }

  @Test func faultyFileStaysAndTheOthersAreWritten() throws {
    let broken = "<partial xmlns=\"urn:billfold:layout:1\"><text></partial>"
    let bench = try TemporaryFolder(["a.xml": broken, "b.xml": Self.rough])
    #expect(format(bench, ["a.xml", "b.xml"]) == .configuration)
    #expect(try text(bench, "a.xml") == broken)
    #expect(try text(bench, "b.xml") == Self.canonical)
    #expect(format(bench, ["none.xml"]) == .configuration)
    #expect(format(bench, ["."]) == .configuration)
  }

  @Test func linkStaysALink() throws {
    let bench = try TemporaryFolder(["a.xml": Self.rough])
    let link = bench.url.appendingPathComponent("link.xml").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.xml")
    #expect(format(bench, ["link.xml"]) == .success)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a.xml")
    #expect(try text(bench, "a.xml") == Self.canonical)
  }

  @Test func tutorialsLayoutsAreCanonical() {
    let files = Project.files(below: "Layouts/tutorial", ending: ".xml")
    #expect(files.count >= 12)
    for file in files {
      #expect(
        FormatBody(reporter: Reporter(format: .text)).run([Project.url(file).path], isCheck: true) == .success,
        "\(file)")
    }
  }
}

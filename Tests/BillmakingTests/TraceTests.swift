import Foundation
import LayoutLanguage
import TestSupport
import Testing

/// Small layouts, one for each rule, and what they draw: `Traces/NAME.xml`, which begins with the rule, its record (`NAME.json` replaces keys of
/// `shared/default.json`), `NAME.expected`, and `NAME.structure.txt`: what a reader who listens finds in which order.
///
/// `RECORD=1 swift test --filter TraceTests` rewrites what is expected; read the difference before keeping it.
@Suite struct TraceTests {
  private static let folder = Project.url("Tests/BillmakingTests/Traces")
  private static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }.sorted()
  }()

  private static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  private static func object(_ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try text(name).utf8)) as? [String: Any])
  }

  static func record(_ name: String) throws -> (json: String, language: String) {
    var record = try object("shared/default.json")
    if FileManager.default.fileExists(atPath: folder.appendingPathComponent(name + ".json").path) {
      record.merge(try object(name + ".json")) { $1 }
      // A trace that brings charges of its own has nothing left of the default's balance.
      if try object(name + ".json")["sections"] != nil { record["balance"] = nil }
    }
    let bytes = try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys, .withoutEscapingSlashes])
    return (String(decoding: bytes, as: UTF8.self), try #require(record["language"] as? String))
  }

  /// The layout of a trace, with the campaign where it has a notice.
  static func layout(_ name: String, language: String) throws -> TrialLayout {
    let xml = try text(name + ".xml")
    let shared = folder.appendingPathComponent("shared")
    let hasNotice = xml.contains("<notice")
    return try TrialLayout(
      xml, strings: [language: ""], shared: shared,
      campaign: hasNotice ? shared.appendingPathComponent("campaign/campaign.yaml").path : nil,
      tokenKey: hasNotice ? shared.appendingPathComponent("campaign/token.key").path : nil)
  }

  @Test(arguments: names) func drawsWhatIsExpected(name: String) throws {
    let record = try Self.record(name)
    let layout = try Self.layout(name, language: record.language)
    try Self.compare(try layout.trace(record.json), with: name + ".expected")
    // A bill that is rejected has no structure.
    if let structure = try layout.structure(record.json) {
      try Self.compare(structure, with: name + ".structure.txt")
    } else {
      #expect(try Self.text(name + ".expected").contains("reject "))
      #expect(!FileManager.default.fileExists(atPath: Self.folder.appendingPathComponent(name + ".structure.txt").path))
    }
  }

  private static func compare(_ trace: String, with file: String) throws {
    if Project.isRecording {
      try Data(trace.utf8).write(to: Self.folder.appendingPathComponent(file))
      return
    }
    let expected = try Self.text(file)
    if trace != expected {
      let (found, wanted) = (trace.split(separator: "\n"), expected.split(separator: "\n"))
      let line = zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(found.count, wanted.count)
      Issue.record(
        """
        \(file), line \(line + 1), differs (\(wanted.count) lines expected, \(found.count) drawn)
        expected: \(wanted.indices.contains(line) ? wanted[line] : "nothing")
        drawn:    \(found.indices.contains(line) ? found[line] : "nothing")
        """)
    }
  }

  @Test func everyTraceHasBothFilesAndSaysItsRule() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files.filter { $0.hasSuffix(".expected") }.map { String($0.dropLast(9)) }) == Set(Self.names))
    for name in files where name.hasSuffix(".structure.txt") { #expect(Self.names.contains(String(name.dropLast(14))), "\(name)") }
    for name in files where name.hasSuffix(".json") { #expect(Self.names.contains(String(name.dropLast(5))), "\(name) has no layout") }
    for name in Self.names { #expect(try Self.text(name + ".xml").hasPrefix("<!-- "), "\(name).xml does not begin with its rule") }
    #expect(Self.names.count >= 30)
  }

  @Test func everyElementOfTheLanguageIsInSomeTrace() throws {
    let layouts = try (Self.names.map { $0 + ".xml" } + ["shared/parts/line.xml"]).map(Self.text).joined()
    // Strings and declared fields are what the tests of the layout language are about; leaflets and postcards have traces of their own.
    let elsewhere: Set<ElementKind> = [.string, .fields, .field, .leaflet, .postcard]
    for spec in ElementRegistry.all where !elsewhere.contains(spec.kind) {
      let tag = spec.kind.tag
      #expect(["<\(tag) ", "<\(tag)>", "<\(tag)/"].contains { layouts.contains($0) }, "no trace shows <\(tag)>")
    }
  }
}

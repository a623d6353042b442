import Foundation
import Testing

/// The layout engine sets pages of anything: what a bill carries, and why, is named by who composes it, never by the engine.
@Suite struct EngineWordTests {
  private static let root: URL = {
    var place = URL(fileURLWithPath: #filePath)
    while place.path != "/", !FileManager.default.fileExists(atPath: place.appendingPathComponent("Package.swift").path) {
      place.deleteLastPathComponent()
    }
    return place
  }()

  /// Words of the trade, as they would stand in a name.
  private static let foreign: Set<String> = [
    "notice", "notices", "terms", "bill", "bills", "billing", "campaign", "campaigns", "consent", "opt", "specimen", "customer", "account",
    "invoice", "invoices", "payment", "paperless", "record", "records", "tax", "vat", "amount", "currency", "template",
  ]

  /// The source without its comments and without what stands in quotation marks.
  static func code(_ source: String) -> String {
    var code = ""
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = String(line.replacing(#/"(\\.|[^"\\])*"/#, with: "\"\""))
      if let comment = rest.range(of: "//") { rest = String(rest[..<comment.lowerBound]) }
      code += rest + "\n"
    }
    return code
  }

  /// The words that identifiers are made of: `pageOfTerms` is page, of, terms.
  static func words(_ code: String) -> Set<String> {
    Set(code.matches(of: #/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/#).map { $0.output.lowercased() })
  }

  @Test func wordsOfNamesAreTakenApart() {
    let code = Self.code("let pageOfTerms = \"a notice\"  // the bill's\n/// A notice.\nfunc optIn(URLList: Int) {}")
    #expect(Self.words(code) == ["let", "page", "of", "terms", "func", "opt", "in", "url", "list", "int"])
  }

  @Test func engineNamesNothingOfTheTrade() throws {
    let folder = Self.root.appendingPathComponent("Sources/Layout")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }.filter {
      $0.hasSuffix(".swift")
    }
    #expect(files.count > 30)
    for file in files.sorted() {
      let code = Self.code(try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8))
      let found = Self.words(code).intersection(Self.foreign).sorted()
      #expect(found.isEmpty, "Sources/Layout/\(file) names \(found)")
      let name = Self.words(file).intersection(Self.foreign).sorted()
      #expect(name.isEmpty, "Sources/Layout/\(file) is named after \(name)")
    }
  }
}

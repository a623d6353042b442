import Foundation
import TestSupport
import Testing

/// What an invoice's XML says and its pages do not, as `Check/unshown_values.py` lists it, which shares no code with the program.
@Suite(.needs("pdftotext", Tool.xmlReader), .serialized)
struct UnshownTests {
  private static let check = Project.path("Tests/EInvoicePageTests/Check")

  /// What the script lists, a line each: `term` or `other`, the element's way and the value; the last line counts.
  private func unshown(_ readings: [String], _ invoice: String, _ language: String) throws -> (code: Int32, lines: [String]) {
    let folder = try TemporaryFolder()
    let pages = try readings.enumerated().map { try folder.write("page\($0.offset).txt", $0.element) }
    let found = try Tool.run(
      [Tool.python, UnshownTests.check + "/unshown_values.py", language, Project.path("Layouts/e-invoice"), invoice] + pages)
    return (found.code, found.output.split(separator: "\n").map(String.init))
  }

  /// An invoice in which each term of EN 16931 has a value of its own.
  private func full(_ syntax: String, in folder: TemporaryFolder) throws -> String {
    let made = try Tool.run([Tool.python, "-B", UnshownTests.check + "/full_invoice.py", syntax], withErrors: false)
    try #require(made.code == 0)
    return try folder.write("full.\(syntax).xml", made.output)
  }

  @Test(arguments: ["ubl", "cii"], ["de", "en", "fr"])
  func everyTermIsShown(_ syntax: String, _ language: String) throws {
    let folder = try TemporaryFolder()
    let invoice = try full(syntax, in: folder)
    let printer = try PageText(language: language, accepts: ["sum-mismatch"])
    let found = try unshown(try printer.readings(of: [UInt8](try Data(contentsOf: URL(fileURLWithPath: invoice)))), invoice, language)
    #expect(found.code == 0 && found.lines.count == 1, "\(found.lines.joined(separator: "\n"))")
  }

  @Test(
    .enabled(if: !PageText.invoices.isEmpty, "the example invoices are not beside the project: skipped"), arguments: ["de", "en", "fr"])
  func everyTermOfThePublishedExamplesIsShown(_ language: String) throws {
    let printer = try PageText(language: language)
    for invoice in PageText.invoices {
      let found = try unshown(try printer.readings(of: [UInt8](try Data(contentsOf: invoice))), invoice.path, language)
      #expect(found.code == 0 && found.lines.count == 1, "\(invoice.lastPathComponent): \(found.lines.joined(separator: "\n"))")
    }
  }

  /// The script sees what it is there to see.
  @Test func missingValuesAreSeen() throws {
    let folder = try TemporaryFolder()
    let invoice = try full("ubl", in: folder)
    let readings = try PageText(language: "de", accepts: ["sum-mismatch"]).readings(
      of: [UInt8](try Data(contentsOf: URL(fileURLWithPath: invoice))))
    let text = try String(contentsOfFile: invoice, encoding: .utf8)
    var seen = 0
    for match in text.matches(of: #/<cbc:([A-Za-z]+)[^>]*>((?:Wort|ZQ-)[^<]*)<//#) {
      let (element, value) = (String(match.output.1), String(match.output.2))
      let dense = readings.map(PageText.dense)
      let without = dense.map { $0.replacingOccurrences(of: PageText.dense(value), with: "") }
      guard without != dense else { continue }
      seen += 1
      guard seen % 8 == 0 else { continue }
      let found = try unshown(without, invoice, "de")
      #expect(found.code == 1 && found.lines.contains { $0.contains(element + "\t" + value) }, "\(value): \(found.lines)")
    }
    #expect(seen > 40)
  }
}

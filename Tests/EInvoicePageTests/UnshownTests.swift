import Foundation
import TestSupport
import Testing

/// What an invoice's XML says and its pages do not, as `Check/unshown_values.py` lists it, which shares no code with the program.
@Suite(.needs("pdftotext", Tool.xmlReader), .serialized)
struct UnshownTests {
  /// The script, which lists a line each: `term` or `other`, the element's way and the value; the last line counts.
  private static func check(_ language: String) throws -> PageCheck {
    try PageCheck("unshown_values.py", [language, Project.path("Layouts/e-invoice")])
  }

  /// An invoice in which each term of EN 16931 has a value of its own.
  private static func full(_ syntax: String, in folder: TemporaryFolder) throws -> URL {
    let script = Project.path("Tests/EInvoicePageTests/Check/full_invoice.py")
    let made = try Tool.run([Tool.python, "-B", script, syntax], withErrors: false)
    try #require(made.code == 0)
    return URL(fileURLWithPath: try folder.write("full.\(syntax).xml", made.output))
  }

  @Test(arguments: ["de", "en", "fr"])
  func everyTermIsShown(_ language: String) async throws {
    let findings = try await Tool.waiting {
      let folder = try TemporaryFolder()
      let printer = PageText(language: language, accepts: ["sum-mismatch"])
      var check = try UnshownTests.check(language)
      for syntax in ["ubl", "cii"] {
        let invoice = try UnshownTests.full(syntax, in: folder)
        try check.add(invoice, try printer.readings(of: [UInt8](try Data(contentsOf: invoice))))
      }
      return try check.findings()
    }
    for (syntax, found) in zip(["ubl", "cii"], findings) {
      #expect(found.code == 0 && found.lines.count == 1, "\(syntax): \(found.lines.joined(separator: "\n"))")
    }
  }

  @Test(
    .enabled(if: !PageText.invoices.isEmpty, "the example invoices are not beside the project: skipped"), arguments: ["de", "en", "fr"])
  func everyTermOfThePublishedExamplesIsShown(_ language: String) async throws {
    let findings = try await Tool.waiting {
      let printer = PageText(language: language)
      var check = try UnshownTests.check(language)
      for invoice in PageText.invoices { try check.add(invoice, try printer.readings(of: [UInt8](try Data(contentsOf: invoice)))) }
      return try check.findings()
    }
    for (invoice, found) in zip(PageText.invoices, findings) {
      #expect(found.code == 0 && found.lines.count == 1, "\(invoice.lastPathComponent): \(found.lines.joined(separator: "\n"))")
    }
  }

  /// The script sees what it is there to see.
  @Test func missingValuesAreSeen() throws {
    let folder = try TemporaryFolder()
    let invoice = try UnshownTests.full("ubl", in: folder)
    let bytes = [UInt8](try Data(contentsOf: invoice))
    let dense = try PageText(language: "de", accepts: ["sum-mismatch"]).readings(of: bytes).map(PageText.dense)
    var check = try UnshownTests.check("de")
    var (seen, missing): (Int, [(element: String, value: String)]) = (0, [])
    for match in String(decoding: bytes, as: UTF8.self).matches(of: #/<cbc:([A-Za-z]+)[^>]*>((?:Wort|ZQ-)[^<]*)<//#) {
      let (element, value) = (String(match.output.1), String(match.output.2))
      let without = dense.map { $0.replacingOccurrences(of: PageText.dense(value), with: "") }
      guard without != dense else { continue }
      seen += 1
      guard seen % 8 == 0 else { continue }
      missing.append((element, value))
      try check.add(invoice, without)
    }
    #expect(seen > 40)
    for (value, found) in zip(missing, try check.findings()) {
      #expect(found.code == 1 && found.lines.contains { $0.contains(value.element + "\t" + value.value) }, "\(value): \(found.lines)")
    }
  }
}

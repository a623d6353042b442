import Foundation
import TestSupport
import Testing

/// Pages held against invoices by `Check/page_values.py`, which shares no code with the program.
@Suite(
  .needs("pdftotext", Tool.xmlReader),
  .serialized)
struct UnalteredTests {
  /// Small invoices of situations that once went wrong, beside the project; some are not to become bills.
  private static let cases: [URL] = {
    guard let shared = PageText.invoices.first?.deletingLastPathComponent().path.components(separatedBy: "/data/real-invoices").first else {
      return []
    }
    let kinds = [
      "e-invoices/04", "e-invoices/05", "e-invoices/07", "e-invoices/08", "e-invoices/14", "e-invoices/15", "e-invoices/17",
      "e-invoices/18", "e-invoices/19", "e-invoices/21", "e-invoices/22", "e-invoices/29", "e-invoices/33", "e-invoices/34",
      "e-invoices/40", "trackers/01-skonto-first", "trackers/03-two-banks", "trackers/04-empty-elements", "trackers/07-final-invoice",
      "trackers/08-negative-credit", "trackers/10-zero-quantity", "trackers/12-no-lines", "trackers/27-strict-lines",
    ]
    return kinds.flatMap { kind -> [URL] in
      let folder = URL(fileURLWithPath: shared).appendingPathComponent("cases").appendingPathComponent(kind)
      let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      return names.filter { $0.hasSuffix(".xml") }.sorted().map { folder.appendingPathComponent($0) }
    }
  }()

  private static let own: [SmallInvoice] = {
    var paid = SmallInvoice()
    (paid.paid, paid.due) = ("119.00", "0.00")
    var credit = SmallInvoice()
    credit.type = "381"
    var selfBilled = SmallInvoice()
    selfBilled.type = "389"
    var large = SmallInvoice()
    (large.quantity, large.price, large.line) = ("12345.5", "1000.1234", "12347023.43")
    (large.vat, large.gross, large.due) = ("2345934.45", "14692957.88", "14692957.88")
    let accounts = ["19-2000145399/0800", "123456789012", "DE02120300000000202052", "MT84MALT011000012345MTLCAST001S", "20-00-00 12345678"]
    return [SmallInvoice(), paid, credit, selfBilled, large] + accounts.map { SmallInvoice(payment: SmallInvoice.account($0)) }
  }()

  @Test(arguments: ["de", "en", "fr"])
  func noValueIsAltered(_ language: String) async throws {
    // The published examples and the situations beside the project, where they are there.
    let invoices = PageText.invoices + UnalteredTests.cases
    let findings = try await Tool.waiting {
      let printer = PageText(language: language)
      var check = try PageCheck("page_values.py", [language])
      for invoice in UnalteredTests.own { try check.add(invoice, [try printer.raw(of: Array(invoice.xml.utf8))]) }
      for invoice in invoices { try check.add(invoice, [try printer.raw(of: [UInt8](try Data(contentsOf: invoice)))]) }
      return try check.findings()
    }
    let names = UnalteredTests.own.map { "\($0.type) \($0.payment)" } + invoices.map(\.lastPathComponent)
    for (name, found) in zip(names, findings) {
      #expect(found.code == 0, "\(name): \(found.lines.joined(separator: "\n").prefix(600))")
    }
  }

  /// The script sees what it is there to see.
  @Test
  func alterationsAreSeen() throws {
    var invoice = SmallInvoice()
    invoice.payment = SmallInvoice.account("19-2000145399/0800")
    let text = try PageText(language: "de").raw(of: Array(invoice.xml.utf8))
    var altered = [
      text.replacing("19-2000145399/0800", with: "1920 0014 5399 0800"), text.replacing("19-2000145399", with: "19-2000 145399"),
    ]
    for (pattern, digit) in [(#/[0-9]{2},[0-9]{2}/#, "8"), (#/[0-9]+\. [A-Z][a-zä]+ 20[0-9]{2}/#, "3"), (#/[0-9]{6,}/#, "4")]
      as [(Regex<Substring>, String)]
    {
      guard let match = text.firstMatch(of: pattern) else { continue }
      // Every place of the value, as a filter would alter it.
      let value = String(match.output)
      altered.append(text.replacingOccurrences(of: value, with: value.dropLast() + (value.hasSuffix(digit) ? "1" : digit)))
    }
    #expect(altered.count == 5)
    var check = try PageCheck("page_values.py", ["de"])
    for text in [text] + altered { try check.add(invoice, [text]) }
    #expect(try check.findings().map(\.code) == [0, 1, 1, 1, 1, 1])
  }
}

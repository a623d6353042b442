import Foundation
import TestSupport
import Testing

@Suite(
  .needs("pdftotext"), .enabled(if: !PageText.invoices.isEmpty, "the example invoices are not beside the project: skipped"), .serialized)
struct PageTests {
  /// Every text value of an invoice, found without our reader, stands on its pages: as it is, as a formatted number or date, or in the
  /// words of ``StatedWords``.
  @Test
  func everyValueIsOnThePage() throws {
    let printer = PageText(language: "de")
    for invoice in PageText.invoices {
      let (name, bytes) = (invoice.lastPathComponent, [UInt8](try Data(contentsOf: invoice)))
      let page = try printer.text(of: bytes)
      #expect(page.pages >= 1)
      let plain = String(decoding: bytes, as: UTF8.self).replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "")
      var count = 0
      for match in plain.matches(of: /<(?:[A-Za-z]+:)?([A-Za-z]+)[^<>]*>([^<>]*[^<>\s][^<>]*)<\//) {
        count += 1
        let (element, text) = (String(match.1), PageTests.unescaped(String(match.2)))
        if let words = StatedWords.words[element]?[text] {
          #expect(page.text.contains(PageText.dense(words)), "\(name): \(element) \(text): '\(words)' is missing")
        } else if !StatedWords.isShownOtherwise(element, text) {
          let isThere = PageTests.forms(of: text).contains { page.text.contains($0) }
          #expect(isThere, "\(name): \(element): '\(text)' is missing")
        }
      }
      #expect(count > 30)
    }
  }

  @Test
  func everyLanguageSetsEveryInvoice() throws {
    for language in ["en", "fr"] {
      let printer = PageText(language: language)
      for invoice in PageText.invoices { #expect(try printer.text(of: [UInt8](try Data(contentsOf: invoice))).pages >= 1) }
    }
  }

  static func unescaped(_ text: String) -> String {
    var text = text
    for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: reference, with: character)
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// How a value may stand on a German page, without white space.
  static func forms(of text: String) -> [String] {
    let plain = text.replacing(/^#[A-Z]{3}#/, with: "")
    var forms = [PageText.dense(plain)]
    if let day = text.wholeMatch(of: /([0-9]{4})-?([0-9]{2})-?([0-9]{2})/) {
      let months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]
      let (year, month, number) = (String(day.1), Int(day.2) ?? 0, Int(day.3) ?? 0)
      forms.append("\(day.3).\(day.2).\(year)")
      if (1...12).contains(month) { forms.append("\(number).\(months[month - 1])\(year)") }
    }
    if let number = text.wholeMatch(of: /[-+]?0*([0-9]+)(?:\.([0-9]*?)0*)?/) {
      var whole = String(number.1)
      for place in stride(from: whole.count - 3, to: 0, by: -3) { whole.insert(".", at: whole.index(whole.startIndex, offsetBy: place)) }
      let decimals = number.2.map(String.init) ?? ""
      for length in max(decimals.count, 0)...max(decimals.count, 2) {
        forms.append(length == 0 ? whole : whole + "," + decimals.padding(toLength: length, withPad: "0", startingAt: 0))
      }
    }
    return forms
  }
}

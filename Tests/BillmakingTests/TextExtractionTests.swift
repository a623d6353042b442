import TestSupport
import Testing

@testable import Billmaking

/// Text as readers, searchers and screen readers get it: in logical order, whatever the script.
@Suite struct TextExtractionTests {
  struct Script: Sendable, CustomTestStringConvertible {
    var language: String
    var currency: String
    var lines: [String]
    var testDescription: String { language }
  }

  private static let leftToRight = [
    Script(
      language: "en-US", currency: "USD",
      lines: ["Total due $1,204.50 by December 14, 2026", "office affiliate fjord – 50% “off” ½", "Łódź Ærø Đorđe Şükrü Ñandú"]),
    Script(
      language: "sr-Cyrl-RS", currency: "RSD", lines: ["Износ за уплату 1.204,50 RSD до 14. децембра", "Љубица Ђорђевић, Њежић Џафер"]),
    Script(language: "el-GR", currency: "EUR", lines: ["Ποσό πληρωμής 1.204,50 € έως 14 Δεκεμβρίου", "Σοφία Παπαδοπούλου ΐ ΰ ώ"]),
  ]
  private static let hebrew = Script(
    language: "he-IL", currency: "ILS", lines: ["סכום לתשלום 1,204.50 עד יום שני", "דוד גולדברג", "חשבון 4400-1182-07 חודש נובמבר"])
  private static let arabic = Script(
    language: "ar-EG", currency: "EGP",
    lines: ["المبلغ المستحق قبل نهاية الشهر", "عمر فاروق", "رقم الحساب 4400 للعميل", "المبلغ ١٬٢٠٤٫٥٠ فقط"])

  /// Signs and words that run one way inside a line that runs the other. MuPDF sets longer phrases on lines of their own, in the same order.
  private static let bothWays = Script(
    language: "he-IL", currency: "ILS", lines: ["סך 12.50 ₪ בלבד", "Ana דוד 12 Goldberg", "הנחה 5% מ-100 עד 200"])

  private func pdf(_ script: Script) throws -> [UInt8] {
    let layout = try TrialLayout(
      TrialLayout.xml("<text each=\"line in customer.address\">{line}</text>"), strings: [script.language: ""])
    return try layout.print(
      TestRecord(language: script.language, currency: script.currency, name: "x", address: script.lines).json
    ).pdf
  }

  private func lines(_ text: String) -> [String] {
    text.undirected.split(whereSeparator: \.isNewline).map { String($0).folded }.filter { !$0.isEmpty }
  }

  @Test(.needs("pdftotext"), arguments: leftToRight)
  func popplerSeesTheLogicalText(script: Script) throws {
    #expect(lines(try Tool.text(of: try pdf(script))) == script.lines)
  }

  @Test(.needs("mutool"), arguments: leftToRight)
  func mupdfSeesTheLogicalText(script: Script) throws {
    #expect(lines(try Tool.muText(of: try pdf(script))) == script.lines)
  }

  @Test(.needs("pdftotext", "mutool"))
  func hebrewWithAmountsIsLogical() throws {
    let pdf = try pdf(Self.hebrew)
    let mupdf = lines(try Tool.muText(of: pdf))
    #expect(mupdf == Self.hebrew.lines, "\(mupdf)")
    // Poppler moves the space behind a number in a right-to-left line to the number's other side, whoever wrote the PDF.
    let poppler = lines(try Tool.text(of: pdf)).map { $0.filter { $0 != " " } }
    #expect(poppler == Self.hebrew.lines.map { $0.filter { $0 != " " } }, "\(poppler)")
    #expect(lines(try Tool.text(of: pdf)).contains("דוד גולדברג"))
  }

  @Test(.needs("mutool"), arguments: [arabic, bothWays])
  func mixedLinesAreLogical(script: Script) throws {
    let found = lines(try Tool.muText(of: try pdf(script)))
    #expect(found == script.lines, "\(found)")
  }

  @Test(.needs("pdftotext"))
  func breaksAndLeadersLeaveNoTrace() throws {
    let layout = try TrialLayout(
      TrialLayout.xml("<text width=\"62pt\">{customer.name}</text><text tabs=\"end\">Total<tab leader=\".\"/>{totals.due | money}</text>"))
    let pdf = try layout.print(TestRecord(name: "elec\u{AD}tricity bill\u{AD}ing").json).pdf
    let text = try Tool.text(of: pdf).undirected.folded
    #expect(text.contains("$48.70") && !text.contains(".."), "\(text)")
  }
}

import Diagnostics
import LayoutLanguage
import Testing

/// The fields of Intelligent Mail barcodes, as far as the layout writes them out.
@Suite struct MailCodeTests {
  private func findings(_ attributes: String) -> [String] {
    Layout(body: "<barcode \(attributes) describe=\"d\"/>", strings: "{}\n").load().diagnostics.map { "\($0.id): \($0.message)" }
  }

  static let fields = "kind=\"imb\" service-type=\"300\" mailer-id=\"314159\" serial=\"{invoice | digits(9)}\""

  @Test(arguments: [
    fields, fields + " barcode-id=\"94\" routing=\"97204123418\"", fields + " width=\"2.7in\" height=\"0.125in\"",
    fields + " routing=\"\" quiet=\"0.125in\" width=\"81.7mm\" height=\"4.19mm\"",
    "kind=\"imb\" service-type=\"{account}\" mailer-id=\"{account}\" serial=\"{account}\"", "kind=\"imb\" value=\"{account}\"",
  ]) func rightOnesPass(_ attributes: String) { #expect(findings(attributes) == []) }

  @Test(arguments: [
    (fields + " value=\"1\"", "conflicting-attributes: an Intelligent Mail barcode is made of its fields"),
    ("kind=\"imb\"", "missing-attribute: 'barcode' needs a 'value'"),
    (
      "kind=\"imb\" mailer-id=\"314159\" serial=\"000000001\"",
      "missing-attribute: an Intelligent Mail barcode made of its fields needs 'service-type': three digits"
    ),
    ("kind=\"qr\" value=\"1\" serial=\"1\"", "conflicting-attributes: 'serial' belongs to Intelligent Mail barcodes"),
    (fields + " barcode-id=\"95\"", "wrong-value: 'barcode-id' is two digits, the second 0 to 4, not '95'"),
    (fields + " routing=\"9720\"", "wrong-value: 'routing' is a ZIP code of 5, 9 or 11 digits, or nothing, not '9720'"),
    (fields.replacing("300", with: "30"), "wrong-value: 'service-type' is three digits, not '30'"),
    (fields.replacing("314159", with: "914159"), "wrong-value: 'mailer-id' is six digits, the first 0 to 8, or nine that begin with 9"),
    (
      fields.replacing("{invoice | digits(9)}", with: "123456"),
      "wrong-value: behind a mailer identifier of 6 digits the serial number has 9, not 6"
    ),
    (fields + " width=\"60mm\"", "wrong-value: an Intelligent Mail barcode is 2.69 to 3.22 in wide"),
    (fields + " height=\"5mm\"", "wrong-value: an Intelligent Mail barcode is 0.125 to 0.165 in high"),
    (fields + " quiet=\"1mm\"", "wrong-value: an Intelligent Mail barcode is left 0.125 in of white"),
    (fields + " size=\"20mm\"", "conflicting-attributes: only square codes have a 'size'"),
  ]) func mistakesAreNamed(_ attributes: String, _ message: String) {
    let found = findings(attributes)
    #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
  }
}

/// The table of what an invoice says in code and the German layout in words; each row is looked for on the page.
enum StatedWords {
  /// By element and code.
  static let words: [String: [String: String]] = [
    "InvoiceTypeCode": ["380": "Rechnung"], "CreditNoteTypeCode": ["381": "Gutschrift"],
    "PaymentMeansCode": means,
    "TypeCode": means.merging(["380": "Rechnung", "VAT": "Umsatzsteuer"]) { first, _ in first },
    "AllowanceChargeReasonCode": reasons, "ReasonCode": reasons,
    "SubjectCode": ["AAI": "Allgemeine Hinweise", "AAR": "Lieferbedingungen", "ADU": "Anmerkung"],
    "IdentificationCode": countries, "CountryID": countries,
    "CategoryCode": categories,
    "ID": categories.merging(["VAT": "Umsatzsteuer", "LOC": "Steuernummer", "???": "Steuernummer"]) { first, _ in first },
  ]

  private static let means = ["1": "Nicht festgelegt", "30": "Überweisung", "49": "Lastschrift", "58": "SEPA-Überweisung"]
  private static let reasons = [
    "41": "vorzeitige Fertigstellung", "88": "Materialzuschlag oder -abzug", "95": "Rabatt", "100": "Sonderrabatt", "ABL": "Verpackung",
    "FC": "Fracht", "AA": "Werbung",
  ]
  private static let countries = [
    "BE": "Belgien", "DE": "Deutschland", "DK": "Dänemark", "GB": "Vereinigtes Königreich", "NL": "Niederlande", "NO": "Norwegen",
    "SE": "Schweden",
    "AT": "Österreich", "CN": "China",
  ]
  private static let categories = [
    "S": "Umsatzsteuerpflichtig", "E": "Von der Umsatzsteuer befreit", "Z": "Nullsatz", "AE": "Steuerschuldnerschaft",
    "O": "Nicht der Umsatzsteuer unterworfen",
  ]

  /// Elements whose values are shown by what they do: the sign of an amount, the kind of a reference, the size of a file.
  static func isShownOtherwise(_ element: String, _ text: String) -> Bool {
    switch element {
    case "ChargeIndicator", "Indicator", "EmbeddedDocumentBinaryObject", "AttachmentBinaryObject": true
    case "TypeCode", "DocumentTypeCode": ["130", "50", "916"].contains(text)
    // A fixed phrase of the CII binding.
    case "Name": text == "Project reference"
    default: false
    }
  }
}

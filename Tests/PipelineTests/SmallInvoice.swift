/// A small e-invoice after EN 16931, in UBL.
struct SmallInvoice {
  var number = "R-1"
  var buyer = "Buyer"

  var xml: String {
    let vat = "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    func amount(_ name: String, _ value: String) -> String { #"<cbc:\#(name) currencyID="EUR">\#(value)</cbc:\#(name)>"# }
    func party(_ name: String) -> String {
      """
      <cac:Party><cac:PostalAddress><cbc:StreetName>Way 1</cbc:StreetName><cbc:CityName>Town</cbc:CityName>\
      <cbc:PostalZone>12345</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>\
      <cac:PartyLegalEntity><cbc:RegistrationName>\(name)</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" \
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>\(number)</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>
      <cbc:DueDate>2026-12-01</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
      <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>REF-9</cbc:BuyerReference>
      <cac:AccountingSupplierParty>\(party("Seller"))</cac:AccountingSupplierParty>
      <cac:AccountingCustomerParty>\(party(buyer))</cac:AccountingCustomerParty>
      <cac:TaxTotal>\(amount("TaxAmount", "19.00"))<cac:TaxSubtotal>\(amount("TaxableAmount", "100.00"))\(amount("TaxAmount", "19.00"))\
      <cac:TaxCategory>\(vat)</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
      <cac:LegalMonetaryTotal>\(amount("LineExtensionAmount", "100.00"))\(amount("TaxExclusiveAmount", "100.00"))\
      \(amount("TaxInclusiveAmount", "119.00"))\(amount("PayableAmount", "119.00"))</cac:LegalMonetaryTotal>
      <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>\(amount("LineExtensionAmount", "100.00"))\
      <cac:Item><cbc:Name>Item</cbc:Name><cac:ClassifiedTaxCategory>\(vat)</cac:ClassifiedTaxCategory></cac:Item>\
      <cac:Price>\(amount("PriceAmount", "100.00"))</cac:Price></cac:InvoiceLine>
      </Invoice>
      """
  }

  var bytes: [UInt8] { Array(xml.utf8) }

  /// A PDF with the invoice as an embedded file; not a complete one.
  var pdf: [UInt8] {
    Array(
      "%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length \(xml.utf8.count) >>\nstream\n\(xml)\nendstream\nendobj\ntrailer << >>\n%%EOF\n"
        .utf8)
  }
}

/// An archive, its entries stored as they are.
enum StoredArchive {
  static func zip(_ entries: [(name: String, content: [UInt8])]) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in entries {
      let size = little(content.count, 4)
      let name = Array(name.utf8)
      let common =
        little(20, 2) + little(0, 6) + little(0x21, 2) + little(Int(checksum(content)), 4) + size + size + little(name.count, 2)
        + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 10) + little(file.count, 4) + name
      file += [0x50, 0x4B, 3, 4] + common + name + content
    }
    let counts = little(entries.count, 2) + little(entries.count, 2)
    return file + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + counts + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
  }

  /// A gzip file of one stored block (RFC 1951, 3.2.4): at most 65,535 bytes.
  static func gzip(_ content: [UInt8]) -> [UInt8] {
    let size = UInt16(content.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(Int(size), 2) + little(Int(~size), 2) + content
      + little(Int(checksum(content)), 4) + little(content.count, 4)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) } }

  /// CRC-32 as ZIP and gzip have it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}

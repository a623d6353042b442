import Foundation
import TestSupport
import Testing

/// Addresses and documents as they stand on the page, read by a program that is not ours.
@Suite(.needs("pdftotext"), .serialized)
struct AddressPageTests {
  /// The small invoice with another address of its buyer.
  private func invoice(
    _ city: String, _ code: String, _ region: String?, _ country: String, type: String = "380", head: String = ""
  ) -> String {
    var invoice = SmallInvoice()
    (invoice.type, invoice.head) = (type, head)
    let region = region.map { "<cbc:CountrySubentity>\($0)</cbc:CountrySubentity>" } ?? ""
    let address =
      "<cac:PostalAddress><cbc:StreetName>1 Alder Street</cbc:StreetName><cbc:CityName>\(city)</cbc:CityName><cbc:PostalZone>\(code)"
      + "</cbc:PostalZone>\(region)<cac:Country><cbc:IdentificationCode>\(country)</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    let parts = invoice.xml.components(separatedBy: "<cac:AccountingCustomerParty>")
    guard parts.count == 2, let last = parts.last else { return invoice.xml }
    return parts[0] + "<cac:AccountingCustomerParty>" + last.replacing(/<cac:PostalAddress>.*?<\/cac:PostalAddress>/, with: address)
  }

  /// The window's lines, then the party's among the parties: whole, and the country not in capitals.
  @Test(arguments: [
    (
      "de", "Portland", "97204", "Oregon", "US", "1 Alder Street Portland, OR 97204 VEREINIGTE STAATEN",
      "Portland, Oregon 97204, Vereinigte Staaten"
    ),
    ("en", "Bern", "3000", nil, "CH", "1 Alder Street CH-3000 Bern SWITZERLAND", "1 Alder Street, 3000 Bern, Switzerland"),
    ("fr", "Sheffield", "s91xx", nil, "UK", "1 Alder Street Sheffield S9 1XX ROYAUME-UNI", "1 Alder Street, Sheffield, s91xx, Royaume-Uni"),
    ("en", "Kadıköy", "34710", "İstanbul", "tr", "1 Alder Street 34710 Kadıköy/İstanbul TÜRKIYE", "34710 Kadıköy/İstanbul, Türkiye"),
  ])
  func addressesAbroad(
    _ language: String, _ city: String, _ code: String, _ region: String?, _ country: String, _ window: String, _ party: String
  ) throws {
    let text = try PageText(language: language).plain(of: invoice(city, code, region, country))
    #expect(text.contains(window), "\(text)")
    #expect(text.contains(party), "\(text)")
  }

  /// At home no country is named in the window, however the two codes are written.
  @Test func addressesAtHome() throws {
    let text = try PageText(language: "de").plain(of: invoice("Berlin", "D-10115", "Berlin", "de"))
    #expect(text.contains("1 Alder Street 10115 Berlin"), "\(text)")
    #expect(!text.contains("DEUTSCHLAND"), "\(text)")
  }

  /// A self-billed invoice goes to the seller, with the buyer above the window.
  @Test func selfBilledAddresses() throws {
    let text = try PageText(language: "en").plain(of: invoice("Bern", "3000", nil, "CH", type: "389"))
    #expect(text.contains("1 Alder Street · CH-3000 Bern · Switzerland"), "\(text)")
    #expect(text.contains("GERMANY") && !text.contains("SWITZERLAND"), "\(text)")
  }

  @Test(arguments: [
    ("de", 12, "12 Byte"), ("en", 1, "1 byte"), ("fr", 12, "12 octets"), ("de", 1_300, "1,3 kB"), ("fr", 1_300, "1,3 ko"),
    ("en", 72_000, "72 kB"), ("en", 1_230_000, "1.3 MB"), ("fr", 1_200_000, "1,2 Mo"),
  ])
  func sizesOfDocuments(_ language: String, _ bytes: Int, _ size: String) throws {
    let whole = String(repeating: "QUJD", count: bytes / 3)
    let base64 = whole + ["", "QQ==", "QUI="][bytes % 3]
    let document =
      "<cac:AdditionalDocumentReference><cbc:ID>T-1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode=\"text/csv\" "
      + "filename=\"times.csv\">\(base64)</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
      + "<cac:AdditionalDocumentReference><cbc:ID>T-2</cbc:ID><cac:Attachment><cac:ExternalReference><cbc:URI>#ef=photo.jpg</cbc:URI>"
      + "</cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference>"
    let text = try PageText(language: language).plain(of: invoice("Bern", "3000", nil, "CH", head: document))
    #expect(text.contains("T-1 · times.csv · ") && text.contains(size), "\(text)")
    #expect(text.contains("T-2 · photo.jpg") && !text.contains("#ef"), "\(text)")
  }
}

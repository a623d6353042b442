import Billing
import EInvoice
import JSON
import Testing

/// Addresses of the record, from both syntaxes.
struct AddressTests {
  /// A buyer's address in UBL and CII, the seller's country beside it.
  private func files(
    _ lines: [String], city: String?, code: String?, region: String?, country: String?, seller: String
  ) -> [[UInt8]] {
    func element(_ name: String, _ text: String?) -> String { text.map { "<\(name)>\($0)</\(name)>" } ?? "" }
    let ubl =
      element("cbc:StreetName", lines.first) + element("cbc:AdditionalStreetName", lines.dropFirst().first) + element("cbc:CityName", city)
      + element("cbc:PostalZone", code) + element("cbc:CountrySubentity", region)
      + (lines.count > 2 ? "<cac:AddressLine>\(element("cbc:Line", lines[2]))</cac:AddressLine>" : "")
      + (country.map { "<cac:Country>\(element("cbc:IdentificationCode", $0))</cac:Country>" } ?? "")
    let cii =
      element("ram:PostcodeCode", code) + element("ram:LineOne", lines.first) + element("ram:LineTwo", lines.dropFirst().first)
      + element("ram:LineThree", lines.dropFirst(2).first) + element("ram:CityName", city) + element("ram:CountryID", country)
      + element("ram:CountrySubDivisionName", region)
    let sample = SampleInvoice().xml.replacing(
      /<cac:PostalAddress>.*?<\/cac:PostalAddress>/, with: "<cac:PostalAddress>\(ubl)</cac:PostalAddress>"
    ).replacing(
      "<cac:AccountingSupplierParty><cac:Party>",
      with: "<cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cac:Country><cbc:IdentificationCode>\(seller)"
        + "</cbc:IdentificationCode></cac:Country></cac:PostalAddress>")
    var other = SampleCII()
    other.buyer = "<ram:Name>Buyer</ram:Name><ram:PostalTradeAddress>\(cii)</ram:PostalTradeAddress>"
    let second = other.xml.replacing(
      "<ram:Name>Seller</ram:Name>",
      with: "<ram:Name>Seller</ram:Name><ram:PostalTradeAddress><ram:CountryID>\(seller)</ram:CountryID></ram:PostalTradeAddress>")
    return [Array(sample.utf8), Array(second.utf8)]
  }

  @Test func linesFollowTheCountry() throws {
    for file in files(["420 Alder Street", "Suite 12B"], city: "Portland", code: "97204", region: "Oregon", country: "US", seller: "DE") {
      let bill = try EInvoiceRecord.bill(from: file, language: english).bill
      #expect(bill.customer.address == ["420 Alder Street", "Suite 12B", "Portland, OR 97204"])
      #expect(bill.extra["e_invoice"]?["buyer"]?["region"]?.text == "Oregon")
    }
    for file in files(["Weg 1"], city: "Bern", code: "3000", region: nil, country: "CH", seller: "DE") {
      #expect(try EInvoiceRecord.bill(from: file, language: english).bill.customer.address == ["Weg 1", "CH-3000 Bern"])
    }
    for file in files(["Weg 1"], city: "Bern", code: "3000", region: nil, country: "CH", seller: "ch") {
      #expect(try EInvoiceRecord.bill(from: file, language: english).bill.customer.address == ["Weg 1", "3000 Bern"])
    }
  }

  /// A country is named by one code, however it is written, so that two writings of one are no two countries.
  @Test(arguments: [("de", "DE"), ("UK", "GB"), ("EL", "GR"), ("CHE", "CH"), ("Atlantis", "Atlantis")])
  func countriesHaveOneCode(_ written: String, _ code: String) throws {
    for file in files(["Weg 1"], city: "Ort", code: "1000", region: nil, country: written, seller: written) {
      let bill = try EInvoiceRecord.bill(from: file, language: english).bill
      #expect(bill.customer.postal?.country == code)
      #expect(bill.extra["e_invoice"]?["buyer"]?["country"]?.text == code)
      #expect(bill.extra["e_invoice"]?["seller"]?["country"]?.text == code)
    }
  }

  @Test func addressesThatLackParts() throws {
    for file in files([], city: nil, code: nil, region: nil, country: "DE", seller: "DE") {
      #expect(try EInvoiceRecord.bill(from: file, language: english).bill.customer.address == ["DE"])
    }
    for file in files([], city: nil, code: nil, region: nil, country: nil, seller: "DE") {
      #expect(try EInvoiceRecord.bill(from: file, language: english).bill.customer.address == ["Buyer"])
    }
    for file in files(["Weg 1, 10115 Berlin"], city: nil, code: nil, region: "BE", country: "DE", seller: "DE") {
      #expect(try EInvoiceRecord.bill(from: file, language: english).bill.customer.address == ["Weg 1, 10115 Berlin"])
    }
    for file in files(["Weg 1", "Hof", "10115 Berlin"], city: "Berlin", code: "10115", region: nil, country: "DE", seller: "DE") {
      #expect(try EInvoiceRecord.bill(from: file, language: english).bill.customer.address == ["Weg 1", "Hof", "10115 Berlin"])
    }
  }
}

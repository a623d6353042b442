import Testing

@testable import Barcodes

@Suite struct PaymentTests {
  @Test func epcLines() throws {
    var payment = EPCPayment(name: "Red Cross of Belgium", iban: "BE72 0000 0000 1616")
    payment.bic = "BPOTBEB1"
    payment.amount = "1"
    payment.purpose = "CHAR"
    payment.remittance = "Urgency fund"
    payment.information = "Sample EPC QR code"
    #expect(
      try payment.contents()
        == "BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1.00\nCHAR\n\nUrgency fund\nSample EPC QR code")
  }

  @Test func epcLeavesOutEmptyLinesAtTheEnd() throws {
    #expect(try EPCPayment(name: "Ana", iban: "DE89370400440532013000").contents() == "BCD\n002\n1\nSCT\n\nAna\nDE89370400440532013000")
  }

  @Test func epcReferencesAreChecked() throws {
    var payment = EPCPayment(name: "Ana", iban: "DE89370400440532013000")
    payment.reference = "RF18 5390 0754 7034"
    #expect(try payment.contents().hasSuffix("\n\n\nRF18539007547034"))
    payment.reference = "RF19 5390 0754 7034"
    #expect(throws: BarcodeError.self) { try payment.contents() }
    payment.reference = "RF18539007547034"
    payment.remittance = "both"
    #expect(throws: BarcodeError.self) { try payment.contents() }
  }

  @Test(arguments: ["DE89370400440532013001", "DE8937040044", "XX", "", "89DE370400440532013000", "DE89 3704 0044 0532 0130 0ž"])
  func wrongAccountsAreRefused(iban: String) { #expect(throws: BarcodeError.self) { try EPCPayment(name: "Ana", iban: iban).contents() } }

  @Test(arguments: ["0", "0.00", "-1", "1.234", "1,50", "1.", ".5", "1000000000", "abc", " 1"]) func wrongAmountsAreRefused(amount: String)
  {
    var payment = EPCPayment(name: "Ana", iban: "DE89370400440532013000")
    payment.amount = amount
    #expect(throws: BarcodeError.self) { try payment.contents() }
  }

  @Test func amountsAreNormalized() throws {
    #expect(try PaymentText.amount("007.5", wholeDigits: 9) == ("7", "50"))
    #expect(try PaymentText.amount("0.01", wholeDigits: 9) == ("0", "01"))
    #expect(try PaymentText.amount("12.3000", wholeDigits: 9) == ("12", "30"))
    #expect(try PaymentText.amount("999999999.99", wholeDigits: 9) == ("999999999", "99"))
  }

  @Test func linesCannotBeSmuggledIn() {
    var payment = EPCPayment(name: "Ana\nDE00", iban: "DE89370400440532013000")
    #expect(throws: BarcodeError.self) { try payment.contents() }
    payment.name = String(repeating: "a", count: 71)
    #expect(throws: BarcodeError.self) { try payment.contents() }
    payment.name = " "
    #expect(throws: BarcodeError.self) { try payment.contents() }
  }

  @Test func ipsFields() throws {
    // The National Bank of Serbia's own example of a printed bill.
    var payment = IPSPayment(account: "845000000040484987", name: "JP EPS BEOGRAD\nBALKANSKA 13", amount: "3596.13", code: "189")
    payment.payer = "MRĐO MAČKATOVIĆ\nŽUPSKA 13\nBEOGRAD 6"
    payment.purpose = "UPLATA PO RAČUNU ZA EL. ENERGIJU"
    payment.reference = "97163220000111111111000"
    #expect(
      try payment.contents()
        == "K:PR|V:01|C:1|R:845000000040484987|N:JP EPS BEOGRAD\r\nBALKANSKA 13|I:RSD3596,13|P:MRĐO MAČKATOVIĆ\r\nŽUPSKA 13\r\nBEOGRAD 6|SF:189|"
        + "S:UPLATA PO RAČUNU ZA EL. ENERGIJU|RO:97163220000111111111000")
  }

  @Test func ipsAccountsInEveryForm() throws {
    let digits = "845000000040484987"
    #expect(try IPSPayment.accountDigits("845-0000000404849-87") == digits)
    #expect(try IPSPayment.accountDigits("845-404849-87") == digits)
    #expect(try IPSPayment.accountDigits("845 0000000404849 87") == digits)
    for wrong in ["845000000040484988", "845-404849", "", "RS00845000000040484987", "1"] {
      #expect(throws: BarcodeError.self) { try IPSPayment.accountDigits(wrong) }
    }
  }

  @Test func ipsFieldsCannotBeSmuggledIn() {
    #expect(throws: BarcodeError.self) {
      try IPSPayment(account: "845000000040484987", name: "A|I:RSD1,00", amount: "5", code: "189").contents()
    }
    #expect(throws: BarcodeError.self) { try IPSPayment(account: "845000000040484987", name: "A", amount: "5", code: "18").contents() }
    var payment = IPSPayment(account: "845000000040484987", name: "A", amount: "5", code: "189")
    payment.reference = "97|X"
    #expect(throws: BarcodeError.self) { try payment.contents() }
    payment.reference = "97"
    #expect(throws: BarcodeError.self) { try payment.contents() }
  }
}

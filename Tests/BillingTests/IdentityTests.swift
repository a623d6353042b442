import Billing
import Testing

@Suite struct IdentityTests {
  @Test func findsTheTopLevelNumbersOnly() {
    let text = #"{"extra":{"account":"no","invoice":"no"},"x":["account",{"account":"no"}],"account":"yes","invoice":"1"}"#
    #expect(RecordIdentity.scan(Array(text.utf8)) == RecordIdentity(account: Array("yes".utf8), invoice: Array("1".utf8)))
  }

  @Test func resolvesEscapesAndKeepsBytesUnnormalised() {
    let composed = RecordIdentity.scan(Array(#"{"account":"\u00e9","invoice":"\/"}"#.utf8))
    let decomposed = RecordIdentity.scan(Array(#"{"acc\u006funt":"e\u0301","invoice":"/"}"#.utf8))
    #expect(composed?.account == [0xC3, 0xA9])
    #expect(decomposed?.account == [0x65, 0xCC, 0x81])
    #expect(composed != decomposed)
    #expect(composed?.invoice == decomposed?.invoice)
  }

  @Test(arguments: [
    "", "{}", "[]", "null", #"{"account":"a"}"#, #"{"account":"a","invoice":"b""#, #"{"account":"a","invoice":"b"}x"#,
    #"{"account":"a","invoice":5}"#, #"{"account":"","invoice":"b"}"#, #"{"account":null,"invoice":"b"}"#,
    #"{"account":"a","invoice":"b","account":"a"}"#, #"{"account":"a\n","invoice":"b"}"#, #"{"account":"a","invoice":"b","x":NaN}"#,
    #"{"account":"a","invoice":"b","x":tru}"#, #"{"account":"a","invoice":"b",}"#, #"{"account":"a" "invoice":"b"}"#,
    #"{"account":"a\u202e","invoice":"b"}"#,
  ]) func refuses(text: String) {
    #expect(RecordIdentity.scan(Array(text.utf8)) == nil)
  }

  @Test func tellsAccountsApartThatDifferInCase() {
    let lower = RecordIdentity.scan(Array(#"{"account":"ab","invoice":"1"}"#.utf8))
    let upper = RecordIdentity.scan(Array(#"{"account":"AB","invoice":"1"}"#.utf8))
    #expect(lower != nil && lower != upper)
  }

  @Test func sortsByBytes() {
    func identity(_ account: String, _ invoice: String) -> RecordIdentity {
      RecordIdentity(account: Array(account.utf8), invoice: Array(invoice.utf8))
    }
    let sorted = [identity("b", "1"), identity("B", "2"), identity("a", "10"), identity("a", "1"), identity("é", "1")].sorted()
    #expect(sorted.map { $0.accountText + $0.invoiceText } == ["B2", "a1", "a10", "b1", "é1"])
  }

  @Test func rejectedRecordMayStillHaveAnIdentity() {
    #expect(RecordIdentity.scan(Fixture.record(#""previous":"82.10""#, #""previous":1e400"#))?.accountText == "4400-1182-07")
    #expect(RecordIdentity.scan(Fixture.record(#""kind":"bill""#, #""kind":"bil""#))?.accountText == "4400-1182-07")
  }
}

import Billing
import Diagnostics
import JSON
import Money
import Testing

@Suite struct OutputTests {
  private func reject(_ record: [UInt8], code: RecordFault.Code = .unknownKey, identity: RecordIdentity? = nil) -> String {
    let fault = RecordFault(code, "unknown key 'a'", path: "$.a", suggestion: "did you mean 'b'?")
    let reject = Reject(file: "b.jsonl", input: 2, number: 7, offset: 99, length: record.count, identity: identity, fault: fault)
    return String(decoding: reject.line(record: record), as: UTF8.self)
  }

  @Test func rejectEmbedsTheOriginalBytes() {
    let identity = RecordIdentity(account: Array("a\"1".utf8), invoice: Array("i".utf8))
    #expect(
      reject(Array(#"{"a": 1.50, "a":2}"#.utf8), identity: identity)
        == #"{"file":"b.jsonl","input":2,"number":7,"offset":99,"length":18,"account":"a\"1","invoice":"i","kind":"bill","code":"unknown-key","#
        + #""message":"unknown key 'a' (did you mean 'b'?)","path":"$.a","record":{"a": 1.50, "a":2}}"# + "\n")
  }

  @Test func whatIsNotJSONWithinBoundsBecomesBase64() {
    #expect(reject([0xFF, 0x00, 0x41]).hasSuffix(#""path":"$.a","raw":"/wBB"}"# + "\n"))
    #expect(reject(Array("{".utf8)).contains(#""raw":"ew==""#))
    #expect(reject(Array(#"{"a":NaN}"#.utf8)).contains(#""raw":"#))
    let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
    #expect(reject(Array(deep.utf8)).contains(#""raw":"#))
    #expect(reject(Array(deep.dropFirst().dropLast().utf8)).contains(#""record":[["#))
    let long = String(repeating: "x", count: 1_001)
    #expect(reject(Array(#"{"name":"\#(long)"}"#.utf8)).contains(#""raw":"#))
    #expect(reject(Array(#"{"description":"\#(long)"}"#.utf8)).contains(#""record":"#))
  }

  @Test func alongRecordIsCutToFourKibibytes() throws {
    let bytes = Array((#"["# + String(repeating: " ", count: RecordLimits.embeddedRecord) + "]").utf8)
    let line = reject(bytes)
    let value = try JSONValue(parsing: Array(line.dropLast().utf8))
    #expect(value["raw"]?.text?.utf8.count == (RecordLimits.rawRecord + 2) / 3 * 4)
    #expect(value["record"] == nil)
    let fits = Array((#"["# + String(repeating: " ", count: RecordLimits.embeddedRecord - 2) + "]").utf8)
    #expect(reject(fits).contains(#""record":["#))
  }

  @Test func writerSeparatesAndEscapes() {
    var json = JSONWriter()
    json.beginObject()
    json.member("a", "x\u{1}\n\"\\é/\u{1F}")
    json.member("n", 5)
    json.member("none", String?.none)
    json.member("flag", true)
    json.member("amount", Amount(mantissa: 15, scale: 1), decimals: 2)
    json.member("list", ["p", "q"])
    json.key("empty")
    json.beginList()
    json.endList()
    json.key("inner")
    json.beginObject()
    json.endObject()
    json.endObject()
    json.endLine()
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #"{"a":"x\u0001\n\"\\é/\u001f","n":5,"none":null,"flag":true,"amount":"1.50","list":["p","q"],"empty":[],"inner":{}}"# + "\n")
  }

  @Test func canonicalSortsKeysByBytes() throws {
    let value = try JSONValue(parsing: Array(#"{ "b" : 1 , "a" : [ true , null ] , "B":{"z":1,"y":2}, "é":0, "b":9 }"#.utf8))
    #expect(String(decoding: value.canonical, as: UTF8.self) == #"{"B":{"y":2,"z":1},"a":[true,null],"b":1,"é":0}"#)
  }
}

import Billing
import Diagnostics
import JSON
import Testing

@Suite struct BoundsTests {
  @Test func sixtyFourLevelsAreReadAndSixtyFiveAreNot() throws {
    func nested(_ levels: Int) -> [UInt8] {
      // The record and `extra` are two levels.
      let lists = String(repeating: "[", count: levels - 2) + String(repeating: "]", count: levels - 2)
      return Fixture.record(#""extra":{}"#, #""extra":{"a":\#(lists)}"#)
    }
    #expect(Fixture.fault(nested(64)) == nil)
    #expect(RecordIdentity.scan(nested(64)) != nil)
    let fault = try #require(Fixture.fault(nested(65)))
    #expect(fault.code == .tooDeep)
    #expect(RecordIdentity.scan(nested(65)) == nil)
    #expect(Fixture.fault(nested(200))?.code == .tooDeep)
    #expect(Fixture.fault(nested(2_000_000))?.code == .tooDeep)
  }

  @Test func textsAreCountedInCharacters() throws {
    func name(_ count: Int) -> [UInt8] { Fixture.record("Ana Petrović", String(repeating: "ć", count: count)) }
    #expect(Fixture.fault(name(1_000)) == nil)
    let fault = try #require(Fixture.fault(name(1_001)))
    #expect(fault.code == .tooLong && fault.path == "$.customer.name")
    func description(_ count: Int) -> [UInt8] { Fixture.record("Peak energy", String(repeating: "x", count: count)) }
    #expect(Fixture.fault(description(4_000)) == nil)
    #expect(Fixture.fault(description(4_001))?.path == "$.sections[0].lines[0].description")
    let extra = Fixture.record(#""extra":{}"#, #""extra":{"k":"\#(String(repeating: "x", count: 1_001))"}"#)
    #expect(Fixture.fault(extra)?.path == "$.extra.k")
  }

  @Test func accountsHaveUpToTwoHundredCharacters() {
    func account(_ count: Int) -> [UInt8] { Fixture.record("4400-1182-07", String(repeating: "é", count: count)) }
    #expect(Fixture.fault(account(200)) == nil)
    #expect(RecordIdentity.scan(account(200))?.account.count == 400)
    #expect(Fixture.fault(account(201))?.code == .tooLong)
    #expect(RecordIdentity.scan(account(201)) == nil)
  }

  @Test func combiningMarksAreBounded() throws {
    func name(_ marks: Int) -> [UInt8] { Fixture.record("Ana Petrović", "a" + String(repeating: "\u{301}", count: marks) + "b") }
    #expect(Fixture.fault(name(32)) == nil)
    let fault = try #require(Fixture.fault(name(33)))
    #expect(fault.code == .tooManyMarks && fault.path == "$.customer.name")
    #expect(Fixture.fault("Ana Petrović", "a" + String(repeating: "\u{200D}", count: 40))?.code == .tooManyMarks)
    // Vowel signs on many letters are many marks, but few on each.
    #expect(Fixture.fault("Ana Petrović", String(repeating: "नि", count: 60)) == nil)
  }

  @Test func recordOverThirtyTwoMebibytesIsRefused() {
    let bytes = [UInt8](repeating: 0x20, count: RecordLimits.bytes + 1)
    #expect(Fixture.fault(bytes)?.code == .tooLong)
    #expect(RecordIdentity.scan(bytes) == nil)
  }

  @Test func billOfNinetyThousandLinesIsRead() throws {
    let line = #"{"date":"2026-11-19","description":"Peak energy","quantity":"2","unit":"kWh","price":"0.25","amount":"0.50"}"#
    let lines = Array(repeating: line, count: 90_000).joined(separator: ",")
    var text = ReadingTests.smallest.replacing("\"JPY\"", with: "\"USD\"")
    text = text.replacing(#""sections":[]"#, with: #""sections":[{"title":"t","lines":[\#(lines)]}]"#)
    text = text.replacing(#""charges":"0","due":"0""#, with: #""charges":"45000","due":"45000""#)
    let bill = try BillReader().read(Array(text.utf8)).bill
    #expect(bill.sections[0].lines.count == 90_000)
    // 90,000 lines stay well under 60 MB: descriptions and units of up to 15 bytes lie in the line itself.
    #expect(MemoryLayout<ChargeLine>.stride * 2 * 90_000 < 20_000_000)
  }

  @Test func giantExtraIsRefused() {
    let list = "[" + String(repeating: "0,", count: JSONLimits.values) + "0]"
    #expect(Fixture.fault(#""extra":{}"#, #""extra":{"a":\#(list)}"#)?.code == .tooManyValues)
  }

  @Test func giantKeysAreCutInPathsAndMessages() throws {
    let fault = try #require(Fixture.fault(#""extra":{}"#, #""\#(String(repeating: "k", count: 100_000))":{}"#))
    #expect(fault.code == .unknownKey)
    #expect(fault.path.count < 200 && fault.message.count < 200)
  }
}

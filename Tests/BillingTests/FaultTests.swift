import Billing
import Diagnostics
import Testing

/// What a fault must be.
struct Expected: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let code: RecordFault.Code
  let path: String
  init(_ old: String, _ new: String, _ code: RecordFault.Code, _ path: String) {
    (self.old, self.new, self.code, self.path) = (old, new, code, path)
  }
  var testDescription: String { "\(old) → \(new.prefix(60))" }
}

@Suite struct FaultTests {
  static let fields: [Expected] = [
    Expected(#""v":1"#, #""v":2"#, .unknownVersion, "$.v"),
    Expected(#""v":1"#, #""v":"1""#, .wrongType, "$.v"),
    Expected(#""v":1,"#, "", .missingField, "$.v"),
    Expected(#""v":1"#, #""v":null"#, .missingField, "$.v"),
    Expected(#""account":"4400-1182-07","#, "", .missingField, "$.account"),
    Expected(#""account":"4400-1182-07""#, #""account":4400"#, .wrongType, "$.account"),
    Expected(#""account":"4400-1182-07""#, #""account":"""#, .outOfRange, "$.account"),
    Expected(#""account":"4400-1182-07""#, #""account":"a\u0001""#, .controlCharacter, "$.account"),
    Expected(#""account":"4400-1182-07""#, "\"account\":\"a\u{202E}b\"", .controlCharacter, "$.account"),
    Expected(#""account":"4400-1182-07""#, "\"account\":\"\(String(repeating: "9", count: 300))\"", .tooLong, "$.account"),
    Expected(#""account":"#, #""acount":"#, .unknownKey, "$.acount"),
    Expected(#""invoice":"2026-11-004711""#, #""invoice":null"#, .missingField, "$.invoice"),
    Expected(#""kind":"bill""#, #""kind":"bil""#, .unknownValue, "$.kind"),
    Expected(#""kind":"bill""#, #""kind":["bill"]"#, .wrongType, "$.kind"),
    Expected(#""issued":"2026-11-23""#, #""issued":"2026-11-31""#, .badDate, "$.issued"),
    Expected(#""issued":"2026-11-23""#, #""issued":"23.11.2026""#, .badDate, "$.issued"),
    Expected(#""issued":"2026-11-23""#, #""issued":20261123"#, .wrongType, "$.issued"),
    Expected(#""due":"2026-12-14","#, "", .missingField, "$.due"),
    Expected(#""due":"2026-12-14""#, #""due":"""#, .badDate, "$.due"),
    Expected(#""period":{"from":"2026-10-20""#, #""period":{"from":"2026-02-29""#, .badDate, "$.period.from"),
    Expected(#""period":{"#, #""period":{"until":"2026-01-01","#, .unknownKey, "$.period.until"),
    Expected(#""currency":"USD""#, #""currency":"usd""#, .unknownCurrency, "$.currency"),
    Expected(#""currency":"USD""#, #""currency":"XXX""#, .unknownCurrency, "$.currency"),
    Expected(#""currency":"USD""#, #""currency":null"#, .missingField, "$.currency"),
    Expected(#""language":"en-US""#, #""language":"en_US""#, .badLanguage, "$.language"),
    Expected(#""language":"en-US""#, #""language":"""#, .badLanguage, "$.language"),
    Expected(#""customer":{"name":"Ana Petrović","#, #""customer":{"#, .missingField, "$.customer.name"),
    Expected(#""address":["18 Larkspur Ave Apt 4","Portland OR 97204"]"#, #""address":[]"#, .outOfRange, "$.customer.address"),
    Expected(#""address":["18 Larkspur Ave Apt 4","Portland OR 97204"]"#, #""address":"x""#, .wrongType, "$.customer.address"),
    Expected(#""address":["18 "#, #""address":["1","2","3","4","5","6","7","18 "#, .outOfRange, "$.customer.address[8]"),
    Expected(#""Portland OR 97204""#, "97204", .wrongType, "$.customer.address[1]"),
    Expected(#""postal":{"#, #""postal":{"zip":"1","#, .unknownKey, "$.customer.postal.zip"),
    Expected(#""delivery":"paper""#, #""delivery":"email""#, .unknownValue, "$.delivery"),
    Expected(#""consent":null"#, #""consent":true"#, .wrongType, "$.consent"),
    Expected(#""format":"standard""#, #""format":"braille""#, .unknownValue, "$.format"),
    Expected(#""previous":"82.10""#, #""previous":"82,10""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"$82.10""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"+82.10""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":".10""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"82.""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"-""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":" 82.10""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"1e2""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"NaN""#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":true"#, .wrongType, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":1e400"#, .badNumber, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":99999999999999999999"#, .outOfRange, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":"0.0000000000000000001""#, .outOfRange, "$.balance.previous"),
    Expected(#""sections":["#, #""sections":{"a":["#, .wrongType, "$.sections"),
    Expected(#"{"title":"Electricity","#, "{", .missingField, "$.sections[0].title"),
    Expected(#"{"title":"Electricity","#, #"{"titel":"x","#, .unknownKey, "$.sections[0].titel"),
    Expected(#""unit":"kWh""#, #""units":"kWh""#, .unknownKey, "$.sections[0].lines[0].units"),
    Expected(#""unit":"kWh""#, #""unit":"kWh","unit":"kWh""#, .duplicateKey, "$.sections[0].lines[0].unit"),
    Expected(#""unit":"kWh""#, #""unit":"kWh","un\u0069t":"kWh""#, .duplicateKey, "$.sections[0].lines[0]['un"),
    Expected(#""charges":"31.56","#, "", .missingField, "$.totals.charges"),
    Expected(#""due":"31.56"}"#, #""due":null}"#, .missingField, "$.totals.due"),
    Expected(#""usage":["#, #""usage":["x","#, .wrongType, "$.usage[0]"),
    Expected(#""extra":{}"#, #""extra":[]"#, .wrongType, "$.extra"),
    Expected(#""extra":{}"#, #""extra":{"x":1e5}"#, .badNumber, "$.extra.x"),
    Expected(#""extra":{}"#, #""extra":{},"Extra":{}"#, .unknownKey, "$.Extra"),
  ]

  @Test(arguments: fields) func faultNamesCodeAndPath(_ expected: Expected) throws {
    let fault = try #require(Fixture.fault(expected.old, expected.new))
    #expect(fault.code == expected.code, "\(fault)")
    #expect(expected.path.hasSuffix("['un") || fault.path == expected.path, "\(fault)")
    #expect(fault.message.first?.isUppercase == false)
  }

  static let syntax: [Expected] = [
    Expected(#""v":1,"#, #""v":1"#, .malformedJSON, "$.v"),
    Expected(#""v":1,"#, #""v":1,,"#, .malformedJSON, "$"),
    Expected(#""v":1,"#, #"v:1,"#, .malformedJSON, "$"),
    Expected(#""v":1,"#, #""v":01,"#, .malformedJSON, "$.v"),
    Expected(#""v":1,"#, #""v":NaN,"#, .malformedJSON, "$.v"),
    Expected(#""previous":"82.10""#, #""previous":NaN"#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":-Infinity"#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":Infinity"#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":1."#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":.1"#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":-"#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":nul"#, .malformedJSON, "$.balance.previous"),
    Expected(#""previous":"82.10""#, #""previous":'82.10'"#, .malformedJSON, "$.balance.previous"),
    Expected("Ana", #"A\x"#, .malformedJSON, "$.customer.name"),
    Expected("Ana", #"A\u12"#, .malformedJSON, "$.customer.name"),
    Expected("Ana", #"A\ud800"#, .malformedJSON, "$.customer.name"),
    Expected("Ana", #"A\ud800\u0041"#, .malformedJSON, "$.customer.name"),
    Expected("Ana", #"A\udc00"#, .malformedJSON, "$.customer.name"),
    Expected("Ana", "A\tb", .malformedJSON, "$.customer.name"),
    Expected(#""extra":{}}"#, #""extra":{}"#, .malformedJSON, "$.extra"),
    Expected(#""extra":{}}"#, #""extra":{}} x"#, .malformedJSON, "$"),
    Expected(#""extra":{}}"#, #""extra":{}}{}"#, .malformedJSON, "$"),
    Expected(#""extra":{}"#, #""extra":{"a":[1,]}"#, .malformedJSON, "$.extra.a[1]"),
    Expected(#""extra":{}"#, #""extra":{"a":1,}"#, .malformedJSON, "$.extra"),
    Expected(#""extra":{}"#, #""extra":{"a":tru}"#, .malformedJSON, "$.extra.a"),
    Expected(#""extra":{}"#, #""extra":{"a":"}"#, .malformedJSON, "$.extra.a"),
  ]

  @Test(arguments: syntax) func brokenJSONIsPlaced(_ expected: Expected) throws {
    let fault = try #require(Fixture.fault(expected.old, expected.new))
    #expect(fault.code == expected.code, "\(fault)")
    #expect(fault.path == expected.path, "\(fault)")
    #expect(fault.offset != nil)
  }

  @Test(arguments: ["", " ", "[]", "null", "{", "\"", "x", "{}", "\u{FEFF}{}"]) func tinyInputsAreFaults(text: String) throws {
    let fault = try #require(Fixture.fault(Array(text.utf8)))
    let codes: [RecordFault.Code] = [.malformedJSON, .wrongType, .missingField]
    #expect(codes.contains(fault.code))
  }

  static let badUTF8: [[UInt8]] = [
    [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80],
    [0xE2, 0x82], [0xC3], [0xFF], [0xFE],
  ]

  @Test(arguments: badUTF8) func invalidUTF8IsPlaced(_ bad: [UInt8]) throws {
    var bytes = Array(Fixture.record.utf8)
    let place = try #require(bytes.firstRange(of: Array("Petrovi".utf8))).lowerBound
    bytes.insert(contentsOf: bad, at: place)
    let fault = try #require(Fixture.fault(bytes))
    #expect(fault.code == .invalidUTF8)
    #expect(fault.path == "$.customer.name")
    #expect(fault.offset == place)
    #expect(RecordIdentity.scan(bytes) == nil)
  }

  @Test func suggestionsNameTheKeyMeant() {
    #expect(Fixture.fault(#""account":"#, #""acount":"#)?.suggestion == "did you mean 'account'?")
    #expect(Fixture.fault(#""kind":"bill""#, #""kind":"bil""#)?.suggestion == "did you mean 'bill'?")
    #expect(Fixture.fault(#""currency":"USD""#, #""currency":"usd""#)?.suggestion == "did you mean 'USD'?")
    #expect(Fixture.fault(#""language":"en-US""#, #""language":"en_US""#)?.suggestion == "did you mean 'en-US'?")
    #expect(Fixture.fault(#""account":"#, #""acount":"#)?.fullMessage == "unknown key 'acount' in the record (did you mean 'account'?)")
  }

  @Test func firstFaultInReadingOrderIsTold() {
    var text = Fixture.record.replacing(#""kind":"bill""#, with: #""kind":"bil""#)
    text = text.replacing(#""unit":"kWh""#, with: #""units":"kWh""#).replacing(#""due":"31.56""#, with: #""due":"1.00""#)
    #expect(Fixture.fault(Array(text.utf8))?.path == "$.kind")
    text = text.replacing(#""kind":"bil""#, with: #""kind":"bill""#)
    #expect(Fixture.fault(Array(text.utf8))?.path == "$.sections[0].lines[0].units")
    text = text.replacing(#""units":"kWh""#, with: #""unit":"kWh""#)
    #expect(Fixture.fault(Array(text.utf8))?.path == "$.totals.due")
  }

  @Test func faultBecomesADiagnostic() throws {
    let fault = try #require(Fixture.fault(#""account":"#, #""acount":"#))
    let diagnostic = fault.diagnostic(file: "bills.jsonl", record: 17)
    #expect(diagnostic.id == "unknown-key")
    #expect(diagnostic.place?.record == 17)
    #expect(diagnostic.place?.path == "$.acount")
  }
}

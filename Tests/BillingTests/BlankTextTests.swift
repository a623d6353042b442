import Billing
import Diagnostics
import Testing

/// Names that show nothing, and characters that were lost before the data came.
@Suite struct BlankTextTests {
  /// Nothing of these can be seen: white space, zero-width characters, fillers, variation selectors, direction marks, controls.
  static let blanks = [
    " ", "\u{A0}", " \u{2003}\u{3000} ", "\u{200B}", "\u{200C}\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{FE0F}", "\u{E0101}",
    "\u{34F}",
    "\u{115F}\u{3164}", "\u{61C}\u{200E}\u{200F}", "\u{202A}\u{202C}", "\u{2800}", "\u{180E}", " \u{200B} \u{A0}\u{FEFF}",
  ]

  @Test(arguments: blanks) func nameThatShowsNothingIsARejectWithItsPath(_ name: String) throws {
    let fault = try #require(Fixture.fault("Ana Petrović", name), "\(name.unicodeScalars.map(\.value))")
    #expect(fault.code == .blankText && fault.path == "$.customer.name")
  }

  @Test func numbersOfIdentityTheWholeAddressAndOtherNamesMustShowSomething() {
    for (old, new, path) in [
      (#""account":"4400-1182-07""#, "\"account\":\"\u{200B}\"", "$.account"),
      (#""invoice":"2026-11-004711""#, "\"invoice\":\" \"", "$.invoice"),
      (#""v":1"#, "\"v\":1,\"series\":\"\u{2060}\"", "$.series"),
      (#"["18 Larkspur Ave Apt 4","Portland OR 97204"]"#, "[\" \",\"\u{FEFF}\"]", "$.customer.address"),
      (#""title":"Electricity""#, "\"title\":\"\u{A0}\"", "$.sections[0].title"),
      (#""name":null"#, "\"name\":\"\u{AD}\"", "$.payment.name"),
    ] {
      let fault = Fixture.fault(old, new)
      #expect(fault?.code == .blankText && fault?.path == path, "\(path): \(String(describing: fault))")
    }
  }

  @Test func whatShowsSomethingIsRead() {
    for name in ["A", "\u{200B}A", "א", "क्ष", "👩\u{200D}🚀", "·", "\u{AD}-", "日本"] {
      #expect(Fixture.fault("Ana Petrović", name) == nil, "\(name)")
    }
    // Texts without any character say openly that there is none, and stay as they were; so does an address with an empty line.
    #expect(Fixture.fault("Ana Petrović", "") == nil)
    #expect(Fixture.fault(#""title":"Electricity""#, #""title":"""#) == nil)
    #expect(Fixture.fault(#""Portland OR 97204"]"#, #""","Portland OR 97204"]"#) == nil)
  }

  @Test func replacementCharacterIsAWarningOncePerPath() throws {
    let record = Fixture.record(
      #""name":"Ana Petrović","address":["18 Larkspur Ave Apt 4""#, "\"name\":\"Ana\u{FFFD} Petrovi\u{FFFD}\",\"address\":[\"\\ufffd\"")
    let (bill, warnings) = try Fixture.read(record).get()
    #expect(bill.customer.name == "Ana\u{FFFD} Petrovi\u{FFFD}")
    #expect(warnings.map(\.code) == [.replacementCharacter, .replacementCharacter])
    #expect(warnings.map(\.path) == ["$.customer.name", "$.customer.address[0]"])
    let account = try Fixture.read(Fixture.record("4400-1182-07", "44\u{FFFD}")).get()
    #expect(account.warnings.map(\.path) == ["$.account"])
    let extra = try Fixture.read(Fixture.record(#""extra":{}"#, "\"extra\":{\"a\":[\"\u{FFFD}\"]}")).get()
    #expect(extra.warnings.map(\.path) == ["$.extra.a[0]"])
    // Its neighbours are characters like others.
    #expect(try Fixture.read(Fixture.record("Ana Petrović", "\u{FFFC}\u{FFEE}\u{FF5E}a")).get().warnings.isEmpty)
  }
}

import Testing

@testable import Cairo

@Suite struct TagAttributeTests {
  @Test func valuesAreQuotedForCairo() {
    #expect(TagAttributes.quoted("plain") == "'plain'")
    #expect(TagAttributes.quoted("a'b\\c") == #"'a\'b\\c'"#)
    #expect(TagAttributes.quoted("line\nend\u{0}\u{7F}") == "'lineend'")
  }

  @Test func addressesKeepWhatRFC3986AllowsButParentheses() {
    #expect(TagAttributes.pdfSafe(uri: "https://a.example/p?q=1&r=%20#x!$'*+,;:@[]~") == "https://a.example/p?q=1&r=%20#x!$'*+,;:@[]~")
    #expect(TagAttributes.pdfSafe(uri: "https://a.example/(b)\\ ž\n") == "https://a.example/%28b%29%5C%20%C5%BE%0A")
  }

  @Test func numbersHaveThreeDecimalsInEveryLocale() {
    #expect(TagAttributes.number(12.3456) == "12.346")
    #expect(TagAttributes.number(-0.05) == "-0.050")
    #expect(TagAttributes.number(0) == "0.000")
  }
}

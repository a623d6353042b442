import Languages
import Testing

@Suite struct LanguageTagTests {
  @Test(arguments: [
    ("EN-us", "en-US"), ("sr-LATN-rs", "sr-Latn-RS"), ("zh-hans", "zh-Hans"), ("de-ch-1996", "de-CH-1996"), ("es-419", "es-419"),
    ("en-a-BB-x-Foo", "en-a-bb-x-foo"), ("AR-u-NU-arab", "ar-u-nu-arab"), ("fil", "fil"), ("sl-rozaj-1994", "sl-rozaj-1994"),
    ("en-X-A", "en-x-a"), ("EN", "en"), ("ES-419", "es-419"), ("sl-ROZAJ-1994", "sl-rozaj-1994"),
    ("de-DE-U-CO-PHONEBK", "de-DE-u-co-phonebk"),
    ("zh-hant", "zh-Hant"),
  ]) func canonicalCase(written: String, canonical: String) {
    #expect(LanguageTag(written)?.text == canonical)
  }

  @Test(arguments: [
    "", "e", "en_US", "en-", "-en", "en--US", "12", "en-abcdefghi", "é", "en-x", "i-klingon", "x-private", "en-US-GB", "en-US-Latn", "en-u",
    "en-u-x", "en-1a", "english", "engl", "1a", "en-U$", "en-é", String(repeating: "a", count: 65),
    String(repeating: "en-", count: 40) + "us",
  ])
  func malformedTagsAreRefused(text: String) {
    #expect(LanguageTag(text) == nil)
  }

  @Test func lookupShortensTheBillsTagOnly() throws {
    func tag(_ text: String) throws -> LanguageTag { try #require(LanguageTag(text)) }
    #expect(try tag("es-MX").lookup(in: [tag("en"), tag("es")]) == tag("es"))
    #expect(try tag("en").lookup(in: [tag("en-US")]) == nil)
    #expect(try tag("en-us").lookup(in: [tag("en"), tag("en-US")]) == tag("en-US"))
    #expect(try tag("zh-Hant-CN-x-a").lookup(in: [tag("zh-Hant")]) == tag("zh-Hant"))
    #expect(try tag("fr-CA").lookup(in: [tag("en"), tag("es")]) == nil)
  }

  @Test func anotherRegionServesWhereItIsTheOnlyOne() {
    let offered = ["en-US", "es-US", "pt-BR", "pt-PT"]
    func match(_ tag: String) -> String? { LanguageTag.match(of: tag, among: offered).map { "\(offered[$0.place]) \($0.isOtherRegion)" } }
    #expect(match("en-us") == "en-US false")
    #expect(match("en") == "en-US true")
    #expect(match("en-GB") == "en-US true")
    #expect(match("es-419") == "es-US true")
    #expect(match("pt") == nil)
    #expect(match("fr") == nil)
    #expect(match("no tag") == nil)
  }
}

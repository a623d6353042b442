import Testing

@testable import Formats

@Suite("Language tags")
struct LanguageTagTests {
  @Test(
    "canonical case",
    arguments: [
      ("EN", "en"), ("en-us", "en-US"), ("sr-latn-rs", "sr-Latn-RS"), ("ES-419", "es-419"), ("sl-ROZAJ-1994", "sl-rozaj-1994"),
      ("de-DE-U-CO-PHONEBK", "de-DE-u-co-phonebk"), ("zh-hant", "zh-Hant"),
    ])
  func canonical(text: String, tag: String) { #expect(LanguageTag(text)?.text == tag) }

  @Test(
    "ill-formed texts",
    arguments: ["", "e", "engl", "en--US", "-en", "en-U$", "en-US-Latn", "en-x", "1a", "en-é", String(repeating: "a", count: 65)])
  func refused(text: String) { #expect(LanguageTag(text) == nil) }
}

import CICU
import Money
import TestSupport
import Testing

@testable import Formats

/// Numbers written from their pattern must be those ICU itself writes.
@Suite("Number patterns against ICU")
struct NumberPatternTests {
  private func icu(_ language: String, _ skeleton: String, _ decimal: String) throws -> String {
    let formatter = try #require(cicu_number_open(language, skeleton))
    defer { cicu_number_close(formatter) }
    let bytes = try #require(icuBytes { cicu_number_format(formatter, decimal, Int32(decimal.utf8.count), $0, $1) })
    // The two changes the pattern makes: a real minus and no plain spaces.
    return String(
      String.UnicodeScalarView(
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { $0 == "-" ? "\u{2212}" : $0 == " " ? "\u{A0}" : $0 }))
  }

  @Test(
    "money and plain numbers are ICU's",
    arguments: [
      "en-US", "es-US", "es-ES", "de-DE", "de-CH", "de-AT", "fr-FR", "sr-Cyrl-RS", "ar-EG", "he-IL", "hi-IN", "pl-PL", "sv-SE", "fa-IR",
      "bn-BD",
    ])
  func sameAsICU(language: String) throws {
    var random = SeededNumbers(seed: 0x2545_F491_4F6C_DD1D)
    let money = "currency/EUR unit-width-short group-on-aligned"
    let pattern = try #require(NumberPattern(language: language, skeleton: money + " .0"))
    let plain = try #require(NumberPattern(language: language, skeleton: "group-on-aligned .0"))
    for _ in 0..<120 {
      let digits = Int.random(in: 0...18, using: &random)
      let bound = (0..<digits).reduce(Int64(9)) { value, _ in value / 10 > Int64.max / 100 ? value : value &* 10 }
      let value = Amount(mantissa: Int64.random(in: -bound...bound, using: &random), scale: Int.random(in: 0...6, using: &random))
      #expect(
        pattern.text(value, minimum: 2, maximum: 2, isGrouped: true)
          == (try icu(language, money + " .00 rounding-mode-half-up sign-negative", value.description)))
      #expect(
        plain.text(value, minimum: 0, maximum: 18, isGrouped: true)
          == (try icu(language, "group-on-aligned .################## sign-negative", value.description)))
      #expect(
        plain.text(value, minimum: 1, maximum: 3, isGrouped: false)
          == (try icu(language, "group-off .0## rounding-mode-half-up sign-negative", value.description)))
    }
  }

  @Test("a tag may choose its digits")
  func digits() throws {
    let thai = try #require(NumberPattern(language: "en-u-nu-thai", skeleton: "group-on-aligned .0"))
    #expect(thai.text(Amount(mantissa: 12345, scale: 1), minimum: 1, maximum: 1, isGrouped: true) == "๑,๒๓๔.๕")
  }

  @Test("nonsense opens nothing")
  func nonsense() {
    #expect(NumberPattern(language: "en-US", skeleton: "no-such-stem") == nil)
    #expect(NumberPattern(language: "not a tag", skeleton: ".0") == nil)
  }
}

internal import Campaigns
internal import Diagnostics
internal import Formats
internal import Languages

/// A notice has few words, an e-mail as few, and a postcard, which is read while it is turned over, fewer; all have a short heading and short
/// sentences.
///
/// Counted are the words of the campaign as they are printed, values among them; what the layout adds (address, code, phone, its own strings)
/// stands beside them and is not counted.
struct LengthRule: LintRule {
  private static let rule = RuleReference("length", source: "Billfold's own rule: notices of 90 words, headings of 12, sentences of 20")
  private static let cardRule = RuleReference(
    "length", source: "Billfold's own rule: postcards of 60 words, headings of 12, sentences of 20")
  /// Words of a notice that people still read.
  private static let notice = 90
  /// Words of a postcard, what it takes from the notice among them.
  private static let card = 60
  /// Words of a heading.
  private static let heading = 12
  /// Words of a sentence.
  private static let sentence = 20

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words {
      let language = text.scene.language.text
      let count = text.shown.reduce(0) { $0 + TextBreaks.words($1.plain, language: language).count }
      let isCard = text.scene.teller == .postcard
      let (most, rule) = isCard ? (Self.card, Self.cardRule) : (Self.notice, Self.rule)
      if count > most {
        report.add(
          Diagnostic(.note, id: "notice-long", "the \(text.noun) has \(count) words, more than \(most)", at: text.range(of: "body")), rule,
          in: text.scene)
      }
      for part in text.own where !part.isOutside {
        if part.slot == "heading" {
          let words = TextBreaks.words(part.plain, language: language).count
          if words > Self.heading {
            report.add(
              Diagnostic(.note, id: "heading-long", "the heading has \(words) words, more than \(Self.heading)", at: part.source.range),
              rule, in: text.scene)
          }
          continue
        }
        for sentence in part.paragraphs.flatMap({ TextBreaks.sentences($0, language: language) }) {
          let words = TextBreaks.words(String(sentence), language: language).count
          guard words > Self.sentence else { continue }
          report.add(
            Diagnostic(
              .note, id: "sentence-long", "the sentence has \(words) words, more than \(Self.sentence): '\(sentence.shown)'",
              at: part.range(of: sentence)), rule, in: text.scene)
        }
      }
    }
  }
}

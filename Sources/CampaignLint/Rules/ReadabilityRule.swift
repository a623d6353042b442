internal import Campaigns
internal import Diagnostics
internal import Formats
internal import Languages

/// A notice is easy to read, by Björnsson's LIX: the mean number of words of a sentence, and the percentage of words of more than six letters.
struct ReadabilityRule: LintRule {
  private static let rule = RuleReference("readability", source: "C. H. Björnsson, Läsbarhet (1968): LIX; the limits are this project's")
  /// Shorter texts have no LIX that means anything.
  private static let fewestWords = 20

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words {
      guard !text.own.isEmpty, let list = scene.list(text.scene.language),
        let lix = Self.lix(text.shown.flatMap(\.paragraphs), language: text.scene.language.text), lix > list.lix
      else { continue }
      report.add(
        Diagnostic(
          .note, id: "hard-to-read",
          "the \(text.noun) has a LIX of \(Int(lix.rounded())), more than \(Int(list.lix)): shorter sentences and shorter words would do",
          at: text.range(of: "body")), Self.rule, in: text.scene)
    }
  }

  /// The LIX of some paragraphs, each of which ends a sentence; `nil` where they have too few words.
  static func lix(_ paragraphs: [String], language: String) -> Double? {
    var (words, long, sentences) = (0, 0, 0)
    for paragraph in paragraphs {
      for word in TextBreaks.words(paragraph, language: language) {
        words += 1
        if word.count(where: \.isLetter) > 6 { long += 1 }
      }
      sentences += TextBreaks.sentences(paragraph, language: language).count
    }
    guard words >= fewestWords, sentences > 0 else { return nil }
    return Double(words) / Double(sentences) + 100 * Double(long) / Double(words)
  }
}

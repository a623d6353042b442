internal import Campaigns
internal import Diagnostics
internal import Formats
internal import Languages
internal import Jurisdictions
internal import Money

/// Where the law forbids a charge for paper, there is none and no words speak of one.
struct FeeRule: LintRule {
  func check(_ scene: LintScene, _ report: inout LintReport) {
    let rules = scene.law.feeRules
    guard let first = rules.first else { return }
    if let paper = scene.campaign.paper, !paper.fee.isZero {
      for rule in rules {
        report.add(
          Diagnostic(
            id: "paper-fee-forbidden",
            "'paper' has a fee of \(paper.fee.description(decimals: paper.currency.decimals)) \(paper.currency.code), which '\(rule.id)' forbids; "
              + "expected '0'", at: scene.campaign.places.paper,
            notes: scene.place(of: rule).map { [Diagnostic.Note("the place whose law forbids it", at: $0)] } ?? []), rule.reference)
      }
    }
    for text in scene.words {
      guard let list = scene.list(text.scene.language), let voice = scene.voices[text.scene.language] else { continue }
      let finder = AmountFinder(voice.formats, scene.campaign.paper?.currency ?? voice.currency)
      for part in text.own {
        for paragraph in part.paragraphs {
          for sentence in TextBreaks.sentences(paragraph, language: text.scene.language.text)
          where Self.isCharge(String(sentence), list, finder) {
            report.add(
              Diagnostic(
                .warning, id: "paper-fee-words",
                "'\(sentence.shown)' speaks of a charge for paper, which '\(first.id)' forbids; a credit for going without is no charge",
                at: part.range(of: sentence)), first.reference, in: text.scene)
          }
        }
      }
    }
  }

  /// Whether a sentence speaks of a charge for paper: of both in one breath, and neither of a credit nor of nothing to pay.
  static func isCharge(_ sentence: String, _ list: LintLanguages.List, _ finder: AmountFinder) -> Bool {
    guard sentence.firstWord(of: list.paper) != nil, sentence.firstWord(of: list.credit) == nil else { return false }
    let isPaid = finder.amounts(in: sentence).contains { !$0.amount.isZero }
    if isPaid { return sentence.firstWord(of: list.fee) != nil }
    return sentence.firstWord(of: list.fee) != nil && sentence.firstWord(of: list.free) == nil
  }
}

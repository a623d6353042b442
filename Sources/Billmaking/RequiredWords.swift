internal import Campaigns
internal import Composition
internal import Diagnostics

/// What a bill must say of the campaign, and the proof that its pages do.
struct RequiredWords {
  /// The disclosures that are due on it.
  var phrases: [DisclosurePhrase] = []
  /// What its notice says on keeping paper; empty where it carries none.
  var keepPaper = PlainWords()

  /// Whether a disclosure is due in a place.
  func isDue(in place: Disclosure.Place) -> Bool { phrases.contains { $0.disclosure.place == place } }

  /// The first disclosure that a place does not say as it is mapped; `nil` where all stand there.
  ///
  /// - Parameters:
  ///   - said: What stands there.
  ///   - pages: The first and the last page that was searched; `nil` for a leaflet.
  func fault(in place: Disclosure.Place, _ said: PlainWords, pages: ClosedRange<Int>?) -> RecordFault? {
    guard let missing = phrases.first(where: { $0.disclosure.place == place && !said.contains($0.words) }) else { return nil }
    let claim: String
    switch (place, pages) {
    case (.notice, _): claim = "the notice does not say the point '\(missing.disclosure.id)' as it is mapped"
    case (.terms, nil): claim = "the leaflet with the terms does not say the point '\(missing.disclosure.id)' as it is mapped"
    case (.terms, let pages?):
      let place = pages.count > 1 ? " on pages \(pages.lowerBound) to \(pages.upperBound)" : ""
      claim = "the terms\(place) do not say the point '\(missing.disclosure.id)' as it is mapped"
    }
    return RecordFault(
      "disclosure-missing",
      FindingStatement(
        claim, origin: .source(SourcePlace(missing.disclosure.range)), page: pages.flatMap { $0.count == 1 ? $0.lowerBound : nil },
        figures: RequiredWords.figures(missing.words, in: said)))
  }

  /// How many characters of a phrase a message has; more are cut.
  ///
  /// - Stops: a message with a page of terms in it.
  private static let excerpt = 100

  /// How much of a phrase stands there.
  private static func figures(_ phrase: PlainWords, in said: PlainWords) -> String {
    let beginning = said.beginning(of: phrase)
    func words(_ text: String) -> Int { text.split(separator: " ").count }
    let wanted = "looked for '\(cut(phrase.text))'"
    guard words(beginning) > 0 else { return wanted + ", of which not even the first word stands there" }
    if beginning.utf8.count == phrase.text.utf8.count { return wanted + ", which stands there only as a part of other words" }
    return wanted + ", of which \(words(beginning)) of \(words(phrase.text)) words stand there: '\(cut(beginning, keepsEnd: true))'"
  }

  private static func cut(_ text: String, keepsEnd: Bool = false) -> String {
    guard text.count > excerpt else { return text }
    return keepsEnd ? "…" + text.suffix(excerpt) : text.prefix(excerpt) + "…"
  }
}

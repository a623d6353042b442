internal import Campaigns
internal import Diagnostics
internal import Formats
internal import Jurisdictions
internal import Languages

/// What is mapped stands, word for word, where the campaign says that it stands.
struct DisclosureRule: LintRule {
  static let rule = RuleReference("disclosures", source: "the campaign's own 'disclosures'")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for (disclosure, phrases) in zip(scene.campaign.disclosures, scene.phrases) {
      for language in scene.campaign.languages {
        guard let phrase = phrases[language], !phrase.isEmpty else { continue }
        switch disclosure.place {
        case .notice:
          for text in scene.standard where text.scene.language == language && disclosure.phases.contains(text.scene.phase) {
            notice(disclosure, phrase, text, &report)
          }
        case .terms: terms(disclosure, phrase, language, scene, &report)
        }
        if disclosure.id == "electronic-consent" { consent(disclosure, phrase, language, scene, &report) }
      }
    }
  }

  private func notice(_ disclosure: Disclosure, _ phrase: PlainWords, _ text: NoticeText, _ report: inout LintReport) {
    // A phrase may go on from one benefit to the next, and nowhere else from one slot to another: layouts order slots as they like.
    let benefits = text.parts.filter { $0.slot == "benefits" }
    let slots = text.parts.filter { $0.slot != "benefits" }.map(\.plain) + [benefits.map(\.plain).joined(separator: " ")]
    guard !slots.contains(where: { PlainWords($0).contains(phrase) }) else { return }
    let sentences = text.parts.flatMap { part in
      part.paragraphs.flatMap { paragraph in
        TextBreaks.sentences(paragraph, language: text.scene.language.text).map { (text: $0, range: part.range(of: $0)) }
      }
    }
    let near = Self.nearest(to: phrase.text, among: sentences.map(\.text), text.scene.language).map { sentences[$0] }
    report.add(
      Diagnostic(
        id: "disclosure-missing", "the words of the disclosure '\(disclosure.id)' do not stand in the notice: '\(phrase.text.shown)'",
        at: disclosure.text(text.scene.language)?.range ?? disclosure.range,
        notes: near.map { [Diagnostic.Note("what comes nearest is no proof: '\($0.text.shown)'", at: $0.range)] } ?? []), Self.rule,
      in: text.scene)
  }

  private func terms(
    _ disclosure: Disclosure, _ phrase: PlainWords, _ language: LanguageTag, _ scene: LintScene, _ report: inout LintReport
  ) {
    guard let terms = scene.terms[language], let file = scene.campaign.terms[language], !terms.contains(phrase) else { return }
    let sentences = (scene.termsParagraphs[language] ?? []).flatMap { TextBreaks.sentences($0, language: language.text) }
    let near = Self.nearest(to: phrase.text, among: sentences, language).map { sentences[$0] }
    let place = near.flatMap { file.file.range(of: $0) } ?? SourceRange(file: file.file, bytes: 0..<min(1, file.file.bytes.count))
    report.add(
      Diagnostic(
        id: "disclosure-missing",
        "the words of the disclosure '\(disclosure.id)' do not stand in the terms in \(language): '\(phrase.text.shown)'",
        at: disclosure.text(language)?.range ?? disclosure.range,
        notes: [
          Diagnostic.Note(near.map { "what comes nearest is no proof: '\($0.shown)'" } ?? "these terms were searched", at: place)
        ]), Self.rule)
  }

  /// Consent on the phone is none where it must be electronic: a phone number in those words misleads.
  private func consent(
    _ disclosure: Disclosure, _ phrase: PlainWords, _ language: LanguageTag, _ scene: LintScene, _ report: inout LintReport
  ) {
    let rule = scene.law.rules.first { $0.points.contains { $0.id == disclosure.id } }
    let known = scene.campaign.optIn.phone(language).map { ContactFinder.digits($0) } ?? ""
    let isThere = !ContactFinder.phones(in: phrase.text).isEmpty || known.count >= 7 && ContactFinder.digits(phrase.text).contains(known)
    guard isThere else { return }
    report.add(
      Diagnostic(
        .note, id: "consent-by-phone",
        "a phone number stands in the words on electronic consent in \(language): a call alone is no consent there",
        at: disclosure.text(language)?.range ?? disclosure.range), rule?.reference ?? Self.rule)
  }

  /// The sentence that shares most words with a phrase, at least half of them; `nil` where none does.
  static func nearest(to phrase: String, among sentences: [Substring], _ language: LanguageTag) -> Int? {
    func words(_ text: String) -> Set<String> { Set(TextBreaks.words(text, language: language.text).map { $0.lowercased() }) }
    let wanted = words(phrase)
    guard !wanted.isEmpty else { return nil }
    let shares = sentences.map { wanted.intersection(words(String($0))).count }
    guard let best = shares.max(), best * 2 >= wanted.count else { return nil }
    return shares.firstIndex(of: best)
  }
}

extension SourceFile {
  /// Where a text's first words stand in the file, as many of four as stand there without a mark; `nil` where not even one does.
  func range(of text: some StringProtocol) -> SourceRange? {
    let words = text.split(separator: " ").prefix(4).map { Array($0.utf8) }
    for count in stride(from: words.count, to: 0, by: -1) {
      let wanted = Array(words.prefix(count).joined(separator: [UInt8(ascii: " ")]))
      guard let first = wanted.first, wanted.count <= bytes.count else { continue }
      for start in 0...(bytes.count - wanted.count) where bytes[start] == first && bytes[start...].starts(with: wanted) {
        return SourceRange(file: self, bytes: start..<start + wanted.count)
      }
    }
    return nil
  }
}

internal import Campaigns
internal import Diagnostics
internal import LayoutLanguage

/// A page that a notice points to is there, and its number is not typed.
struct PageReferenceRule: LintRule {
  private static let rule = RuleReference("page-reference", source: "Billfold's own rule: what a notice points to is there")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words {
      let list = scene.list(text.scene.language)
      guard case .notice(let name) = text.scene.teller else {
        channel(text, list, &report)
        continue
      }
      let rules = scene.campaign.audience.filter { $0.notice == name && $0.terms != .bill }
      for part in text.parts {
        let typed = list.flatMap { Self.page(in: part.typed, $0.page) }
        if let typed {
          report.add(
            Diagnostic(
              .warning, id: "page-typed", "'\(typed)' is typed, and may be another page on the next bill", at: part.range(of: typed),
              suggestion: "write {terms-page}"), Self.rule, in: text.scene)
        }
        guard typed != nil || part.late.contains(where: { $0 == .termsPage || $0 == .pageOf(AnchorName.terms.rawValue) }) else { continue }
        for rule in rules {
          report.add(
            Diagnostic(
              .warning, id: "page-nowhere",
              "the words point to a page of the terms, and the rule '\(rule.name)' puts none into the bill: 'terms: \(rule.terms.rawValue)'",
              at: typed.map { part.range(of: $0) } ?? part.range(of: "{\(LateName.termsPage.rawValue)}"),
              notes: (rule.places.terms ?? rule.places.notice).map { [Diagnostic.Note("the rule", at: $0)] } ?? []), Self.rule,
            in: text.scene)
        }
      }
    }
  }

  /// What goes out beside a bill points to no page; the number of one that is not typed is found when its words are compiled.
  private func channel(_ text: NoticeText, _ list: LintLanguages.List?, _ report: inout LintReport) {
    let place = text.scene.teller == .email ? "in an e-mail" : "on a postcard"
    for part in text.parts {
      guard let typed = list.flatMap({ Self.page(in: part.typed, $0.page) }) else { continue }
      report.add(
        Diagnostic(
          .warning, id: "page-nowhere", "'\(typed)' is said \(place), which has no such page", at: part.range(of: typed)), Self.rule,
        in: text.scene)
    }
  }

  /// A page's number with the word before it.
  static func page(in text: String, _ words: [String]) -> Substring? {
    let runs = TextRun.all(text)
    for place in runs.indices where runs[place].kind == .letters && words.contains(runs[place].text.lowercased()) {
      guard place + 2 < runs.count, runs[place + 2].kind == .digits, runs[place + 2].text.count <= 3,
        runs[place + 1].text.allSatisfy({ $0.isWhitespace || $0 == "." }), runs[place + 1].text.count <= 2
      else { continue }
      // A letter alone is a page only with its full stop: "p. 3".
      if runs[place].text.count == 1, !runs[place + 1].text.contains(".") { continue }
      return text[runs[place].text.startIndex..<runs[place + 2].text.endIndex]
    }
    return nil
  }
}

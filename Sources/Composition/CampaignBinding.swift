package import Billing
package import Campaigns
internal import Dates
package import Diagnostics
internal import Languages
package import LayoutLanguage

/// A campaign made ready for composing: its words compiled against the bill's schema, its dates in the slots layouts read.
package final class CampaignBinding {
  package let loaded: LoadedCampaign
  package let key: TokenKey?
  package let isSpecimen: Bool
  private var words: [Phase: [LanguageTag: CompiledWords]] = [:]

  package var campaign: Campaign { loaded.campaign }

  /// Compiles all words, reporting every fault in them.
  ///
  /// - Throws: All faults of the words.
  package init(_ loaded: LoadedCampaign, schema: RecordType, key: TokenKey?, isSpecimen: Bool) throws(DiagnosticList) {
    self.loaded = loaded
    self.key = key
    self.isSpecimen = isSpecimen
    var findings: [Diagnostic] = []
    for phase in Phase.allCases {
      for language in loaded.campaign.languages {
        guard let source = loaded.campaign.words(phase, language) else { continue }
        words[phase, default: [:]][language] = CompiledWords(source) { text, expression in
          TextTemplate.compile(expression.sourceText(in: text), schema: schema, into: &findings)
        }
      }
    }
    // Words that a phase takes from another are compiled with each of them.
    var told: Set<Diagnostic> = []
    findings = findings.filter { told.insert($0).inserted }
    if !findings.isEmpty { throw DiagnosticList(findings) }
  }

  /// The words of the bill's notice; `nil` where it carries none.
  package func words(_ decision: Decision) -> CompiledWords? {
    guard decision.notice != nil else { return nil }
    return words[decision.phase]?[decision.language]
  }

  /// The token of an account: the specimen's without a key.
  package func token(for account: String) -> OptInToken {
    guard !isSpecimen, let key else { return .specimen }
    return key.token(campaign: campaign.id, account: account.utf8)
  }

  /// What layouts and words read as `campaign`; absent where the bill carries neither notice nor terms.
  package func record(_ decision: Decision) -> Value {
    guard decision.notice != nil || decision.showsTerms else { return .absent }
    let campaign = campaign
    return .record(
      ValueRecord([
        .text(campaign.mode.rawValue), .text(decision.phase.rawValue), .date(campaign.phases.active), .date(campaign.phases.announce),
        .date(campaign.phases.remind), .date(campaign.phases.final),
        .record(
          ValueRecord([
            .text(campaign.terms.version), .date(campaign.terms.effective), .text(decision.showsTerms ? "bill" : "none"),
          ])),
        .record(
          ValueRecord([
            .text(campaign.optIn.show), .text(campaign.optIn.phone(decision.language) ?? ""),
            .optional(campaign.optIn.hours(decision.language)),
          ])), .optional(decision.notice),
      ]))
  }

  /// The terms that stand in the bill; `nil` for none.
  package func terms(_ decision: Decision) -> TermsText? { decision.showsTerms ? campaign.terms[decision.language] : nil }

  /// What the notice of a bill says; `nil` where it carries none, and where the campaign lacks what loading it has checked.
  package func notice(for bill: Bill, _ decision: Decision) -> NoticeWords? {
    guard let name = decision.notice, let words = words(decision) else { return nil }
    let token = token(for: bill.account)
    return NoticeWords(
      name: name, words: words, show: campaign.optIn.show, token: campaign.optIn.needsToken ? token.grouped : nil,
      address: campaign.optIn.address(token), phone: campaign.optIn.phone(decision.language) ?? "",
      hours: campaign.optIn.hours(decision.language))
  }
}

extension MarkdownExpression {
  /// The expression with its braces and its place in the campaign file.
  fileprivate func sourceText(in text: CampaignText) -> SourceText {
    let place = text.range(of: range)
    let bytes = place.file.bytes
    var whole = place.bytes
    let written = "{" + source + "}"
    if whole.lowerBound > 0, whole.upperBound < bytes.count, bytes[whole.lowerBound - 1] == UInt8(ascii: "{"),
      bytes[whole.upperBound] == UInt8(ascii: "}")
    {
      whole = whole.lowerBound - 1..<whole.upperBound + 1
    }
    return SourceText(file: place.file, range: whole, text: written)
  }
}

package import Campaigns
package import Diagnostics
internal import Formats
package import LayoutLanguage
internal import Money

/// Makes e-mails of a layout's templates.
package struct EmailComposer {
  private let template: EmailTemplate

  package init(_ template: EmailTemplate) { self.template = template }

  /// Composes one message.
  ///
  /// - Parameters:
  ///   - words: What it says and where it leads.
  ///   - language: The layout's language for it, an index into ``LayoutLanguage/EmailTemplate/languages``.
  ///   - format: The customer's: type grows in `large-print`.
  ///   - environment: With the bill's record, the formats of the language and the currency; campaign, strings and room for variables are set here.
  /// - Throws: What a value in it meets that cannot be evaluated; `email-link`, `email-attribute` and `email-too-large`.
  package func compose(
    _ words: EmailWords, _ campaign: CampaignBinding, _ decision: ChannelDecision, language: Int, format: String,
    in environment: Environment
  ) throws(Diagnostic) -> ComposedEmail {
    var environment = environment
    environment.strings = template.strings[language]
    environment.locals = [Value](repeating: .absent, count: template.localCount)
    environment.paths = environment.locals.map { _ in nil }
    let known = campaign.emailRecord(decision.phase, decision.language, currency: environment.currency)
    environment.campaign = known
    let subject = EmailText.line(try words.subject.plainText(in: environment))
    let preheader = EmailText.line(try words.preheader.plainText(in: environment))
    environment.campaign = EmailComposer.record(known, words, subject: subject, preheader: preheader)
    let page = EmailPage(
      template: template, notice: words.notice, language: template.languages[language],
      isRightToLeft: (environment.formatter as? FormatsBinding)?.formats.isRightToLeft ?? false, isLarge: format == "large-print",
      subject: subject)
    var html = EmailHTMLWriter(page)
    try html.writeDocument(&environment)
    var text = EmailPlainWriter(page)
    let plain = try text.written(&environment)
    return ComposedEmail(
      subject: subject, preheader: preheader, html: html.text, text: plain, pictures: html.pictures.sorted(), look: html.measure.look,
      misleading: html.misleading)
  }

  /// What templates read as `campaign`: what words read, with the customer's own link and what only the message has.
  private static func record(_ known: Value, _ words: EmailWords, subject: String, preheader: String) -> Value {
    guard case .record(let campaign) = known else { return known }
    var fields = BillSchema.Campaign.allCases.map { campaign.value(at: $0.rawValue) }
    if case .record(let optIn) = fields[BillSchema.Campaign.optIn.rawValue] {
      var parts = BillSchema.CampaignOptIn.allCases.map { optIn.value(at: $0.rawValue) }
      parts[BillSchema.CampaignOptIn.link.rawValue] = .text(words.notice.address)
      parts[BillSchema.CampaignOptIn.token.rawValue] = .optional(words.notice.token)
      fields[BillSchema.Campaign.optIn.rawValue] = .record(ValueRecord(parts))
    }
    fields[BillSchema.Campaign.email.rawValue] = .record(
      ValueRecord([.text(subject), .text(preheader), .text(words.postalAddress), .text(words.unsubscribe)]))
    return .record(ValueRecord(fields))
  }
}

/// What both forms of a message are made of.
struct EmailPage {
  let template: EmailTemplate
  let notice: NoticeWords
  let language: String
  let isRightToLeft: Bool
  let isLarge: Bool
  let subject: String

  /// - Throws: `email-too-large`.
  static func check(_ text: String) throws(Diagnostic) {
    guard text.utf8.count > LanguageLimits.emailBytes else { return }
    throw Diagnostic(
      id: "email-too-large", "the message has more than \(LanguageLimits.emailBytes >> 20) MiB: its loops write too much")
  }

  /// The number behind `tel:`.
  var phoneAddress: String { "tel:" + notice.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") } }

  /// The branch of a choice that stands; `nil` where none does.
  static func chosen(_ branches: [EmailBranch], _ environment: borrowing Environment) throws(Diagnostic) -> EmailBranch? {
    for branch in branches {
      guard let condition = branch.condition else { return branch }
      if try condition.isTrue(in: environment) { return branch }
    }
    return nil
  }

  /// The address behind a link of CommonMark.
  ///
  /// - Throws: As ``EmailAddressText/address(_:at:in:)``.
  static func address(_ parts: [CompiledWords.Inline], in environment: borrowing Environment) throws(Diagnostic) -> String {
    var address: [EmailAddressText.Part] = []
    for part in parts {
      switch part {
      case .text(let text): address.append(.words(text))
      case .value(let template): address.append(.template(template))
      default: break
      }
    }
    return try EmailAddressText.address(address, at: nil, in: environment)
  }
}

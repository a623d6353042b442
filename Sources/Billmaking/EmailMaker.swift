internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Dates
internal import Diagnostics
internal import Digests
internal import Languages
internal import LayoutLanguage
internal import Mail
internal import MailAddresses

/// An e-mail that was made, with its message.
struct MadeEmail {
  let facts: PieceFacts
  /// What it says, before it becomes a message.
  let composed: ComposedEmail
  /// The same as a message.
  let message: MailMessage
  /// The message as it is sent, but for its date.
  let bytes: [UInt8]
}

/// Makes the e-mails of a campaign: one message of plain text and HTML for one customer. One per worker.
final class EmailMaker {
  /// Bytes of a message with its pictures: ten times what one of words has, and well below what servers refuse.
  ///
  /// - Stops: messages that servers refuse for their size, each of them a customer who is not told.
  static let messageLimit = 1 << 20
  /// Bytes of HTML beyond which readers cut a message off and hide the rest behind a link: 102 kB, of which a little is kept.
  ///
  /// - Stops: a message whose end, with how to keep paper, is not seen.
  static let htmlLimit = 100 * 1_024

  private let job: LayoutJob
  private let template: EmailTemplate
  private let composer: EmailComposer
  private let binding: CampaignBinding
  private let channel: EmailChannel
  private let pictures: [MailMessage.Picture]

  /// - Returns: `nil` where the layout has no e-mail, or the campaign sends none.
  init?(_ job: LayoutJob) {
    guard let template = job.email, let binding = job.campaign, let channel = binding.campaign.email else { return nil }
    (self.job, self.template, self.binding, self.channel) = (job, template, binding, channel)
    composer = EmailComposer(template)
    pictures = template.pictures.map { picture in
      let name = picture.path.split(separator: "/").last.map(String.init) ?? "picture"
      return MailMessage.Picture(mediaType: picture.mediaType, contentID: picture.contentID, fileName: name, bytes: picture.bytes)
    }
  }

  /// Makes the e-mail of a bill's customer.
  ///
  /// - Parameters:
  ///   - record: The bill with its declared fields, as templates see it.
  ///   - to: Whom it goes to.
  ///   - jurisdictions: The places whose law holds for the customer.
  /// - Throws: Why it cannot be made: `email-link`, `email-attribute`, `email-too-large`, and values that cannot be evaluated.
  /// - Complexity: Linear in what it says.
  func make(
    for bill: Bill, _ record: any RecordValue, _ decision: ChannelDecision, to recipient: Mailbox, jurisdictions: [String]?
  ) throws(RecordFault) -> MadeEmail {
    let layout = job.template
    guard let language = layout.languageIndex(for: decision.language.text),
      let words = binding.emailWords(decision, account: bill.account)
    else { throw RecordFault(.defect, "the e-mail was decided with what campaign and layout do not have") }
    let composed: ComposedEmail
    do throws(Diagnostic) {
      let environment = Environment(
        bill: record, formatter: try job.formats(layout.languages[language]), currency: bill.currency, strings: layout.strings[language])
      composed = try composer.compose(words, binding, decision, language: language, format: bill.format.rawValue, in: environment)
    } catch {
      throw error.recordFault
    }
    var facts = PieceFacts(
      kind: .email, billKind: bill.kind, channel: .electronic, account: bill.account, invoice: bill.invoice, content: "", pages: 1,
      charges: bill.totals.charges, due: bill.totals.due, currency: bill.currency, language: decision.language.text, format: bill.format,
      rule: decision.rule, state: decision.state.rawValue, phase: decision.phase.rawValue)
    (facts.campaign, facts.jurisdictions) = (binding.campaign.id, jurisdictions)
    facts.notice = NoticeFacts(
      name: EmailChannel.noticeName, phase: decision.phase.rawValue, rule: decision.rule, wordsDigest: words.notice.words.digest, page: 1,
      area: 1, contrast: composed.look.contrast, headingRatio: composed.look.headingRatio,
      textSize: Self.points(composed.look.textSize))
    let id = messageID(of: bill, decision)
    facts.email = EmailFacts(messageID: id, returnPath: channel.returnPath.text)
    let message = MailMessage(
      from: channel.from, to: recipient, replyTo: channel.replyTo, subject: composed.subject, date: bill.issued, messageID: id,
      language: decision.language.text, unsubscribing: [words.unsubscribe, words.unsubscribeByMail],
      text: composed.text, html: composed.html, pictures: composed.pictures.map { pictures[$0] })
    facts.content = Digest256.hex(
      files: [("subject", Array(composed.subject.utf8)), ("text", Array(composed.text.utf8)), ("html", Array(composed.html.utf8))]
        + message.pictures.map { ($0.contentID, $0.bytes) })
    facts.warnings = warnings(composed)
    let bytes: [UInt8]
    do throws(MailFault) { bytes = try message.written() } catch { throw RecordFault(.defect, "the e-mail could not be written") }
    guard bytes.count <= Self.messageLimit else {
      throw RecordFault(
        .emailTooLarge,
        "the message would have \(bytes.count) bytes, more than the \(Self.messageLimit) that are sent; its pictures take the most")
    }
    return MadeEmail(facts: facts, composed: composed, message: message, bytes: bytes)
  }

  /// A pixel of the web is 1/96 of an inch, a point 1/72.
  private static func points(_ pixels: Double) -> Double { pixels * 72 / 96 }

  /// What is odd about a message, and sends it all the same.
  private func warnings(_ email: ComposedEmail) -> [RecordWarning] {
    var warnings: [RecordWarning] = []
    if email.subject.count > EmailChannel.shownSubject {
      warnings.append(
        RecordWarning(
          "subject-long", "the subject has \(email.subject.count) characters; lists of messages show about \(EmailChannel.shownSubject)",
          path: "$"
        ))
    }
    let size = email.html.utf8.count
    if size > Self.htmlLimit {
      warnings.append(
        RecordWarning(
          "email-clipped",
          "the HTML has \(size) bytes; from 102 kB on readers hide the rest of a message, expected at most \(Self.htmlLimit)",
          path: "$"))
    }
    return warnings
  }

  /// The same for the same message each time it is made; another for another customer, bill or phase.
  private func messageID(of bill: Bill, _ decision: ChannelDecision) -> String {
    let parts = [binding.campaign.id, bill.account, bill.invoice, bill.series ?? "", decision.phase.rawValue]
    let digest = Digest256.hex(files: parts.enumerated().map { ("\($0.offset)", Array($0.element.utf8)) })
    return "\(digest.prefix(32))@\(channel.from.address.domain)"
  }
}

public import Diagnostics
public import Languages
public import MailAddresses

/// The e-mail of a campaign, with the direct link: to whom it goes, how often, from whom, and what it says.
public struct EmailChannel: Sendable {
  /// As manifest and ledger name what an e-mail carries, beside the notices of bills.
  public static let noticeName = "email"
  /// Characters of a subject that lists of messages show, on a telephone as well.
  ///
  /// - Stops: a subject whose end, often the day, nobody sees.
  public static let shownSubject = 60

  /// How a customer says that no more of these messages are wanted (RFC 2369, RFC 8058).
  public struct Unsubscribing: Sendable, Hashable {
    /// An address, `https:`, that takes a POST without a question, with `{token}` where the customer's token goes.
    public let https: String
    /// Where a message may be sent to instead: an address, and behind `?` the headers of RFC 6068.
    public let mailto: String

    /// ``https`` with a customer's token.
    public func address(_ token: OptInToken) -> String { https.filled(with: token) }
    /// ``mailto`` with a customer's token, as a link.
    public func mailAddress(_ token: OptInToken) -> String { "mailto:" + mailto.filled(with: token) }
    /// Whether either holds `{token}`, so that a key is needed.
    public var needsToken: Bool { https.contains(OptIn.tokenPlace) || mailto.contains(OptIn.tokenPlace) }
  }

  /// Who gets one, in order; the first whose condition holds decides, and where none holds there is no message. Empty where the campaign leaves it
  /// to ``ChannelRule``'s standard.
  public let rules: [ChannelRule]
  /// How often.
  public let once: ChannelFrequency
  /// Whose message it is.
  public let from: Mailbox
  /// Where answers go; `nil`: to ``from``.
  public let replyTo: Mailbox?
  /// Where servers send back what they cannot deliver: the sender of the envelope.
  public let returnPath: MailAddress
  /// How to leave the list.
  public let unsubscribing: Unsubscribing
  let postalAddresses: [LanguageTag: String]
  /// Where the campaign file says it.
  public let range: SourceRange
  /// Where it says ``from``.
  public let fromRange: SourceRange
  /// In each phase and language of the campaign, complete, subject and preheader among them.
  let words: [Phase: [LanguageTag: Words]]

  /// What a message says in a phase, in one of the campaign's languages: each of its own words as the latest phase has it that says it, and where none
  /// does as the standard notice says it in that very phase. How to keep paper always comes from there; subject and preheader never do.
  ///
  /// - Returns: `nil` for any other language. ``Words/digest`` is that of the words together.
  public func words(_ phase: Phase, _ language: LanguageTag) -> Words? { words[phase]?[language] }

  /// The line with the company's postal address, in a language of the campaign.
  public func postalAddress(_ language: LanguageTag) -> String? { postalAddresses[language] }
}

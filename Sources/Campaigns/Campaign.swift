internal import Billing
public import Dates
public import Languages
public import Money

/// The move of a company's customers to paperless bills: dates, words, terms and the way in.
///
/// Made by ``Campaign/load(_:)``; complete: every language has words for all four phases and terms.
public struct Campaign: Sendable {
  /// Whether customers choose, or must go along.
  public enum Mode: String, Sendable, CaseIterable {
    case optional, required
  }

  /// Whether consent must come before paper stops.
  public enum ConsentRule: String, Sendable, CaseIterable {
    case before, none
  }

  /// Goes into tokens, manifest and ledger.
  public let id: String
  /// In the order of the file.
  public let languages: [LanguageTag]
  /// Whether customers choose.
  public let mode: Mode
  /// Whether consent must come first.
  public let consent: ConsentRule
  /// The first day of each phase.
  public let phases: PhaseDates
  /// How a customer confirms.
  public let optIn: OptIn
  /// How prominent the notice must be.
  public let prominence: Prominence
  /// The updated terms.
  public let terms: Terms
  /// The notices by name, `standard` among them, in the order of the file.
  public let notices: [Notice]
  /// Who gets what, in order; the last rule has no condition. Empty where the campaign leaves it to the standard rule.
  public let audience: [AudienceRule]
  /// The postcard to those who have not decided; `nil` where none is sent.
  public let postcard: PostcardChannel?
  /// The e-mail with the direct link; `nil` where none is sent.
  public let email: EmailChannel?
  /// Whose campaign it is; a ledger names the same.
  public let company: String?
  /// What staying on paper costs.
  public let paper: PaperFee?
  /// How to keep paper.
  public let keep: KeepingPaper?
  /// How often bills are made.
  public let cycles: Cadence?
  /// What each paper customer must have had by mail before paper stops.
  public let coverage: Coverage?
  /// Whose law holds for all customers, such as `US`, with those that the records name; in canonical case, sorted.
  public let jurisdictions: [String]
  /// Where each point that the law asks is said, in the order of the file.
  public let disclosures: [Disclosure]
  /// Where the file says some of this.
  public let places: CampaignPlaces

  /// A notice by its name.
  public func notice(_ name: String) -> Notice? { notices.first { $0.name == name } }

  /// The words of the standard notice for a phase in one of the campaign's languages; `nil` for any other language.
  public func words(_ phase: Phase, _ language: LanguageTag) -> Words? { notice(Notice.standardName)?.words(phase, language) }

  /// Whether anything the campaign sends has a place for the customer's token, so that a key is needed.
  ///
  /// - Parameter sendsEmails: Whether its e-mails are made, which have places of their own.
  public func needsToken(sendsEmails: Bool) -> Bool {
    optIn.needsToken || sendsEmails && email?.unsubscribing.needsToken == true
  }

  /// The campaign's language for a bill's: RFC 4647 lookup; `nil` where there is none.
  public func language(for tag: LanguageTag) -> LanguageTag? {
    LanguageTag.match(of: tag.text, among: languages.map(\.text)).map { languages[$0.place] }
  }
}

/// The least values of a notice's prominence; a notice below any of them rejects the bill.
public struct Prominence: Sendable, Hashable {
  /// The last page on which the notice may stand, from 1.
  public var page = 1
  /// Notice box ÷ page area.
  public var area = 0.08
  /// Heading size ÷ the size most glyphs outside the notice have.
  public var heading = 1.3
  /// The lowest WCAG 2 contrast of any text in the notice.
  public var contrast = 7.0
  /// The least type size of any text in the notice, in points; `nil` where none is asked for.
  public var text: Double?
  /// The values of the contract's example.
  public init() {}
}

/// What staying on paper costs.
public struct PaperFee: Sendable, Hashable {
  /// A cycle's fee; zero where paper is free.
  public let fee: Amount
  /// The fee's currency.
  public let currency: Currency
}

/// How a customer keeps paper.
public struct KeepingPaper: Sendable {
  let texts: [LanguageTag: String]
  /// The last day to say so.
  public let by: PlainDate?

  /// What a customer does to keep paper, in a language of the campaign.
  public func how(_ language: LanguageTag) -> String? { texts[language] }
}

/// What each paper customer must have had by mail before the active date, at least.
public struct Coverage: Sendable, Hashable {
  /// Bills with a notice.
  public var bills = 0
  /// Postcards.
  public var postcards = 0
}

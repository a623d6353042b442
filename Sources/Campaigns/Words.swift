internal import Billing
internal import ConfigurationFiles
public import Diagnostics
public import Languages

/// The words of a notice: of one phase in one language.
public struct Words: Sendable {
  /// When they are printed.
  public let phase: Phase
  /// One of the campaign's.
  public let language: LanguageTag
  /// One paragraph; there in the standard notice.
  public let heading: CampaignText?
  /// Any number of blocks.
  public let body: CampaignText
  /// What the customer is to do; any number of blocks; there in the standard notice.
  public let action: CampaignText?
  /// How to keep or get back paper (`keep-paper`), failing the words' own that of the campaign; any number of blocks; there in the standard
  /// notice.
  public let keepPaper: CampaignText?
  /// Each one paragraph; may be empty.
  public let benefits: [CampaignText]
  /// One paragraph.
  public let label: CampaignText?
  /// What the message is called in a list of messages; one paragraph; there in the words of an e-mail and in no others.
  public let subject: CampaignText?
  /// What such a list shows behind the subject; one paragraph; there where ``subject`` is.
  public let preheader: CampaignText?
  /// SHA-256, lower-case hexadecimal, of the canonical JSON of the words as they stand in the campaign, before expressions: an object with
  /// the keys action, benefits, body, heading, keep-paper, label, preheader, subject; those the campaign leaves out are left out.
  public let digest: String

  /// Every text with its name in the campaign.
  public var all: [(name: String, text: CampaignText)] {
    let named = [("heading", heading), ("body", body), ("action", action), ("keep-paper", keepPaper)]
    return named.compactMap { name, text in text.map { (name, $0) } } + benefits.map { ("benefits", $0) }
      + [("label", label), ("subject", subject), ("preheader", preheader)].compactMap { name, text in text.map { (name, $0) } }
  }
}

/// A text of the campaign: CommonMark with expressions in braces, not yet filled in.
public struct CampaignText: Sendable {
  /// As in the file, YAML's quoting resolved.
  public let text: String
  /// The text read as CommonMark; its expressions stand apart.
  public let document: MarkdownDocument
  let origin: YAMLValue

  /// Where a part of ``text``, in bytes, stands in the campaign file; the whole text where that cannot be told.
  public func range(of part: Range<Int>) -> SourceRange { origin.range(ofText: part) }
  /// Where the text stands in the campaign file.
  public var range: SourceRange { origin.range }
}

internal import ConfigurationFiles
public import Diagnostics

/// Where the campaign file says what findings about the whole of a campaign speak of.
public struct CampaignPlaces: Sendable {
  /// Of the file itself: its first key.
  public let file: SourceRange
  /// The value of `mode`.
  public let mode: SourceRange?
  /// The value of `consent`.
  public let consent: SourceRange?
  /// The value of `fee` in `paper`, else that of `paper`.
  public let paper: SourceRange?
  /// The value of `prominence`.
  public let prominence: SourceRange?
  /// The value of `disclosures`; `nil` where the campaign has none.
  public let disclosures: SourceRange?
  /// The value of `phone` in `opt-in`.
  public let phone: SourceRange?
  private let jurisdictions: [(code: String, range: SourceRange)]

  init(_ top: YAMLFindings.Mapping) {
    func member(_ value: YAMLValue?, _ name: String) -> YAMLValue? {
      guard case .mapping(let members)? = value?.content else { return nil }
      return members.first { $0.name == name }?.value
    }
    file = top.range
    mode = top["mode"]?.range
    consent = top["consent"]?.range
    paper = (member(top["paper"], "fee") ?? top["paper"])?.range
    prominence = top["prominence"]?.range
    disclosures = top["disclosures"]?.range
    phone = member(top["opt-in"], "phone")?.range
    guard case .list(let codes)? = top["jurisdictions"]?.content else {
      jurisdictions = []
      return
    }
    jurisdictions = codes.compactMap { value in value.text.map { ($0.uppercased(), value.range) } }
  }

  /// Where a jurisdiction is named.
  public func jurisdiction(_ code: String) -> SourceRange? { jurisdictions.first { $0.code == code }?.range }
}

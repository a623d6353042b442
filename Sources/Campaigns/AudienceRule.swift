public import Diagnostics
internal import ConfigurationFiles

/// One rule of a campaign's audience: for whom it is, and what they get.
///
/// Rules are tried in the order of the file; the first whose condition holds decides.
public struct AudienceRule: Sendable {
  /// Goes into the manifest; no two rules of a campaign have one name.
  public let name: String
  /// When it applies; `nil` for always, which only the last rule of a campaign has.
  public let condition: ConditionText?
  /// The notice's name; `nil` for none.
  public let notice: String?
  /// Where the terms stand.
  public let terms: TermsPlacement
  /// Where the file says the notice and where it says the terms; `nil` where it does not.
  public let places: (notice: SourceRange?, terms: SourceRange?)

  /// The rule of a campaign without an audience.
  static let standard = AudienceRule(name: "default", condition: nil, notice: Notice.standardName, terms: .bill, places: (nil, nil))
}

/// Where the terms reach a customer.
public enum TermsPlacement: String, Sendable, CaseIterable {
  /// In the bill.
  case bill
  /// On a sheet of their own in the same envelope; in an electronic bill the same as `bill`.
  case leaflet
  /// Nowhere.
  case none
}

/// A condition of the campaign, as it is written: an expression of the layout language, not yet compiled.
public struct ConditionText: Sendable {
  /// As in the file, YAML's quoting resolved.
  public let text: String
  let origin: YAMLValue

  /// Where it stands in the campaign file.
  public var range: SourceRange { origin.range(ofText: 0..<text.utf8.count) }
}

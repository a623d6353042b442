/// Where a customer stands in the move to paperless bills.
public enum CustomerState: String, Sendable, CaseIterable {
  /// Has said nothing, or has taken consent back.
  case undecided
  /// Has agreed to paperless bills.
  case agreed
  /// Has chosen paper.
  case paper
  /// Cannot be reached by e-mail.
  case bounced
}

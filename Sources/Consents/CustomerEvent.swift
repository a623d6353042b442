public import Dates

/// Something a customer said of paper and paperless bills, or that the post said of the customer's e-mail address.
public struct CustomerEvent: Sendable, Hashable {
  /// What it was; of several on one day the first of this list counts.
  public enum Kind: String, Sendable, CaseIterable {
    /// Took consent back.
    case withdrawn
    /// Chose paper.
    case paper
    /// An e-mail to the customer came back.
    case bounced
    /// Agreed to paperless bills.
    case consent

    /// The state it leaves the customer in.
    public var state: CustomerState {
      switch self {
      case .withdrawn: .undecided
      case .paper: .paper
      case .bounced: .bounced
      case .consent: .agreed
      }
    }

    /// Lower ones count before higher ones of the same day.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What it was.
  public var kind: Kind
  /// The day.
  public var date: PlainDate
  /// Where it came from: web, e-mail, phone, form; empty where that is not known.
  public var source: String

  /// Makes an event.
  public init(_ kind: Kind, _ date: PlainDate, source: String) { (self.kind, self.date, self.source) = (kind, date, source) }
}

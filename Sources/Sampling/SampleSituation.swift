/// How a bill stands, in shares of a hundred.
enum SampleSituation: CaseIterable {
  /// The last bill was paid.
  case paid
  /// It was not.
  case overdue
  /// It was in part.
  case partlyPaid
  /// The first bill, without a balance.
  case first
  /// A credit from before covers the charges exactly.
  case nothingDue
  /// A credit covers more than the charges.
  case credit
  /// A goodwill adjustment.
  case adjusted
  case final
  case termination

  var share: Int {
    switch self {
    case .paid: 56
    case .overdue: 12
    case .partlyPaid: 6
    case .first: 6
    case .nothingDue: 4
    case .credit: 6
    case .adjusted: 5
    case .final: 3
    case .termination: 2
    }
  }

  static let shares = allCases.map(\.share)

  static func at(_ fraction: UInt64) -> SampleSituation { allCases[SamplePoint.pick(fraction, shares, total: 100)] }

  var kind: StaticString {
    switch self {
    case .credit: "credit"
    case .final: "final"
    case .termination: "termination"
    default: "bill"
    }
  }
}

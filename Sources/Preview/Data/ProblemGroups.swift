internal import Contract
internal import Diagnostics

/// The findings of all bills, those of one cause together.
struct ProblemGroups: Sendable {
  /// One cause.
  struct Group: Sendable {
    var finding: PreviewFinding
    /// How many bills have it.
    var count: Int
    /// The first bills that show it, from 0.
    var bills: [Int]
  }

  /// So many different causes are told apart; a data file that is wrong throughout has about ten.
  ///
  /// - Stops: a wrong file of millions of different faults.
  private static let limit = 500
  /// So many bills of each are remembered.
  ///
  /// - Stops: one fault in millions of bills, all of them remembered.
  private static let billLimit = 20

  /// What findings of one cause have in common: what they are, and where in layout or campaign they arise, else at which field of the
  /// record, whatever its place in its lists.
  private struct Cause: Hashable {
    var severity: Severity
    var id: String
    var file: String?
    var line: Int?
    var column: Int?
    var field: String?

    init(_ finding: PreviewFinding) {
      (severity, id) = (finding.severity, finding.id)
      (file, line, column) = (finding.place?.file, finding.place?.line, finding.place?.column)
      field = finding.place == nil ? finding.recordPath.map { DataPath.field(of: $0) } : nil
    }
  }

  private var groups: [Cause: Group] = [:]
  /// How many bills were looked at.
  private(set) var done = 0
  /// How many of them `render` would reject.
  private(set) var rejects = 0

  /// Errors first, then by count, then by name.
  var sorted: [Group] {
    groups.values.sorted { a, b in
      let (x, y) = (a.finding.severity == .error, b.finding.severity == .error)
      if x != y { return x }
      if a.count != b.count { return a.count > b.count }
      return (a.finding.id, a.finding.message) < (b.finding.id, b.finding.message)
    }
  }

  /// Adds what was found in a bill.
  mutating func add(_ findings: [PreviewFinding], isPiece: Bool, bill: Int) {
    done += 1
    if !isPiece { rejects += 1 }
    var seen: Set<Cause> = []
    for finding in findings {
      let key = Cause(finding)
      guard seen.insert(key).inserted else { continue }
      if var group = groups[key] {
        group.count += 1
        if group.bills.count < ProblemGroups.billLimit { group.bills.append(bill) }
        groups[key] = group
      } else if groups.count < ProblemGroups.limit {
        groups[key] = Group(finding: finding, count: 1, bills: [bill])
      }
    }
  }
}

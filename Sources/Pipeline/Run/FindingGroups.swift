internal import Diagnostics

/// Findings that are equal but for their record, gathered in the order in which the first of each was met.
///
/// Bounded: when ``limit`` different ones are held, all are told and the gathering begins anew.
struct FindingGroups {
  /// Different findings held at a time.
  ///
  /// - Stops: a wrong cycle of millions of different findings.
  static let limit = 10_000

  private struct Key: Hashable {
    var severity: Severity
    var id: String
    var statement: FindingStatement
    var path: String?
  }

  private struct Group {
    var finding: Diagnostic
    var records = 1
    var last: Int
  }

  private let report: (Diagnostic) -> Void
  private var places: [Key: Int] = [:]
  private var groups: [Group] = []

  /// - Parameter report: Gets one finding of each group, its ``Diagnostic/count`` that of the records it was met in.
  init(report: @escaping (Diagnostic) -> Void) { self.report = report }

  /// Adds a finding of a record, which has a number of its own; records come one after the other.
  mutating func add(_ finding: Diagnostic, record: Int) {
    var statement = finding.statement
    // Where it stands in the document it is made from is the record's own affair.
    if case .document? = statement.origin { statement.origin = nil }
    let key = Key(severity: finding.severity, id: finding.id, statement: statement, path: finding.place?.path)
    if let index = places[key] {
      if groups[index].last != record { groups[index].records += 1 }
      groups[index].last = record
      return
    }
    if groups.count == FindingGroups.limit { tell() }
    places[key] = groups.count
    groups.append(Group(finding: finding, last: record))
  }

  /// Tells all that are held, and forgets them.
  mutating func tell() {
    for group in groups {
      var finding = group.finding
      finding.count = group.records
      report(finding)
    }
    groups.removeAll()
    places.removeAll()
  }
}

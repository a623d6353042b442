internal import Contract

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

  private var groups: [String: Group] = [:]
  /// How many bills were looked at.
  private(set) var done = 0
  /// How many of them `render` would reject.
  private(set) var rejects = 0

  /// Errors first, then by count, then by name.
  var sorted: [Group] {
    groups.values.sorted { a, b in
      let (x, y) = (a.finding.severity == "error" ? 0 : 1, b.finding.severity == "error" ? 0 : 1)
      if x != y { return x < y }
      if a.count != b.count { return a.count > b.count }
      return (a.finding.id, a.finding.message) < (b.finding.id, b.finding.message)
    }
  }

  /// Adds what was found in a bill.
  mutating func add(_ findings: [PreviewFinding], isPiece: Bool, bill: Int) {
    done += 1
    if !isPiece { rejects += 1 }
    var seen: Set<String> = []
    for finding in findings {
      let key = ProblemGroups.cause(finding)
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

  /// The same for findings that differ only in figures and quoted things.
  static func cause(_ finding: PreviewFinding) -> String {
    var message = ""
    var isQuoted = false
    var lastWasDigit = false
    for scalar in finding.message.unicodeScalars {
      if scalar == "'" { isQuoted.toggle() }
      let isDigit = ("0"..."9").contains(scalar)
      // A point within a figure is part of it; at the end of a sentence it is left out too, which harms nothing.
      let isFigure = isDigit || (lastWasDigit && scalar == ".")
      if !isQuoted, !(isFigure && lastWasDigit) { message.unicodeScalars.append(isDigit ? "#" : scalar) }
      lastWasDigit = isFigure
    }
    return "\(finding.severity) \(finding.id) \(finding.file ?? ""):\(finding.line ?? 0) \(message)"
  }
}

internal import Contract
internal import Diagnostics

/// The warnings of one code: how many there are, on how many bills, and the first of them in the order of the data.
struct WarningTally {
  private var findings = 0
  private var bills = 0
  private var first: RecordWarning
  private var place: PieceFacts.Source

  /// Codes that are told; there are fewer in all.
  ///
  /// - Stops: data that make a new code in every record.
  private static let limit = 100

  /// Counts a bill's warnings.
  static func add(_ facts: PieceFacts, to tallies: inout [String: WarningTally]) {
    var seen: Set<String> = []
    for warning in facts.warnings {
      let code = warning.code.rawValue
      guard tallies[code] != nil || tallies.count < limit else { continue }
      var tally = tallies[code] ?? WarningTally(first: warning, place: facts.record)
      tally.findings += 1
      if seen.insert(code).inserted {
        tally.bills += 1
        if (facts.record.input, facts.record.number) < (tally.place.input, tally.place.number) {
          (tally.first, tally.place) = (warning, facts.record)
        }
      }
      tallies[code] = tally
    }
  }

  private init(first: RecordWarning, place: PieceFacts.Source) { (self.first, self.place) = (first, place) }

  /// One finding for all of them, at the place of the first.
  var diagnostic: Diagnostic {
    let number = findings == 1 ? "1 finding" : "\(findings) findings"
    var diagnostic = first.diagnostic(file: place.file, record: place.number)
    diagnostic.message = "\(number) on \(bills == 1 ? "1 bill" : "\(bills) bills"), the first: \(first.message)"
    return diagnostic
  }
}

/// The warnings of one record, bounded: 90,000 odd lines are told by the first hundred of them.
struct WarningList: Sendable {
  private(set) var warnings: [RecordWarning] = []

  /// Whether there is room for a warning, or its code is new: to be asked before a message is made.
  func wants(_ code: RecordFault.Code) -> Bool {
    warnings.count < RecordLimits.warnings || !warnings.contains { $0.code == code }
  }

  /// Keeps a warning.
  mutating func append(_ warning: RecordWarning) { warnings.append(warning) }
}

package import Diagnostics

/// The warnings of one record, bounded: 90,000 odd lines are told by the first hundred of them.
package struct WarningList: Sendable {
  /// Warnings kept of one text; later ones are dropped unless their code is new, so that 90,000 odd lines stay cheap.
  ///
  /// - Stops: 90,000 odd lines, a warning for each.
  package static let limit = 100

  package private(set) var warnings: [RecordWarning] = []

  package init() {}

  /// Whether there is room for a warning, or its code is new: to be asked before a message is made.
  package func wants(_ code: RecordFault.Code) -> Bool {
    warnings.count < WarningList.limit || !warnings.contains { $0.code == code }
  }

  /// Keeps a warning.
  package mutating func append(_ warning: RecordWarning) { warnings.append(warning) }
}

internal import Contract
internal import Diagnostics
internal import Intake

/// What is told of data beside their records.
enum DataNotes {
  /// An input in which there is no record.
  static func empty(_ name: String) -> Diagnostic {
    Diagnostic(.warning, id: "input-empty", "the data '\(name)' hold no record")
  }

  /// One line for all files and entries that were passed over; `nil` where there are none.
  static func ignored(_ ignored: IgnoredFiles) -> Diagnostic? {
    guard ignored.system + ignored.ending > 0 else { return nil }
    func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
    var parts: [String] = []
    if ignored.ending > 0 {
      let names = ignored.names.isEmpty ? "" : ", such as \(ignored.names.map { "'\($0)'" }.joined(separator: ", "))"
      parts.append("\(count(ignored.ending, "file")) with other endings than those of data\(names)")
    }
    if ignored.system > 0 { parts.append("\(count(ignored.system, "file")) that systems keep for themselves") }
    return Diagnostic(.warning, id: "data-ignored", "passed over: \(parts.joined(separator: ", and "))")
  }

  /// A command that found no record at all.
  static var noRecords: RunFailure { RunFailure(.data, id: "no-records", "the data hold no record; expected one at least") }
}

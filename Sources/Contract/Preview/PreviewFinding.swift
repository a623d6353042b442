/// A finding as the page shows it: the diagnostic, its excerpt with the caret, and where an editor finds it.
public struct PreviewFinding: Sendable, Hashable {
  /// `error`, `warning` or `note`.
  public var severity: String
  /// The stable kebab-case name.
  public var id: String
  /// One sentence in lower case.
  public var message: String
  /// The source file's name as the user wrote it.
  public var file: String?
  /// The line in it, from 1.
  public var line: Int?
  /// The column in it, from 1.
  public var column: Int?
  /// The excerpt and the caret below it, each a line.
  public var excerpt: String?
  /// The file's absolute path, for the link into the editor.
  public var absolutePath: String?
  /// The path in the record.
  public var recordPath: String?

  /// Makes a finding of its parts.
  public init(severity: String, id: String, message: String, recordPath: String? = nil) {
    (self.severity, self.id, self.message, self.recordPath) = (severity, id, message, recordPath)
  }
}

extension PreviewFinding: Fielded {
  package static var blank: PreviewFinding { PreviewFinding(severity: "", id: "", message: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("severity", &severity)
      try walker.field("id", &id)
      try walker.field("message", &message)
      try walker.field("file", &file)
      try walker.field("line", &line)
      try walker.field("column", &column)
      try walker.field("excerpt", &excerpt)
      try walker.field("absolutePath", &absolutePath)
      try walker.field("path", &recordPath)
    }
  }
}

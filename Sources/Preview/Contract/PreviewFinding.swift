internal import Billing
public import Diagnostics
internal import Glibc

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

  /// Takes a diagnostic with its place and its excerpt.
  public init(_ diagnostic: Diagnostic) {
    severity = diagnostic.severity.rawValue
    id = diagnostic.id
    message = diagnostic.message + (diagnostic.suggestion.map { " (\($0))" } ?? "")
    recordPath = diagnostic.place?.path
    guard let range = diagnostic.range else { return }
    let position = range.file.position(of: range.bytes.lowerBound)
    (file, line, column) = (range.file.name, position.line, position.column)
    var bare = diagnostic
    (bare.notes, bare.place) = ([], nil)
    let lines = DiagnosticRenderer.text(bare).split(separator: "\n", omittingEmptySubsequences: false)
    excerpt = lines.dropFirst().joined(separator: "\n")
    if let resolved = realpath(range.file.name, nil) {
      absolutePath = String(cString: resolved)
      free(resolved)
    }
  }

  /// Writes the finding as a JSON object.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("severity", severity)
    json.member("id", id)
    json.member("message", message)
    json.member("file", file)
    json.member("line", line)
    json.member("column", column)
    json.member("excerpt", excerpt)
    json.member("absolutePath", absolutePath)
    json.member("path", recordPath)
    json.endObject()
  }
}

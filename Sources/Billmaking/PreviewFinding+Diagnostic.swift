internal import Contract
internal import Diagnostics
internal import Files
internal import Reporting

extension PreviewFinding {
  /// Takes a diagnostic with its place and its excerpt.
  init(_ diagnostic: Diagnostic) {
    self.init(
      severity: diagnostic.severity.rawValue, id: diagnostic.id,
      message: diagnostic.message + (diagnostic.suggestion.map { " (\($0))" } ?? ""), recordPath: diagnostic.place?.path)
    guard let range = diagnostic.range else { return }
    let position = range.file.position(of: range.bytes.lowerBound)
    (file, line, column) = (range.file.name, position.line, position.column)
    var bare = diagnostic
    (bare.notes, bare.place) = ([], nil)
    let lines = DiagnosticRenderer.text(bare).split(separator: "\n", omittingEmptySubsequences: false)
    excerpt = lines.dropFirst().joined(separator: "\n")
    absolutePath = try? Folder.resolved(range.file.name)
  }
}

internal import Contract
internal import Diagnostics
internal import Files
internal import Reporting

extension PreviewFinding {
  /// Takes a diagnostic with all its places: that in a text of layout or campaign, wherever it is told, with its excerpt.
  init(_ diagnostic: Diagnostic) {
    self.init(
      severity: diagnostic.severity, id: diagnostic.id,
      message: diagnostic.message + (diagnostic.suggestion.map { " (\($0))" } ?? ""), recordPath: diagnostic.place?.path)
    page = diagnostic.statement.page
    place = (diagnostic.range ?? diagnostic.statement.origin?.source?.range).map { Place($0, suggestion: diagnostic.suggestion) }
    notes = diagnostic.notes.map { note in Note(message: note.message, place: note.range.map { Place($0, suggestion: nil) }) }
  }
}

extension PreviewFinding.Place {
  fileprivate init(_ range: SourceRange, suggestion: String?) {
    let position = range.file.position(of: range.bytes.lowerBound)
    self.init(
      file: range.file.name, line: position.line, column: position.column, excerpt: DiagnosticRenderer.excerpt(of: range),
      suggestion: suggestion.map { DiagnosticRenderer.visible($0) }, absolutePath: try? Folder.resolved(range.file.name))
  }
}

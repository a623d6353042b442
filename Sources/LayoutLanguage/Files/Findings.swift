internal import Diagnostics

/// Collects what a check finds, each finding once, at most ``LanguageLimits/diagnostics``.
final class Findings {
  private(set) var all: [Diagnostic] = []
  private var seen: Set<Key> = []
  private var muted = 0
  /// Whether anything found is an error.
  private(set) var hasErrors = false

  private struct Key: Hashable {
    var id: String
    var range: SourceRange?
    var message: String
  }

  /// Notes an error.
  func error(
    _ finding: LanguageFinding, _ message: String, at range: SourceRange?, suggestion: @autoclosure () -> String? = nil,
    notes: [Diagnostic.Note] = []
  ) {
    // What nobody will read is not looked for: a suggestion compares with every known name.
    add(Diagnostic(id: finding.rawValue, message, at: range, suggestion: keepsMore ? suggestion() : nil, notes: notes))
  }

  /// Notes a warning.
  func warning(
    _ finding: LanguageFinding, _ message: String, at range: SourceRange?, suggestion: @autoclosure () -> String? = nil,
    notes: [Diagnostic.Note] = []
  ) {
    add(Diagnostic(.warning, id: finding.rawValue, message, at: range, suggestion: keepsMore ? suggestion() : nil, notes: notes))
  }

  private var keepsMore: Bool { muted == 0 && all.count < LanguageLimits.diagnostics }

  /// Notes a finding made elsewhere.
  func add(_ diagnostic: Diagnostic) {
    guard muted == 0 else { return }
    if diagnostic.severity == .error { hasErrors = true }
    guard all.count < LanguageLimits.diagnostics else { return }
    // A partial that is included five times says the same thing five times.
    guard seen.insert(Key(id: diagnostic.id, range: diagnostic.range, message: diagnostic.message)).inserted else { return }
    all.append(diagnostic)
  }

  /// Runs `body` without keeping what it finds: trial checks.
  func muted<Result>(_ body: () -> Result) -> Result {
    muted += 1
    defer { muted -= 1 }
    return body()
  }

  /// All findings by file (in order of first mention) and place.
  var sorted: [Diagnostic] {
    var files: [SourceFile: Int] = [:]
    for diagnostic in all { if let file = diagnostic.range?.file, files[file] == nil { files[file] = files.count } }
    let keys = all.map { diagnostic in
      (diagnostic.range.map { files[$0.file] ?? 0 } ?? -1, diagnostic.range?.bytes.lowerBound ?? 0)
    }
    return all.indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }.map { all[$0] }
  }
}

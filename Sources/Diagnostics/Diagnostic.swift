/// How bad a finding is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// An explanation.
  case note
  /// Worth a look; nothing stops.
  case warning
  /// Something cannot be used as it is.
  case error

  private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
  /// Whether `a` is the less serious one.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// A place in the data: the file, the record in it and the path within the record.
public struct DataPlace: Hashable, Sendable {
  /// The data file's name as shown.
  public var file: String
  /// The record's line number, from 1.
  public var record: Int?
  /// A path such as `$.sections[0].lines[3].amount`, indexes from 0.
  public var path: String?
  /// In a document that the record was made from: the line, from 1.
  public var line: Int?
  /// In that line the column, from 1, in Unicode scalars.
  public var column: Int?

  /// Makes a place.
  public init(file: String, record: Int? = nil, path: String? = nil, line: Int? = nil, column: Int? = nil) {
    (self.file, self.record, self.path, self.line, self.column) = (file, record, path, line, column)
  }

  /// Makes a place of what arose in a document, where `origin` is one.
  init(file: String, record: Int, path: String, origin: FindingOrigin?) {
    self.init(file: file, record: record, path: path)
    if case .document(let place)? = origin { (line, column) = (place.line, place.column) }
  }
}

/// One finding, as data: rendered by ``DiagnosticRenderer`` only at the very end.
public struct Diagnostic: Error, Hashable, Sendable {
  /// A further place that explains the finding.
  public struct Note: Hashable, Sendable {
    /// One sentence in lower case.
    public let message: String
    /// The place it speaks of, if there is one.
    public let range: SourceRange?
    /// Makes a note.
    public init(_ message: String, at range: SourceRange? = nil) { (self.message, self.range) = (message, range) }
  }

  /// How bad it is.
  public var severity: Severity
  /// A stable kebab-case name such as `unknown-attribute`.
  public var id: String
  /// What was found and what was expected, and of a record's finding the places beside ``place`` that it tells in words.
  public var statement: FindingStatement
  /// Where in a source text (layout, strings, campaign).
  public var range: SourceRange?
  /// Where in the data, if a record is concerned.
  public var place: DataPlace?
  /// What to write instead, shown behind the caret: `did you mean 'align'?`.
  public var suggestion: String?
  /// Further places, in the order they are shown.
  public var notes: [Note]

  /// The rule it goes back to; `nil` for findings that are about no rule.
  public var rule: RuleReference?

  /// How often it was found, where equal findings are told once: in so many records.
  public var count: Int?

  /// Makes a finding.
  public init(
    _ severity: Severity = .error, id: String, _ message: String, at range: SourceRange? = nil, place: DataPlace? = nil,
    suggestion: String? = nil, notes: [Note] = [], count: Int? = nil
  ) {
    self.init(
      severity, id: id, FindingStatement(message), at: range, place: place, suggestion: suggestion, notes: notes, count: count)
  }

  /// Makes a finding of a statement.
  public init(
    _ severity: Severity = .error, id: String, _ statement: FindingStatement, at range: SourceRange? = nil, place: DataPlace? = nil,
    suggestion: String? = nil, notes: [Note] = [], count: Int? = nil
  ) {
    self.severity = severity
    self.id = id
    self.statement = statement
    self.range = range
    self.place = place
    self.suggestion = suggestion
    self.notes = notes
    self.count = count
  }

  /// The statement as one sentence in lower case; setting it leaves no place in it.
  public var message: String {
    get { statement.text }
    set { statement = FindingStatement(newValue) }
  }
}

extension Diagnostic: CustomStringConvertible {
  /// Its sentence, so that one that ends up in another's text is still one.
  public var description: String { message }
}

/// Several findings thrown together; never empty.
public struct DiagnosticList: Error, Sendable {
  /// The findings, in the order they are shown.
  public let diagnostics: [Diagnostic]
  /// Bundles findings.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

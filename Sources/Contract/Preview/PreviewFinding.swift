public import Diagnostics

/// A finding as the page shows it: the diagnostic, and where an editor finds what it is about.
public struct PreviewFinding: Sendable, Hashable {
  /// A place in a text of layout or campaign.
  public struct Place: Sendable, Hashable {
    /// The file's name as the user wrote it.
    public var file: String
    /// The line in it, from 1.
    public var line: Int
    /// The column in it, from 1.
    public var column: Int
    /// The line and which part of it is meant.
    public var excerpt: SourceExcerpt
    /// What to write instead; `nil` where nothing is known.
    public var suggestion: String?
    /// The file's absolute path, for the link into the editor; `nil` where the file is not there any more.
    public var absolutePath: String?

    /// Makes a place of its parts.
    public init(file: String, line: Int, column: Int, excerpt: SourceExcerpt, suggestion: String? = nil, absolutePath: String? = nil) {
      (self.file, self.line, self.column) = (file, line, column)
      (self.excerpt, self.suggestion, self.absolutePath) = (excerpt, suggestion, absolutePath)
    }
  }

  /// A further place that explains the finding.
  public struct Note: Sendable, Hashable {
    /// One sentence in lower case.
    public var message: String
    /// `nil` where it speaks of no place.
    public var place: Place?

    /// Makes a note.
    public init(message: String, place: Place?) { (self.message, self.place) = (message, place) }
  }

  /// How bad it is.
  public var severity: Severity
  /// The stable kebab-case name.
  public var id: String
  /// One sentence in lower case.
  public var message: String
  /// Where in layout or campaign; `nil` where it is about neither.
  public var place: Place?
  /// The path in the record; `nil` where it is about no record.
  public var recordPath: String?
  /// The page of the bill, from 1; `nil` where it is about no page.
  public var page: Int?
  /// Further places.
  public var notes: [Note] = []

  /// Makes a finding without a place in layout or campaign.
  public init(severity: Severity, id: String, message: String, recordPath: String? = nil) {
    (self.severity, self.id, self.message, self.recordPath) = (severity, id, message, recordPath)
  }
}

extension PreviewFinding: Fielded {
  package static var blank: PreviewFinding { PreviewFinding(severity: .error, id: "", message: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("severity", &severity)
      try walker.field("id", &id)
      try walker.field("message", &message)
      try walker.field("place", &place)
      try walker.field("path", &recordPath)
      try walker.field("page", &page)
      try walker.field("notes", &notes)
    }
  }
}

extension PreviewFinding.Place: Fielded {
  package static var blank: PreviewFinding.Place { PreviewFinding.Place(file: "", line: 0, column: 0, excerpt: .blank) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("file", &file)
      try walker.field("line", &line)
      try walker.field("column", &column)
      try walker.field("excerpt", &excerpt)
      try walker.field("suggestion", &suggestion)
      try walker.field("absolutePath", &absolutePath)
    }
  }
}

extension PreviewFinding.Note: Fielded {
  package static var blank: PreviewFinding.Note { PreviewFinding.Note(message: "", place: nil) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("message", &message)
      try walker.field("place", &place)
    }
  }
}

extension SourceExcerpt: Fielded {
  package static var blank: SourceExcerpt { SourceExcerpt(line: 0, text: "", start: 0, length: 1) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("line", &line)
      try walker.field("text", &text)
      try walker.field("start", &start)
      try walker.field("length", &length)
    }
  }
}

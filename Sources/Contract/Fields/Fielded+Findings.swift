package import Diagnostics

extension Severity: FieldedWord {}

extension RecordFault: Fielded {
  package static var blank: RecordFault { RecordFault("", "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var name = code.rawValue
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("code", &name)
      try walker.field("statement", &statement)
      try walker.field("path", &path)
      try walker.field("offset", &offset)
      try walker.field("suggestion", &suggestion)
    }
    code = Code(rawValue: name)
  }
}

extension RecordWarning: Fielded {
  package static var blank: RecordWarning { RecordWarning("", "", path: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var name = code.rawValue
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("code", &name)
      try walker.field("statement", &statement)
      try walker.field("path", &path)
    }
    code = RecordFault.Code(rawValue: name)
  }
}

extension Diagnostic: Fielded {
  package static var blank: Diagnostic { Diagnostic(id: "", "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("severity", &severity)
      try walker.field("id", &id)
      try walker.field("statement", &statement)
      try walker.field("range", &range)
      try walker.field("place", &place)
      try walker.field("suggestion", &suggestion)
      try walker.field("notes", &notes)
      try walker.field("count", &count)
    }
  }
}

extension Diagnostic.Note: Fielded {
  package static var blank: Diagnostic.Note { Diagnostic.Note("") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var (message, range) = (message, range)
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("message", &message)
      try walker.field("range", &range)
    }
    if walker.isReading { self = Diagnostic.Note(message, at: range) }
  }
}

extension DataPlace: Fielded {
  package static var blank: DataPlace { DataPlace(file: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("file", &file)
      try walker.field("record", &record)
      try walker.field("path", &path)
      try walker.field("line", &line)
      try walker.field("column", &column)
    }
  }
}

extension FindingStatement: Fielded {
  package static var blank: FindingStatement { FindingStatement("") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var (block, source, document): (LayoutBlock?, SourcePlace?, DocumentPlace?) = (nil, nil, nil)
    switch origin {
    case .block(let place): block = place
    case .source(let place): source = place
    case .document(let place): document = place
    case nil: break
    }
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("claim", &claim)
      try walker.field("block", &block)
      try walker.field("source", &source)
      try walker.field("document", &document)
      try walker.field("page", &page)
      try walker.field("figures", &figures)
    }
    origin = block.map { .block($0) } ?? source.map { .source($0) } ?? document.map { .document($0) }
  }
}

extension LayoutBlock: Fielded {
  package static var blank: LayoutBlock { LayoutBlock(element: "", place: .blank) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("element", &element)
      try walker.field("label", &label)
      try walker.field("place", &place)
    }
  }
}

/// Travels without its text: a record has many of them, and they are told in words.
extension SourcePlace: Fielded {
  package static var blank: SourcePlace { SourcePlace(.blank) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var (name, path, line, column) = (range.file.name, range.file.path, line, column)
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("path", &path)
      try walker.field("line", &line)
      try walker.field("column", &column)
      try walker.field("file", &name, .pipe)
    }
    guard walker.isReading else { return }
    guard SourceRange.places.contains(line), SourceRange.places.contains(column) else { throw .malformed }
    self = SourcePlace(SourceRange(file: SourceFile(name: name, path: path, excerpt: [], line: line, column: column), bytes: 0..<0))
  }
}

extension DocumentPlace: Fielded {
  package static var blank: DocumentPlace { DocumentPlace(line: 1, column: 1) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("line", &line)
      try walker.field("column", &column)
      try walker.field("excerpt", &excerpt)
      try walker.field("before", &before)
    }
  }
}

/// Travels with an excerpt of its text, so that it is shown at the other end as it would be here.
extension SourceRange: Fielded {
  package static var blank: SourceRange { SourceRange(file: SourceFile(name: "", bytes: []), bytes: 0..<0) }

  /// Lines and columns that a text can have: no file is anywhere near as long.
  fileprivate static let places = 1...1 << 40

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    let shown = walker.isReading ? self : SourceExcerpt.cut(self)
    var (name, path, text) = (shown.file.name, shown.file.path, shown.file.bytes)
    var (line, column) = shown.file.position(of: shown.bytes.lowerBound)
    var (start, end) = (shown.bytes.lowerBound, shown.bytes.upperBound)
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("path", &path)
      try walker.field("line", &line)
      try walker.field("column", &column)
      try walker.field("file", &name)
      try walker.field("text", bytes: &text)
      try walker.field("start", &start)
      try walker.field("end", &end)
    }
    guard walker.isReading else { return }
    guard SourceRange.places.contains(line), SourceRange.places.contains(column), 0 <= start, start <= end, end <= text.count else {
      throw .malformed
    }
    let before = text[..<start]
    let first = column - String(decoding: before, as: UTF8.self).count
    guard first >= 1, !before.contains(UInt8(ascii: "\n")) else { throw .malformed }
    self = SourceRange(file: SourceFile(name: name, path: path, excerpt: text, line: line, column: first), bytes: start..<end)
  }
}

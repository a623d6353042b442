package import Contract
package import Diagnostics

/// A record on its way from a reader, but for its bytes, which follow it in the frame.
package struct ReadRecord: Sendable, Hashable {
  /// The step it comes from.
  package var step = 0
  /// ``SourceRecord/entry``.
  package var entry: String?
  /// Where in the bytes their language stands, as its start and its length.
  package var language: [Int] = []
  /// ``SourceRecord/length``.
  package var length = 0
  package var fault: RecordFault?
  package var warnings: [RecordWarning] = []
  /// Where another reader would go on behind it.
  package var bookmark = ReadingBookmark()
  /// How much of the file has been read, from 0 to 1.
  package var fraction = 0.0

  package init() {}

  /// Where a record of that many bytes comes from; `nil` where its language cannot stand in them.
  func origin(of count: Int) -> SourceRecord.Origin? {
    if language.isEmpty { return .derived(language: nil) }
    guard language.count == 2, (0...count).contains(language[0]), (0...count - language[0]).contains(language[1]) else { return nil }
    return .derived(language: language[0]..<language[0] + language[1])
  }
}

extension ReadRecord: Fielded {
  package static var blank: ReadRecord { ReadRecord() }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("step", &step)
      try walker.field("entry", &entry)
      try walker.field("language", &language)
      try walker.field("length", &length)
      try walker.field("fault", &fault)
      try walker.field("warnings", &warnings)
      try walker.field("bookmark", &bookmark)
      try walker.field("fraction", &fraction)
    }
  }
}

/// A step that a reader is about to take, has left out, or that gave no record.
package struct ReadingStep: Sendable, Hashable {
  package var number: Int
  /// ``SourceRecord/entry``.
  package var entry: String?
  /// Where another reader would go on: at the step where it is about to be taken, else behind it.
  package var bookmark: ReadingBookmark

  package init(number: Int, entry: String?, bookmark: ReadingBookmark = ReadingBookmark()) {
    (self.number, self.entry, self.bookmark) = (number, entry, bookmark)
  }
}

extension ReadingStep: Fielded {
  package static var blank: ReadingStep { ReadingStep(number: 0, entry: nil) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("number", &number)
      try walker.field("entry", &entry)
      try walker.field("bookmark", &bookmark)
    }
  }
}

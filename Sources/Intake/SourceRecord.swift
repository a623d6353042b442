package import Billing
package import Diagnostics
package import Languages

/// One record as a source hands it out.
package struct SourceRecord {
  /// Where a record's bytes come from.
  package enum Origin: Sendable, Hashable {
    /// They lie in the data file, that many bytes from its start.
    case stored(offset: Int)
    /// They were made from something else, such as an e-invoice, or unpacked, and lie nowhere. `language` is where in them their language
    /// stands; `nil` where they say it themselves.
    case derived(language: Range<Int>?)
  }

  /// From 1: the line, blank ones counted, or the place in the file.
  package var number: Int
  /// Where the bytes come from; of a derived record that could not be made, no language.
  package var origin: Origin
  /// How many bytes the record has; of one that could not be made, how many it was to be made from.
  package var length: Int
  /// The data file's name, with that of the entry behind it for archives.
  package var file: String
  /// The entry of an archive that the record comes from; `nil` for other files.
  package var entry: String?
  /// JSON of a record, or the first bytes of what became none. Valid until the source is asked for the next.
  package var bytes: UnsafeBufferPointer<UInt8>
  /// Why there is no record.
  package var fault: RecordFault?
  /// What was odd about what a derived record was made from.
  package var warnings: [RecordWarning] = []
  /// Whether it stands for something that no reader survives.
  package var isLost = false

  /// Whether the bytes lie nowhere but here.
  package var isDerived: Bool {
    if case .derived = origin { true } else { false }
  }

  /// Bytes from the start of the file; 0 for derived records.
  package var offset: Int {
    if case .stored(let offset) = origin { offset } else { 0 }
  }

  /// Who the record is about; `nil` where that cannot be told.
  package var identity: RecordIdentity? { fault == nil ? RecordIdentity.scan(bytes) : nil }

  /// The bytes of a derived record in another language than it was derived in.
  ///
  /// - Parameter place: Where in the bytes the language stands.
  package static func bytes(_ record: [UInt8], language: LanguageTag, at place: Range<Int>) -> [UInt8] {
    Array(record[..<place.lowerBound]) + Array(language.text.utf8) + record[place.upperBound...]
  }
}

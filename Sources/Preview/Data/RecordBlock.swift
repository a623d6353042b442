internal import Contract
internal import Diagnostics
internal import Languages

/// Some records of the index, one after the other; never changed once made, so that many threads may read it.
///
/// A row of fixed size for each record and one arena with all texts: about 120 bytes a record.
final class RecordBlock: Sendable {
  /// One record. Its texts lie in the arena: account, invoice, name, due with a space behind each of the first three, then the entry's name
  /// and the fault's path without any.
  struct Row: Sendable {
    var offset: Int64
    var length: UInt32
    var number: UInt32
    var check: UInt32
    /// The data file in the lower 24 bits, ``isFaulty``, ``isDerived`` and ``isUnmade`` above.
    var fileAndFlags: UInt32
    /// Where the texts begin.
    var text: UInt32
    /// Where what is searched begins: at `text`, or behind all other texts where small letters are not just the ASCII ones.
    var key: UInt32
    var keyLength: UInt16
    var account: UInt16
    var invoice: UInt16
    var name: UInt16
    var due: UInt16
    var part: UInt16
    var path: UInt16
    /// Among the block's languages.
    var language: UInt16
    /// Where in a derived record its language stands; ``noLanguage`` where it says it itself.
    var languageAt: UInt32
    /// Bytes of a derived record's warnings.
    var warningLength: UInt32

    static let noLanguage = UInt32.max

    static let isFaulty: UInt32 = 1 << 31
    static let isDerived: UInt32 = 1 << 30
    /// There is no record, only a fault.
    static let isUnmade: UInt32 = 1 << 29

    var file: Int { Int(fileAndFlags & 0xFF_FFFF) }

    /// Where in a derived record its language stands: it was derived in an unknown one.
    var languagePlace: Range<Int>? {
      languageAt == Row.noLanguage ? nil : Int(languageAt)..<Int(languageAt) + LanguageTag.unknown.text.utf8.count
    }
  }

  /// The index of the first record.
  let start: Int
  let rows: [Row]
  let texts: [UInt8]
  /// The languages of the records, the empty one first.
  let languages: [String]

  init(start: Int, rows: [Row], texts: [UInt8], languages: [String]) {
    (self.start, self.rows, self.texts, self.languages) = (start, rows, texts, languages)
  }

  /// The index behind the last record.
  var end: Int { start + rows.count }

  /// How many bytes it takes.
  var heldBytes: Int { rows.capacity * MemoryLayout<Row>.stride + texts.capacity }

  /// The record at a place within the block.
  func entry(_ place: Int, store: RecordStore) -> RecordEntry {
    let row = rows[place]
    var at = Int(row.text)
    func next(_ count: UInt16, space: Int = 0) -> String {
      defer { at += Int(count) + space }
      return String(decoding: texts[at..<at + Int(count)], as: UTF8.self)
    }
    let (account, invoice, name) = (next(row.account, space: 1), next(row.invoice, space: 1), next(row.name, space: 1))
    let (due, part, path) = (next(row.due), next(row.part), next(row.path))
    // Of a faulty record name and due are the fault's message and code.
    let isUnmade = row.fileAndFlags & Row.isUnmade != 0
    return RecordEntry(
      file: row.file, number: Int(row.number), offset: Int(row.offset), length: Int(row.length), account: account, invoice: invoice,
      summary: row.fileAndFlags & Row.isFaulty != 0 ? .fault(message: name, code: due) : .bill(customer: name, due: due),
      language: languages[Int(row.language)], isDerived: row.fileAndFlags & Row.isDerived != 0, languagePlace: row.languagePlace,
      warningLength: Int(row.warningLength),
      part: part.isEmpty ? nil : part,
      finding: isUnmade ? PreviewFinding(severity: .error, id: due, message: name, recordPath: path) : nil, check: row.check, store: store)
  }

  /// The first record of an account and invoice, within the block.
  func place(account: [UInt8], invoice: [UInt8]) -> Int? {
    texts.withUnsafeBufferPointer { texts in
      rows.firstIndex { row in
        guard Int(row.account) == account.count, Int(row.invoice) == invoice.count else { return false }
        let at = Int(row.text)
        return texts[at..<at + account.count].elementsEqual(account)
          && texts[at + account.count + 1..<at + account.count + 1 + invoice.count].elementsEqual(invoice)
      }
    }
  }

  /// Calls `found` with the place of each record whose account, invoice, name or amount holds every word.
  ///
  /// - Parameter words: In small letters, not empty.
  func search(_ words: [[UInt8]], _ found: (Int) -> Void) {
    texts.withUnsafeBufferPointer { texts in
      guard let base = texts.baseAddress else { return }
      for (place, row) in rows.enumerated() {
        let key = UnsafeBufferPointer(start: base + Int(row.key), count: Int(row.keyLength))
        if words.allSatisfy({ RecordBlock.holds(key, $0) }) { found(place) }
      }
    }
  }

  /// Whether `text` holds `word`; ASCII capitals of the text count as small letters.
  private static func holds(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    word.withUnsafeBufferPointer { word in
      guard let first = word.first, text.count >= word.count else { return word.isEmpty }
      let last = text.count - word.count
      var at = 0
      while at <= last {
        if lower(text[at]) == first {
          var length = 1
          while length < word.count, lower(text[at + length]) == word[length] { length += 1 }
          if length == word.count { return true }
        }
        at += 1
      }
      return false
    }
  }

  /// The small letter of an ASCII capital, else the byte itself.
  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

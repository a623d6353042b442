internal import Billing
internal import Diagnostics
internal import Intake
internal import Languages
internal import Money

/// Some records as they were read, to be made into a ``RecordBlock`` by any thread.
struct RecordBatch: Sendable {
  /// One record.
  struct Item: Sendable {
    var file: Int
    var number: Int
    var offset: Int
    /// Where its bytes lie in the batch; empty where there is only a fault.
    var bytes: Range<Int>
    var origin: SourceRecord.Origin
    /// Bytes of its warnings, kept behind it.
    var warningLength = 0

    var isDerived: Bool { if case .derived = origin { true } else { false } }
    var part: String?
    var fault: RecordFault?
  }

  /// Bytes of a text that are kept: a name of 1,000 characters, and the sentence of a fault.
  ///
  /// - Stops: names of megabytes in the index.
  private static let textLimit = 4_000
  /// Languages of one block; so many no company prints, and with more the others' are not shown.
  ///
  /// - Stops: a language in each record.
  private static let languageLimit = 1_000

  /// The index of the first record.
  let start: Int
  private(set) var items: [Item] = []
  private var bytes: [UInt8] = []
  /// Bytes of all data passed with the last record.
  var readBytes = 0

  init(start: Int) { self.start = start }

  /// How many bytes are held.
  var size: Int { bytes.count }

  /// Takes a record.
  mutating func add(_ record: UnsafeBufferPointer<UInt8>, _ item: Item) {
    var item = item
    item.bytes = bytes.count..<bytes.count + record.count
    bytes.append(contentsOf: record)
    items.append(item)
  }

  /// Reads the bills.
  ///
  /// - Returns: The block, and what is extreme among its records.
  func block(_ reader: BillReader) -> (block: RecordBlock, extremes: Extremes) {
    var extremes = Extremes()
    var writer = Writer(capacity: items.count)
    bytes.withUnsafeBufferPointer { bytes in
      for (place, item) in items.enumerated() {
        writer.add(item, UnsafeBufferPointer(rebasing: bytes[item.bytes]), index: start + place, reader, &extremes)
      }
    }
    return (writer.block(start: start), extremes)
  }

  /// Writes rows and texts.
  private struct Writer {
    private var rows: [RecordBlock.Row] = []
    private var texts: [UInt8] = []
    private var languages = [""]

    init(capacity: Int) {
      rows.reserveCapacity(capacity)
      texts.reserveCapacity(capacity * 64)
    }

    /// The block, without any room to spare.
    consuming func block(start: Int) -> RecordBlock {
      RecordBlock(
        start: start, rows: rows,
        texts: Array(unsafeUninitializedCapacity: texts.count) { buffer, count in
          count = buffer.initialize(fromContentsOf: texts)
        }, languages: languages)
    }

    mutating func add(
      _ item: Item, _ bytes: UnsafeBufferPointer<UInt8>, index: Int, _ reader: BillReader, _ extremes: inout Extremes
    ) {
      var row = RecordBlock.Row(
        offset: Int64(item.offset), length: UInt32(clamping: bytes.count), number: UInt32(clamping: item.number),
        check: RecordStore.check(bytes), fileAndFlags: UInt32(item.file), text: UInt32(clamping: texts.count), key: 0, keyLength: 0,
        account: 0, invoice: 0, name: 0, due: 0, part: 0, path: 0, language: 0, languageAt: RecordBlock.Row.noLanguage,
        warningLength: UInt32(clamping: item.warningLength))
      if case .derived(let place) = item.origin {
        row.fileAndFlags |= RecordBlock.Row.isDerived
        if let place { row.languageAt = UInt32(clamping: place.lowerBound) }
      }
      do throws(RecordFault) {
        if let fault = item.fault { throw fault }
        let bill = try reader.read(bytes).bill
        extremes.add(bill, index: index, isDerived: item.isDerived)
        row.account = put(bill.account, space: true)
        row.invoice = put(bill.invoice, space: true)
        row.name = put(bill.customer.name, space: true)
        row.due = put(bill.totals.due.description(decimals: bill.currency.decimals), bill.currency.code)
        if !item.isDerived { row.language = language(bill.language.text) }
      } catch {
        let identity = item.fault == nil ? RecordIdentity.scan(bytes) : nil
        row.account = put(identity?.accountText ?? "", space: true)
        row.invoice = put(identity?.invoiceText ?? "", space: true)
        row.name = put(error.fullMessage, space: true)
        row.due = put(error.code.rawValue)
        row.fileAndFlags |= RecordBlock.Row.isFaulty
        if item.fault != nil { row.fileAndFlags |= RecordBlock.Row.isUnmade }
        extremes.addFaulty(error.message, index: index)
      }
      (row.key, row.keyLength) = (row.text, UInt16(clamping: texts.count - Int(row.text)))
      let key = Int(row.text)..<texts.count
      if let part = item.part { row.part = put(part) }
      if let fault = item.fault { row.path = put(fault.path) }
      if texts[key].contains(where: { $0 >= 0x80 }) { addKey(key, &row) }
      rows.append(row)
    }

    /// Adds what is searched in small letters where that is more than the ASCII ones.
    private mutating func addKey(_ key: Range<Int>, _ row: inout RecordBlock.Row) {
      let small = String(decoding: texts[key], as: UTF8.self).lowercased()
      guard !small.utf8.elementsEqual(texts[key].lazy.map { RecordBlock.lower($0) }) else { return }
      row.key = UInt32(clamping: texts.count)
      row.keyLength = put(small, limit: Int(UInt16.max))
    }

    /// Appends a text, as much of it as is kept; how many bytes that is.
    private mutating func put(_ text: String, _ second: String? = nil, space: Bool = false, limit: Int = textLimit) -> UInt16 {
      let start = texts.count
      if text.utf8.count <= limit {
        texts.append(contentsOf: text.utf8)
      } else {
        var cut = text.utf8.index(text.startIndex, offsetBy: limit)
        while cut > text.startIndex, text.utf8[cut] & 0xC0 == 0x80 { cut = text.utf8.index(before: cut) }
        texts.append(contentsOf: text.utf8[..<cut])
      }
      if let second {
        texts.append(0x20)
        texts.append(contentsOf: second.utf8)
      }
      defer { if space { texts.append(0x20) } }
      return UInt16(clamping: texts.count - start)
    }

    private mutating func language(_ text: String) -> UInt16 {
      if let known = languages.lastIndex(of: text) { return UInt16(known) }
      guard languages.count < languageLimit else { return 0 }
      languages.append(text)
      return UInt16(languages.count - 1)
    }
  }
}

internal import Billing
internal import Contract
internal import Diagnostics
internal import EInvoice
internal import Intake
internal import Languages

/// The records of one file that is opened up, as a reader reads them: those made from e-invoices as XML and in PDFs, and all that archives
/// and gzip files hold.
///
/// Records of JSON Lines inside an archive are counted along. Holds one record at a time.
struct OpenedFile {
  /// Gets a record and its bytes, which are valid only meanwhile.
  typealias Take = (ReadRecord, UnsafeBufferPointer<UInt8>) throws -> Void

  private let source: InvoiceSource
  private let deriving: DerivingOptions

  /// Opens a file.
  ///
  /// - Throws: Why it cannot be read at all.
  init(_ request: ReadingRequest) throws(InvoiceSourceFailure) {
    source = try InvoiceSource(path: request.path, name: Array(request.name.utf8), opensPDFs: false)
    deriving = request.deriving
    source.go(to: InvoiceSource.Bookmark(request.bookmark))
  }

  /// The step that comes next; `nil` after the last.
  func upcoming() -> ReadingStep? { source.upcoming().map { ReadingStep(number: $0.number, entry: $0.entry, bookmark: bookmark) } }

  /// Passes over the step that comes next.
  func leaveOut() { source.leaveOut() }

  /// Where reading is.
  var bookmark: ReadingBookmark { ReadingBookmark(source.bookmark) }

  /// Reads the step that comes next and hands out its records.
  ///
  /// - Parameters:
  ///   - first: How many of them are passed over.
  ///   - limit: How many there are at most, those passed over counted.
  /// - Returns: How many there were; `nil` where the step is an archive, whose entries are steps of their own.
  func read(from first: Int, limit: Int, _ take: Take) throws -> Int? {
    guard let step = source.upcoming() else { return nil }
    let before = bookmark
    guard let invoice = source.read() else { return nil }
    var record = ReadRecord()
    (record.step, record.entry) = (step.number, invoice.entry)
    func hand(_ record: ReadRecord, _ bytes: [UInt8]) throws { try bytes.withUnsafeBufferPointer { try take(record, $0) } }
    switch invoice.content {
    case .lines(let lines):
      return try read(lines, record, before, from: first, limit: limit, take)
    case .fault(let fault):
      (record.length, record.fault) = (invoice.raw.count, fault)
      (record.bookmark, record.fraction) = (bookmark, source.fraction)
      if first < 1, limit > 0 { try hand(record, invoice.raw) }
    case .xml, .pdf:
      let bytes = derive(invoice, &record)
      (record.bookmark, record.fraction) = (bookmark, source.fraction)
      if first < 1, limit > 0 { try hand(record, bytes) }
    }
    return 1
  }

  private func derive(_ invoice: InvoiceSource.Invoice, _ record: inout ReadRecord) -> [UInt8] {
    var (xml, files): ([UInt8], [EnclosedFile]) = ([], [])
    if case .pdf(let pdf) = invoice.content {
      do throws(RecordFault) {
        let hybrid = try EmbeddedInvoice.invoice(in: pdf)
        (xml, files) = (hybrid.xml, hybrid.files)
      } catch {
        let raw = Array(pdf.prefix(RecordLimits.rawRecord))
        (record.length, record.fault) = (raw.count, error)
        return raw
      }
    }
    do throws(RecordFault) {
      if case .xml(let bytes) = invoice.content { xml = bytes }
      let made = try EInvoiceRecord.derive(from: xml, acceptsSumMismatch: deriving.acceptsSumMismatch, beside: files)
      let place = made.place(of: deriving.language)
      record.language = [place.lowerBound, place.count]
      record.length = made.length(in: deriving.language)
      record.warnings = made.warnings
      return made.json(in: deriving.language)
    } catch {
      (record.length, record.fault) = (xml.count, error)
      return Array(xml.prefix(RecordLimits.rawRecord))
    }
  }

  // MARK: JSON Lines

  /// What reading an entry has met.
  private final class EntryState {
    var fault: RecordFault?
  }

  /// - Parameter before: The place of the step itself: whoever goes on begins it anew.
  private func read(
    _ lines: LineBytes, _ record: ReadRecord, _ before: ReadingBookmark, from first: Int, limit: Int, _ take: Take
  ) throws -> Int {
    let state = EntryState()
    let reading = RecordLines(reading: { OpenedFile.read(lines, into: $0, state) })
    var record = record
    (record.bookmark, record.fraction) = (before, source.fraction)
    var count = 0
    func hand(_ length: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ fault: RecordFault?) throws {
      count += 1
      guard count > first, count <= limit else { return }
      (record.length, record.fault, record.bookmark.taken) = (length, fault, count)
      try take(record, bytes)
    }
    while count < limit, let line = try reading.next() { try hand(line.length, line.bytes, line.fault) }
    if let fault = state.fault { try hand(0, UnsafeBufferPointer(start: nil, count: 0), fault) }
    return count
  }

  private static func read(_ bytes: LineBytes, into room: UnsafeMutableRawBufferPointer, _ state: EntryState) -> Int {
    do throws(RecordFault) { return try bytes.read(into: room) } catch {
      state.fault = error
      return 0
    }
  }
}

extension InvoiceSource.Bookmark {
  fileprivate init(_ bookmark: ReadingBookmark) {
    var ignored = InvoiceSource.Ignored()
    (ignored.system, ignored.ending) = (bookmark.ignored.system, bookmark.ignored.ending)
    self.init(
      step: bookmark.step, entries: max(0, bookmark.entries), unpacked: UInt64(clamping: bookmark.unpacked), ignored: ignored)
  }
}

extension ReadingBookmark {
  fileprivate init(_ bookmark: InvoiceSource.Bookmark) {
    self.init()
    (step, entries, unpacked) = (bookmark.step, bookmark.entries, Int(clamping: bookmark.unpacked))
    ignored = IgnoredFiles(system: bookmark.ignored.system, ending: bookmark.ignored.ending)
  }
}

internal import Billing
internal import Contract
internal import Diagnostics
internal import EInvoice
internal import Glibc

/// The records of files that are opened up: those made from e-invoices as XML or in PDFs, and all that archives and gzip files hold.
///
/// A record's number is its place in the file: 1 in an XML file or PDF. Records of JSON Lines inside an archive are counted along.
final class EInvoiceSource: RecordSource {
  private let source: InvoiceSource
  private let name: String
  private let deriving: DerivingOptions
  private var number = 0
  /// The record handed out last.
  private var held = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
  /// JSON Lines of an archive's entry while they are read, and what kept them from being read to their end.
  private var lines: (lines: RecordLines, state: EntryState, entry: String?)?

  /// What reading an entry has met.
  private final class EntryState {
    var fault: RecordFault?
  }

  init(_ opening: DataForm.Opening) throws(RunFailure) {
    (name, deriving) = (opening.input.name, opening.deriving)
    source = try EInvoiceSource.open(opening.input)
  }

  fileprivate static func open(_ input: DataInput) throws(RunFailure) -> InvoiceSource {
    do throws(InvoiceSourceFailure) { return try InvoiceSource(path: input.path, name: Array(input.name.utf8)) } catch {
      throw RunFailure(.data, id: "data-unreadable", "cannot read the data '\(input.shown)': \(error.message)")
    }
  }

  deinit { held.deallocate() }

  var ignored: IgnoredFiles { IgnoredFiles(system: source.ignored.system, ending: source.ignored.ending) }

  func next() throws(RecordLines.ReadFailure) -> SourceRecord? {
    while true {
      if let (lines, state, entry) = lines {
        if let line = try lines.next() {
          return record(
            .derived(language: nil), length: line.length, entry, line.bytes, fault: line.fault)
        }
        self.lines = nil
        if let fault = state.fault { return record(.derived(language: nil), length: 0, entry, hold([]), fault: fault) }
        continue
      }
      guard let invoice = source.next() else { return nil }
      switch invoice.content {
      case .lines(let bytes):
        let state = EntryState()
        lines = (RecordLines(reading: { EInvoiceSource.read(bytes, into: $0, state) }), state, invoice.entry)
      case .fault(let fault):
        return record(.derived(language: nil), length: invoice.raw.count, invoice.entry, hold(invoice.raw), fault: fault)
      case .xml, .pdf: return derived(invoice)
      }
    }
  }

  private static func read(_ bytes: LineBytes, into room: UnsafeMutableRawBufferPointer, _ state: EntryState) -> Int {
    do throws(RecordFault) { return try bytes.read(into: room) } catch {
      state.fault = error
      return 0
    }
  }

  private func derived(_ invoice: InvoiceSource.Invoice) -> SourceRecord {
    var xml: [UInt8] = []
    do throws(RecordFault) {
      xml = try invoice.xml.get()
      let made = try EInvoiceRecord.derive(from: xml, acceptsSumMismatch: deriving.acceptsSumMismatch)
      var found = record(
        .derived(language: made.place(of: deriving.language)), length: made.length(in: deriving.language), invoice.entry,
        hold(made.json(in: deriving.language)))
      found.warnings = made.warnings
      return found
    } catch {
      return record(
        .derived(language: nil), length: xml.count, invoice.entry, hold(Array(xml.prefix(RecordLimits.rawRecord))), fault: error)
    }
  }

  private func record(
    _ origin: SourceRecord.Origin, length: Int, _ entry: String?, _ bytes: UnsafeBufferPointer<UInt8>, fault: RecordFault? = nil
  ) -> SourceRecord {
    number += 1
    return SourceRecord(
      number: number, origin: origin, length: length, file: entry.map { "\(name)/\($0)" } ?? name, entry: entry, bytes: bytes, fault: fault)
  }

  func readBytes(of size: Int) -> Int { Int(Double(size) * source.fraction) }

  private func hold(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    held.deallocate()
    held = .allocate(capacity: bytes.count)
    _ = held.initialize(from: bytes)
    return UnsafeBufferPointer(held)
  }
}

extension DataForm {
  /// E-invoices after EN 16931 as XML and in PDFs, archives, and files packed by gzip.
  package static let eInvoices = DataForm(
    matches: { InvoiceSource.reads(name: $0, head: $1) }, isStreamed: false,
    probe: { (input, head) throws(RunFailure) in
      // An archive's directory must be readable; what is wrong with a single file is its own reject.
      guard InvoiceSource.form(of: head) == .zip else { return }
      _ = try EInvoiceSource.open(input)
    }, open: { (opening) throws(RunFailure) in try EInvoiceSource(opening) })
}

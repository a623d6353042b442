internal import Billing
internal import Contract
internal import Diagnostics
internal import EInvoice
internal import Languages

/// The records made from e-invoices: those of an XML file or PDF, or of an archive of them.
///
/// An e-invoice is one record: number 1 in an XML file or PDF, else its place in the archive.
final class EInvoiceSource: RecordSource {
  private let source: InvoiceSource
  private let name: String
  private let language: LanguageTag
  private var invoicesRead = 0
  /// The JSON of the last e-invoice.
  private var held = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  init(_ opening: DataForm.Opening) throws(RunFailure) {
    (name, language) = (opening.input.name, opening.language)
    source = try EInvoiceSource.open(opening.input)
  }

  fileprivate static func open(_ input: DataInput) throws(RunFailure) -> InvoiceSource {
    do throws(InvoiceSourceFailure) { return try InvoiceSource(path: input.path) } catch {
      throw RunFailure(.data, id: "data-unreadable", "cannot read the data '\(input.shown)': \(error.message)")
    }
  }

  deinit { held.deallocate() }

  func next() throws(RecordLines.ReadFailure) -> SourceRecord? {
    guard let invoice = source.next() else { return nil }
    invoicesRead += 1
    let file = invoice.entry.map { "\(name)/\($0)" } ?? name
    var (xml, fault): ([UInt8], RecordFault?) = ([], nil)
    do throws(RecordFault) {
      xml = try invoice.xml.get()
      let record = try EInvoiceRecord.derive(from: xml)
      return SourceRecord(
        number: invoice.number, origin: .derived(language: record.place(of: language)), length: record.length(in: language), file: file,
        entry: invoice.entry, bytes: hold(record.json(in: language)), fault: nil)
    } catch {
      fault = error
    }
    return SourceRecord(
      number: invoice.number, origin: .derived(language: 0..<0), length: xml.count, file: file, entry: invoice.entry,
      bytes: hold(Array(xml.prefix(RecordLimits.rawRecord))), fault: fault)
  }

  func readBytes(of size: Int) -> Int { source.count > 0 ? Int(Double(size) * Double(invoicesRead) / Double(source.count)) : size }

  private func hold(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    held.deallocate()
    held = .allocate(capacity: bytes.count)
    _ = held.initialize(from: bytes)
    return UnsafeBufferPointer(held)
  }
}

extension DataForm {
  /// E-invoices after EN 16931 as XML, in PDFs, and in ZIP archives of these.
  package static let eInvoices = DataForm(
    endings: [".zip", ".xml", ".pdf"], matches: { InvoiceSource.form(of: $0) != nil }, isStreamed: false,
    probe: { (input, head) throws(RunFailure) in
      // An archive's directory must be readable; what is wrong with a single invoice is its own reject.
      guard InvoiceSource.form(of: head) == .zip else { return }
      _ = try EInvoiceSource.open(input)
    }, open: { (opening) throws(RunFailure) in try EInvoiceSource(opening) })
}

package import Billing
package import Diagnostics
internal import EInvoice
internal import Glibc

/// The records of one data file, one after the other: lines of JSON Lines as they are, e-invoices turned into records.
///
/// What the file is shows in its first bytes. An e-invoice is one record: number 1 in an XML file or PDF, else its place in the archive.
/// Holds one
/// record at a time. Not `Sendable`: one owner reads.
package final class RecordReader {
  /// One record.
  package struct Record {
    /// From 1; blank lines of JSON Lines counted.
    package var number: Int
    /// Bytes from the start of the file to the line; 0 for e-invoices.
    package var offset: Int
    /// Bytes of the line, or of an e-invoice's XML where it became no record.
    package var length: Int
    /// The data file's name, with that of the entry behind it for archives.
    package var file: String
    /// The entry of an archive that the record is made from; `nil` for other files.
    package var entry: String?
    /// JSON of a record, or the first bytes of what became none. Valid until the next call of ``RecordReader/next()``.
    package var bytes: UnsafeBufferPointer<UInt8>
    /// Why there is no record.
    package var fault: RecordFault?

    /// Who the record is about; `nil` where that cannot be told.
    var identity: RecordIdentity? { fault == nil ? RecordIdentity.scan(bytes) : nil }
  }

  private enum Content {
    case lines(RecordLines)
    case invoices(InvoiceSource)
  }

  private let content: Content
  private let name: String
  private let language: LanguageTag?
  private var invoicesRead = 0
  /// Keeps the descriptor open.
  private var file: KeptFile?
  /// The JSON of the last e-invoice.
  private var held = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  /// Bytes read at once for the digest of a file of e-invoices.
  private static let chunk = 1 << 20

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - descriptor: The open file, at its start; stays open and must outlive the reader.
  ///   - language: What records of e-invoices say of their language.
  ///   - observe: Is shown every byte of the file once and in order; of a file of e-invoices all at once, here.
  /// - Throws: ``RunFailure`` 66 for a file of e-invoices that cannot be opened.
  init(_ input: DataInput, descriptor: Int32, language: LanguageTag?, observe: ((UnsafeRawBufferPointer) -> Void)? = nil) throws {
    (name, self.language) = (input.name, language)
    guard !input.isStream, try RecordReader.holdsInvoices(input, descriptor) else {
      content = .lines(RecordLines(descriptor: descriptor, observe: observe))
      return
    }
    if let observe {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: RecordReader.chunk, alignment: 16)
      defer { buffer.deallocate() }
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count == 0 { break }
        if count > 0 {
          observe(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if errno != EINTR {
          throw input.unreadable(SystemError(errno))
        }
      }
    }
    do throws(InvoiceSourceFailure) {
      content = .invoices(try InvoiceSource(path: input.path))
    } catch {
      throw RunFailure(.data, id: "data-unreadable", "cannot read the data '\(input.shown)': \(error.message)")
    }
  }

  deinit { held.deallocate() }

  /// Begins to read a file that is kept open; what e-invoices' records say of their language is ``unknownLanguage``.
  ///
  /// - Parameter file: What ``DataInput/kept()`` gave for `input`; it must not have been read. Lives as long as the reader.
  /// - Throws: Why it cannot be read.
  package convenience init(_ input: DataInput, file: KeptFile) throws(DiagnosticList) {
    do { try self.init(input, descriptor: file.descriptor, language: nil) } catch {
      throw DiagnosticList(RunFailure.explain(error).diagnostics)
    }
    self.file = file
  }

  /// Whether the records are made from e-invoices, instead of being lines of the file.
  package var holdsInvoices: Bool {
    if case .invoices = content { true } else { false }
  }

  /// How many of the file's `size` bytes have been passed; of an archive by the count of its entries.
  package func readBytes(of size: Int) -> Int {
    switch content {
    case .lines(let lines): min(lines.offset, size)
    case .invoices(let source): source.count > 0 ? Int(Double(size) * Double(invoicesRead) / Double(source.count)) : size
    }
  }

  private static func holdsInvoices(_ input: DataInput, _ descriptor: Int32) throws(RunFailure) -> Bool {
    var head = [UInt8](repeating: 0, count: InvoiceSource.headBytes)
    let count = pread(descriptor, &head, head.count, 0)
    guard count >= 0 else { throw input.unreadable(SystemError(errno)) }
    return InvoiceSource.form(of: head[..<count]) != nil
  }

  /// The next record; `nil` at the end.
  package func next() throws(RecordLines.ReadFailure) -> Record? {
    switch content {
    case .lines(let lines):
      guard let line = try lines.next() else { return nil }
      return Record(
        number: line.number, offset: line.offset, length: line.length, file: name, entry: nil, bytes: line.bytes, fault: line.fault)
    case .invoices(let source):
      guard let invoice = source.next() else { return nil }
      invoicesRead += 1
      return record(invoice)
    }
  }

  private func record(_ invoice: InvoiceSource.Invoice) -> Record {
    let file = invoice.entry.map { "\(name)/\($0)" } ?? name
    var (xml, fault): ([UInt8], RecordFault?) = ([], nil)
    do throws(RecordFault) {
      xml = try invoice.xml.get()
      let json = try EInvoiceRecord.json(from: xml, language: language ?? RecordReader.unknownLanguage)
      return Record(
        number: invoice.number, offset: 0, length: json.count, file: file, entry: invoice.entry, bytes: hold(json), fault: nil)
    } catch {
      fault = error
    }
    return Record(
      number: invoice.number, offset: 0, length: xml.count, file: file, entry: invoice.entry,
      bytes: hold(Array(xml.prefix(RecordLimits.rawRecord))), fault: fault)
  }

  private func hold(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    held.deallocate()
    held = .allocate(capacity: bytes.count)
    _ = held.initialize(from: bytes)
    return UnsafeBufferPointer(held)
  }

  /// Puts a language where a record of an e-invoice has ``unknownLanguage``; any other record stays as it is.
  package static func setLanguage(_ language: LanguageTag, in record: [UInt8]) -> [UInt8] {
    // Within a JSON text the quotes would be escaped, so that this can only be the member itself; it stands near the start.
    let member = Array("\"language\":\"\(unknownLanguage)\"".utf8)
    guard let range = record.firstRange(of: member) else { return record }
    return Array(record[..<range.lowerBound]) + Array("\"language\":\"\(language)\"".utf8) + record[range.upperBound...]
  }

  /// `und`, the tag for a language nobody knows (BCP 47).
  package static let unknownLanguage: LanguageTag = {
    guard let tag = LanguageTag("und") else { preconditionFailure("'und' is a language tag") }
    return tag
  }()
}

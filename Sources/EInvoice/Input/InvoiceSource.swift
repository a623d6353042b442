internal import Billing
public import Diagnostics
internal import Glibc

/// A file of e-invoices that cannot be read at all.
public struct InvoiceSourceFailure: Error, Hashable, Sendable {
  /// One sentence in lower case.
  public var message: String
  init(message: String) { self.message = message }
}

/// The e-invoices of one file, one after the other: an XML file, a Factur-X or ZUGFeRD PDF, or a ZIP archive of both.
///
/// ```swift
/// let source = try InvoiceSource(path: path)
/// while let invoice = source.next() {
///   let json = try EInvoiceRecord.json(from: try invoice.xml.get(), language: tag)
/// }
/// ```
/// Holds one invoice at a time, of an archive its directory beside. The order is that of the entries' names, by their bytes, so that the
/// same
/// content gives the same order whatever packed it. Not `Sendable`: one owner reads.
public final class InvoiceSource {
  /// What a file is, by its first bytes.
  public enum Form: String, Sendable {
    case xml, pdf, zip
  }

  /// One invoice.
  public struct Invoice {
    /// From 1, in the order of reading.
    public let number: Int
    /// The entry's name in an archive; `nil` for a file that is one invoice.
    public let entry: String?
    /// The invoice's XML, of a PDF the embedded file; or why there is none.
    public let xml: Result<[UInt8], RecordFault>
  }

  private enum Content {
    case single([UInt8])
    case archive(InvoiceArchive)
  }

  private let content: Content
  private var position = 0

  /// How many invoices there are, faulty ones included.
  public var count: Int {
    switch content {
    case .single: 1
    case .archive(let archive): archive.entries.count
    }
  }

  /// How many first bytes ``form(of:)`` needs at most.
  public static let headBytes = 1_024

  /// Endings of names that are taken out of folders and archives.
  public static let suffixes = [".xml", ".pdf"]

  /// What a file that begins with `head` is; `nil` where it holds no e-invoices.
  public static func form(of head: some Collection<UInt8>) -> Form? {
    let head = Array(head.prefix(headBytes))
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
    if head.starts(with: EmbeddedInvoice.mark) { return .pdf }
    // XML begins with '<', behind white space or a byte order mark; UTF-16 has a zero beside it.
    if head.starts(with: [0xFE, 0xFF, 0x00, 0x3C]) || head.starts(with: [0xFF, 0xFE, 0x3C, 0x00]) { return .xml }
    var text = head[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    return text.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == UInt8(ascii: "<") ? .xml : nil
  }

  /// Opens a file.
  ///
  /// - Parameter path: The bytes of the path, without the terminating zero.
  /// - Throws: ``InvoiceSourceFailure`` where it cannot be read, or is an archive with a damaged directory or too many entries.
  public init(path: [UInt8]) throws(InvoiceSourceFailure) {
    let head = try InvoiceSource.read(path, limit: InvoiceSource.headBytes, isWhole: false)
    if InvoiceSource.form(of: head) == .zip {
      content = .archive(try InvoiceArchive(path: path))
    } else {
      content = .single(try InvoiceSource.read(path, limit: InvoiceLimits.pdfBytes, isWhole: true))
    }
  }

  /// The invoices of bytes in memory: an XML file or a PDF.
  public init(bytes: [UInt8]) { content = .single(bytes) }

  /// The next invoice; `nil` after the last.
  public func next() -> Invoice? {
    guard position < count else { return nil }
    position += 1
    switch content {
    case .single(let bytes):
      return Invoice(number: 1, entry: nil, xml: InvoiceSource.xml(of: bytes))
    case .archive(let archive):
      let entry = archive.entries[position - 1]
      let xml: Result<[UInt8], RecordFault>
      do throws(RecordFault) { xml = InvoiceSource.xml(of: try archive.bytes(of: entry)) } catch { xml = .failure(error) }
      return Invoice(number: position, entry: String(decoding: entry.name, as: UTF8.self), xml: xml)
    }
  }

  private static func xml(of bytes: [UInt8]) -> Result<[UInt8], RecordFault> {
    guard form(of: bytes) == .pdf else { return .success(bytes) }
    do throws(RecordFault) { return .success(try EmbeddedInvoice.xml(in: bytes)) } catch { return .failure(error) }
  }

  private static func read(_ path: [UInt8], limit: Int, isWhole: Bool) throws(InvoiceSourceFailure) -> [UInt8] {
    let file = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { fopen($0, "rb") } ?? nil }
    }
    guard let file else { throw InvoiceSourceFailure(message: String(cString: strerror(errno)).lowercased()) }
    defer { fclose(file) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 18))
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      result.append(contentsOf: chunk[..<count])
      if !isWhole { break }
      guard result.count <= limit else { throw InvoiceSourceFailure(message: "the file has more than the \(limit) bytes allowed") }
    }
    guard ferror(file) == 0 else { throw InvoiceSourceFailure(message: "the file cannot be read to its end") }
    return result
  }

  /// Whether a name ends so, capitals or not.
  static func ends(_ name: [UInt8], in suffix: StaticString) -> Bool {
    guard name.count > suffix.utf8CodeUnitCount else { return false }
    let end = name.suffix(suffix.utf8CodeUnitCount).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return end.elementsEqual(UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
  }
}

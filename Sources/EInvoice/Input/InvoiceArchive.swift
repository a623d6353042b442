internal import Billing
internal import CZip
internal import Diagnostics
internal import Glibc
internal import Recognition

/// A ZIP archive of data, its entries in the order of the names' bytes; nothing is ever written to disk.
///
/// Not `Sendable`: one owner reads.
final class InvoiceArchive {
  struct Entry {
    var index: UInt64
    var name: [UInt8]
    var ending: DataName.Ending
    var isGzip: Bool
  }

  /// What all archives of one file may have together.
  final class Budget {
    var entries = 0
    var unpacked: UInt64 = 0
  }

  private let archive: OpaquePointer
  private let budget: Budget
  /// The entries that are data by their names.
  let entries: [Entry]
  /// The entries that are not; folders are neither.
  let ignored: InvoiceSource.Ignored

  /// Opens an archive that is a file and reads its directory.
  ///
  /// - Parameter path: The bytes of the path, without the terminating zero.
  convenience init(path: [UInt8], budget: Budget) throws(InvoiceSourceFailure) {
    var code: Int32 = 0
    let opened = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { Library.zip.zip_open($0.baseAddress, ZIP_RDONLY, &code) }
    }
    guard let opened else {
      var error = zip_error_t()
      Library.zip.zip_error_init_with_code(&error, code)
      defer { Library.zip.zip_error_fini(&error) }
      throw InvoiceSourceFailure(
        message: "the ZIP archive cannot be opened: \(ArchiveDirectory.damage(ofFile: path) ?? InvoiceArchive.text(&error))")
    }
    do throws(RecordFault) { try self.init(opened, budget) } catch {
      throw InvoiceSourceFailure(message: "the ZIP archive has \(error.message)")
    }
  }

  /// Opens an archive in memory.
  ///
  /// - Throws: `archive-damaged` or `archive-limit`.
  convenience init(bytes: [UInt8], budget: Budget) throws(RecordFault) {
    var error = zip_error_t()
    Library.zip.zip_error_init(&error)
    defer { Library.zip.zip_error_fini(&error) }
    // libzip frees the copy when the archive is closed.
    let copy = InvoiceArchive.copy(of: bytes)
    guard let copy, let source = Library.zip.zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error) else {
      throw RecordFault(.archiveDamaged, "the archive cannot be opened: \(InvoiceArchive.text(&error))", path: "/")
    }
    guard let opened = Library.zip.zip_open_from_source(source, ZIP_RDONLY, &error) else {
      Library.zip.zip_source_free(source)
      let damage = ArchiveDirectory.damage(of: bytes) ?? InvoiceArchive.text(&error)
      throw RecordFault(.archiveDamaged, "the archive cannot be opened: \(damage)", path: "/")
    }
    do throws(RecordFault) { try self.init(opened, budget) } catch {
      throw RecordFault(error.code, "the archive has \(error.message)", path: "/")
    }
  }

  private init(_ opened: OpaquePointer, _ budget: Budget) throws(RecordFault) {
    (archive, self.budget) = (opened, budget)
    let count = max(0, Int(Library.zip.zip_get_num_entries(opened, 0)))
    budget.entries += count
    guard budget.entries <= InvoiceLimits.archiveEntries else {
      Library.zip.zip_discard(opened)
      throw RecordFault(.archiveLimit, "\(count) entries, more than the \(InvoiceLimits.archiveEntries) allowed")
    }
    var (entries, ignored): ([Entry], InvoiceSource.Ignored) = ([], .init())
    for index in 0..<UInt64(count) {
      guard let name = Library.zip.zip_get_name(opened, index, zip_flags_t(ZIP_FL_ENC_GUESS)) else { continue }
      let bytes = Array(String(cString: name).utf8)
      if bytes.last == UInt8(ascii: "/") { continue }
      switch DataName(of: bytes) {
      case .data(let ending, let isGzip): entries.append(Entry(index: index, name: bytes, ending: ending, isGzip: isGzip))
      case .system: ignored.system += 1
      case .other: ignored.ending += 1
      }
    }
    self.ignored = ignored
    self.entries = entries.sorted { $0.name == $1.name ? $0.index < $1.index : $0.name.lexicographicallyPrecedes($1.name) }
  }

  deinit { Library.zip.zip_discard(archive) }

  /// The bytes of an entry as they are unpacked, checked against the archive's checksum at their end.
  ///
  /// - Throws: `archive-entry-name`, `archive-limit` or `archive-damaged`.
  func stream(of entry: Entry) throws(RecordFault) -> any ByteStream {
    try InvoiceArchive.check(entry.name)
    var status = zip_stat_t()
    Library.zip.zip_stat_init(&status)
    guard Library.zip.zip_stat_index(archive, entry.index, 0, &status) == 0 else {
      throw damaged(entry, Library.zip.zip_get_error(archive))
    }
    guard status.size <= InvoiceLimits.ratioFloor || status.size / max(1, status.comp_size) <= InvoiceLimits.ratio else {
      throw RecordFault(
        .archiveLimit,
        "\(InvoiceArchive.subject(entry)) unpacks to \(status.size) bytes from \(status.comp_size), more than \(InvoiceLimits.ratio) times as much",
        path: "/")
    }
    guard InvoiceLimits.archiveBytes - budget.unpacked >= status.size else {
      throw RecordFault(
        .archiveLimit,
        "the archive's entries up to \(InvoiceArchive.subject(entry)) unpack to more than the \(InvoiceLimits.archiveBytes) bytes allowed",
        path: "/")
    }
    budget.unpacked += status.size
    guard let file = Library.zip.zip_fopen_index(archive, entry.index, 0) else { throw damaged(entry, Library.zip.zip_get_error(archive)) }
    return EntryStream(self, entry, file, size: status.size)
  }

  /// `the entry 'sub/x.xml'`.
  static func subject(_ entry: Entry) -> String { "the entry '\(String(decoding: entry.name.suffix(120), as: UTF8.self))'" }

  /// Why an entry cannot be unpacked.
  ///
  /// - Parameter count: How many of its bytes came out before.
  fileprivate func damaged(_ entry: Entry, _ error: UnsafeMutablePointer<zip_error_t>?, after count: UInt64? = nil) -> RecordFault {
    let subject = InvoiceArchive.subject(entry)
    // Before anything else is asked of the archive, which may put another error in its place.
    let (code, text) = (error.map { Library.zip.zip_error_code_zip($0) }, error.map { InvoiceArchive.text($0) } ?? "unknown error")
    var status = zip_stat_t()
    Library.zip.zip_stat_init(&status)
    let isKnown = Library.zip.zip_stat_index(archive, entry.index, 0, &status) == 0
    let place = count.map { $0 == 0 ? "" : " behind the first \($0)\(isKnown ? " of its \(status.size)" : "") bytes" } ?? ""
    let what: String
    switch code {
    case ZIP_ER_CRC?:
      what =
        "its bytes are not those that were packed (the checksum differs"
        + (isKnown ? "; the directory says \(ArchiveDirectory.hexadecimal(status.crc)))" : ")")
    case ZIP_ER_ZLIB?, ZIP_ER_COMPRESSED_DATA?: what = "its compressed data are damaged\(place)"
    case ZIP_ER_EOF?, ZIP_ER_READ?, ZIP_ER_SEEK?: what = "its compressed data end too early\(place); is the archive complete?"
    case ZIP_ER_INCONS?, ZIP_ER_NOZIP?:
      what = "its header in the archive is damaged; expected, where the directory says that it begins, a header with the entry's own name"
    case ZIP_ER_NOPASSWD?, ZIP_ER_WRONGPASSWD?, ZIP_ER_ENCRNOTSUPP?: what = "it is encrypted with a password"
    case ZIP_ER_COMPNOTSUPP?: what = "it is packed by a method that is not known here; expected Deflate"
    default: what = text
    }
    return RecordFault(.archiveDamaged, "\(subject) cannot be unpacked: \(what)", path: "/")
  }

  private static func text(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
    Library.zip.zip_error_strerror(error).map { String(cString: $0).lowercased() } ?? "unknown error"
  }

  private static func copy(of bytes: [UInt8]) -> UnsafeMutableRawPointer? {
    let copy = malloc(max(1, bytes.count))
    bytes.withUnsafeBytes { if let start = $0.baseAddress { copy?.copyMemory(from: start, byteCount: $0.count) } }
    return copy
  }

  /// Refuses names that would lead out of the archive or that no honest archiver writes.
  private static func check(_ name: [UInt8]) throws(RecordFault) {
    let steps = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isTrick =
      name.first == UInt8(ascii: "/") || name.contains(UInt8(ascii: "\\")) || name.contains { $0 < 0x20 || $0 == 0x7F }
      || steps.contains { $0.elementsEqual("..".utf8) } || (name.count > 1 && name[1] == UInt8(ascii: ":"))
    if isTrick {
      throw RecordFault(
        .archiveEntryName,
        "the archive's entry is named '\(String(decoding: name.prefix(120), as: UTF8.self))', which leads out of the archive",
        path: "/")
    }
    guard name.count <= InvoiceLimits.entryName else {
      throw RecordFault(
        .archiveEntryName, "the name of the archive's entry has \(name.count) bytes, more than the \(InvoiceLimits.entryName) allowed",
        path: "/")
    }
  }
}

/// The bytes of one entry. Keeps its archive open.
private final class EntryStream: ByteStream {
  private let archive: InvoiceArchive
  private let entry: InvoiceArchive.Entry
  private let file: OpaquePointer
  private let size: UInt64
  private var count: UInt64 = 0

  init(_ archive: InvoiceArchive, _ entry: InvoiceArchive.Entry, _ file: OpaquePointer, size: UInt64) {
    (self.archive, self.entry, self.file, self.size) = (archive, entry, file, size)
  }

  deinit { _ = Library.zip.zip_fclose(file) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int {
    let read = Library.zip.zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
    guard read >= 0 else { throw archive.damaged(entry, Library.zip.zip_file_get_error(file), after: count) }
    count += UInt64(read)
    // What the directory says of the size is believed only as an upper bound, on which the bounds on all entries rest.
    guard count <= size, read > 0 || count == size || buffer.isEmpty else {
      throw RecordFault(
        .archiveDamaged,
        "\(InvoiceArchive.subject(entry)) cannot be unpacked: it has \(count) bytes\(read > 0 ? " or more" : ""), the archive says \(size)",
        path: "/")
    }
    return Int(read)
  }
}

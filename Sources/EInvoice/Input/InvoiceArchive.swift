internal import Billing
internal import CZip
internal import Diagnostics

/// A ZIP archive of invoices, read entry by entry in the order of the names' bytes; nothing is ever written to disk.
///
/// Not `Sendable`: one owner reads.
final class InvoiceArchive {
  struct Entry {
    var index: UInt64
    var name: [UInt8]
  }

  private let archive: OpaquePointer
  /// XML and PDF files, by name; folders and files that a system keeps for itself are left out.
  let entries: [Entry]
  private var unpacked: UInt64 = 0

  /// Opens the archive and reads its directory.
  ///
  /// - Parameter path: The bytes of the path, without the terminating zero.
  init(path: [UInt8]) throws(InvoiceSourceFailure) {
    var code: Int32 = 0
    let opened = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { zip_open($0.baseAddress, ZIP_RDONLY, &code) }
    }
    guard let opened else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw InvoiceSourceFailure(message: "the ZIP archive cannot be opened: \(InvoiceArchive.text(&error))")
    }
    archive = opened
    let count = Int(zip_get_num_entries(opened, 0))
    guard count <= InvoiceLimits.archiveEntries else {
      zip_discard(opened)
      throw InvoiceSourceFailure(message: "the ZIP archive has \(count) entries, more than the \(InvoiceLimits.archiveEntries) allowed")
    }
    var entries: [Entry] = []
    for index in 0..<UInt64(max(0, count)) {
      guard let name = zip_get_name(opened, index, zip_flags_t(ZIP_FL_ENC_GUESS)) else { continue }
      let bytes = Array(String(cString: name).utf8)
      if InvoiceArchive.isInvoice(bytes) { entries.append(Entry(index: index, name: bytes)) }
    }
    self.entries = entries.sorted { $0.name == $1.name ? $0.index < $1.index : $0.name.lexicographicallyPrecedes($1.name) }
  }

  deinit { zip_discard(archive) }

  /// The bytes of an entry.
  ///
  /// - Throws: `archive-entry-name`, `archive-limit`, `archive-damaged` or `too-long`.
  func bytes(of entry: Entry) throws(RecordFault) -> [UInt8] {
    try InvoiceArchive.check(entry.name)
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, entry.index, 0, &status) == 0 else { throw damaged() }
    let isPDF = InvoiceSource.ends(entry.name, in: ".pdf")
    let limit = UInt64(isPDF ? InvoiceLimits.pdfBytes : InvoiceLimits.bytes)
    guard status.size <= limit else {
      throw RecordFault(.tooLong, "the archive's entry has \(status.size) bytes, more than the \(limit) allowed", path: "/")
    }
    guard status.size <= InvoiceLimits.ratioFloor || status.size / max(1, status.comp_size) <= InvoiceLimits.ratio else {
      throw RecordFault(
        .archiveLimit,
        "the archive's entry unpacks to \(status.size) bytes from \(status.comp_size), more than \(InvoiceLimits.ratio) times as much",
        path: "/")
    }
    unpacked += status.size
    guard unpacked <= InvoiceLimits.archiveBytes else {
      throw RecordFault(
        .archiveLimit, "the archive's entries up to here unpack to more than the \(InvoiceLimits.archiveBytes) bytes allowed", path: "/")
    }
    guard let file = zip_fopen_index(archive, entry.index, 0) else { throw damaged() }
    defer { zip_fclose(file) }
    // What the directory says of the size is believed only as an upper bound.
    var bytes = [UInt8](repeating: 0, count: Int(status.size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        zip_fread(file, buffer.baseAddress.map { $0 + filled }, UInt64(buffer.count - filled))
      }
      guard count > 0 else { throw damaged() }
      filled += Int(count)
    }
    // Reading on to the end makes libzip compare the checksum.
    var one: UInt8 = 0
    guard zip_fread(file, &one, 1) == 0 else { throw damaged() }
    return bytes
  }

  private func damaged() -> RecordFault {
    let reason = zip_get_error(archive).map { InvoiceArchive.text($0) } ?? "unknown error"
    return RecordFault(.archiveDamaged, "the archive's entry cannot be unpacked: \(reason)", path: "/")
  }

  private static func text(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
    zip_error_strerror(error).map { String(cString: $0).lowercased() } ?? "unknown error"
  }

  private static func isInvoice(_ name: [UInt8]) -> Bool {
    guard InvoiceSource.ends(name, in: ".xml") || InvoiceSource.ends(name, in: ".pdf") else { return false }
    return !name.starts(with: Array("__MACOSX/".utf8))
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

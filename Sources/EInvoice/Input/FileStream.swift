internal import Billing
internal import Diagnostics
internal import Glibc

/// The bytes of a file.
final class FileStream: ByteStream {
  private let file: UnsafeMutablePointer<FILE>

  /// Opens a file.
  ///
  /// - Parameter path: The bytes of the path, without the terminating zero.
  init(path: [UInt8]) throws(InvoiceSourceFailure) {
    let file = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { fopen($0, "rbe") } ?? nil }
    }
    guard let file else { throw InvoiceSourceFailure(message: String(cString: strerror(errno)).lowercased()) }
    self.file = file
  }

  deinit { fclose(file) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int {
    let count = fread(buffer.baseAddress, 1, buffer.count, file)
    guard count > 0 || ferror(file) == 0 else { throw RecordFault(.unreadable, "the file cannot be read to its end", path: "/") }
    return count
  }
}

package import Diagnostics
internal import Files
internal import Glibc

/// An open file that is read at any place by any thread, and closed with its last user.
///
/// What was opened stays what it is: a file that is replaced by another of its name, or removed, can still be read here.
package final class KeptFile: Sendable {
  /// Stays open as long as this lives.
  let descriptor: Int32

  init(takingOwnership descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// A path by which the file can be opened once more, even if it has no name in any folder.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Bytes from `offset` on; `nil` unless all of them are there. Complexity: one call of the system for what is in its cache.
  package func bytes(at offset: Int, count: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if got > 0 {
          filled += got
        } else if got == 0 || errno != EINTR {
          break
        }
      }
    }
    return bytes.count == count ? bytes : nil
  }

  /// Writes at the end of the file.
  ///
  /// - Throws: Why it cannot be written: mostly because the disk is full.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(DiagnosticList) {
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno != EINTR {
        throw KeptFile.unwritable(SystemError(errno))
      }
    }
  }

  /// A new file without a name, for reading and writing, which goes when it is closed. Nobody else can open it.
  ///
  /// It lies in `TMPDIR`, else in `/var/tmp`, which is on a disk where `/tmp` is often in memory, else in `/tmp`.
  ///
  /// - Throws: Why no such file can be made, in words.
  package static func temporary() throws(DiagnosticList) -> KeptFile {
    var last = SystemError(ENOENT)
    for folder in [getenv("TMPDIR").map { String(cString: $0) }, "/var/tmp", "/tmp"] {
      guard let folder, !folder.isEmpty else { continue }
      do throws(SystemError) { return KeptFile(takingOwnership: try OpenFile(unnamedIn: folder).release()) } catch { last = error }
    }
    throw unwritable(last)
  }

  private static func unwritable(_ error: SystemError) -> DiagnosticList {
    DiagnosticList([Diagnostic(id: "output-unwritable", "cannot write a temporary copy of the data: \(error.text)")])
  }
}

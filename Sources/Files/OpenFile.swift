internal import CLinux
internal import Glibc

/// A file descriptor with one owner, closed with it.
package struct OpenFile: ~Copyable {
  /// Files of customers' data are for their owner only.
  package static let mode: UInt32 = 0o600
  package static let folderMode: UInt32 = 0o700
  /// Stands for the current folder in calls that take a folder.
  package static let currentFolder: Int32 = -100

  package let descriptor: Int32

  package init(takingOwnership descriptor: Int32) { self.descriptor = descriptor }

  package init(reading path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_for_reading(folder, path))
  }

  /// Opens a file by the bytes of its path, without a terminating zero: a name found in a folder need not be UTF-8.
  package init(reading path: [UInt8]) throws(SystemError) {
    descriptor = try SystemError.check(withTerminated(path) { bf_open_for_reading(OpenFile.currentFolder, $0) })
  }

  /// Opens without waiting for whoever might write a pipe, to see what is there.
  package init(lookingAt path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_without_waiting(folder, path))
  }

  package init(writing path: String, in folder: Int32 = OpenFile.currentFolder, appending: Bool = false) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_for_writing(folder, path, OpenFile.mode, appending))
  }

  package init(folder path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_folder(folder, path))
  }

  deinit { close(descriptor) }

  /// Writes all bytes.
  package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 {
        let error = errno
        if error == EINTR { continue }
        throw SystemError(error)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  package borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
    try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in try write(UnsafeRawBufferPointer(bytes)) }
  }

  /// Reads up to a buffer full; 0 at the end.
  package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      let error = errno
      if error != EINTR { throw SystemError(error) }
    }
  }

  /// Reads to the end, at most `limit` bytes; a longer file is an error like one that is too large for the system.
  ///
  /// - Parameter expected: How many bytes there probably are.
  package borrowing func readAll(limit: Int, expected: Int = 1 << 16) throws(SystemError) -> [UInt8] {
    var result: [UInt8] = []
    // One byte more than the file has, to see its end without another turn.
    var room = min(limit, max(0, expected)) + 1
    while true {
      let start = result.count
      var failure: SystemError?
      let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        do throws(SystemError) { count = try read(into: UnsafeMutableRawBufferPointer(buffer)) } catch { failure = error }
      }
      if let failure { throw failure }
      if part.isEmpty { return result }
      if start == 0 { result = part } else { result += part }
      if result.count > limit { throw SystemError(EFBIG) }
      room = max(1, min(1 << 20, limit + 1 - result.count))
    }
  }

  /// Makes what was written survive a loss of power.
  package borrowing func sync() throws(SystemError) {
    if fsync(descriptor) == -1 { throw SystemError(errno) }
  }

  /// Makes everything on the same file system survive a loss of power.
  package borrowing func syncFileSystem() throws(SystemError) { try SystemError.check(bf_syncfs(descriptor)) }

  /// Gives the file these permissions.
  package borrowing func setMode(_ mode: UInt32) throws(SystemError) {
    if fchmod(descriptor, mode_t(mode)) == -1 { throw SystemError(errno) }
  }

  /// What kind of thing it is, how large, and when it was changed.
  package borrowing func status() throws(SystemError) -> FileStatus {
    var status = bf_status()
    try SystemError.check(bf_status_of(descriptor, &status))
    return FileStatus(status)
  }
}

/// Calls `body` with the bytes of a path and a terminating zero.
func withTerminated(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
  (path + [0]).withUnsafeBufferPointer { bytes in
    bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map(body) ?? -ENOENT }
  }
}

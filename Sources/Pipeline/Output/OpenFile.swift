internal import CLinux
internal import Glibc

/// A file descriptor with one owner, closed with it.
struct OpenFile: ~Copyable {
  /// Files of customers' data are for their owner only.
  static let mode: UInt32 = 0o600
  static let folderMode: UInt32 = 0o700
  /// Stands for the current folder in calls that take a folder.
  static let currentFolder: Int32 = -100

  let descriptor: Int32

  init(takingOwnership descriptor: Int32) { self.descriptor = descriptor }

  init(reading path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_for_reading(folder, path))
  }

  init(writing path: String, in folder: Int32 = OpenFile.currentFolder, appending: Bool = false) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_for_writing(folder, path, OpenFile.mode, appending))
  }

  init(folder path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_folder(folder, path))
  }

  deinit { close(descriptor) }

  /// Writes all bytes.
  borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
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

  borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
    try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in try write(UnsafeRawBufferPointer(bytes)) }
  }

  /// Reads up to a buffer full; 0 at the end.
  borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      let error = errno
      if error != EINTR { throw SystemError(error) }
    }
  }

  /// Reads to the end, at most `limit` bytes; a longer file is an error like one that is too large for the system.
  borrowing func readAll(limit: Int) throws(SystemError) -> [UInt8] {
    var result: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = try read(into: chunk)
      if count == 0 { return result }
      if result.count + count > limit { throw SystemError(EFBIG) }
      result.append(contentsOf: chunk[..<count])
    }
  }

  /// Makes what was written survive a loss of power.
  borrowing func sync() throws(SystemError) {
    if fsync(descriptor) == -1 { throw SystemError(errno) }
  }

  /// Makes everything on the same file system survive a loss of power.
  borrowing func syncFileSystem() throws(SystemError) { try SystemError.check(bf_syncfs(descriptor)) }

  borrowing func status() throws(SystemError) -> bf_status {
    var status = bf_status()
    try SystemError.check(bf_status_of(descriptor, &status))
    return status
  }
}

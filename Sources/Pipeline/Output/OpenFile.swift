internal import CSystem
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

/// Calls on paths below an open folder.
enum Folder {
  static func make(_ name: String, in folder: Int32) throws(SystemError) {
    if mkdirat(folder, name, OpenFile.folderMode) == -1, errno != EEXIST { throw SystemError(errno) }
  }

  static func rename(_ from: String, in folder: Int32, to name: String, in target: Int32) throws(SystemError) {
    if renameat(folder, from, target, name) == -1 { throw SystemError(errno) }
  }

  /// Removes a file or link; whether there was one.
  @discardableResult
  static func remove(_ name: String, in folder: Int32) throws(SystemError) -> Bool {
    if unlinkat(folder, name, 0) == 0 { return true }
    if errno == ENOENT { return false }
    throw SystemError(errno)
  }

  /// Removes a folder if it is empty; whether it is gone.
  @discardableResult
  static func removeEmpty(_ name: String, in folder: Int32) throws(SystemError) -> Bool {
    if unlinkat(folder, name, Int32(AT_REMOVEDIR)) == 0 { return true }
    if errno == ENOENT { return true }
    if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { return false }
    throw SystemError(errno)
  }

  /// The status of a path; `nil` where nothing is.
  static func status(_ name: String, in folder: Int32, following: Bool = false) throws(SystemError) -> bf_status? {
    var status = bf_status()
    let result = bf_status_at(folder, name, following, &status)
    if result == -ENOENT || result == -ENOTDIR { return nil }
    try SystemError.check(result)
    return status
  }

  /// The names in a folder, sorted by their bytes; without `.` and `..`.
  static func names(of path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) -> [[UInt8]] {
    let descriptor = try SystemError.check(bf_open_folder(folder, path))
    guard let stream = fdopendir(descriptor) else {
      let error = errno
      close(descriptor)
      throw SystemError(error)
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw SystemError(errno) }
        break
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

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

  /// Opens a regular file for reading.
  ///
  /// - Throws: ``SystemError/notAFile`` for anything else: nobody is ever waited for.
  package init(reading path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try OpenFile.regular(bf_open_for_reading(folder, path))
  }

  /// Opens a regular file by the bytes of its path, without a terminating zero: a name found in a folder need not be UTF-8.
  ///
  /// - Throws: ``SystemError/notAFile`` for anything else: nobody is ever waited for.
  package init(reading path: [UInt8]) throws(SystemError) {
    descriptor = try OpenFile.regular(withTerminated(path) { bf_open_for_reading(OpenFile.currentFolder, $0) })
  }

  /// Opens whatever is there for reading, without waiting for whoever might write a pipe; reading from a pipe does not wait either.
  ///
  /// - Throws: ``SystemError``, where nothing is there or it may not be opened.
  package init(lookingAt path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_for_reading(folder, path))
  }

  /// The same by the bytes of the path, without a terminating zero.
  ///
  /// - Throws: ``SystemError``, where nothing is there or it may not be opened.
  package init(lookingAt path: [UInt8]) throws(SystemError) {
    descriptor = try SystemError.check(withTerminated(path) { bf_open_for_reading(OpenFile.currentFolder, $0) })
  }

  /// Creates, or empties, a regular file for writing.
  ///
  /// - Throws: ``SystemError/notAFile`` where something else is there; links are not followed.
  package init(writing path: String, in folder: Int32 = OpenFile.currentFolder, appending: Bool = false) throws(SystemError) {
    descriptor = try OpenFile.regular(bf_open_for_writing(folder, path, OpenFile.mode, appending))
  }

  /// What takes all that is written to it and keeps none of it.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package static func discarding() throws(SystemError) -> OpenFile {
    OpenFile(takingOwnership: try SystemError.check(bf_open_for_writing(currentFolder, "/dev/null", mode, true)))
  }

  /// A new file for reading and writing, in `folder` but without a name there, which goes when it is closed. Nobody else can open it.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package init(unnamedIn folder: String) throws(SystemError) {
    // A name nobody can guess, where one is needed for a moment.
    let name = "billfold-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let place = try OpenFile(folder: folder)
    descriptor = try OpenFile.unnamed(place.descriptor, name)
    withExtendedLifetime(place) {}
  }

  /// A descriptor that was opened, if it is that of a regular file; else it is closed.
  private static func regular(_ opened: Int32) throws(SystemError) -> Int32 {
    let descriptor = try SystemError.check(opened)
    var status = bf_status()
    let result = bf_status_of(descriptor, &status)
    if result == 0, status.is_regular { return descriptor }
    close(descriptor)
    throw result < 0 ? SystemError(-result) : .notAFile
  }

  /// Opens a folder.
  ///
  /// - Parameter following: Whether through a symbolic link at the path's end, too; else that is `ENOTDIR`.
  /// - Throws: ``SystemError``, where nothing is there or it may not be opened.
  package init(folder path: String, in folder: Int32 = OpenFile.currentFolder, following: Bool = true) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_folder(folder, path, following))
  }

  /// Opens a folder below another, without any symbolic link on the way, as a place to make, rename or remove files in.
  ///
  /// - Returns: `nil` where that is not to be had, for whatever reason.
  package init?(way path: String, below folder: Int32) {
    let opened = bf_open_way(folder, path)
    guard opened >= 0 else { return nil }
    descriptor = opened
  }

  /// Makes a file that must not be there, for writing and reading.
  ///
  /// - Throws: ``SystemError``: `EEXIST` where there is one, or why none can be made.
  package init(making path: String, in folder: Int32) throws(SystemError) {
    descriptor = try SystemError.check(bf_open_new(folder, path, OpenFile.mode))
  }

  /// Makes a file without a name, for writing and reading, which goes when nobody has it open any more, however its owner ends.
  ///
  /// - Parameters:
  ///   - folder: On whose file system it lies.
  ///   - name: What it is called for a moment where the file system knows no files without a name.
  /// - Throws: ``SystemError``, where the system refuses.
  package init(unnamedIn folder: Int32, or name: String) throws(SystemError) {
    descriptor = try OpenFile.unnamed(folder, name)
  }

  private static func unnamed(_ folder: Int32, _ name: String) throws(SystemError) -> Int32 {
    let descriptor = bf_open_unnamed(folder, ".", mode)
    if descriptor >= 0 { return descriptor }
    // Each of these is how some kernel or file system says that it has none; what is really wrong shows at the second try, too.
    guard [-EOPNOTSUPP, -EISDIR, -EINVAL, -ENOENT].contains(descriptor) else { throw SystemError(-descriptor) }
    try Folder.remove(name, in: folder)
    let named = try SystemError.check(bf_open_new(folder, name, mode))
    // Closes it if the name cannot be taken away.
    let file = OpenFile(takingOwnership: named)
    try Folder.remove(name, in: folder)
    let kept = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 3)
    if kept < 0 { throw SystemError(errno) }
    return kept
  }

  deinit { close(descriptor) }

  /// Gives the descriptor away: whoever takes it has to close it.
  package consuming func release() -> Int32 {
    let descriptor = descriptor
    discard self
    return descriptor
  }

  /// Writes all bytes.
  ///
  /// - Throws: ``SystemError``, mostly for want of room.
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
  ///
  /// - Throws: ``SystemError``, where the system refuses.
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
  /// - Throws: ``SystemError``: `EFBIG` for a longer file, or why it cannot be read.
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
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package borrowing func sync() throws(SystemError) {
    if fsync(descriptor) == -1 { throw SystemError(errno) }
  }

  /// Makes everything on the same file system survive a loss of power.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package borrowing func syncFileSystem() throws(SystemError) { try SystemError.check(bf_syncfs(descriptor)) }

  /// Gives the file these permissions.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package borrowing func setMode(_ mode: UInt32) throws(SystemError) {
    if fchmod(descriptor, mode_t(mode)) == -1 { throw SystemError(errno) }
  }

  /// What kind of thing it is, how large, and when it was changed.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
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

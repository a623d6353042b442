internal import CLinux
internal import Glibc

/// Calls on paths below an open folder.
package enum Folder {
  /// Makes a folder; whether it was not there.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  @discardableResult
  package static func make(_ name: String, in folder: Int32) throws(SystemError) -> Bool {
    if mkdirat(folder, name, OpenFile.folderMode) == 0 { return true }
    if errno != EEXIST { throw SystemError(errno) }
    return false
  }

  package static func rename(_ from: String, in folder: Int32, to name: String, in target: Int32) throws(SystemError) {
    if renameat(folder, from, target, name) == -1 { throw SystemError(errno) }
  }

  /// Gives a file another name, which must not be there.
  ///
  /// - Throws: ``SystemError``: `EEXIST` where something has the name.
  package static func move(_ from: String, in folder: Int32, toNew name: String, in target: Int32) throws(SystemError) {
    try SystemError.check(bf_rename_new(folder, from, target, name))
  }

  /// Removes a file or link; whether there was one.
  ///
  /// - Throws: ``SystemError``, for any refusal but that nothing is there.
  @discardableResult
  package static func remove(_ name: String, in folder: Int32) throws(SystemError) -> Bool {
    if unlinkat(folder, name, 0) == 0 { return true }
    if errno == ENOENT { return false }
    throw SystemError(errno)
  }

  /// Removes a folder if it is empty; whether it is gone.
  ///
  /// - Throws: ``SystemError``, for any refusal but that nothing is there.
  @discardableResult
  package static func removeEmpty(_ name: String, in folder: Int32) throws(SystemError) -> Bool {
    if unlinkat(folder, name, Int32(AT_REMOVEDIR)) == 0 { return true }
    if errno == ENOENT { return true }
    if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { return false }
    throw SystemError(errno)
  }

  /// The status of a path; `nil` where nothing is.
  ///
  /// - Throws: ``SystemError``, for any refusal but that nothing is there.
  package static func status(_ name: String, in folder: Int32, following: Bool = false) throws(SystemError) -> FileStatus? {
    try status(Array(name.utf8), in: folder, following: following)
  }

  /// The status of a path given by its bytes; `nil` where nothing is.
  ///
  /// - Throws: ``SystemError``, for any refusal but that nothing is there.
  package static func status(_ name: [UInt8], in folder: Int32, following: Bool = false) throws(SystemError) -> FileStatus? {
    var status = bf_status()
    let result = withTerminated(name) { bf_status_at(folder, $0, following, &status) }
    if result == -ENOENT || result == -ENOTDIR { return nil }
    try SystemError.check(result)
    return FileStatus(status)
  }

  /// The path with every symbolic link resolved.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package static func resolved(_ path: String) throws(SystemError) -> String {
    guard let real = realpath(path, nil) else { throw SystemError(errno) }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether a path names a folder, links followed.
  package static func isFolder(_ path: String) -> Bool {
    (try? status(path, in: OpenFile.currentFolder, following: true))?.isFolder == true
  }

  /// Whether a path names anything, links followed.
  package static func exists(_ path: String) -> Bool { (try? status(path, in: OpenFile.currentFolder, following: true)) != nil }

  /// The names in a folder, sorted by their bytes; without `.` and `..`.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package static func names(of path: String, in folder: Int32 = OpenFile.currentFolder) throws(SystemError) -> [[UInt8]] {
    try names(opened: SystemError.check(bf_open_folder(folder, path, true)))
  }

  /// The same of a folder given by the bytes of its path.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package static func names(of path: [UInt8]) throws(SystemError) -> [[UInt8]] {
    try names(opened: SystemError.check(withTerminated(path) { bf_open_folder(OpenFile.currentFolder, $0, true) }))
  }

  /// Reads a folder, and closes it.
  private static func names(opened descriptor: Int32) throws(SystemError) -> [[UInt8]] {
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

  /// The same as texts; none where the folder cannot be read.
  package static func readableNames(of path: String) -> [String] {
    do throws(SystemError) { return try names(of: path).map { String(decoding: $0, as: UTF8.self) } } catch { return [] }
  }
}

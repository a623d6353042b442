internal import CLinux
internal import Glibc

/// Calls on paths below an open folder.
package enum Folder {
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

  /// The same as texts; none where the folder cannot be read.
  package static func readableNames(of path: String) -> [String] {
    do throws(SystemError) { return try names(of: path).map { String(decoding: $0, as: UTF8.self) } } catch { return [] }
  }
}

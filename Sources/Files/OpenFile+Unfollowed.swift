internal import CLinux
internal import Glibc

extension OpenFile {
  /// Opens a file of one folder for reading; a symbolic link in its place is an error (`ELOOP`), and a pipe is not waited for.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package init(unfollowed name: String, in folder: Int32) throws(SystemError) {
    self.init(takingOwnership: try SystemError.check(bf_open_unfollowed(folder, name, false)))
  }

  /// Opens a folder of one folder; a symbolic link in its place is an error (`ENOTDIR`).
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package init(unfollowedFolder name: String, in folder: Int32) throws(SystemError) {
    self.init(takingOwnership: try SystemError.check(bf_open_unfollowed(folder, name, true)))
  }
}

extension Folder {
  /// Whether a name is that of a symbolic link.
  package static func isLink(_ name: String, in folder: Int32) -> Bool {
    var byte: CChar = 0
    return readlinkat(folder, name, &byte, 1) >= 0
  }
}

internal import CLinux

/// What kind of thing a path names, and enough to tell whether it is still the same one.
package struct FileStatus: Sendable, Hashable {
  package var isRegular: Bool
  package var isFolder: Bool
  /// A symbolic link, where it was not followed.
  package var isLink: Bool
  /// How many names the file has.
  package var names: Int
  /// Permissions only.
  package var mode: UInt32
  /// Whose it is, by the system's number of the user.
  package var owner: UInt32
  package var device: UInt64
  package var inode: UInt64
  /// In bytes.
  package var size: Int64
  package var modifiedSeconds: Int64
  package var modifiedNanoseconds: Int64

  init(_ status: bf_status) {
    (isRegular, isFolder, mode, owner) = (status.is_regular, status.is_folder, status.mode, status.owner)
    (isLink, names) = (status.is_link, Int(clamping: status.names))
    (device, inode, size) = (status.device, status.inode, status.size)
    (modifiedSeconds, modifiedNanoseconds) = (status.modified_seconds, status.modified_nanoseconds)
  }
}

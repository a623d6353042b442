/// What tells one state of a file from another without reading it.
package struct FileMark: Hashable, Sendable {
  private var device: UInt64
  private var inode: UInt64
  private var size: Int64
  private var seconds: Int64
  private var nanoseconds: Int64

  /// The mark of what a path names, links followed; `nil` where nothing is.
  package init?(of path: String) {
    guard let status = try? Folder.status(path, in: OpenFile.currentFolder, following: true) else { return nil }
    self.init(status)
  }

  /// The mark in a status.
  package init(_ status: FileStatus) {
    (device, inode, size) = (status.device, status.inode, status.size)
    (seconds, nanoseconds) = (status.modifiedSeconds, status.modifiedNanoseconds)
  }
}

internal import Contract
internal import Files

/// Puts the files of pieces into place, each at once or not at all.
///
/// Renaming orders nothing on the disk: a batch of pieces is safe only after the folder's file system has been synced.
struct PieceStore {
  private static let temporary = "piece.tmp"

  private let output: OutputFolder
  /// Folders known to exist, so that each is made only once.
  private var groups: Set<String> = []

  init(_ output: OutputFolder) { self.output = output }

  /// Writes a piece.
  ///
  /// - Throws: ``RunFailure`` 74; the piece is then not there, not even in part.
  mutating func write(_ file: String, _ bytes: [UInt8]) throws {
    do throws(SystemError) {
      try makeGroup(of: file)
      var target = try AtomicFile(temporary: PieceStore.temporary, in: output.work.descriptor)
      try target.write(bytes)
      try target.place(as: file, in: output.folder.descriptor)
    } catch {
      throw RunFailure.output(error, "'\(output.path)/\(file)'")
    }
  }

  /// Removes a piece that an interrupted run may have left although it is rejected now.
  func remove(_ file: String) throws {
    do throws(SystemError) { try Folder.remove(file, in: output.folder.descriptor) } catch {
      throw RunFailure.output(error, "'\(output.path)/\(file)'")
    }
  }

  private mutating func makeGroup(of file: String) throws(SystemError) {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
    let group = String(file[..<slash])
    guard !groups.contains(group) else { return }
    // The folder of the kind, then the group in it.
    try makeGroup(of: group)
    try Folder.make(group, in: output.folder.descriptor)
    groups.insert(group)
  }
}

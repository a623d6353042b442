internal import Billing
internal import CLinux
internal import Glibc

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
  mutating func write(_ file: String, _ bytes: UnsafeRawBufferPointer) throws {
    do throws(SystemError) {
      try makeGroup(of: file)
      do throws(SystemError) {
        let target = try OpenFile(writing: PieceStore.temporary, in: output.work.descriptor)
        try target.write(bytes)
      } catch {
        // On a full disk the room is worth more than the rest of a file nobody may read.
        _ = try? Folder.remove(PieceStore.temporary, in: output.work.descriptor)
        throw error
      }
      try Folder.rename(PieceStore.temporary, in: output.work.descriptor, to: file, in: output.folder.descriptor)
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
    if groups.isEmpty { try Folder.make(OutputFolder.billsName, in: output.folder.descriptor) }
    try Folder.make(group, in: output.folder.descriptor)
    groups.insert(group)
  }
}

internal import Contract
internal import Files
internal import Glibc

/// Puts the files of pieces into place, each at once or not at all.
///
/// Renaming orders nothing on the disk: a batch of pieces is safe only after the folder's file system has been synced.
struct PieceStore {
  static let temporary = "piece.tmp"

  private let output: OutputFolder
  init(_ output: OutputFolder) { self.output = output }

  /// Writes a piece, in place of whatever has its name; a link there is replaced, not followed.
  ///
  /// - Throws: ``RunFailure`` 74; the piece is then not there, not even in part.
  func write(_ file: String, _ bytes: [UInt8]) throws {
    do throws(SystemError) {
      guard let place = try PiecePlace.open(file, below: output.folder.descriptor, making: true) else { throw SystemError(ENOENT) }
      var target = try AtomicFile(temporary: PieceStore.temporary, in: output.work.descriptor)
      try target.write(bytes)
      try target.place(as: place.name, in: place.folder.descriptor)
    } catch {
      throw RunFailure.output(error, "'\(output.path)/\(file)'")
    }
  }

  /// Removes a piece that an interrupted run may have left although it is rejected now.
  func remove(_ file: String) throws {
    do throws(SystemError) {
      guard let place = try PiecePlace.open(file, below: output.folder.descriptor) else { return }
      try Folder.remove(place.name, in: place.folder.descriptor)
    } catch {
      throw RunFailure.output(error, "'\(output.path)/\(file)'")
    }
  }
}

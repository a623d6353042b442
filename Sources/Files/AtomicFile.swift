internal import Glibc

/// A file that is written beside its place and moved there when it is whole: a reader sees the old file or the new one.
package struct AtomicFile: ~Copyable {
  private let folder: Int32
  private let temporary: String
  private let file: OpenFile
  private var isPlaced = false

  /// Begins a file under the name `temporary` in `folder`, a descriptor that must stay open longer than this value.
  ///
  /// Whatever has that name already is removed, not written to: it may be a further name of somebody else's file.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package init(temporary: String, in folder: Int32) throws(SystemError) {
    (self.folder, self.temporary) = (folder, temporary)
    file = try AtomicFile.make(temporary, folder)
  }

  private static func make(_ name: String, _ folder: Int32) throws(SystemError) -> OpenFile {
    do throws(SystemError) { return try OpenFile(making: name, in: folder) } catch {
      guard error.number == EEXIST else { throw error }
    }
    try Folder.remove(name, in: folder)
    return try OpenFile(making: name, in: folder)
  }

  deinit {
    // On a full disk the room is worth more than the rest of a file nobody may read.
    if !isPlaced { _ = try? Folder.remove(temporary, in: folder) }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``SystemError``, mostly for want of room.
  package borrowing func write(_ bytes: [UInt8]) throws(SystemError) { try file.write(bytes) }

  /// Appends bytes.
  ///
  /// - Throws: ``SystemError``, mostly for want of room.
  package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) { try file.write(bytes) }

  /// Gives the file these permissions instead of its owner's alone.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package borrowing func setMode(_ mode: UInt32) throws(SystemError) { try file.setMode(mode) }

  /// Makes what was written survive a loss of power.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package borrowing func sync() throws(SystemError) { try file.sync() }

  /// Moves the file to `name` in `target`, in place of whatever is there.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package mutating func place(as name: String, in target: Int32) throws(SystemError) {
    try Folder.rename(temporary, in: folder, to: name, in: target)
    isPlaced = true
  }
}

internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc

/// Taking away what Billfold made, and nothing else.
extension OutputFolder {
  /// Files of the work folder that are being written, where a run was killed in that moment. `spool-` followed by a number is a copy of a stream.
  private static func isTemporary(_ name: String) -> Bool {
    name == Spool.name || name == PieceStore.temporary || (results + [runName]).contains { name == $0 + temporarySuffix }
      || (name.hasPrefix("spool-") && Int(name.dropFirst(6)) != nil)
  }

  /// Removes files of the work folder that a condition names; of other things than files nothing is removed.
  private func clearWork(where isOurs: (String) -> Bool) throws(SystemError) {
    for bytes in try Folder.names(of: ".", in: work.descriptor) {
      let name = String(decoding: bytes, as: UTF8.self)
      guard isOurs(name), try Folder.status(name, in: work.descriptor)?.isFolder == false else { continue }
      try Folder.remove(name, in: work.descriptor)
    }
  }

  /// Removes what an interrupted run was writing.
  func removeTemporaries() throws(SystemError) {
    try clearWork { OutputFolder.isTemporary($0) || Journal.drafts.contains($0) }
  }

  /// Removes the journal of a run that cannot be continued.
  func removeJournal() throws {
    do throws(SystemError) { try clearWork { Journal.files.contains($0) } } catch { throw RunFailure.output(error, "'\(workPath)'") }
  }

  /// Removes what an earlier run made: the pieces that its journal or its manifest names, its results and its work files, but for the lock and
  /// a draft of the journal to come. Files of others stay, wherever they lie.
  ///
  /// - Returns: Where folders of pieces are not empty then, one finding that says so.
  /// - Throws: ``RunFailure``: 73 where some of its e-mails were sent, which only the run's own files show.
  func clear() throws -> Diagnostic? {
    do {
      if try Folder.status(SendJournal.name, in: folder.descriptor) != nil {
        throw RunFailure(
          .otherRun, id: "output-sent",
          "e-mails of the run in '\(path)' were sent, as '\(path)/\(SendJournal.name)' says; it is kept, name another folder")
      }
      try NamedPieces(workPath: workHandle, output: self).forEach { _ = try removePiece($0) }
      for kind in PieceKind.allCases { try removeEmptyGroups(kind) }
      try clearWork { Journal.files.contains($0) || $0 == OutputFolder.logName }
      for name in OutputFolder.results.reversed() + [OutputFolder.runName] { try Folder.remove(name, in: folder.descriptor) }
      return try leftover()
    } catch let error as SystemError {
      throw RunFailure.output(error, "'\(path)'")
    }
  }

  /// Removes the folder of a kind of pieces and the groups in it, as far as they are empty.
  private func removeEmptyGroups(_ kind: PieceKind) throws(SystemError) {
    let name = kind.traits.folder
    guard try Folder.status(name, in: folder.descriptor)?.isFolder == true else { return }
    let pieces = try OpenFile(folder: name, in: folder.descriptor, following: false)
    for group in try Folder.names(of: ".", in: pieces.descriptor).map({ String(decoding: $0, as: UTF8.self) })
    where PieceName.isGroup(group) { try Folder.removeEmpty(group, in: pieces.descriptor) }
    try Folder.removeEmpty(name, in: folder.descriptor)
  }

  /// Removes the file or link at a piece's place; whether there was one. What lies behind a link is nobody's piece.
  private func removePiece(_ file: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      guard let place = try PiecePlace.open(file, below: folder.descriptor),
        try Folder.status(place.name, in: place.folder.descriptor)?.isFolder == false
      else { return false }
      return try Folder.remove(place.name, in: place.folder.descriptor)
    } catch {
      if error.number == ELOOP || error.number == ENOTDIR { return false }
      throw error
    }
  }

  private func leftover() throws(SystemError) -> Diagnostic? {
    var left: [String] = []
    for kind in PieceKind.allCases where try Folder.status(kind.traits.folder, in: folder.descriptor) != nil {
      left.append("'\(path)/\(kind.traits.folder)'")
    }
    guard !left.isEmpty else { return nil }
    return Diagnostic(
      .warning, id: "files-left",
      "\(left.joined(separator: ", ")) \(left.count == 1 ? "is" : "are") not empty: what neither the journal nor the manifest of the earlier run "
        + "names stays there; look whose it is")
  }

  /// Removes what this process made before there was a run, so that a start that failed leaves nothing behind. A run that could not make its
  /// first piece, such as one without workers, is such a start, too: its run.json would only stand in the way of the next.
  ///
  /// - Parameter isStopped: The run was stopped, and may have been on its way.
  func undo(isStopped: Bool = false) {
    do throws(SystemError) {
      try removeTemporaries()
      let hasPieces = try hasPieces()
      let isFutile = run?.isNew == true && !isStopped && !hasPieces
      if isFutile { try Folder.remove(OutputFolder.runName, in: folder.descriptor) }
      guard try Folder.status(OutputFolder.runName, in: folder.descriptor) == nil else { return }
      if made.work || isFutile { try clearWork { Journal.files.contains($0) || $0 == OutputFolder.logName } }
      if made.lock { try Folder.remove(OutputFolder.lockName, in: work.descriptor) }
      if made.work { try Folder.removeEmpty(OutputFolder.workName, in: folder.descriptor) }
      OutputFolder.remove(made.folders)
    } catch {
      // Nothing more can be done; the run's own failure is the one to be told.
    }
  }

  /// Whether there is any folder of pieces.
  private func hasPieces() throws(SystemError) -> Bool {
    for kind in PieceKind.allCases where try Folder.status(kind.traits.folder, in: folder.descriptor) != nil { return true }
    return false
  }

  /// Removes folders that are empty, the last first.
  static func remove(_ folders: [String]) {
    for path in folders.reversed() { _ = try? Folder.removeEmpty(path, in: OpenFile.currentFolder) }
  }
}

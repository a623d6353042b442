internal import CLinux
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc

/// The output folder of a run, held by this process alone.
///
/// What Billfold makes in it: `run.json`, the folders of its pieces, `manifest.jsonl`, `rejects.jsonl`, `summary.json` and `.work/`; nothing else is touched.
final class OutputFolder {
  static let workName = ".work"
  static let lockName = "lock"
  static let runName = "run.json"
  static let manifestName = "manifest.jsonl"
  static let rejectsName = "rejects.jsonl"
  static let summaryName = "summary.json"
  /// The files that appear only when all records are accounted for, in the order in which they appear.
  static let results = [rejectsName, summaryName, manifestName]

  /// As the user wrote it, without slashes at its end.
  let path: String
  let folder: OpenFile
  let work: OpenFile
  private let lock: OpenFile
  /// The topmost folder that had to be made for it, and all below.
  private let made: [String]

  /// The path of the work folder.
  var workPath: String { path + "/" + OutputFolder.workName }

  /// Makes the folder if need be and takes its lock.
  ///
  /// - Parameter force: Accepts a folder whose run cannot be told any more, too; ``clear()`` must follow.
  /// - Throws: ``RunFailure``: 74 if it cannot be made, 75 if another process holds it, 73 if it is not empty and not Billfold's.
  init(_ path: String, force: Bool) throws {
    let path = OutputFolder.trimmed(path)
    self.path = path
    do throws(SystemError) {
      made = try OutputFolder.make(path)
      folder = try OpenFile(folder: path)
    } catch {
      throw RunFailure(.output, id: "output-unwritable", "cannot make the output folder '\(path)': \(error.text)")
    }
    let contents: Contents
    do throws(SystemError) {
      contents = try OutputFolder.contents(folder.descriptor)
    } catch {
      throw RunFailure(.output, id: "output-unreadable", "cannot read the output folder '\(path)': \(error.text)")
    }
    switch contents {
    case .ours: break
    case .remains:
      guard force else {
        throw RunFailure(
          .otherRun, id: "output-other-run",
          "the output folder '\(path)' holds what is left of a run without its run.json; --force removes what Billfold made")
      }
    case .foreign:
      throw RunFailure(
        .otherRun, id: "output-not-billfolds", "the output folder '\(path)' is not empty and not Billfold's; name another or a new one")
    }
    do throws(SystemError) {
      try Folder.make(OutputFolder.workName, in: folder.descriptor)
      work = try OpenFile(folder: OutputFolder.workName, in: folder.descriptor)
      lock = try OpenFile(writing: OutputFolder.lockName, in: work.descriptor)
    } catch {
      throw RunFailure(.output, id: "output-unwritable", "cannot write to the output folder '\(path)': \(error.text)")
    }
    var result = bf_lock(lock.descriptor)
    // A run that failed at its start removes its lock file; a lock on the removed one would keep nobody out.
    if result == 0, try !OutputFolder.isInPlace(lock, in: work.descriptor) { result = -EWOULDBLOCK }
    if result == -EWOULDBLOCK {
      throw RunFailure(.locked, id: "output-locked", "another process is writing to the output folder '\(path)'; wait until it has ended")
    }
    if result < 0 {
      throw RunFailure(.output, id: "output-unwritable", "cannot lock the output folder '\(path)': \(SystemError(-result).text)")
    }
  }

  private static func isInPlace(_ lock: borrowing OpenFile, in work: Int32) throws -> Bool {
    guard let held = try? lock.status(), let named = try? Folder.status(lockName, in: work) else { return false }
    return held.inode == named.inode && held.device == named.device
  }

  /// Makes a folder and those above it; gives back the paths that were made, topmost first.
  private static func make(_ path: String) throws(SystemError) -> [String] {
    if let status = try Folder.status(path, in: OpenFile.currentFolder, following: true) {
      if status.isFolder { return [] }
      throw SystemError(ENOTDIR)
    }
    var made: [String] = []
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { made += try make(trimmed(String(path[..<slash]))) }
    if mkdir(path, OpenFile.folderMode) == -1 {
      if errno != EEXIST { throw SystemError(errno) }
    } else {
      made.append(path)
    }
    return made
  }

  /// A path without slashes at its end.
  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }

  /// Whose an output folder is.
  private enum Contents {
    /// Empty, with a run of its own, or with a start that was interrupted.
    case ours
    /// Billfold's, but which run it was cannot be told any more.
    case remains
    case foreign
  }

  private static func contents(_ folder: Int32) throws(SystemError) -> Contents {
    let names = try Folder.names(of: ".", in: folder)
    if names.isEmpty { return .ours }
    let hasWork = try Folder.status("\(workName)/\(lockName)", in: folder) != nil
    if hasWork, names == [Array(workName.utf8)] { return .ours }
    if try Folder.status(runName, in: folder)?.isRegular == true {
      let bytes = try OpenFile(reading: runName, in: folder).readAll(limit: RunRecord.maximumLength)
      if RunRecord(bytes) != nil { return .ours }
    }
    return hasWork ? .remains : .foreign
  }

  // MARK: Reading

  /// run.json, or `nil` if there is none.
  func runRecord() throws -> RunRecord? {
    do throws(SystemError) {
      guard try Folder.status(OutputFolder.runName, in: folder.descriptor) != nil else { return nil }
      return RunRecord(try OpenFile(reading: OutputFolder.runName, in: folder.descriptor).readAll(limit: RunRecord.maximumLength))
    } catch {
      throw RunFailure(.output, id: "output-unreadable", "cannot read '\(path)/\(OutputFolder.runName)': \(error.text)")
    }
  }

  /// The size of a regular file below the folder; `nil` if there is none.
  func size(of file: String) throws(SystemError) -> Int? {
    guard let status = try Folder.status(file, in: folder.descriptor), status.isRegular else { return nil }
    return Int(status.size)
  }

  // MARK: Writing

  /// Writes a file under a temporary name and moves it into place once it is on the disk.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    do throws(SystemError) {
      var file = try AtomicFile(temporary: name + ".tmp", in: work.descriptor)
      try file.write(bytes)
      try file.sync()
      try file.place(as: name, in: folder.descriptor)
      try folder.sync()
    } catch {
      throw RunFailure.output(error, "'\(path)/\(name)'")
    }
  }

  /// Removes the files that only a finished run has.
  func removeResults() throws {
    for name in OutputFolder.results.reversed() {
      do throws(SystemError) { try Folder.remove(name, in: folder.descriptor) } catch {
        throw RunFailure.output(error, "'\(path)/\(name)'")
      }
    }
  }

  /// Removes the journal of a run that cannot be continued, and whatever an interrupted one left behind in the work folder.
  func resetJournal() throws {
    do throws(SystemError) {
      for name in Journal.files { try Folder.remove(name, in: work.descriptor) }
    } catch {
      throw RunFailure.output(error, "'\(workPath)'")
    }
  }

  /// Removes everything Billfold made, but keeps the lock. Files of others stay, also below the folders of pieces.
  func clear() throws {
    do throws(SystemError) {
      for name in OutputFolder.results.reversed() + [OutputFolder.runName] { try Folder.remove(name, in: folder.descriptor) }
      for kind in PieceKind.allCases { try clearPieces(kind) }
      try clearWork()
    } catch {
      throw RunFailure.output(error, "'\(path)'")
    }
  }

  /// Removes the pieces of a kind, and the folders that are empty then.
  private func clearPieces(_ kind: PieceKind) throws(SystemError) {
    let traits = kind.traits
    guard let status = try Folder.status(traits.folder, in: folder.descriptor), status.isFolder else { return }
    let pieces = try OpenFile(folder: traits.folder, in: folder.descriptor)
    for name in try Folder.names(of: ".", in: pieces.descriptor) {
      let text = String(decoding: name, as: UTF8.self)
      guard name.count == 2, name.allSatisfy(OutputFolder.isDigit), let status = try Folder.status(text, in: pieces.descriptor),
        status.isFolder
      else { continue }
      let group = try OpenFile(folder: text, in: pieces.descriptor)
      for file in try Folder.names(of: ".", in: group.descriptor) where PieceName.isOurs(file, kind: kind) {
        try Folder.remove(String(decoding: file, as: UTF8.self), in: group.descriptor)
      }
      try Folder.removeEmpty(text, in: pieces.descriptor)
    }
    try Folder.removeEmpty(traits.folder, in: folder.descriptor)
  }

  /// Removes everything from the work folder but the lock.
  private func clearWork() throws(SystemError) {
    for name in try Folder.names(of: ".", in: work.descriptor) where name != Array(OutputFolder.lockName.utf8) {
      try Folder.remove(String(decoding: name, as: UTF8.self), in: work.descriptor)
    }
  }

  /// Removes what this process made before there was a run, so that a start that failed leaves nothing behind.
  func undo() {
    do throws(SystemError) {
      guard try Folder.status(OutputFolder.runName, in: folder.descriptor) == nil else { return }
      try clearWork()
      try Folder.remove(OutputFolder.lockName, in: work.descriptor)
      try Folder.removeEmpty(OutputFolder.workName, in: folder.descriptor)
      for path in made.reversed() { try Folder.removeEmpty(path, in: OpenFile.currentFolder) }
    } catch {
      // Nothing more can be done; the run's own failure is the one to be told.
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
  }
}

internal import CLinux
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc

/// The output folder of a run, held by this process alone.
///
/// What Billfold makes in it: `run.json`, the folders of its pieces, `manifest.jsonl`, `rejects.jsonl`, `summary.json` and `.work/`; nothing else is
/// touched. The folder itself may be reached through a symbolic link; none below it is followed.
final class OutputFolder {
  static let workName = ".work"
  static let lockName = "lock"
  static let logName = "workers.log"
  /// What a file's name in the work folder ends in while it is written.
  static let temporarySuffix = ".tmp"
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
  let lock: OpenFile

  /// What this process had to make.
  struct Made {
    /// The topmost folder that had to be made for the output folder, and all below.
    var folders: [String] = []
    var work = false
    var lock = false
  }
  let made: Made

  /// The run that is under way in it, and how its files were when it began.
  struct Run {
    var record: RunRecord
    var mark: FileMark
    var journal: FileStatus
    /// Was it this process that began it?
    var isNew: Bool
  }
  var run: Run?

  /// The path of the work folder, for messages.
  var workPath: String { path + "/" + OutputFolder.workName }

  /// A path by which the work folder can be reached that is open here, whatever has become of its name.
  var workHandle: String { "/proc/self/fd/\(work.descriptor)" }

  /// Makes the folder if need be and takes its lock.
  ///
  /// - Parameter force: Accepts a folder whose run cannot be told any more, too; ``clear()`` must follow.
  /// - Throws: ``RunFailure``: 74 if it cannot be made, 75 if another process holds it, 73 if it is not empty and not Billfold's. What was made
  ///   until then is gone.
  init(_ path: String, force: Bool) throws {
    let path = OutputFolder.trimmed(path)
    self.path = path
    var made = Made()
    do throws(SystemError) {
      made.folders = try OutputFolder.make(path)
      folder = try OpenFile(folder: path)
    } catch {
      OutputFolder.remove(made.folders)
      throw RunFailure(.output, id: "output-unwritable", "cannot make the output folder '\(path)': \(error.text)")
    }
    try OutputFolder.admit(folder.descriptor, path, force: force)
    do throws(SystemError) {
      made.work = try Folder.make(OutputFolder.workName, in: folder.descriptor)
      work = try OutputFolder.openWork(in: folder.descriptor)
    } catch {
      if made.work { _ = try? Folder.removeEmpty(OutputFolder.workName, in: folder.descriptor) }
      OutputFolder.remove(made.folders)
      throw RunFailure.output(error, "the output folder '\(path)' at '\(path)/\(OutputFolder.workName)'")
    }
    do throws(SystemError) {
      let known = try Folder.status(OutputFolder.lockName, in: work.descriptor)
      // A named pipe would be waited for.
      if let known, !known.isRegular { throw SystemError(known.isLink ? ELOOP : EEXIST) }
      made.lock = known == nil
      // Appending: whatever else may have this name loses nothing.
      lock = try OpenFile(writing: OutputFolder.lockName, in: work.descriptor, appending: true)
    } catch {
      if made.work { _ = try? Folder.removeEmpty(OutputFolder.workName, in: folder.descriptor) }
      OutputFolder.remove(made.folders)
      throw RunFailure.output(error, "the output folder '\(path)' at '\(path)/\(OutputFolder.workName)/\(OutputFolder.lockName)'")
    }
    self.made = made
    var result = bf_lock(lock.descriptor)
    // A run that failed at its start removes its lock file; a lock on the removed one would keep nobody out.
    if result == 0, try !OutputFolder.isInPlace(lock, in: work.descriptor) { result = -EWOULDBLOCK }
    if result == -EWOULDBLOCK {
      throw RunFailure(.locked, id: "output-locked", "another process is writing to the output folder '\(path)'; wait until it has ended")
    }
    if result < 0 {
      undo()
      throw RunFailure(.output, id: "output-unwritable", "cannot lock the output folder '\(path)': \(SystemError(-result).text)")
    }
    do throws(SystemError) { try removeTemporaries() } catch {
      undo()
      throw RunFailure.output(error, "'\(workPath)'")
    }
  }

  /// Lets a folder pass that is empty or Billfold's.
  private static func admit(_ folder: Int32, _ path: String, force: Bool) throws(RunFailure) {
    let contents: Contents
    do throws(SystemError) {
      contents = try OutputFolder.contents(folder)
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
  }

  private static func openWork(in folder: Int32) throws(SystemError) -> OpenFile {
    do throws(SystemError) { return try OpenFile(folder: workName, in: folder, following: false) } catch {
      throw try Folder.status(workName, in: folder)?.isLink == true ? SystemError(ELOOP) : error
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
      let error = errno
      if error != EEXIST {
        remove(made)
        throw SystemError(error)
      }
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
    let isFolder = try Folder.status(workName, in: folder)?.isFolder == true
    let lock = isFolder ? try Folder.status("\(workName)/\(lockName)", in: folder) : nil
    let hasWork = lock != nil
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

  /// The size of a result file; `nil` if there is no regular file of that name.
  func size(ofResult name: String) throws(SystemError) -> Int? {
    guard let status = try Folder.status(name, in: folder.descriptor), status.isRegular else { return nil }
    return Int(status.size)
  }

  /// The size of a piece; `nil` if there is no regular file at its place, or a symbolic link on the way there.
  func size(of file: String) throws(SystemError) -> Int? {
    do throws(SystemError) {
      guard let place = try PiecePlace.open(file, below: folder.descriptor),
        let status = try Folder.status(place.name, in: place.folder.descriptor), status.isRegular
      else { return nil }
      return Int(status.size)
    } catch {
      if error.number == ELOOP || error.number == ENOTDIR { return nil }
      throw error
    }
  }

  /// Whether there is a journal, which is this folder's own with all that SQLite lays beside it.
  ///
  /// - Throws: ``JournalDamage`` where something else has one of their names: SQLite would follow a link.
  func hasOwnJournal() throws -> Bool {
    for name in Journal.files {
      guard let status = try Folder.status(name, in: work.descriptor) else { continue }
      guard status.isRegular, status.names == 1 else { throw JournalDamage("'\(name)' is a link, or no file") }
    }
    return try Folder.status(Journal.name, in: work.descriptor) != nil
  }

  /// Opens the log of lost workers, to write at its end.
  func openLog() throws(SystemError) -> OpenFile {
    let name = OutputFolder.logName
    if let status = try Folder.status(name, in: work.descriptor), !status.isRegular || status.names != 1 {
      try Folder.remove(name, in: work.descriptor)
    }
    return try OpenFile(writing: name, in: work.descriptor, appending: true)
  }

  // MARK: Writing

  /// Writes a file under a temporary name and moves it into place once it is on the disk.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    do throws(SystemError) {
      var file = try AtomicFile(temporary: name + OutputFolder.temporarySuffix, in: work.descriptor)
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
}

internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc

/// Whether the output folder still is what the run took hold of.
extension OutputFolder {
  /// Looks whether the folder, its work folder, lock, journal and run.json are still in their places.
  ///
  /// All that is written goes through open descriptors, so that nothing lands in a folder put in this one's place. What was moved away would
  /// be finished where nobody looks; without its lock another process may be writing; without run.json nobody could tell which run it is.
  ///
  /// Complexity: six calls of the system.
  /// - Throws: ``RunFailure`` 73, or 75 where the lock is gone.
  func checkStanding() throws(RunFailure) {
    guard OutputFolder.isSame(try? folder.status(), try? Folder.status(path, in: OpenFile.currentFolder, following: true)) else {
      throw OutputFolder.displaced("the output folder '\(path)'", "put it back and the same command continues the run, else it begins anew")
    }
    guard OutputFolder.isSame(try? work.status(), try? Folder.status(OutputFolder.workName, in: folder.descriptor)) else {
      throw OutputFolder.displaced("'\(workPath)'", "put it back and the same command continues the run, or begin anew with --force")
    }
    guard OutputFolder.isSame(try? lock.status(), try? Folder.status(OutputFolder.lockName, in: work.descriptor)) else {
      throw RunFailure(
        .locked, id: "lock-removed",
        "the lock '\(workPath)/\(OutputFolder.lockName)' was removed or replaced while the run was on, so that another process may be writing to "
          + "'\(path)'; this one ends here; the same command continues the run")
    }
    guard let run else { return }
    guard OutputFolder.isSame(run.journal, try? Folder.status(Journal.name, in: work.descriptor)) else {
      throw OutputFolder.displaced("'\(workPath)/\(Journal.name)'", "put it back, else the same command begins the run anew")
    }
    let now = try? Folder.status(OutputFolder.runName, in: folder.descriptor)
    if let now, FileMark(now) == run.mark { return }
    // A file that was touched, or put back, is as good as before.
    if now?.isRegular == true, let record = try? runRecord(), record == run.record { return }
    throw OutputFolder.displaced(
      "'\(path)/\(OutputFolder.runName)'", "put it back and the same command continues the run, or begin anew with --force")
  }

  private static func displaced(_ what: String, _ remedy: String) -> RunFailure {
    RunFailure(
      .otherRun, id: "output-displaced",
      "\(what) was removed, moved or replaced while the run was on, which ends here unfinished; \(remedy)")
  }

  private static func isSame(_ a: FileStatus??, _ b: FileStatus??) -> Bool {
    guard let a = a ?? nil, let b = b ?? nil else { return false }
    return a.inode == b.inode && a.device == b.device
  }

  /// Notes which run it is from here on, once its run.json and its journal are in their places.
  ///
  /// - Parameter isNew: Whether this process begins it, instead of continuing it.
  func begin(_ record: RunRecord, isNew: Bool) throws {
    do throws(SystemError) {
      guard let file = try Folder.status(OutputFolder.runName, in: folder.descriptor),
        let journal = try Folder.status(Journal.name, in: work.descriptor)
      else { throw SystemError(ENOENT) }
      run = Run(record: record, mark: FileMark(file), journal: journal, isNew: isNew)
    } catch {
      throw RunFailure.output(error, "'\(path)/\(OutputFolder.runName)'")
    }
  }
}

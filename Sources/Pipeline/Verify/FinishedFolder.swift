internal import CLinux
internal import Contract
internal import Files
internal import Glibc

/// The output folder of a finished run, opened for reading only: nothing in it is changed, and no link in it is followed.
final class FinishedFolder {
  /// As the user wrote it.
  let path: String
  let run: RunRecord
  let runBytes: [UInt8]
  let folder: OpenFile
  /// Held while this lives, so that no run writes meanwhile; `nil` where the work folder was left behind or cannot be opened.
  private let lock: OpenFile?

  /// Opens a folder and makes sure that it is a finished one of Billfold's.
  ///
  /// - Throws: ``RunFailure``: 66 if it cannot be read, 73 if it holds no finished run, 75 if a run writes to it.
  init(_ path: String) throws(RunFailure) {
    self.path = path
    do throws(SystemError) { folder = try OpenFile(folder: path) } catch {
      if error.number == ENOTDIR { throw FinishedFolder.foreign(path, "is no folder") }
      throw FinishedFolder.unreadable(path, error)
    }
    do throws(any Error) {
      let hasManifest = try Folder.status(OutputFolder.manifestName, in: folder.descriptor) != nil
      let hasWork = try Folder.status(OutputFolder.workName, in: folder.descriptor)?.isFolder == true
      guard let status = try Folder.status(OutputFolder.runName, in: folder.descriptor) else {
        if hasWork || hasManifest {
          throw FinishedFolder.unfinished("the output folder '\(path)' holds what is left of a run, without its \(OutputFolder.runName)")
        }
        throw FinishedFolder.foreign(path, "holds no \(OutputFolder.runName)")
      }
      guard status.isRegular else { throw FinishedFolder.foreign(path, "has something else in place of \(OutputFolder.runName)") }
      runBytes = try OpenFile(unfollowed: OutputFolder.runName, in: folder.descriptor).readAll(
        limit: RunRecord.maximumLength, expected: Int(status.size))
      guard let run = RunRecord(runBytes) else {
        throw FinishedFolder.foreign(path, "has a \(OutputFolder.runName) that is damaged or not Billfold's")
      }
      self.run = run
      lock = hasWork ? try FinishedFolder.lock(path, folder) : nil
      guard hasManifest else {
        throw FinishedFolder.unfinished(
          "the run in '\(path)' is not finished: it has no \(OutputFolder.manifestName); the command that began it continues it")
      }
    } catch {
      throw (error as? SystemError).map { FinishedFolder.unreadable(path, $0) } ?? RunFailure.explain(error)
    }
  }

  private static func lock(_ path: String, _ folder: borrowing OpenFile) throws -> OpenFile? {
    guard let work = try? OpenFile(unfollowedFolder: OutputFolder.workName, in: folder.descriptor),
      let lock = try? OpenFile(unfollowed: OutputFolder.lockName, in: work.descriptor)
    else { return nil }
    if bf_lock_shared(lock.descriptor) == -EWOULDBLOCK {
      throw RunFailure(.locked, id: "output-locked", "another process is writing to the output folder '\(path)'; wait until it has ended")
    }
    return lock
  }

  private static func foreign(_ path: String, _ what: String) -> RunFailure {
    RunFailure(
      .otherRun, id: "output-not-billfolds", "'\(path)' \(what): it is no output folder of Billfold's; name one that 'render' made")
  }

  private static func unfinished(_ message: String) -> RunFailure { RunFailure(.otherRun, id: "output-unfinished", message) }

  private static func unreadable(_ path: String, _ error: SystemError) -> RunFailure {
    RunFailure(.data, id: "output-unreadable", "cannot read the output folder '\(path)': \(error.text)")
  }

  // MARK: What is in it

  /// What a path below the folder turned out to be when it was opened.
  enum Opening: ~Copyable {
    case file(OpenFile, size: Int)
    case missing
    /// A link, a folder, a device or a pipe stands in its place, or in that of a folder above it.
    case obstructed(String)
    case unreadable(SystemError)
  }

  /// Opens a regular file, folder by folder, none of them a link. Safe to call from any thread.
  static func open(_ file: String, in folder: Int32) -> Opening {
    let steps = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var above: OpenFile?
    for (index, step) in steps.enumerated() {
      guard !step.isEmpty, step != ".", step != ".." else { return .obstructed("is no path below the output folder") }
      let here = above?.descriptor ?? folder
      let isLast = index + 1 == steps.count
      do throws(SystemError) {
        let next = isLast ? try OpenFile(unfollowed: step, in: here) : try OpenFile(unfollowedFolder: step, in: here)
        guard isLast else {
          above = consume next
          continue
        }
        let status = try next.status()
        guard status.isRegular else { return .obstructed(status.isFolder ? "is a folder" : "is no regular file") }
        return .file(next, size: Int(status.size))
      } catch {
        let shown = isLast ? "" : "lies below '\(steps[...index].joined(separator: "/"))', which "
        if Folder.isLink(step, in: here) { return .obstructed("\(shown)is a symbolic link, which is not followed") }
        if error.number == ENOENT { return .missing }
        if error.number == ENOTDIR { return .obstructed("\(shown)is no folder") }
        if error.number == ENXIO { return .obstructed("is no regular file") }
        return .unreadable(error)
      }
    }
    return .missing
  }
}

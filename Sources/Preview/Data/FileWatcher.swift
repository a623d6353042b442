internal import CSystem
internal import Foundation

/// Looks again and again whether files have changed, and tells when they have come to rest.
///
/// Polling, because editors save in many ways (in place, by renaming, through a link) and a few dozen calls of `stat` cost nothing.
/// `@unchecked Sendable`: what changes is guarded by `lock`.
final class FileWatcher: @unchecked Sendable {
  /// What tells one state of a file from another.
  private struct Mark: Equatable {
    var seconds: Int64
    var nanoseconds: Int64
    var size: Int64
    var inode: UInt64
  }

  /// Seconds between two looks.
  private static let pause = 0.04
  /// Seconds a file must stay as it is: many editors empty it first and write afterwards.
  private static let rest = 0.012
  /// A layout folder with more files than this is watched only as far.
  private static let fileLimit = 4_000
  /// Folders below folders.
  private static let depthLimit = 8

  private let lock = NSLock()
  private var folders: [String] = []
  private var files: [String] = []
  private var isStopped = false

  /// Begins to watch.
  ///
  /// - Parameter changed: Called from the watcher's thread: whether any input changed, and whether any data file did.
  init(folders: [String], files: [String], changed: @escaping @Sendable (_ inputs: Bool, _ data: Bool) -> Void) {
    (self.folders, self.files) = (folders, files)
    let thread = Thread { [self] in watch(changed) }
    thread.name = "preview watcher"
    thread.start()
  }

  /// Watches these folders from now on.
  func setFolders(_ folders: [String]) { lock.withLock { self.folders = folders } }
  /// Watches these data files from now on.
  func setFiles(_ files: [String]) { lock.withLock { self.files = files } }
  /// Ends the watch.
  func stop() { lock.withLock { isStopped = true } }

  private func watch(_ changed: @Sendable (Bool, Bool) -> Void) {
    var (folders, files, _) = lock.withLock { (self.folders, self.files, isStopped) }
    var inputs = FileWatcher.look(folders)
    var data = FileWatcher.marks(files)
    while true {
      Thread.sleep(forTimeInterval: FileWatcher.pause)
      let (newFolders, newFiles, isOver) = lock.withLock { (self.folders, self.files, isStopped) }
      if isOver { return }
      // Other places to watch are no change.
      if newFolders != folders { (folders, inputs) = (newFolders, FileWatcher.look(newFolders)) }
      if newFiles != files { (files, data) = (newFiles, FileWatcher.marks(newFiles)) }
      var freshInputs = FileWatcher.look(folders)
      var freshData = FileWatcher.marks(files)
      guard freshInputs != inputs || freshData != data else { continue }
      for _ in 0..<20 {
        Thread.sleep(forTimeInterval: FileWatcher.rest)
        let (again, dataAgain) = (FileWatcher.look(folders), FileWatcher.marks(files))
        let isAtRest = again == freshInputs && dataAgain == freshData
        (freshInputs, freshData) = (again, dataAgain)
        if isAtRest { break }
      }
      let (inputsChanged, dataChanged) = (freshInputs != inputs, freshData != data)
      (inputs, data) = (freshInputs, freshData)
      if inputsChanged || dataChanged { changed(inputsChanged, dataChanged) }
    }
  }

  private static func marks(_ paths: [String]) -> [String: Mark] {
    var marks: [String: Mark] = [:]
    for path in paths { marks[path] = mark(path)?.mark }
    return marks
  }

  private static func mark(_ path: String) -> (mark: Mark, isFolder: Bool)? {
    var status = bf_status()
    guard bf_status_at(-100, path, true, &status) >= 0 else { return nil }
    return (
      Mark(seconds: status.modified_seconds, nanoseconds: status.modified_nanoseconds, size: status.size, inode: status.inode),
      status.is_folder
    )
  }

  /// All files below the folders; a path that is a file stands for itself.
  private static func look(_ paths: [String]) -> [String: Mark] {
    var marks: [String: Mark] = [:]
    for path in paths { look(path, depth: 0, &marks) }
    return marks
  }

  private static func look(_ path: String, depth: Int, _ marks: inout [String: Mark]) {
    guard marks.count < fileLimit, depth <= depthLimit, marks[path] == nil, let (mark, isFolder) = mark(path) else { return }
    guard isFolder else {
      marks[path] = mark
      return
    }
    // Backups and swap files of editors are no part of a layout.
    for name in FolderListing.names(of: path) where !name.hasPrefix(".") && !name.hasSuffix("~") {
      look(path.hasSuffix("/") ? path + name : path + "/" + name, depth: depth + 1, &marks)
    }
  }
}

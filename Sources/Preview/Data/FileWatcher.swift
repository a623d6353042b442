internal import CLinux
internal import Foundation
internal import Files
internal import Synchronization
internal import WorkerLink

/// Looks whether files have changed, and tells when they have come to rest.
///
/// What counts is what `stat` says, because editors save in many ways: in place, by renaming, through a link. Linux's inotify only says when it
/// is worth looking; where it says nothing (a link out of the folder, a file system without it) a slow round of looks still finds the change.
final class FileWatcher: Sendable {
  /// Milliseconds between two looks that nothing has asked for, with inotify and without.
  private static let pauses: (with: Int32, without: Int32) = (250, 40)
  /// Seconds from which on a look is costly; it then takes at most this part of the time.
  private static let (costly, share) = (0.004, 0.1)
  /// Seconds a file must stay as it is: many editors empty it first and write afterwards.
  private static let rest = 0.008
  /// A layout folder with more files than this is watched only as far.
  ///
  /// - Stops: a home folder named as the layout, looked at all the time.
  private static let fileLimit = 4_000
  /// Folders below folders that are watched.
  ///
  /// - Stops: folders in folders without end.
  private static let depthLimit = 8

  private struct Wanted {
    var folders: [String]
    var files: [String]
    var isStopped = false
  }

  private let wanted: Mutex<Wanted>

  /// Begins to watch.
  ///
  /// - Parameter changed: Called from the watcher's thread: whether any input changed, and whether any data file did.
  /// - Throws: Why the system refuses the thread.
  init(
    folders: [String], files: [String], changed: @escaping @Sendable (_ inputs: Bool, _ data: Bool) -> Void
  ) throws(SystemError) {
    wanted = Mutex(Wanted(folders: folders, files: files))
    // Now, and not on the thread: whatever is read from here on and changes afterwards must be told.
    let first = (FileWatcher.look(folders), FileWatcher.marks(files))
    try SystemThread.start { [self] in watch((folders, files), first, changed) }
  }

  /// Watches these folders from now on.
  func setFolders(_ folders: [String]) { wanted.withLock { $0.folders = folders } }
  /// Watches these data files from now on.
  func setFiles(_ files: [String]) { wanted.withLock { $0.files = files } }
  /// Ends the watch.
  func stop() { wanted.withLock { $0.isStopped = true } }

  private func watch(
    _ paths: (folders: [String], files: [String]), _ first: (inputs: [String: FileMark], data: [String: FileMark]),
    _ changed: @Sendable (Bool, Bool) -> Void
  ) {
    let signal = ChangeSignal()
    var (inputs, data) = first
    var (folders, files) = paths
    var watched: Set<String> = []
    var cost = 0.0
    while true {
      let places = FileWatcher.places(inputs.keys) + FileWatcher.places(files)
      if !watched.isSuperset(of: places) {
        watched.formUnion(places)
        for place in places { signal.add(place) }
      }
      // A folder of thousands of files is looked at less often, whatever happens in it.
      if cost > FileWatcher.costly { Thread.sleep(forTimeInterval: cost / FileWatcher.share) }
      signal.wait(milliseconds: signal.isWorking ? FileWatcher.pauses.with : FileWatcher.pauses.without)
      let (newFolders, newFiles, isOver) = wanted.withLock { ($0.folders, $0.files, $0.isStopped) }
      if isOver { return }
      // Other places to watch are no change; but a change of what was watched already must not go under with them.
      if newFolders != folders {
        let known = inputs.filter { FileWatcher.lies($0.key, in: newFolders) }
        let added = FileWatcher.look(newFolders).filter { [folders] in !FileWatcher.lies($0.key, in: folders) }
        (folders, inputs) = (newFolders, known.merging(added) { known, _ in known })
      }
      if newFiles != files {
        let added = FileWatcher.marks(newFiles.filter { !files.contains($0) })
        (files, data) = (newFiles, data.filter { newFiles.contains($0.key) }.merging(added) { known, _ in known })
      }
      let start = bf_monotonic_nanoseconds()
      var freshInputs = FileWatcher.look(folders)
      var freshData = FileWatcher.marks(files)
      cost = Double(bf_monotonic_nanoseconds() - start) / 1e9
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

  /// Whether a path is one of the folders or below one.
  private static func lies(_ path: String, in folders: [String]) -> Bool {
    folders.contains { path == $0 || path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
  }

  /// The folders the files lie in.
  private static func places(_ paths: some Sequence<String>) -> [String] {
    var seen: Set<Substring> = []
    return paths.compactMap { path in
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
      return seen.insert(folder).inserted ? String(folder) : nil
    }
  }

  private static func marks(_ paths: [String]) -> [String: FileMark] {
    var marks: [String: FileMark] = [:]
    for path in paths { marks[path] = mark(path)?.mark }
    return marks
  }

  private static func mark(_ path: String) -> (mark: FileMark, isFolder: Bool)? {
    guard let status = try? Folder.status(ArgumentText.bytes(path), in: OpenFile.currentFolder, following: true) else { return nil }
    return (FileMark(status), status.isFolder)
  }

  /// All files below the folders; a path that is a file stands for itself.
  private static func look(_ paths: [String]) -> [String: FileMark] {
    var marks: [String: FileMark] = [:]
    for path in paths { look(path, depth: 0, &marks) }
    return marks
  }

  private static func look(_ path: String, depth: Int, _ marks: inout [String: FileMark]) {
    guard marks.count < fileLimit, depth <= depthLimit, marks[path] == nil, let (mark, isFolder) = mark(path) else { return }
    guard isFolder else {
      marks[path] = mark
      return
    }
    // Backups and swap files of editors are no part of a layout.
    for name in Folder.readableNames(of: path) where !name.hasPrefix(".") && !name.hasSuffix("~") {
      look(path.hasSuffix("/") ? path + name : path + "/" + name, depth: depth + 1, &marks)
    }
  }
}

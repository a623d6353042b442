internal import CLinux
internal import Dispatch
internal import Files
internal import Glibc
internal import Synchronization

/// Syncs a file system on a thread of its own, so that results and records keep flowing meanwhile.
final class BackgroundSync: Sendable {
  /// Becomes readable when a sync has ended.
  let descriptor: Int32
  private let wake: Int32
  private let folder: Int32
  private let queue = DispatchQueue(label: "billfold.sync")
  private let outcome = Mutex<Int32?>(nil)

  /// Syncs the file system of `folder`, a descriptor that must stay open longer than this object.
  init(folder: Int32) throws(SystemError) {
    self.folder = folder
    var (reading, writing): (Int32, Int32) = (-1, -1)
    try SystemError.check(bf_pipe(&reading, &writing, 4096))
    (descriptor, wake) = (reading, writing)
  }

  deinit {
    // A sync that is under way keeps this object alive, so that none can still want to report.
    close(descriptor)
    close(wake)
  }

  /// Begins a sync; one at a time.
  func begin() {
    queue.async { [folder, wake, self] in
      let result = bf_syncfs(folder)
      outcome.withLock { $0 = result }
      var byte: UInt8 = 1
      _ = write(wake, &byte, 1)
    }
  }

  /// Waits for the sync that was begun.
  func wait() throws(SystemError) {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) == -1, errno == EINTR {}
    let result = outcome.withLock { outcome in
      defer { outcome = nil }
      return outcome
    }
    try SystemError.check(result ?? 0)
  }
}

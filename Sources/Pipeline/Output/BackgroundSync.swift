internal import CLinux
internal import Contract
internal import Files
internal import Glibc
internal import Synchronization
internal import WorkerLink

/// Syncs a file system on a thread of its own, so that results and records keep flowing meanwhile.
final class BackgroundSync: Sendable {
  /// Becomes readable when a sync has ended.
  let descriptor: Int32
  /// What is written here begins a sync; the thread ends when it is closed.
  private let request: Int32
  private let outcome: Outcome

  /// What the thread hands over.
  private final class Outcome: Sendable {
    let result = Mutex<Int32?>(nil)
  }

  /// Syncs the file system of `folder`, a descriptor that must stay open longer than this object.
  ///
  /// - Throws: ``RunFailure`` 70 where no thread can be had.
  init(folder: Int32) throws {
    var (asked, request, told, tell): (Int32, Int32, Int32, Int32) = (-1, -1, -1, -1)
    try SystemError.check(bf_pipe(&asked, &request, 4096))
    do throws(SystemError) { try SystemError.check(bf_pipe(&told, &tell, 4096)) } catch {
      close(asked)
      close(request)
      throw error
    }
    let outcome = Outcome()
    (descriptor, self.request, self.outcome) = (told, request, outcome)
    let (input, output) = (asked, tell)
    do throws(SystemError) {
      try SystemThread.start {
        var byte: UInt8 = 0
        while true {
          let count = read(input, &byte, 1)
          if count == -1, errno == EINTR { continue }
          if count <= 0 { break }
          let result = bf_syncfs(folder)
          outcome.result.withLock { $0 = result }
          // Whoever waits is told by the end, too.
          if write(output, &byte, 1) != 1 { break }
        }
        close(input)
        close(output)
      }
    } catch {
      close(input)
      close(output)
      throw RunFailure(.defect, id: "thread-start", "cannot start a thread that syncs the disk: \(error.text)")
    }
  }

  deinit {
    close(request)
    close(descriptor)
  }

  /// Begins a sync; one at a time.
  func begin() throws(SystemError) {
    var byte: UInt8 = 1
    while write(request, &byte, 1) == -1 {
      if errno != EINTR { throw SystemError(errno) }
    }
  }

  /// Waits for the sync that was begun.
  func wait() throws(SystemError) {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) == -1, errno == EINTR {}
    let result = outcome.result.withLock { outcome in
      defer { outcome = nil }
      return outcome
    }
    try SystemError.check(result ?? 0)
  }
}

internal import Glibc

/// Linux's inotify over a set of folders: wakes a thread when something in them is written, renamed or removed.
///
/// To be used by one thread.
final class ChangeSignal {
  /// More folders are not watched; a layout has a dozen.
  ///
  /// - Stops: a whole disk named as the layout.
  private static let limit = 512
  private let descriptor: Int32
  private var count = 0

  init() { descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether the system gives signals at all.
  var isWorking: Bool { descriptor >= 0 && count > 0 }

  /// Watches the files of a folder from now on. What cannot be watched gives no signal.
  func add(_ folder: String) {
    guard descriptor >= 0, count < ChangeSignal.limit else { return }
    let events = IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ATTRIB
    if inotify_add_watch(descriptor, folder, UInt32(events)) >= 0 { count += 1 }
  }

  /// Waits for a signal, and no longer than so many milliseconds. Signals that came meanwhile are one.
  func wait(milliseconds: Int32) {
    guard descriptor >= 0 else {
      usleep(UInt32(milliseconds) * 1000)
      return
    }
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while read(descriptor, &buffer, buffer.count) > 0 {}
  }
}

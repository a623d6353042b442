package import Files
internal import Glibc

/// Data that come but once, through a pipe, a terminal, a device or a socket: read as they come, waiting where it can be ended.
package struct DataStream: ~Copyable {
  private let file: OpenFile

  /// Opens the input; nobody is waited for.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package init(_ input: DataInput) throws(SystemError) { file = try input.open() }

  /// Reads up to a buffer full; 0 at the end.
  ///
  /// A named pipe that nobody has opened for writing yet is waited for like one whose writer is slow.
  ///
  /// - Parameter stop: A descriptor; -1 for none.
  /// - Returns: `nil` where `stop` can be read before anything has come.
  /// - Throws: ``SystemError``, where the system refuses.
  package borrowing func read(into buffer: UnsafeMutableRawBufferPointer, orUntil stop: Int32 = -1) throws(SystemError) -> Int? {
    while true {
      var waiting = [
        pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&waiting, 2, -1) == -1 {
        if errno == EINTR { continue }
        throw SystemError(errno)
      }
      // Before the data: a stream that never rests must not keep a run from being stopped.
      if waiting[1].revents != 0 { return nil }
      do throws(SystemError) { return try file.read(into: buffer) } catch {
        // Somebody else has read it, or the descriptor is shared with someone who does not want to wait.
        if error.number != EAGAIN { throw error }
      }
    }
  }
}

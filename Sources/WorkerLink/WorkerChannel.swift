internal import CLinux
internal import Contract
package import Files
internal import Glibc

/// The two pipes as a worker sees them, and all that makes a process a worker. Reads and writes wait.
package final class WorkerChannel {
  /// The descriptors of a worker: frames come in here,
  private static let input: Int32 = 0
  /// and go out here. 1 and 2 are a log, since a C library may print.
  private static let output: Int32 = 3
  /// Bytes a worker may write to a file: its only file is the log of what C libraries print.
  ///
  /// - Stops: a C library that prints without end.
  private static let fileLimit: UInt64 = 16 << 20

  private let reading = OpenFile(takingOwnership: WorkerChannel.input)
  private let writing = OpenFile(takingOwnership: WorkerChannel.output)
  private var buffer = FrameBuffer()

  /// Makes this process a worker if the command line asks for that role; `nil` at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed, so that a worker starts fast.
  ///
  /// - Throws: Where the parent is gone already.
  package static func open(_ arguments: [String], as role: Child.Role) throws(SystemError) -> WorkerChannel? {
    guard arguments.count == 4, arguments[1] == role.rawValue, let parent = Int32(arguments[2]), let niceness = Int32(arguments[3]) else {
      return nil
    }
    // What the parent has open must not live on in its children: whoever is at the other end would wait for them.
    bf_close_from(WorkerChannel.output + 1)
    try SystemError.check(bf_die_with_parent(parent))
    // Refused only where a machine forbids it, and then nothing is lost.
    if niceness > 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
    return WorkerChannel()
  }

  private init() {}

  /// Bounds this process: bytes of private memory, beside the bounds every worker has.
  package func limitMemory(_ bytes: Int) { _ = bf_limit(UInt64(max(0, bytes)), WorkerChannel.fileLimit) }

  /// The next frame; `nil` at the end of the input. Its fields are valid until the next call.
  ///
  /// - Throws: ``FieldFailure`` for what is no frame, ``SystemError`` where the pipe cannot be read.
  package func next() throws -> (kind: Frame.Kind, fields: UnsafeRawBufferPointer)? {
    while true {
      if let frame = try buffer.next() { return frame }
      let count = try reading.read(into: buffer.room())
      if count == 0 {
        guard buffer.isEmpty else { throw FieldFailure.truncated }
        return nil
      }
      buffer.filled(count)
    }
  }

  /// Sends a frame.
  ///
  /// - Throws: ``SystemError``, where the pipe is closed or broken.
  package func write(_ frame: [UInt8]) throws(SystemError) { try writing.write(frame) }
}

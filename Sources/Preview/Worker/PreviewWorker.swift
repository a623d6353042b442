internal import CLinux
internal import Contract
internal import Files
internal import Glibc
internal import WorkerLink

/// One preview worker as its lane sees it: asked one thing at a time, watched, ended.
///
/// To be used by the thread that made it, which must outlive it.
final class PreviewWorker {
  /// Why a worker did not answer.
  enum Loss: Error {
    case crashed(signal: Int32)
    case tookTooLong
    case tookTooMuchMemory
    case abandoned

    var text: String {
      switch self {
      case .crashed(let signal): "the worker ended\(signal > 0 ? " by signal \(signal)" : "") while laying out this bill"
      case .tookTooLong: "laying out took more than the \(PreviewWorker.secondsAllowed) seconds allowed"
      case .tookTooMuchMemory: "laying out took more than the \(PreviewWorker.memoryAllowed >> 20) MiB of memory allowed"
      case .abandoned: "a newer change came"
      }
    }
  }

  /// A two-page bill takes hundredths of a second, one of a thousand pages some seconds; whoever waits this long has a layout without an end.
  ///
  /// - Stops: a layout or bill without end.
  private static let secondsAllowed = 20
  /// Half of what a worker of `render` may have: a designer's machine runs an editor and a browser beside it.
  ///
  /// - Stops: a bill that takes the designer's memory.
  private static let memoryAllowed: Int64 = 1 << 30
  /// Pause between two looks at a silent worker, in milliseconds.
  private static let watchPause: Int32 = 25

  private let child: Child

  /// Starts a worker.
  ///
  /// - Returns: `nil` where the system refuses.
  init?(program: String, niceness: Int32) {
    do throws(SystemError) { child = try Child(.preview, program: program, niceness: niceness, log: STDERR_FILENO) } catch { return nil }
  }

  /// Sends a frame and waits for the answer, within time and memory.
  ///
  /// - Parameters:
  ///   - take: Is given the answer, whose fields are valid only meanwhile.
  ///   - isAbandoned: Asked now and then; `true` ends the worker.
  /// - Throws: Why there is none; the worker is then ended, and nothing may be asked of it any more.
  func ask<Answer>(
    _ frame: [UInt8], isAbandoned: () -> Bool, take: (Frame.Kind, UnsafeRawBufferPointer) throws(FieldFailure) -> Answer
  ) throws(Loss) -> Answer {
    var watch = ChildWatch()
    watch.begin()
    let limits = ChildWatch.Limits(seconds: PreviewWorker.secondsAllowed, memory: PreviewWorker.memoryAllowed)
    var last = bf_monotonic_nanoseconds()
    child.enqueue(frame)
    while true {
      let hasCome = (try? child.wait(milliseconds: PreviewWorker.watchPause)) ?? false
      let now = bf_monotonic_nanoseconds()
      if now - last >= Int64(PreviewWorker.watchPause) * 1_000_000 {
        if isAbandoned() { throw stop(.abandoned) }
        switch watch.look(at: child, limits, elapsed: now - last) {
        case .time?, .silence?: throw stop(.tookTooLong)
        case .memory?: throw stop(.tookTooMuchMemory)
        case nil: last = now
        }
      }
      guard hasCome else { continue }
      guard child.receive() != .end else { throw .crashed(signal: child.end().signal) }
      do throws(FieldFailure) {
        if let answer = try child.buffer.next() { return try take(answer.kind, answer.fields) }
      } catch {
        throw .crashed(signal: child.end().signal)
      }
    }
  }

  private func stop(_ loss: Loss) -> Loss {
    _ = child.end()
    return loss
  }
}

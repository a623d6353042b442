internal import CLinux
internal import Glibc

/// One preview worker as the server sees it: started, asked, watched, ended.
///
/// To be used by the thread that made it, which must outlive it: the kernel ends a worker with the thread that started it.
final class ChildProcess {
  /// Why a worker did not answer.
  enum Loss: Error {
    case crashed(signal: Int32)
    case tookTooLong
    case tookTooMuchMemory
    case abandoned

    var text: String {
      switch self {
      case .crashed(let signal): "the worker ended\(signal > 0 ? " by signal \(signal)" : "") while laying out this bill"
      case .tookTooLong: "laying out took more than the \(ChildProcess.secondsAllowed) seconds allowed"
      case .tookTooMuchMemory: "laying out took more than the \(ChildProcess.memoryAllowed >> 20) MiB of memory allowed"
      case .abandoned: "a newer change came"
      }
    }
  }

  /// A two-page bill takes hundredths of a second, one of a thousand pages some seconds; whoever waits this long has a layout without an end.
  static let secondsAllowed = 20
  /// As much as a worker of `render` may have.
  static let memoryAllowed: Int64 = 1 << 30
  /// Pause between two looks at a silent worker, in milliseconds.
  private static let watchPause: Int32 = 25

  let number: Int32
  private let input: Int32
  private let output: Int32
  private var isOver = false

  /// Starts a worker.
  ///
  /// - Returns: `nil` where the system refuses.
  init?(program: String, niceness: Int32) {
    var (childInput, ourInput, ourOutput, childOutput): (Int32, Int32, Int32, Int32) = (-1, -1, -1, -1)
    guard bf_pipe(&childInput, &ourInput, 1 << 18) >= 0 else { return nil }
    guard bf_pipe(&ourOutput, &childOutput, 1 << 18) >= 0 else {
      close(childInput)
      close(ourInput)
      return nil
    }
    (input, output) = (ourInput, ourOutput)
    _ = bf_set_nonblocking(ourInput)
    _ = bf_set_nonblocking(ourOutput)
    var process: Int32 = 0
    let words = ["billfold", PreviewWorkerProcess.argument, String(getpid()), String(niceness)]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = []
    if var next = bf_environment() {
      while let text = next.pointee {
        if strncmp(text, "SWIFT_BACKTRACE=", 16) != 0 { environment.append(strdup(text)) }
        next += 1
      }
    }
    // A backtrace takes seconds, goes where nobody looks, and holds customers' data.
    environment += [strdup("SWIFT_BACKTRACE=enable=no"), nil]
    defer {
      for text in arguments + environment { free(text) }
    }
    let failure = bf_spawn(program, arguments, environment, childInput, childOutput, STDERR_FILENO, &process)
    close(childInput)
    close(childOutput)
    number = process
    if failure < 0 {
      isOver = true
      close(input)
      close(output)
      return nil
    }
  }

  deinit { end() }

  /// Ends the worker and waits for it; afterwards nothing may be asked.
  func end() {
    guard !isOver else { return }
    isOver = true
    bf_kill(number)
    var ending = bf_ending()
    _ = bf_reap(number, true, &ending)
    close(input)
    close(output)
  }

  /// Sends a message and waits for the answer, within time and memory.
  ///
  /// - Parameter isAbandoned: Asked now and then; `true` ends the worker.
  func ask(_ message: [UInt8], isAbandoned: () -> Bool) throws(Loss) -> Packet {
    guard !isOver else { throw .crashed(signal: 0) }
    let start = bf_monotonic_nanoseconds()
    var unsent = message[...]
    var received: [UInt8] = []
    var expected = Packet.headerLength
    while true {
      var polled = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: unsent.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
      ]
      let count = poll(&polled, 2, ChildProcess.watchPause)
      if count <= 0 || bf_monotonic_nanoseconds() - start > 100_000_000 { try watch(since: start, isAbandoned) }
      if count <= 0 { continue }
      if polled[1].revents != 0 {
        let written = unsent.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if written > 0 { unsent = unsent.dropFirst(written) } else if errno != EAGAIN, errno != EINTR { throw lost() }
      }
      guard polled[0].revents != 0 else { continue }
      let room = max(1 << 16, min(expected - received.count, 1 << 22))
      let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        filled = max(0, read(output, buffer.baseAddress, room))
      }
      if part.isEmpty { throw lost() }
      received += part
      do throws(Packet.Malformed) {
        if received.count >= Packet.headerLength { expected = Packet.headerLength + (try Packet.header(received[...]).length) }
      } catch { throw lost() }
      if received.count >= Packet.headerLength, received.count >= expected {
        received.removeSubrange(1..<Packet.headerLength)
        return Packet(fields: received)
      }
    }
  }

  private func watch(since start: Int64, _ isAbandoned: () -> Bool) throws(Loss) {
    if isAbandoned() { throw stop(.abandoned) }
    if bf_monotonic_nanoseconds() - start > Int64(ChildProcess.secondsAllowed) * 1_000_000_000 { throw stop(.tookTooLong) }
    if bf_resident_bytes(number) > ChildProcess.memoryAllowed { throw stop(.tookTooMuchMemory) }
  }

  private func stop(_ loss: Loss) -> Loss {
    end()
    return loss
  }

  private func lost() -> Loss {
    guard !isOver else { return .crashed(signal: 0) }
    isOver = true
    bf_kill(number)
    var ending = bf_ending()
    _ = bf_reap(number, true, &ending)
    close(input)
    close(output)
    return .crashed(signal: ending.signal)
  }
}

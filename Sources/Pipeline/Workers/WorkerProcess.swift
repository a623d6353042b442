internal import Billing
internal import CLinux
internal import Crypto
internal import Glibc

/// The worker's side: a child process that turns records into pieces until its input ends.
public enum WorkerProcess {
  /// The hidden first argument that makes the program a worker; its parent's process number is the second.
  static let argument = "worker-process"

  /// Bytes a worker may write to a file: its only file is the log of what C libraries print.
  private static let fileLimit: UInt64 = 16 << 20

  /// Works as a worker if the command line asks for it; returns at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed, so that a worker starts fast.
  ///
  /// - Parameter makeRenderer: Makes the renderer once the worker knows its job.
  /// - Returns: `nil` if this process is no worker; else the code it must exit with.
  public static func runIfAsked(_ arguments: [String], makeRenderer: RendererFactory) -> Int32? {
    guard arguments.count == 3, arguments[1] == argument, let parent = Int32(arguments[2]) else { return nil }
    guard bf_die_with_parent(parent) == 0 else { return ExitCode.defect.rawValue }
    bf_tune_malloc()
    do {
      try serve(makeRenderer: makeRenderer)
      return ExitCode.success.rawValue
    } catch {
      // The parent sees the closed pipe and knows what it had asked for.
      return ExitCode.defect.rawValue
    }
  }

  private static func serve(makeRenderer: RendererFactory) throws {
    let pipe = MessagePipe()
    guard let first = try pipe.next() else { return }
    guard first.kind == .orders else { throw WireFailure.malformed }
    let orders = try WorkerOrders(first.fields)
    _ = bf_limit(UInt64(max(0, orders.memoryLimit)), fileLimit)
    let renderer: any BillRenderer
    do throws(WorkerStartFailure) {
      renderer = try makeRenderer(orders.job)
    } catch {
      try pipe.write(error.message())
      return
    }
    try pipe.write(WireWriter(.ready).finish())
    while let message = try pipe.next() {
      guard message.kind == .record else { throw WireFailure.malformed }
      let (ticket, record) = try RecordInput.read(message.fields)
      if let account = record.identity?.account, let fault = orders.faults.first(where: { $0.account == account }) { fault.commit() }
      switch renderer.render(record) {
      case .piece(let facts, let pdf):
        let digest = orders.job.options.paints ? pdf.withUnsafeBytes { SHA256.hex($0) } : ""
        try pipe.write(WorkerResult.message(ticket: ticket, facts, digest: digest, pdf: pdf))
      case .reject(let fault, let warnings):
        try pipe.write(WorkerResult.message(ticket: ticket, fault, warnings: warnings))
      }
    }
  }
}

extension TestFault {
  fileprivate func commit() -> Never {
    switch kind {
    case .crash: bf_fault_crash()
    case .hang: bf_fault_hang()
    case .sleep: bf_fault_sleep()
    case .memory: bf_fault_memory()
    }
  }
}

/// The two pipes as a worker sees them: reads and writes wait.
private final class MessagePipe {
  private let input = OpenFile(takingOwnership: Wire.input)
  private let output = OpenFile(takingOwnership: Wire.output)
  private var buffer = MessageBuffer()

  /// The next message; `nil` at the end of the input. Its fields are valid until the next call.
  func next() throws -> (kind: Wire.Kind, fields: UnsafeRawBufferPointer)? {
    while true {
      if let message = try buffer.next() { return message }
      let count = try input.read(into: buffer.room())
      if count == 0 {
        guard buffer.isEmpty else { throw WireFailure.truncated }
        return nil
      }
      buffer.filled(count)
    }
  }

  func write(_ message: [UInt8]) throws { try output.write(message) }
}

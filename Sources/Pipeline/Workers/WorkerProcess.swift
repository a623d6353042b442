internal import Billing
public import Contract
internal import Digests
internal import Files
internal import WorkerLink

/// The worker's side: a child process that turns records into pieces until its input ends.
public enum WorkerProcess {
  /// Works as a worker if the command line asks for it; returns at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed, so that a worker starts fast.
  ///
  /// - Parameter makeRenderer: Makes the renderer once the worker has its orders.
  /// - Returns: `nil` if this process is no worker; else the code it must exit with.
  public static func runIfAsked(_ arguments: [String], makeRenderer: RendererFactory) -> Int32? {
    do {
      guard let channel = try WorkerChannel.open(arguments, as: .cycle) else { return nil }
      try serve(channel, makeRenderer: makeRenderer)
      return ExitCode.success.rawValue
    } catch {
      // The parent sees the closed pipe and knows what it had asked for.
      return ExitCode.defect.rawValue
    }
  }

  private static func serve(_ channel: WorkerChannel, makeRenderer: RendererFactory) throws {
    guard let first = try channel.next() else { return }
    guard first.kind == .orders else { throw FieldFailure.malformed }
    let orders = try FrameReader.value(WorkerOrders.self, of: first.fields)
    channel.limitMemory(orders.memoryLimit)
    let made: MadeRenderer
    do throws(WorkerStartFailure) {
      made = try makeRenderer(orders.options)
    } catch {
      try channel.write(FrameWriter.frame(.failed, error))
      return
    }
    var ready = FrameWriter(.ready)
    made.payload.withUnsafeBytes { ready.add(rest: $0) }
    try channel.write(ready.finish())
    var editions = SentEditions()
    while let frame = try channel.next() {
      guard frame.kind == .record else { throw FieldFailure.malformed }
      var reader = FrameReader(frame.fields)
      let (ticket, record) = (try reader.next(Int.self), try reader.next(RecordInput.self))
      try reader.finish()
      if let account = record.identity?.account, let fault = orders.faults.first(where: { $0.account == account && !$0.isReading }) {
        fault.commit()
      }
      var answer = FrameWriter(.outcome, capacity: 1 << 16)
      answer.add(ticket)
      answer.add(described(made.renderer.render(record), &editions))
      try channel.write(answer.finish())
    }
  }

  /// The outcome with what is to be known of its files.
  private static func described(_ outcome: Outcome, _ editions: inout SentEditions) -> Outcome {
    guard case .pieces(var pieces, let faults, let warnings) = outcome else { return outcome }
    for index in pieces.indices where !pieces[index].bytes.isEmpty {
      if editions.describe(&pieces[index]) { continue }
      pieces[index].facts.sha256 = Digest256.hex(pieces[index].bytes)
      pieces[index].facts.bytes = pieces[index].bytes.count
      editions.note(pieces[index].facts)
    }
    return .pieces(pieces, faults: faults, warnings: warnings)
  }
}

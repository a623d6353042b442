internal import Billing
internal import Contract
internal import Diagnostics
internal import EInvoice
internal import Files
internal import Intake
internal import WorkerLink

/// The reader's side: a child process that opens files from outside, one after the other, until its input ends.
public enum ReaderProcess {
  /// Works as a reader if the command line asks for it; returns at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed, so that a reader starts fast: it needs no layout and no font.
  ///
  /// - Returns: `nil` if this process is no reader; else the code it must exit with.
  public static func runIfAsked(_ arguments: [String]) -> Int32? {
    do {
      guard let channel = try WorkerChannel.open(arguments, as: .reading) else { return nil }
      try serve(channel)
      return ExitCode.success.rawValue
    } catch {
      // The parent sees the closed pipe and knows what it had asked for.
      return ExitCode.defect.rawValue
    }
  }

  private static func serve(_ channel: WorkerChannel) throws {
    guard let first = try channel.next() else { return }
    guard first.kind == .orders else { throw FieldFailure.malformed }
    let orders = try FrameReader.value(ReaderOrders.self, of: first.fields)
    channel.limitMemory(orders.memoryLimit)
    try channel.write(FrameWriter(.ready).finish())
    var outbox = Outbox(channel)
    while let frame = try channel.next() {
      guard frame.kind == .read else { throw FieldFailure.malformed }
      try read(try FrameReader.value(ReadingRequest.self, of: frame.fields), orders.faults, &outbox)
      try outbox.flush()
    }
  }

  private static func read(_ request: ReadingRequest, _ faults: [TestFault], _ outbox: inout Outbox) throws {
    // A file is met when it is opened, an entry when its turn comes.
    commit(faults, request.name)
    let file: OpenedFile
    do throws(InvoiceSourceFailure) { file = try OpenedFile(request) } catch {
      return try outbox.send(FrameWriter.frame(.fileRefused, error.message))
    }
    if request.isProbe { return try outbox.send(FrameWriter.frame(.fileRead, file.bookmark)) }
    let limits = Dictionary(request.leftOut.map { ($0.step, $0.taken) }, uniquingKeysWith: min)
    while var step = file.upcoming() {
      let limit = limits[step.number]
      if limit != 0 {
        if request.announces {
          try outbox.send(FrameWriter.frame(.stepBegins, step))
          try outbox.flush()
        }
        if let entry = step.entry { commit(faults, entry) }
        let first = request.bookmark.step == step.number ? request.bookmark.taken : 0
        let count = try file.read(from: first, limit: limit ?? .max) { record, bytes in try outbox.send(record, bytes) }
        step.bookmark = file.bookmark
        if count == 0, limit == nil { try outbox.send(FrameWriter.frame(.stepEmpty, step)) }
      } else {
        file.leaveOut()
        step.bookmark = file.bookmark
      }
      if limit != nil { try outbox.send(FrameWriter.frame(.stepLeftOut, step)) }
    }
    try outbox.send(FrameWriter.frame(.fileRead, file.bookmark))
  }

  private static func commit(_ faults: [TestFault], _ name: String) {
    guard !faults.isEmpty else { return }
    faults.first { $0.account.elementsEqual(name.utf8) }?.commit()
  }
}

/// Frames on their way to the parent: small ones are sent together.
private struct Outbox {
  /// Bytes that are sent at once.
  private static let chunk = 64 << 10
  /// Bytes of a record beyond what a frame may have; no record that is read further has so many.
  ///
  /// - Stops: an entry of lines that has no line end.
  private static let recordLimit = 256 << 20

  private let channel: WorkerChannel
  private var waiting: [UInt8] = []

  init(_ channel: WorkerChannel) { self.channel = channel }

  mutating func send(_ record: ReadRecord, _ bytes: UnsafeBufferPointer<UInt8>) throws {
    var record = record
    var bytes = bytes
    if bytes.count > Outbox.recordLimit {
      record.fault = RecordFault(
        .tooLong, "the record has \(bytes.count) bytes, more than the \(RecordLimits.bytes) allowed", path: "/")
      (record.language, bytes) = ([], UnsafeBufferPointer(rebasing: bytes.prefix(RecordLimits.rawRecord)))
    }
    var frame = FrameWriter(.recordRead, capacity: 256 + bytes.count)
    frame.add(record)
    frame.add(rest: UnsafeRawBufferPointer(bytes))
    try send(frame.finish())
  }

  mutating func send(_ frame: [UInt8]) throws {
    if waiting.isEmpty, frame.count >= Outbox.chunk { return try channel.write(frame) }
    waiting += frame
    if waiting.count >= Outbox.chunk { try flush() }
  }

  mutating func flush() throws {
    guard !waiting.isEmpty else { return }
    try channel.write(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

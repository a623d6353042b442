import Billing
import Dates
import Diagnostics
import Money
import Testing

@testable import Pipeline

@Suite struct WireTests {
  private func fields(_ message: [UInt8], _ body: (Wire.Kind, UnsafeRawBufferPointer) throws -> Void) throws {
    try message.withUnsafeBytes { bytes in
      let (kind, length) = try Wire.header(bytes)
      #expect(length == bytes.count - Wire.headerLength)
      try body(kind, UnsafeRawBufferPointer(rebasing: bytes[Wire.headerLength...]))
    }
  }

  private let facts: PieceFacts

  init() throws {
    facts = PieceFacts(
      kind: .terms, billKind: .final, channel: .electronic, account: "é", invoice: "", content: "c", firstPage: 3, pages: 9,
      charges: Amount(mantissa: .min, scale: 18), due: Amount(mantissa: 5), currency: try #require(Currency(code: "JPY")), language: "es",
      format: .largePrint,
      notice: NoticeFacts(variant: "v", phase: "p", rule: "r", wordsDigest: "w", page: 2, area: 0.1, contrast: 7, headingRatio: .infinity),
      terms: TermsFacts(version: "v", digest: "d", firstPage: 4), warnings: [RecordWarning("a", "b", path: "$.c")])
  }

  @Test func everyMessageComesOutAsItWentIn() throws {
    let job = WorkerJob(
      options: JobOptions(
        layout: "l", campaign: "c", tokenKey: nil, fonts: "", asOf: PlainDate("2026-11-01"), language: "en", strictLines: true,
        specimen: false, paints: false), cycle: "x", payload: [0, 255])
    let orders = WorkerOrders(job: job, faults: [TestFault(.sleep, account: [1, 2])], memoryLimit: 1 << 40)
    try fields(orders.message()) { kind, fields in
      #expect(kind == .orders)
      let read = try WorkerOrders(fields)
      #expect(read == orders)
    }
    let record = RecordInput(
      file: "f", input: 3, number: 1 << 39, offset: 7, identity: RecordIdentity(account: [1], invoice: [2, 3]), bytes: [9, 8])
    try fields(record.message(ticket: 42)) { kind, fields in
      #expect(kind == .record)
      let read = try RecordInput.read(fields)
      #expect(read.ticket == 42)
      #expect(read.record == record)
    }
    try fields(WorkerResult.message(ticket: 1, facts, digest: "d", pdf: [1, 2, 3])) { kind, fields in
      guard case (1, .piece(let read, let digest, let pdf)) = try WorkerResult.read(kind, fields) else { throw WireFailure.malformed }
      #expect(read == facts)
      #expect(digest == "d")
      #expect(Array(pdf) == [1, 2, 3])
    }
    let fault = RecordFault("code", "message", path: "$.x", offset: 4, suggestion: "s")
    try fields(WorkerResult.message(ticket: 2, fault, warnings: facts.warnings)) { kind, fields in
      guard case (2, .reject(let read, let warnings)) = try WorkerResult.read(kind, fields) else { throw WireFailure.malformed }
      #expect(read == fault)
      #expect(warnings == facts.warnings)
    }
    let failure = WorkerStartFailure(.inputsChanged, [Diagnostic(id: "i", "m")])
    try fields(failure.message()) { kind, fields in
      let read = try WorkerStartFailure(fields)
      #expect(read.cause == .inputsChanged)
      #expect(read.diagnostics == failure.diagnostics)
    }
  }

  @Test func brokenMessagesAreRefused() throws {
    let message = WorkerResult.message(ticket: 1, facts, digest: "d", pdf: [UInt8](repeating: 7, count: 50))
    try fields(message) { kind, fields in
      for length in 0..<fields.count {
        #expect(throws: WireFailure.self) { try WorkerResult.read(kind, UnsafeRawBufferPointer(rebasing: fields[..<length])) }
      }
    }
    _ = (message + [0]).withUnsafeBytes { bytes in
      #expect(throws: WireFailure.self) { try WorkerResult.read(.piece, UnsafeRawBufferPointer(rebasing: bytes[Wire.headerLength...])) }
    }
    var lottery = Lottery(seed: 3)
    for _ in 0..<5000 {
      // Whatever comes, nothing traps and nothing huge is reserved.
      var forged = message
      for _ in 0...lottery.next(below: 3) { forged[8 + lottery.next(below: forged.count - 8)] = UInt8(lottery.next(below: 256)) }
      try fields(forged) { _ = try? WorkerResult.read($0, $1) }
    }
    for forged in [Array("BF\u{1}\u{63}\0\0\0\0".utf8), Array("XX\u{1}\u{1}\0\0\0\0".utf8), Array("BF\u{2}\u{1}\0\0\0\0".utf8)] {
      #expect(throws: WireFailure.self) { try forged.withUnsafeBytes { _ = try Wire.header($0) } }
    }
  }

  @Test func messagesAreFoundHoweverThePipeCutsThem() throws {
    var lottery = Lottery(seed: 11)
    var stream: [UInt8] = []
    var sizes: [Int] = []
    for _ in 0..<60 {
      let size = lottery.next(below: 4) == 0 ? lottery.next(below: 5_000_000) : lottery.next(below: 3000)
      sizes.append(size)
      stream += WorkerResult.message(ticket: size, RecordFault("c", String(repeating: "m", count: size)), warnings: [])
    }
    var buffer = MessageBuffer()
    var (position, found): (Int, [Int]) = (0, [])
    while position < stream.count {
      let room = buffer.room()
      let count = min(room.count, 1 + lottery.next(below: 70_000), stream.count - position)
      for index in 0..<count { room[index] = stream[position + index] }
      buffer.filled(count)
      position += count
      while let message = try buffer.next() {
        guard case (let ticket, .reject(let fault, _)) = try WorkerResult.read(message.kind, message.fields) else {
          throw WireFailure.malformed
        }
        #expect(fault.message.utf8.count == ticket)
        found.append(ticket)
      }
    }
    #expect(found == sizes)
    let isEmpty = buffer.isEmpty
    #expect(isEmpty)
  }
}

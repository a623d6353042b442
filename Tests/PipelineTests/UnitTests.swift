import Billing
import Dates
import Diagnostics
import Foundation
import Money
import Testing

@testable import Pipeline

@Suite struct PieceNameTests {
  private func name(_ account: String, _ invoice: String) -> String {
    PieceName.file(of: RecordIdentity(account: Array(account.utf8), invoice: Array(invoice.utf8)))
  }

  @Test func plainNamesStayReadable() {
    // The folder is the first byte of `printf 4400-1182-07 | sha256sum`.
    #expect(name("4400-1182-07", "2026-11.004711") == "bills/\(Self.group("4400-1182-07"))/4400-1182-07_2026-11.004711.pdf")
  }

  private static func group(_ account: String) -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf %s '\(account)' | sha256sum | cut -c1-2"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try? process.run()
    process.waitUntilExit()
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile().prefix(2), as: UTF8.self)
  }

  @Test func everythingElseIsEscaped() {
    #expect(name("../../etc/passwd", ".x").hasSuffix("/%2E.%2F..%2Fetc%2Fpasswd_%2Ex.pdf"))
    #expect(name("a_b", "c").hasSuffix("/a%5Fb_c.pdf"))
    #expect(name("é~", " ").hasSuffix("/%C3%A9%7E_%20.pdf"))
  }

  @Test func longNamesAreCutAndStayDifferent() {
    let long = String(repeating: "x", count: 200)
    let (a, b) = (name(long, "1"), name(long, "2"))
    #expect(a != b)
    let file = a.split(separator: "/")[2]
    #expect(file.utf8.count == 150 + 1 + 16 + 4)
    #expect(file.hasPrefix(String(repeating: "x", count: 150) + "~"))
    // 180 bytes are not too long.
    let just = name(String(repeating: "x", count: 178), "1").split(separator: "/")[2]
    #expect(just.utf8.count == 184)
    #expect(!just.contains("~"))
    #expect(name(String(repeating: "x", count: 179), "1").contains("~"))
  }

  @Test func onlyNamesOfThatFormAreOurs() {
    for (name, isOurs) in [("a_b.pdf", true), ("a%2F_b~0.pdf", true), ("notes.txt", false), ("a.pdf", false), ("a b_c.pdf", false), (".pdf", false)] {
      #expect(PieceName.isOurs(Array(name.utf8)) == isOurs, "\(name)")
    }
  }
}

@Suite struct SumTests {
  private func sum(_ texts: [String], decimals: Int = 2) throws -> String {
    var sum = ExactSum()
    for text in texts { sum.add(try Amount(text)) }
    return sum.description(decimals: decimals)
  }

  @Test func sumsAreExactAcrossSignsAndDecimals() throws {
    #expect(try sum([]) == "0.00")
    #expect(try sum(["0.1", "0.2"]) == "0.30")
    #expect(try sum(["1", "-0.5"]) == "0.50")
    #expect(try sum(["-1", "0.25"]) == "-0.75")
    #expect(try sum(["-0.005"]) == "-0.005")
    #expect(try sum(["5", "-5.00"], decimals: 0) == "0")
    #expect(try sum(["9223372036854775807", "9223372036854775807", "0.000000000000000001"]) == "18446744073709551614.000000000000000001")
    #expect(try sum(["-9.223372036854775807", "-9.223372036854775807", "0.000000000000000001"]) == "-18.446744073709551613")
  }

  @Test func sumsAgreeWithAmountsWhereThoseReach() throws {
    var lottery = Lottery(seed: 7)
    for _ in 0..<200 {
      var (exact, plain) = (ExactSum(), Amount.zero)
      for _ in 0..<20 {
        let amount = Amount(mantissa: Int64(lottery.next(below: 2_000_001) - 1_000_000), scale: lottery.next(below: 5))
        exact.add(amount)
        plain = try plain.adding(amount)
      }
      #expect(exact.description(decimals: 2) == plain.description(decimals: 2))
    }
  }
}

@Suite struct WireTests {
  private func fields(_ message: [UInt8], _ body: (Wire.Kind, UnsafeRawBufferPointer) throws -> Void) throws {
    try message.withUnsafeBytes { bytes in
      let (kind, length) = try Wire.header(bytes)
      #expect(length == bytes.count - Wire.headerLength)
      try body(kind, UnsafeRawBufferPointer(rebasing: bytes[Wire.headerLength...]))
    }
  }

  // A currency of ISO 4217 without decimals.
  private static let yen = Currency(code: "JPY")!

  private static let facts = PieceFacts(
    kind: .terms, billKind: .final, channel: .electronic, account: "é", invoice: "", content: "c", firstPage: 3, pages: 9,
    charges: Amount(mantissa: .min, scale: 18), due: Amount(mantissa: 5), currency: yen, language: "es", format: .largePrint,
    notice: NoticeFacts(variant: "v", phase: "p", rule: "r", wordsDigest: "w", page: 2, area: 0.1, contrast: 7, headingRatio: .infinity),
    terms: TermsFacts(version: "v", digest: "d", firstPage: 4), warnings: [RecordWarning("a", "b", path: "$.c")])

  @Test func everyMessageComesOutAsItWentIn() throws {
    let job = WorkerJob(
      options: JobOptions(
        layout: "l", campaign: "c", tokenKey: nil, fonts: "", asOf: PlainDate("2026-11-01"), language: "en", strictLines: true, specimen: false,
        paints: false), cycle: "x", payload: [0, 255])
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
    try fields(WorkerResult.message(ticket: 1, Self.facts, digest: "d", pdf: [1, 2, 3])) { kind, fields in
      guard case (1, .piece(let facts, let digest, let pdf)) = try WorkerResult.read(kind, fields) else { throw WireFailure.malformed }
      #expect(facts == Self.facts)
      #expect(digest == "d")
      #expect(Array(pdf) == [1, 2, 3])
    }
    let fault = RecordFault("code", "message", path: "$.x", offset: 4, suggestion: "s")
    try fields(WorkerResult.message(ticket: 2, fault, warnings: Self.facts.warnings)) { kind, fields in
      guard case (2, .reject(let read, let warnings)) = try WorkerResult.read(kind, fields) else { throw WireFailure.malformed }
      #expect(read == fault)
      #expect(warnings == Self.facts.warnings)
    }
    let failure = WorkerStartFailure(.inputsChanged, [Diagnostic(id: "i", "m")])
    try fields(failure.message()) { kind, fields in
      let read = try WorkerStartFailure(fields)
      #expect(read.cause == .inputsChanged)
      #expect(read.diagnostics == failure.diagnostics)
    }
  }

  @Test func brokenMessagesAreRefused() throws {
    let message = WorkerResult.message(ticket: 1, Self.facts, digest: "d", pdf: [UInt8](repeating: 7, count: 50))
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
        guard case (let ticket, .reject(let fault, _)) = try WorkerResult.read(message.kind, message.fields) else { throw WireFailure.malformed }
        #expect(fault.message.utf8.count == ticket)
        found.append(ticket)
      }
    }
    #expect(found == sizes)
    let isEmpty = buffer.isEmpty
    #expect(isEmpty)
  }
}

@Suite struct RunRecordTests {
  private func record(_ change: (inout RenderOptions, inout PreparedRun, inout DataDigest) -> Void = { _, _, _ in }) throws -> RunRecord {
    var options = RenderOptions(job: JobOptions(layout: "l"), data: ["d"], out: "o")
    var prepared = PreparedRun(layoutDigest: "l", campaignDigest: nil, fontsDigest: "f", keyCheck: nil, engines: [.init("cairo", "1")])
    var data = DataDigest(inputs: [.init(name: "d", bytes: 5, digest: [1, 2])])
    change(&options, &prepared, &data)
    let filter = try AccountFilter(only: options.only, exclude: options.exclude)
    return RunRecord(options: options, filter: filter, prepared: prepared, data: data, cycle: options.cycle ?? data.defaultCycle, program: "1")
  }

  @Test func theFileIsReadBackAsItWasWritten() throws {
    let record = try record { options, _, _ in options.only = ["a\"b", "\\", "ä"] }
    #expect(RunRecord(record.bytes) == record)
    #expect((try JSONSerialization.jsonObject(with: Data(record.bytes)) as? [String: Any])?["only"] as? [String] == ["\\", "a\"b", "ä"])
    for length in 0..<record.bytes.count { #expect(RunRecord(Array(record.bytes[..<length])) == nil) }
    for text in ["", "{}", "{\n}\n", "{\n  \"v\": 1\n}\n", "hello"] { #expect(RunRecord(Array(text.utf8)) == nil) }
  }

  @Test func whatDiffersIsNamedInTheWordsOfTheCommand() throws {
    let plain = try record()
    #expect(plain.differences(from: plain) == [])
    #expect(try record { $0.jobs = 99; _ = ($1, $2) } == plain)
    #expect(try record { $0.only = ["b", "a", "b"]; _ = ($1, $2) } == record { $0.only = ["a", "b"]; _ = ($1, $2) })
    #expect(try record { $1.engines = [.init("cairo", "2")]; _ = ($0, $2) }.differences(from: plain) == ["the versions of the libraries"])
    #expect(try record { $2.inputs[0].digest = [3]; _ = ($0, $1) }.differences(from: plain) == ["the data"])
    #expect(try record { $2.inputs[0].name = "e"; _ = ($0, $1) }.differences(from: plain) == ["the names of the data files"])
    #expect(try record { $0.limits.memory = 1; $1.keyCheck = "k"; _ = $2 }.differences(from: plain) == ["the token key", "--worker-memory"])
    #expect(try plain.differences(from: record { $0.faults = [TestFault(.crash, account: [65])]; _ = ($1, $2) }) == ["--test-fault"])
  }
}

@Suite struct SmallPartsTests {
  @Test func ratiosHaveThreeDecimals() {
    for (value, text) in [(0.0, "0.000"), (0.0835, "0.084"), (21, "21.000"), (1.29949, "1.299"), (-0.5, "-0.500"), (.nan, "0.000")] {
      #expect(ManifestLine.thousandths(value) == text)
    }
  }

  @Test func placesSortLikeTheDataAreRead() {
    let places = [RecordPlace(input: 0, number: 1), RecordPlace(input: 0, number: 1 << 39), RecordPlace(input: 1, number: 1)]
    #expect(places.sorted { $0.key < $1.key } == places)
    for place in places { #expect(RecordPlace(key: place.key) == place) }
    let keys = PieceFacts.Kind.allCases.sorted { $0.rawValue < $1.rawValue }.map { PieceEntry.key(places[1], $0) }
    #expect(keys == keys.sorted())
    #expect(Set(keys.map { $0 >> 2 }) == [places[1].key])
  }

  @Test func faultsAreReadOfTheCommandLine() {
    #expect(TestFault("hang:a:b") == TestFault(.hang, account: Array("a:b".utf8)))
    for text in ["hang", "hang:", ":a", "burn:a"] { #expect(TestFault(text) == nil) }
  }

  @Test func timeLeftIsShortToRead() {
    #expect(Progress.grouped(1_234_567) == "1,234,567")
    #expect(Progress.grouped(999) == "999")
    #expect([5.2, 61, 3600, 45_000].map(Progress.duration) == ["6 s", "1:01 min", "1:00 h", "12:30 h"])
  }

  @Test func checkpointsShowWhereDataDiffer() throws {
    func blocks(_ digest: RunningDigest, _ bytes: [[UInt8]]) { for block in bytes { block.withUnsafeBytes { digest.update($0) } } }
    let first = RunningDigest(.note)
    blocks(first, [[1, 2], [3], [4, 5]])
    #expect(first.noted.map(\.position) == [2, 3, 5])
    let known = Dictionary(uniqueKeysWithValues: first.noted.map { ($0.position, $0.digest) })
    let same = RunningDigest(.compare { known[$0] })
    // Blocks that are cut in another way are compared where both have an end.
    blocks(same, [[1], [2, 3], [4, 5]])
    #expect(same.mismatch == nil)
    #expect(same.finish() == first.finish())
    let other = RunningDigest(.compare { known[$0] })
    blocks(other, [[1, 2], [9], [4, 5]])
    #expect(other.mismatch == 3)
  }
}

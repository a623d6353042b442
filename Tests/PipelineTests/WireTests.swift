import Billing
import Contract
import Dates
import Diagnostics
import JSON
import Money
import Reporting
import TestSupport
import Testing

@testable import WorkerLink

@Suite struct WireTests {
  /// The value of a frame's fields, behind a header of its kind.
  private func value<Value: Fielded>(_ kind: Frame.Kind, _: Value.Type, _ frame: [UInt8]) throws -> Value {
    try frame.withUnsafeBytes { bytes in
      let header = try Frame.header(bytes)
      #expect(header.kind == kind)
      #expect(header.length == bytes.count - Frame.headerLength)
      return try FrameReader.value(Value.self, of: UnsafeRawBufferPointer(rebasing: bytes[Frame.headerLength...]))
    }
  }

  private func comesBack<Value: Fielded & Equatable>(_ kind: Frame.Kind, _ value: Value) throws {
    #expect(try self.value(kind, Value.self, FrameWriter.frame(kind, value)) == value)
  }

  private let facts: PieceFacts

  init() throws {
    var facts = PieceFacts(
      kind: .terms, billKind: .final, channel: .electronic, account: "é", invoice: "", content: "c", firstPage: 3, pages: 9,
      charges: Amount(mantissa: .min, scale: 18), due: Amount(mantissa: 5), currency: try #require(Currency(code: "JPY")), language: "es",
      format: .largePrint,
      notice: NoticeFacts(
        name: "n", variant: "v", phase: "p", rule: "r", wordsDigest: "w", page: 2, area: 0.1, contrast: 7, headingRatio: .infinity,
        textSize: 8.5),
      terms: TermsFacts(version: "v", digest: "d", firstPage: 4),
      warnings: [
        RecordWarning("a", "b", path: "$.c"),
        RecordWarning(
          "a",
          FindingStatement(
            "d", origin: .block(LayoutBlock(element: "text", place: WireTests.place("abc", 1..<2))), page: 2, figures: "1 pt wanted"),
          path: "$.c"),
        RecordWarning("a", "e", path: "$.c"),
      ])
    facts.mailing = MailingFacts(name: "n", address: ["1", "é"], code: "97204", imb: "00")
    var outlook = BillOutlook(name: "é")
    (outlook.isAsked, outlook.mailed, outlook.coming, outlook.rule, outlook.phase) = (true, 2, 3, "r", "remind")
    (outlook.language, outlook.channel, outlook.notice, outlook.variant, outlook.terms) = ("es", .electronic, "n", "v", "leaflet")
    facts.outlook = outlook
    self.facts = facts
  }

  /// A place in the layout's file.
  private static func place(_ text: String, _ bytes: Range<Int>) -> SourcePlace { SourcePlace(range(text, bytes)) }

  private static func range(_ text: String, _ bytes: Range<Int>) -> SourceRange {
    SourceRange(file: SourceFile(name: "some/where/parts/l.xml", path: "parts/l.xml", bytes: Array(text.utf8)), bytes: bytes)
  }

  /// Each finding arrives with its places as fields, and is told and shown there as it would have been here.
  @Test func findingsKeepTheirPlacesOverThePipe() throws {
    let long = "é\t" + String(repeating: "x", count: 300) + "<näme a=\"1\"/>" + String(repeating: "y", count: 300)
    for (text, words) in [
      ("<a>\n  <b nam='1'/>\n</a>", "nam"), ("\t<a>\r\n\t\t<b nam='1'/>\r\n</a>", "nam"), (long, "näme a=\"1\""), ("x\ny", "x\ny"),
      ("<a", "<a"),
      (long + "\n" + long, "yyy\né"), (long, "y"),
    ] {
      let found = try #require(text.utf8.firstRange(of: words.utf8))
      let start = text.utf8.distance(from: text.utf8.startIndex, to: found.lowerBound)
      for length in [words.utf8.count, 0] {
        let range = WireTests.range(text, start..<start + length)
        let finding = Diagnostic(
          .warning, id: "i", FindingStatement("m", origin: .source(SourcePlace(range))), at: range,
          place: DataPlace(file: "d", record: 3, path: "$.x"), suggestion: "s", notes: [Diagnostic.Note("n", at: range)], count: 4)
        let failure = WorkerStartFailure(.inputsChanged, [finding])
        let read = try #require(
          try value(.failed, WorkerStartFailure.self, FrameWriter.frame(.failed, failure)).diagnostics.first)
        #expect(read.message == "m (parts/l.xml:\(range.file.position(of: start).line):\(range.file.position(of: start).column))")
        #expect(read.message == finding.message && read.statement == finding.statement)
        #expect(DiagnosticRenderer.text(read) == DiagnosticRenderer.text(finding))
        #expect(DiagnosticRenderer.json(read) == DiagnosticRenderer.json(finding))
        // And once more, by someone who only had the excerpt.
        let again = try value(.failed, WorkerStartFailure.self, FrameWriter.frame(.failed, WorkerStartFailure(.defect, [read])))
        #expect(again.diagnostics.map { DiagnosticRenderer.text($0) } == [DiagnosticRenderer.text(finding)])
      }
    }
    let document = RecordFault(
      "c", FindingStatement("m", origin: .document(DocumentPlace(line: 3, column: 7, before: "<a>"))), path: "/a", offset: 9)
    try comesBack(.outcome, Outcome.reject(document, warnings: facts.warnings))
    #expect(document.message == "m (line 3, column 7, behind `<a>`)")
    let block = try #require(facts.warnings[1].block)
    #expect(block.text == "<text> (parts/l.xml:1:2)")
    #expect(facts.warnings[1].message == "<text> (parts/l.xml:1:2) d on page 2: 1 pt wanted")
  }

  /// A place of a record's finding is told alike at the other end, and in a run that is continued from its journal.
  @Test func placesOfRecordsAreToldAlikeEverywhere() throws {
    let place = WireTests.place("<a>\n  <b/>", 7..<8)
    for uses in [FieldUses.pipe, .journal] {
      let read = try FrameWriter.fields(of: place, for: uses).withUnsafeBytes { try FrameReader.value(SourcePlace.self, of: $0, for: uses) }
      #expect(read == place && read.hashValue == place.hashValue && read.text == "parts/l.xml:2:4")
      #expect(read.range.file.bytes.isEmpty && read.range.file.position(of: 0) == (2, 4))
      #expect(read.range.file.name == (uses == .pipe ? "some/where/parts/l.xml" : ""))
    }
  }

  /// A place that no text can have is refused, and nothing overflows.
  @Test func impossiblePlacesAreRefused() throws {
    struct Place: Fielded {
      var line: Int, column: Int, text: String, start: Int, end: Int
      static var blank: Place { Place(line: 1, column: 1, text: "", start: 0, end: 0) }
      mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
        var (path, name, bytes) = ("l.xml", "l.xml", Array(text.utf8))
        try walker.field("path", &path)
        try walker.field("line", &line)
        try walker.field("column", &column)
        try walker.field("file", &name)
        try walker.field("text", bytes: &bytes)
        try walker.field("start", &start)
        try walker.field("end", &end)
      }
    }
    func read(_ place: Place) throws -> SourceRange {
      try FrameWriter.fields(of: place, for: .pipe).withUnsafeBytes { try FrameReader.value(SourceRange.self, of: $0) }
    }
    let good = try read(Place(line: 4, column: 7, text: "abc\ndef", start: 2, end: 5))
    #expect(good.file.position(of: 2) == (4, 7) && good.file.position(of: 5) == (5, 2))
    for forged in [
      Place(line: .max, column: 1, text: "a\nb", start: 0, end: 3), Place(line: 0, column: 1, text: "", start: 0, end: 0),
      Place(line: 1, column: .min, text: "a", start: 1, end: 1), Place(line: 1, column: 2, text: "abc", start: 2, end: 3),
      Place(line: 1, column: 9, text: "a\nc", start: 2, end: 3), Place(line: 1, column: 1, text: "a", start: 0, end: 2),
      Place(line: 1, column: 3, text: "abc", start: 2, end: 1), Place(line: 1, column: .max, text: "a\n", start: 0, end: 2),
      Place(line: 1, column: 1, text: "a", start: -1, end: 1),
    ] {
      #expect(throws: FieldFailure.self, "\(forged)") { _ = try read(forged) }
    }
  }

  @Test func everyValueComesOutAsItWentIn() throws {
    let options = JobOptions(
      layout: "l", campaign: "c", tokenKey: nil, fonts: ["", "two"], asOf: PlainDate("2026-11-01"), language: "en", strictLines: true,
      specimen: false, accepts: ["b", "a", "b"], purpose: .check)
    try comesBack(.orders, WorkerOrders(options, faults: [TestFault(.sleep, account: [1, 2])], memoryLimit: 1 << 40))
    let record = RecordInput(
      file: "f", input: 3, number: 1 << 39, offset: 7, identity: RecordIdentity(account: [1], invoice: [2, 3]), bytes: [9, 8])
    try comesBack(.record, record)
    let fault = RecordFault("code", "message", path: "$.x", offset: 4, suggestion: "s")
    try comesBack(.outcome, Outcome.reject(fault, warnings: facts.warnings))
    try comesBack(
      .outcome, Outcome.pieces([Piece(facts: facts, bytes: [1, 2, 3])], faults: [PieceFault(.email, fault)], warnings: facts.warnings))
    let failure = WorkerStartFailure(.inputsChanged, [Diagnostic(id: "i", "m")])
    let read = try value(.failed, WorkerStartFailure.self, FrameWriter.frame(.failed, failure))
    #expect(read.cause == .inputsChanged)
    #expect(read.diagnostics == failure.diagnostics)
  }

  /// What the parent fills in travels to the journal and not over the pipe.
  @Test func eachReaderGetsTheFactsThatAreItsOwn() throws {
    var whole = facts
    (whole.cycle, whole.file, whole.sha256, whole.bytes, whole.isSpecimen) = ("c", "bills/f", "s", 3, true)
    // A bill that is planned is not written down.
    whole.outlook = nil
    whole.fit = "space-90"
    whole.record = PieceFacts.Source(file: "d.jsonl", input: 2, number: 5)
    let kept = FrameWriter.fields(of: whole, for: .journal)
    #expect(try kept.withUnsafeBytes { try FrameReader.value(PieceFacts.self, of: $0, for: .journal) } == whole)
    let sent = try value(.outcome, PieceFacts.self, FrameWriter.frame(.outcome, whole))
    #expect(sent.cycle == "" && sent.file == "" && sent.record.number == 0 && sent.bytes == 3 && sent.account == whole.account)
    var (line, page) = (JSONWriter(), JSONWriter())
    JSONFieldWriter.write(whole, for: .manifest, to: &line)
    JSONFieldWriter.write(whole, for: .page, to: &page)
    #expect(
      String(decoding: line.bytes, as: UTF8.self)
        == #"{"v":1,"kind":"terms","bill_kind":"final","channel":"electronic","cycle":"c","account":"é","invoice":"","file":"bills/f","#
        + #""sha256":"s","content":"c","first_page":3,"pages":9,"sheets":5,"bytes":3,"amount_due":"5","currency":"JPY","language":"es","#
        + #""format":"large-print","campaign":null,"jurisdictions":null,"rule":null,"state":null,"phase":null,"#
        + #""notice":{"name":"n","variant":"v","phase":"p","rule":"r","words_digest":"w","page":2,"area":0.100,"#
        + #""contrast":7.000,"heading_ratio":0.000,"text_size":8.500},"terms":{"version":"v","digest":"d","first_page":4},"fit":"space-90","#
        + #""record":{"file":"d.jsonl","input":2,"number":5},"warnings":["a"],"#
        + #""findings":[{"code":"a","block":null,"path":"$.c","page":null,"count":2},"#
        + #"{"code":"a","block":"<text> (parts/l.xml:1:2)","path":"$.c","page":2,"count":1}],"specimen":true}"#)
    #expect(!String(decoding: page.bytes, as: UTF8.self).contains("sha256"))
    #expect(String(decoding: page.bytes, as: UTF8.self).contains(#""fit":"space-90""#))
    // A bill that was not made smaller says nothing of it.
    whole.fit = ""
    var plain = JSONWriter()
    JSONFieldWriter.write(whole, for: .manifest, to: &plain)
    #expect(!String(decoding: plain.bytes, as: UTF8.self).contains("fit"))
  }

  @Test func manifestTellsAHundredPlacesOfAPieceAtMost() {
    var whole = facts
    whole.warnings = (0..<300).map { RecordWarning("c", "m", path: "$.lines[\($0 % 150)]") }
    let findings = whole.findings
    #expect(findings.count == 100)
    #expect(findings.allSatisfy { $0.count == 2 && $0.block == nil && $0.page == nil })
    #expect(findings.map(\.path).first == "$.lines[0]" && findings.map(\.path).last == "$.lines[99]")
  }

  @Test func brokenFramesAreRefused() throws {
    let outcome = Outcome.pieces([Piece(facts: facts, bytes: [UInt8](repeating: 7, count: 50))], warnings: facts.warnings)
    let frame = FrameWriter.frame(.outcome, outcome)
    func read(_ bytes: ArraySlice<UInt8>) throws -> Outcome {
      try Array(bytes).withUnsafeBytes { try FrameReader.value(Outcome.self, of: $0) }
    }
    for length in Frame.headerLength..<frame.count {
      #expect(throws: FieldFailure.self) { _ = try read(frame[Frame.headerLength..<length]) }
    }
    #expect(throws: FieldFailure.self) { _ = try read((frame + [0])[Frame.headerLength...]) }
    var lottery = SeededNumbers(seed: 3)
    for _ in 0..<5000 {
      // Whatever comes, nothing traps and nothing huge is reserved.
      var forged = frame
      for _ in 0...lottery.next(below: 3) { forged[8 + lottery.next(below: forged.count - 8)] = UInt8(lottery.next(below: 256)) }
      _ = try? read(forged[Frame.headerLength...])
    }
    for forged in [Array("BF\u{2}\u{63}\0\0\0\0".utf8), Array("XX\u{2}\u{1}\0\0\0\0".utf8), Array("BF\u{1}\u{1}\0\0\0\0".utf8)] {
      #expect(throws: FieldFailure.self) { try forged.withUnsafeBytes { _ = try Frame.header($0) } }
    }
  }

  @Test func framesAreFoundHoweverThePipeCutsThem() throws {
    var lottery = SeededNumbers(seed: 11)
    var stream: [UInt8] = []
    var sizes: [Int] = []
    for _ in 0..<60 {
      let size = lottery.next(below: 4) == 0 ? lottery.next(below: 5_000_000) : lottery.next(below: 3000)
      sizes.append(size)
      stream += FrameWriter.frame(.outcome, Outcome.reject(RecordFault("c", String(repeating: "m", count: size))))
    }
    var buffer = FrameBuffer()
    var (position, found): (Int, [Int]) = (0, [])
    while position < stream.count {
      let room = buffer.room()
      let count = min(room.count, 1 + lottery.next(below: 70_000), stream.count - position)
      for index in 0..<count { room[index] = stream[position + index] }
      buffer.filled(count)
      position += count
      while let frame = try buffer.next() {
        guard case .reject(let fault, _) = try FrameReader.value(Outcome.self, of: frame.fields) else { throw FieldFailure.malformed }
        found.append(fault.message.utf8.count)
      }
    }
    #expect(found == sizes)
    let isEmpty = buffer.isEmpty
    #expect(isEmpty)
  }
}

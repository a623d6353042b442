import Billing
import Contract
import Diagnostics
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Intake
@testable import Pipeline

/// The parent's side of readers: how many there are, how records are numbered.
@Suite struct ReadingTests {
  private static func invoice(_ number: Int) -> [UInt8] { SmallInvoice(number: "R-\(number)").bytes }

  private static func reader(_ faults: [String] = []) -> FileReader {
    FileReader(program: Workbench.program, limits: WorkerLimits(recordSeconds: 5), faults: faults.compactMap { TestFault($0) })
  }

  /// What stands in an item of the second pass: its number, and the code of its fault.
  private static func text(_ item: SecondPass.Item) -> String {
    switch item {
    case .skipped: "skipped"
    case .settled: "settled"
    case .fault(let record, _, let fault): "\(record.number) \(record.file) \(fault.code) \(record.identity?.invoiceText ?? "-")"
    case .record(let record): "\(record.number) \(record.file) \(record.identity?.invoiceText ?? "-")"
    }
  }

  /// Both passes over a file, each with faults of its own.
  private func passes(
    _ bench: Workbench, _ file: String, first: [String] = [], second: [String] = [], exclude: [String] = []
  ) throws -> (first: FirstPass, journal: Journal, facts: FirstPass.Facts, items: [String]) {
    let inputs = try DataSet([bench.path(file)], reader: Self.reader()).inputs
    let filter = try AccountFilter(only: [], exclude: exclude)
    let pass = FirstPass(inputs: inputs, filter: filter, signals: nil, reader: Self.reader(first))
    try? bench.remove(Journal.name)
    let facts = try pass.fill(journal: bench.path(Journal.draft))
    let journal = try Journal(completing: facts, run: "r", in: bench.root.path)
    let again = SecondPass(
      inputs: inputs, data: facts.data, filter: filter, output: try OutputFolder(bench.path("out"), force: false), journal: journal,
      reader: Self.reader(second))
    var items: [String] = []
    while let item = try again.next() { items.append(Self.text(item)) }
    return (pass, journal, facts, items)
  }

  private func archive(_ bench: Workbench) throws {
    let inner = StoredArchive.zip([("x.xml", Self.invoice(4)), ("y.jsonl", []), ("z.xml", Self.invoice(5))])
    try bench.write(
      "a.zip",
      StoredArchive.zip([
        ("a.xml", Self.invoice(1)), ("b.jsonl", Array(Workbench.records(3).utf8)), ("c.jsonl", []), ("d.zip", inner),
        ("e.xml", Array("<Nothing/>".utf8)), ("f.xml", Self.invoice(6)),
      ]))
  }

  private static let whole = [
    "1 a.zip/a.xml R-1", "2 a.zip/b.jsonl I-0", "3 a.zip/b.jsonl I-1", "4 a.zip/b.jsonl I-2", "5 a.zip/d.zip/x.xml R-4",
    "6 a.zip/d.zip/z.xml R-5", "7 a.zip/e.xml not-an-e-invoice -", "8 a.zip/f.xml R-6",
  ]

  @Test func manyFilesTakeOneReader() throws {
    let bench = try Workbench()
    try bench.makeFolder("in")
    for number in 0..<120 { try bench.write("in/\(number).xml", Self.invoice(number)) }
    let inputs = try DataSet([bench.path("in")]).inputs
    let reader = Self.reader()
    for input in inputs {
      let file = try input.kept()
      let source = try input.source(file: file, reader: reader)
      #expect(try source.next()?.number == 1)
      #expect(try source.next() == nil)
    }
    #expect(reader.started == 1)
    // One that was left before its end costs the process, and gives nothing any more.
    try archive(bench)
    let input = DataInput(file: bench.path("a.zip"))
    let left = try input.source(file: try input.kept(), reader: reader)
    _ = try left.next()
    let other = try inputs[0].source(file: try inputs[0].kept(), reader: reader)
    #expect(throws: SourceFailure.self) { _ = try left.next() }
    #expect(try other.next()?.number == 1)
    #expect(reader.started == 2)
  }

  @Test func fileThatIsReadAheadIsReadAnewWhereItChanges() throws {
    let bench = try Workbench()
    try bench.makeFolder("in")
    for number in 1...5 { try bench.write("in/\(number).xml", Self.invoice(number)) }
    try bench.write("in/3.jsonl", Workbench.records(1))
    let inputs = try DataSet([bench.path("in")]).inputs
    // One crashes while it is read ahead: that is no loss of the file before it.
    let reader = Self.reader(["read-crash:5.xml"])
    var found: [String] = []
    for (place, input) in inputs.enumerated() {
      let source = try input.source(file: try input.kept(), reader: reader, next: place + 1 < inputs.count ? inputs[place + 1] : nil)
      while let record = try source.next() {
        found.append(record.fault?.code.rawValue ?? record.identity?.invoiceText ?? "-")
        // The reader has had time for the next one.
        usleep(100_000)
        if input.name == "1.xml" { try bench.write("in/2.xml", Self.invoice(22)) }
        if input.name == "3.jsonl" {
          try bench.remove("in/3.xml")
          try bench.write("in/3.xml", Self.invoice(33))
        }
      }
    }
    #expect(found == ["R-1", "R-22", "I-0", "R-33", "R-4", "crashed"])
  }

  @Test func bothPassesNumberRecordsAlikeWhateverIsLost() throws {
    let bench = try Workbench()
    try archive(bench)
    #expect(try passes(bench, "a.zip").items == Self.whole)
    // Lost by both passes or by the first only: the second follows the first.
    for second in [["read-crash:b.jsonl", "read-crash:d.zip"], []] {
      let lost = try passes(bench, "a.zip", first: ["read-crash:b.jsonl", "read-crash:d.zip"], second: second)
      #expect(lost.facts.records == 5)
      #expect(
        lost.items == [
          "1 a.zip/a.xml R-1", "2 a.zip/b.jsonl crashed -", "3 a.zip/d.zip crashed -", "4 a.zip/e.xml not-an-e-invoice -",
          "5 a.zip/f.xml R-6",
        ])
    }
    // Lost by the second only: every record the first has counted is a reject, and whose it is stays known.
    func expected(_ changed: [Int: String]) -> [String] { Self.whole.enumerated().map { changed[$0.offset + 1] ?? $0.element } }
    #expect(
      try passes(bench, "a.zip", second: ["read-crash:b.jsonl"]).items
        == expected([2: "2 a.zip/b.jsonl crashed I-0", 3: "3 a.zip/b.jsonl crashed I-1", 4: "4 a.zip/b.jsonl crashed I-2"]))
    #expect(
      try passes(bench, "a.zip", second: ["read-crash:d.zip", "read-crash:c.jsonl", "read-crash:e.xml"]).items
        == expected([5: "5 a.zip/d.zip crashed R-4", 6: "6 a.zip/d.zip crashed R-5", 7: "7 a.zip/e.xml crashed -"]))
    #expect(
      try passes(bench, "a.zip", second: ["read-crash:d.zip/y.jsonl", "read-crash:d.zip/z.xml"]).items
        == expected([6: "6 a.zip/d.zip/z.xml crashed R-5"]))
    #expect(
      try passes(bench, "a.zip", second: ["read-crash:a.zip"]).items.map { String($0.prefix(15)) }
        == (1...8).map { "\($0) a.zip crashed" })
    // What was to be left out still is, also where it can no longer be told.
    let left = try passes(bench, "a.zip", second: ["read-crash:b.jsonl"], exclude: ["A-7919"])
    #expect(left.facts.skipped == 1)
    #expect(left.items.filter { $0 == "skipped" }.count == 1)
  }

  @Test func recordsInsideAPackedArchiveAreNumberedAlike() throws {
    let bench = try Workbench()
    try archive(bench)
    let packed = StoredArchive.gzip(Array(try Data(contentsOf: bench.root.appendingPathComponent("a.zip"))))
    try bench.write("a.zip.gz", packed)
    let whole = Self.whole.map { $0.replacingOccurrences(of: "a.zip", with: "a.zip.gz") }
    #expect(try passes(bench, "a.zip.gz").items == whole)
    let lost = try passes(bench, "a.zip.gz", first: ["read-crash:d.zip/x.xml"], second: ["read-crash:b.jsonl"])
    #expect(lost.facts.records == 8)
    #expect(
      lost.items
        == whole.enumerated().map { place, text in
          switch place {
          case 1...3: "\(place + 1) a.zip.gz/b.jsonl crashed I-\(place - 1)"
          case 4: "5 a.zip.gz/d.zip/x.xml crashed -"
          default: text
          }
        })
    #expect(try passes(bench, "a.zip.gz", first: ["read-crash:a.zip.gz"]).items == ["1 a.zip.gz crashed -"])
  }

  @Test func whatCanBeReadAfterAllIsFoundOut() throws {
    let bench = try Workbench()
    try archive(bench)
    let lost = try passes(bench, "a.zip", first: ["read-crash:a.xml"])
    var pass = lost.first
    #expect(try !pass.findsOtherLosses(than: lost.journal))
    pass.reader = Self.reader()
    #expect(try pass.findsOtherLosses(than: lost.journal))
    pass.reader = Self.reader(["read-crash:a.xml", "read-crash:f.xml"])
    #expect(try pass.findsOtherLosses(than: lost.journal))
    let nothing = try passes(bench, "a.zip")
    #expect(try !nothing.first.findsOtherLosses(than: nothing.journal))
  }

  @Test func programThatIsNoReaderIsNoFaultOfTheData() throws {
    let bench = try Workbench()
    try bench.write("a.xml", Self.invoice(1))
    let input = DataInput(file: bench.path("a.xml"))
    for program in ["/bin/false", "/nowhere/at/all"] {
      let reader = FileReader(program: program)
      var found: RunFailure?
      do {
        let source = try input.source(file: try input.kept(), reader: reader)
        while try source.next() != nil {}
      } catch let error as SourceFailure {
        found = input.failure(error)
      } catch let error as DiagnosticList {
        found = RunFailure(.defect, error.diagnostics)
      }
      #expect(found?.code == .defect)
      #expect(found?.diagnostics.first?.id == "worker-start")
      #expect(reader.started <= 3)
    }
  }

  @Test func whoWaitsNoLongerGetsNothing() throws {
    let bench = try Workbench()
    try bench.write("a.xml", Self.invoice(1))
    let reader = Self.reader(["read-sleep:a.xml"])
    reader.isAbandoned = { true }
    let input = DataInput(file: bench.path("a.xml"))
    let source = try input.source(file: try input.kept(), reader: reader)
    #expect(throws: SourceFailure.self) { _ = try source.next() }
  }
}

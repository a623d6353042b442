import Foundation
import GRDB
import Money
import Testing

@testable import Pipeline

@Suite struct JournalTests {
  private func journal(_ bench: Workbench, _ bills: String, only: [String] = []) throws -> (Journal, FirstPass.Facts) {
    try bench.write("bills.jsonl", bills)
    let inputs = try DataInput.expand([bench.path("bills.jsonl")])
    let facts = try FirstPass(inputs: inputs, filter: AccountFilter(only: only, exclude: []), signals: nil).fill(
      journal: bench.path(Journal.name))
    return (try Journal(completing: facts, run: "r", in: bench.root.path), facts)
  }

  private static func piece(_ number: Int, line: String = "x\n") -> PieceEntry {
    PieceEntry(
      place: RecordPlace(input: 0, number: number), kind: .bill, file: "f\(number)", bytes: 1, pages: 2, currency: "USD",
      charges: Amount(mantissa: 1), due: Amount(mantissa: 1), phase: nil, variant: nil, warnings: [], line: Array(line.utf8))
  }

  @Test func theFirstPassFindsRecordsAndDuplicates() throws {
    let bench = try Workbench()
    let (journal, facts) = try journal(bench, Workbench.records(1500) + Workbench.records(700) + "{}\n", only: ["A-0", "A-7919", "nobody"])
    #expect(facts.records == 2201)
    #expect(facts.skipped == 2196)
    #expect(try journal.unmetAccounts() == [Array("nobody".utf8)])
    let cursor = journal.duplicates()
    var found: [Int: Int] = [:]
    for number in 1...2201 {
      if let first = try cursor.values(at: RecordPlace(input: 0, number: number)).first { found[number] = first.number }
    }
    #expect(found == [1501: 1, 1502: 2])
  }

  @Test func aJournalIsOpenedOnlyForItsRun() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(3))
    try journal.close()
    #expect(try Journal.open(in: bench.root.path, run: "other") == nil)
    let reopened = try #require(try Journal.open(in: bench.root.path, run: "r"))
    #expect(try reopened.counts().records == 3)
    try reopened.close()
    try bench.write(Journal.name, "not a database, but long enough to be taken for something else than an empty file")
    #expect(try Journal.open(in: bench.root.path, run: "r") == nil)
    try bench.remove(Journal.name)
    #expect(try Journal.open(in: bench.root.path, run: "r") == nil)
    #expect(!bench.exists(Journal.name))
  }

  @Test func cursorsSeeEveryPageOfALongTable() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(1))
    var batch = JournalBatch()
    for number in stride(from: 1, through: 3000, by: 2) { batch.append(Self.piece(number)) }
    try journal.commit(batch)
    let cursor = journal.pieces()
    for number in 1...3001 {
      let files = try cursor.values(at: RecordPlace(input: 0, number: number)).map(\.file)
      #expect(files == (number % 2 == 1 && number < 3001 ? ["f\(number)"] : []))
    }
  }

  @Test func aRejectTakesThePlaceOfAPiece() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(2))
    var batch = JournalBatch()
    batch.append(Self.piece(1))
    batch.append(Self.piece(2))
    try journal.commit(batch)
    var second = JournalBatch()
    second.append(RejectEntry(place: RecordPlace(input: 0, number: 1), code: "c", message: "m", path: "$", line: [65, 10]))
    try journal.commit(second)
    #expect(try journal.pieces().values(at: RecordPlace(input: 0, number: 1)).isEmpty)
    #expect(try journal.pieces().values(at: RecordPlace(input: 0, number: 2)).count == 1)
  }

  @Test func theManifestComesOutSortedWithoutBeingSorted() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, ["b", "a", "ä", "B"].map { Workbench.record($0, "1") + "\n" }.joined())
    var batch = JournalBatch()
    for number in 1...4 { batch.append(Self.piece(number, line: "\(number)")) }
    try journal.commit(batch)
    let plan = try journal.queue.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + ResultFiles.piecesInOrder).map { row -> String in row["detail"] }
    }
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    let lines = try journal.queue.read { db in
      try Row.fetchAll(db, sql: ResultFiles.piecesInOrder).map { row -> String in
        let line: Data = row["line"]
        return String(decoding: line, as: UTF8.self)
      }
    }
    #expect(lines == ["4", "2", "1", "3"])
  }
}

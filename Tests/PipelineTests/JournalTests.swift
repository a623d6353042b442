import Contract
import Foundation
import GRDB
import Intake
import Money
import Testing

@testable import Pipeline

@Suite struct JournalTests {
  private func journal(_ bench: Workbench, _ bills: String, only: [String] = []) throws -> (Journal, FirstPass.Facts) {
    try bench.write("bills.jsonl", bills)
    let inputs = try DataSet([bench.path("bills.jsonl")]).inputs
    let facts = try FirstPass(inputs: inputs, filter: AccountFilter(only: only, exclude: []), signals: nil).fill(
      journal: bench.path(Journal.draft))
    return (try Journal(completing: facts, run: "r", in: bench.root.path), facts)
  }

  private static func piece(_ number: Int, pages: Int = 2) -> PieceRow {
    var facts = PieceFacts.blank
    (facts.file, facts.bytes, facts.pages) = ("f\(number)", 1, pages)
    (facts.charges, facts.due) = (Amount(mantissa: 1), Amount(mantissa: 1))
    facts.currency = Currency(code: "USD") ?? .none
    return PieceRow(place: RecordPlace(input: 0, number: number), facts: facts)
  }

  @Test func firstPassFindsRecordsAndDuplicates() throws {
    let bench = try Workbench()
    let (journal, facts) = try journal(bench, Workbench.records(1500) + Workbench.records(700) + "{}\n", only: ["A-0", "A-7919", "nobody"])
    #expect(facts.records == 2201)
    #expect(facts.skipped == 2196)
    #expect(try journal.unmetAccounts() == [Array("nobody".utf8)])
    let cursor = journal.duplicates()
    var found: [Int: Int] = [:]
    for number in 1...2201 {
      if let first = try cursor.rows(at: RecordPlace(input: 0, number: number)).first { found[number] = first.first.number }
    }
    #expect(found == [1501: 1, 1502: 2])
  }

  @Test func journalIsOpenedOnlyForItsRun() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(3))
    try journal.close()
    #expect(try Journal.open(in: bench.root.path, run: "other") == nil)
    let reopened = try #require(try Journal.open(in: bench.root.path, run: "r"))
    #expect(try reopened.counts().records == 3)
    try reopened.close()
    try bench.write(Journal.name, "not a database, but long enough to be taken for something else than an empty file")
    #expect(throws: JournalDamage.self) { try Journal.open(in: bench.root.path, run: "r") }
    try bench.write(Journal.name, "")
    #expect(throws: JournalDamage.self) { try Journal.open(in: bench.root.path, run: "r") }
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
      let files = try cursor.rows(at: RecordPlace(input: 0, number: number)).map(\.file)
      #expect(files == (number % 2 == 1 && number < 3001 ? ["f\(number)"] : []))
    }
  }

  @Test func rejectTakesThePlaceOfAPiece() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(2))
    var batch = JournalBatch()
    batch.append(Self.piece(1))
    batch.append(Self.piece(2))
    try journal.commit(batch)
    var second = JournalBatch()
    let place = RecordPlace(input: 0, number: 1)
    second.append(RejectRow(key: PieceKey(place, .bill), code: "c", message: "m", path: "$", line: [65, 10]))
    try journal.commit(second)
    #expect(try journal.pieces().rows(at: RecordPlace(input: 0, number: 1)).isEmpty)
    #expect(try journal.pieces().rows(at: RecordPlace(input: 0, number: 2)).count == 1)
    #expect(try journal.rejects().rows(at: place).map(\.kind) == [.bill])
  }

  @Test func lossIsOpenUntilASecondRunHasTheSame() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(2))
    let place = RecordPlace(input: 0, number: 1)
    func lose(_ code: String) throws {
      var batch = JournalBatch()
      batch.append(
        RejectRow(
          key: PieceKey(place, .bill), code: code, message: "m", path: "$", line: [65, 10],
          losses: try journal.losses(of: PieceKey(place, .bill), code: code)))
      try journal.commit(batch)
    }
    try lose("crashed")
    #expect(try journal.openLosses() == 1)
    #expect(try journal.rejects().rows(at: place).isEmpty)
    try lose("timed-out")
    #expect(try journal.openLosses() == 1)
    try lose("timed-out")
    #expect(try journal.openLosses() == 0)
    #expect(try journal.rejects().rows(at: place).map(\.kind) == [.bill])
    // What is made after all is no reject any more.
    var batch = JournalBatch()
    batch.append(Self.piece(1))
    try journal.commit(batch)
    #expect(try journal.rejects().rows(at: place).isEmpty)
    #expect(try journal.pieces().rows(at: place).count == 1)
  }

  @Test func pieceThatCannotBeMadeLeavesTheOthers() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, Workbench.records(1))
    let place = RecordPlace(input: 0, number: 1)
    var (bill, card) = (PieceFacts.blank, PieceFacts.blank)
    (bill.file, card.file, card.kind) = ("bill", "card", .postcard)
    var batch = JournalBatch()
    batch.append(PieceRow(place: place, facts: bill))
    batch.append(PieceRow(place: place, facts: card))
    batch.append(RejectRow(key: PieceKey(place, .email), code: "email-address", message: "m", path: "$", line: [65, 10]))
    try journal.commit(batch)
    #expect(try journal.pieces().rows(at: place).map(\.file) == ["bill", "card"])
    var second = JournalBatch()
    second.append(RejectRow(key: PieceKey(place, .postcard), code: "c", message: "m", path: "$", line: [65, 10]))
    try journal.commit(second)
    #expect(try journal.pieces().rows(at: place).map(\.file) == ["bill"])
    #expect(try journal.rejects().rows(at: place).map(\.kind) == [.email, .postcard])
  }

  @Test func manifestComesOutSortedWithoutBeingSorted() throws {
    let bench = try Workbench()
    let (journal, _) = try journal(bench, ["b", "a", "ä", "B"].map { Workbench.record($0, "1") + "\n" }.joined())
    var batch = JournalBatch()
    for number in 1...4 { batch.append(Self.piece(number, pages: number)) }
    try journal.commit(batch)
    let plan = try journal.queue.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + Journal.piecesInOrder).map { row -> String in row["detail"] }
    }
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    var pages: [Int] = []
    try journal.forEachPiece { pages.append(try $0.pieceFacts().pages) }
    #expect(pages == [4, 2, 1, 3])
  }
}

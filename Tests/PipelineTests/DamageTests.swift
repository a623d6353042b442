import Foundation
import GRDB
import TestSupport
import Testing

@testable import Pipeline

/// Journals of which single bytes are no longer what was written.
@Suite(.serialized, .onOwnThreads) struct DamageTests {
  private static let files = [Journal.name, Journal.name + "-wal"]

  /// Records of all kinds: made, twice there, different, in two series, and no records at all.
  private func write(_ bench: Workbench) throws {
    let bills = Workbench.records(60, extra: #"{"microseconds":"3000"}"#)
    let odd = Workbench.records(2) + Workbench.record("A-0", "I-0", amount: "7.00") + "\n{}\n{broken\n"
    try bench.write("bills.jsonl", bills + odd + Workbench.records(30, from: 60))
  }

  private func copy(_ bench: Workbench, _ from: String, _ to: String) throws {
    if bench.exists(to) { try bench.remove(to) }
    try FileManager.default.copyItem(atPath: bench.path(from), toPath: bench.path(to))
  }

  private func size(_ bench: Workbench, _ file: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: bench.path(file))[.size] as? Int) ?? 0
  }

  /// A run that is killed once it has noted some of its pieces, with a log that is not folded in.
  private func leaveHalfDone(_ bench: Workbench, _ out: String) throws {
    let run = try bench.begin(bench.arguments(out: out, ["--jobs", "1"]))
    while (try? FileManager.default.contentsOfDirectory(atPath: bench.path("\(out)/bills")).count) ?? 0 < 10, run.process.isRunning {
      usleep(2000)
    }
    // While its worker stands still it has time to note what it has.
    for worker in run.children { kill(worker, SIGSTOP) }
    let log = "\(out)/.work/\(Journal.name)-wal"
    let before = size(bench, log)
    for _ in 0..<1000 where size(bench, log) == before && run.process.isRunning { usleep(10_000) }
    kill(run.process.processIdentifier, SIGKILL)
    #expect(try run.finish().code == -SIGKILL)
    #expect(size(bench, log) > before)
    #expect(!bench.exists("\(out)/manifest.jsonl"))
  }

  /// Changes one byte of the journal in `out`; says which.
  private func flip(_ bench: Workbench, _ out: String, _ lottery: inout SeededNumbers) throws -> String {
    let sizes = Self.files.map { size(bench, "\(out)/.work/\($0)") }
    var offset = lottery.next(below: sizes.reduce(0, +))
    let index = offset < sizes[0] ? 0 : 1
    if index == 1 { offset -= sizes[0] }
    // Some of the flips in a file's head, which is short and decides most.
    if lottery.next(below: 8) == 0 { offset = lottery.next(below: min(100, sizes[index])) }
    let file = try FileHandle(forUpdating: bench.root.appendingPathComponent("\(out)/.work/\(Self.files[index])"))
    defer { try? file.close() }
    try file.seek(toOffset: UInt64(offset))
    let old = try #require(try file.read(upToCount: 1)?.first)
    let new = old ^ UInt8(1 + lottery.next(below: 255))
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data([new]))
    return "\(Self.files[index]) at \(offset): \(old) became \(new)"
  }

  /// Flips bytes of copies of a run; every continued run is right to the byte or says that the journal is damaged, and can be begun anew.
  private func attack(_ bench: Workbench, _ template: String, seed: UInt64, rounds: Int) throws -> (right: Int, damaged: Int) {
    let whole = try bench.snapshot("whole")
    var lottery = SeededNumbers(seed: seed)
    var (right, damaged) = (0, 0)
    for _ in 0..<rounds {
      try copy(bench, template, "out")
      let flipped = try flip(bench, "out", &lottery)
      let outcome = try bench.render()
      if outcome.code == 73 {
        damaged += 1
        #expect(outcome.errors.contains("[journal-damaged]") && outcome.errors.contains("--force"), "\(flipped): \(outcome)")
        // Only now and then: that a run is begun anew does not depend on what was damaged.
        if damaged % 4 == 1 {
          #expect(try bench.render(["bills.jsonl"], ["--force"]).code == 65, "\(flipped)")
          #expect(try bench.snapshot() == whole, "\(flipped)")
        }
      } else {
        right += 1
        #expect(outcome.code == 65, "\(flipped): \(outcome)")
        #expect(try bench.snapshot() == whole, "\(flipped): \(outcome)")
      }
    }
    return (right, damaged)
  }

  @Test func flippedByteOfAHalfDoneRunIsNoticedOrDoesNoHarm() throws {
    let bench = try Workbench()
    try write(bench)
    #expect(try bench.render(out: "whole").code == 65)
    try leaveHalfDone(bench, "half")
    let (right, damaged) = try attack(bench, "half", seed: 7, rounds: 60)
    #expect(right > 0 && damaged > 0, "\(right) right, \(damaged) damaged")
  }

  @Test func flippedByteOfAFinishedRunIsNoticedOrDoesNoHarm() throws {
    let bench = try Workbench()
    try write(bench)
    #expect(try bench.render(out: "whole").code == 65)
    let (right, damaged) = try attack(bench, "whole", seed: 11, rounds: 24)
    #expect(right > 0 && damaged > 0, "\(right) right, \(damaged) damaged")
  }

  @Test func rowsThatAreMissingOrThereFromAnotherTimeDoNotAddUp() throws {
    let bench = try Workbench()
    try write(bench)
    #expect(try bench.render().code == 65)
    let path = bench.path("out/.work/\(Journal.name)")
    let original = try Data(contentsOf: URL(fileURLWithPath: path))
    for statement in [
      "DELETE FROM piece WHERE key = (SELECT MIN(key) FROM piece)", "DELETE FROM piece", "DELETE FROM duplicate", "DELETE FROM seal",
      "INSERT INTO duplicate SELECT key + 1000, first, differs FROM duplicate LIMIT 1", "UPDATE piece SET bytes = bytes + 1",
      "UPDATE reject SET losses = 1", "UPDATE fact SET value = value + 1 WHERE key = 'records'", "UPDATE seen SET copy = 2",
      "INSERT INTO several SELECT key FROM seen LIMIT 1", "CREATE TABLE more (x)", "DROP TABLE unmet", "DELETE FROM block",
      "UPDATE piece SET facts = 'text'", "UPDATE seal SET state = x'00'",
    ] {
      try original.write(to: URL(fileURLWithPath: path))
      #expect(
        InterruptionTests.shell(
          "python3 - '\(path)' \"\(statement)\" <<'E'\nimport sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as c: c.execute(sys.argv[2])\nE"
        ))
      let outcome = try bench.render()
      #expect(outcome.code == 73 && outcome.errors.contains("[journal-damaged]"), "\(statement): \(outcome)")
    }
    try original.write(to: URL(fileURLWithPath: path))
    #expect(try bench.render().code == 65)
  }

  @Test func rowsDigestHangsOnEveryValueItsTypeAndItsTable() {
    let rows = [
      RowDigest(table: "a", values: [1.databaseValue, "x".databaseValue]),
      RowDigest(table: "b", values: [1.databaseValue, "x".databaseValue]),
      RowDigest(table: "a", values: ["1".databaseValue, "x".databaseValue]),
      RowDigest(table: "a", values: [1.databaseValue, "xy".databaseValue]),
      RowDigest(table: "a", values: ["x".databaseValue, 1.databaseValue]), RowDigest(table: "a", values: [1.databaseValue]),
      RowDigest(table: "a", values: [1.databaseValue, Data("x".utf8).databaseValue]),
      RowDigest(table: "a", values: [1.databaseValue, .null]),
      RowDigest(table: "a", values: [(1 as Double).databaseValue, "x".databaseValue]),
    ]
    #expect(Set(rows).count == rows.count)
    var (one, other) = (RowSum(), RowSum())
    for row in rows { one.add(row) }
    for row in rows.reversed() { other.add(row) }
    #expect(one == other)
    one.add(rows[0])
    #expect(one != other)
    one.remove(rows[0])
    #expect(one == other)
    one.remove(rows[1])
    #expect(one != other)
  }
}

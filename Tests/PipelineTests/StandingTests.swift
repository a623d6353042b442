import Foundation
import TestSupport
import Testing

/// Output folders that are taken away, in part or whole, while a run is on.
@Suite(.serialized, .onOwnThreads) struct StandingTests {
  /// Begins a slow run, does something to its folder once it is under way, and waits for its end.
  private func disturb(_ bench: Workbench, _ change: () throws -> Void) throws -> Workbench.Outcome {
    let run = try bench.begin(bench.arguments(["bills.jsonl"], ["--jobs", "1"]))
    // Its main part has begun once it holds the workers' log open; while it stands still nothing gets in the way of the change.
    while !holdsWorkersLog(run.process.processIdentifier), run.process.isRunning { usleep(2000) }
    usleep(100_000)
    kill(run.process.processIdentifier, SIGSTOP)
    try change()
    kill(run.process.processIdentifier, SIGCONT)
    return try run.finish()
  }

  private func bench() throws -> Workbench {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(150, extra: #"{"microseconds":"20000"}"#))
    #expect(try bench.render(out: "whole").code == 0)
    return bench
  }

  private func holdsWorkersLog(_ process: Int32) -> Bool {
    let folder = "/proc/\(process)/fd"
    let open = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return open.contains {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))?.hasSuffix("/workers.log") == true
    }
  }

  private func move(_ bench: Workbench, _ from: String, _ to: String) throws {
    try FileManager.default.moveItem(atPath: bench.path(from), toPath: bench.path(to))
  }

  @Test func withoutItsLockARunEndsWith75() throws {
    let bench = try bench()
    let outcome = try disturb(bench) { try bench.remove("out/.work/lock") }
    #expect(outcome.code == 75)
    #expect(outcome.errors.contains("[lock-removed]") && outcome.errors.contains("'out/.work/lock'"), "\(outcome)")
    #expect(!bench.exists("out/manifest.jsonl") && !bench.exists("out/summary.json"))
    #expect(try bench.render().code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func withoutItsRunRecordARunEndsWith73() throws {
    let bench = try bench()
    let outcome = try disturb(bench) { try move(bench, "out/run.json", "kept") }
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("[output-displaced]") && outcome.errors.contains("'out/run.json'"), "\(outcome)")
    #expect(!bench.exists("out/manifest.jsonl"))
    try move(bench, "kept", "out/run.json")
    // Another one in its place is no better than none.
    let other = try disturb(bench) { try bench.write("out/run.json", "{}") }
    #expect(other.code == 73 && other.errors.contains("[output-displaced]"), "\(other)")
    #expect(try bench.text("out/run.json") == "{}")
    #expect(!bench.exists("out/manifest.jsonl"))
    #expect(try bench.render(["bills.jsonl"], ["--force"]).code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func folderThatIsMovedRemovedOrReplacedEndsTheRunWith73() throws {
    let bench = try bench()
    let moved = try disturb(bench) { try move(bench, "out", "elsewhere") }
    #expect(moved.code == 73)
    #expect(moved.errors.contains("[output-displaced]") && moved.errors.contains("'out'"), "\(moved)")
    #expect(!bench.exists("out") && !bench.exists("elsewhere/manifest.jsonl"))
    let replaced = try disturb(bench) {
      try move(bench, "out", "away")
      try bench.makeFolder("out")
      try bench.write("out/theirs", "mine")
    }
    #expect(replaced.code == 73 && replaced.errors.contains("[output-displaced]"), "\(replaced)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("out")) == ["theirs"])
    try bench.remove("out")
    let removed = try disturb(bench) { try bench.remove("out") }
    #expect(removed.code == 73 && removed.errors.contains("[output-displaced]"), "\(removed)")
    #expect(!bench.exists("out"))
    // Put back, the run goes on.
    try move(bench, "elsewhere", "out")
    #expect(try bench.render().code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func withoutItsJournalOrWorkFolderARunEndsWith73() throws {
    let bench = try bench()
    let journal = try disturb(bench) { try bench.remove("out/.work/journal.sqlite") }
    #expect(journal.code == 73 && journal.errors.contains("journal.sqlite"), "\(journal)")
    let work = try disturb(bench) { try bench.remove("out/.work") }
    #expect(work.code == 73 && work.errors.contains("'out/.work'"), "\(work)")
    #expect(!bench.exists("out/manifest.jsonl"))
    #expect(try bench.render().code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func runRecordThatIsOnlyTouchedIsAsGoodAsBefore() throws {
    let bench = try bench()
    let outcome = try disturb(bench) {
      let bytes = try bench.text("out/run.json")
      try bench.write("out/run.json", bytes)
    }
    #expect(outcome.code == 0, "\(outcome)")
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }
}

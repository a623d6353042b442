import Foundation
import TestSupport
import Testing

/// Records that cost their workers' lives.
@Suite(.serialized, .onOwnThreads) struct FaultTests {
  @Test func recordThatCrashesHangsOrEatsMemoryIsRejectedAndAllOthersAreWritten() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(40, extra: #"{"microseconds":"500"}"#))
    let accounts = (0..<40).map { "A-\($0 * 7919 % 10007)" }
    let faults = [
      "--test-fault", "crash:\(accounts[3])", "--test-fault", "hang:\(accounts[4])", "--test-fault", "memory:\(accounts[20])",
      "--test-fault", "sleep:\(accounts[39])", "--record-seconds", "1", "--worker-memory", "128", "--idle-seconds", "3",
    ]
    let outcome = try bench.render(["bills.jsonl"], faults + ["--jobs", "2"])
    #expect(outcome.code == 65)
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.map { $0["number"] as? Int } == [4, 5, 21, 40])
    #expect(rejects.map { $0["code"] as? String } == ["crashed", "timed-out", "out-of-memory", "timed-out"])
    #expect(rejects.map { $0["account"] as? String } == [accounts[3], accounts[4], accounts[20], accounts[39]])
    #expect(try bench.objects("out/manifest.jsonl").count == 36)
    let summary = try bench.summary()
    #expect(summary["in"] as? Int == 40)
    #expect(summary["rejected"] as? Int == 4)
    let messages = rejects.compactMap { $0["message"] as? String }
    #expect(
      messages[0].contains("ended itself by signal 4 (SIGILL), twice") || messages[0].contains("ended itself by signal 5 (SIGTRAP), twice"))
    #expect(messages[1] == "laying out this record took more than the 1 seconds allowed, twice")
    #expect(messages[2] == "laying out this record took more than the 128 MiB of memory allowed, twice")
    #expect(messages[3] == "the worker that laid this record out neither worked nor answered for 3 seconds, twice")
    #expect(outcome.errors.contains("4 records have cost their workers; the same command tries them once more [records-lost]"))
    func tries() throws -> Int { try bench.text("out/.work/workers.log").split(separator: "\n").count }
    #expect(try tries() == 8)
    // The same command tries those four again, and only them.
    let before = try bench.snapshot()
    let again = try bench.render(["bills.jsonl"], faults)
    #expect(again.code == 65)
    #expect(!again.errors.contains("records-lost"))
    #expect(try tries() == 16)
    #expect(try bench.snapshot() == before)
    // Of what ended in the same way in two runs, nothing is tried again.
    #expect(try bench.render(["bills.jsonl"], faults).code == 65)
    #expect(try tries() == 16)
    #expect(try bench.snapshot() == before)
    // Without the faults it is another run.
    let other = try bench.render()
    #expect(other.code == 73)
    #expect(other.errors.contains("--test-fault"))
  }

  @Test func workerThatIsKilledFromOutsideCostsNoRecord() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(60, extra: #"{"microseconds":"10000"}"#))
    let run = try bench.begin(bench.arguments())
    for _ in 0..<3 {
      for _ in 0..<200 where run.children.isEmpty { usleep(5000) }
      if let worker = run.children.first { kill(worker, SIGKILL) }
      usleep(100_000)
    }
    #expect(try run.finish().code == 0)
    #expect(try bench.objects("out/manifest.jsonl").count == 60)
  }

  @Test func workersThatAreKilledBeforeTheyAreReadyDoNotEndTheRun() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(4))
    let run = try bench.begin(bench.arguments(["bills.jsonl"], ["--jobs", "1"]))
    var killed: Set<Int32> = []
    while run.process.isRunning, killed.count < 6 {
      for worker in run.children where killed.insert(worker).inserted { kill(worker, SIGKILL) }
    }
    let outcome = try run.finish()
    #expect(outcome.code == 0, "\(outcome)")
    #expect(killed.count == 6)
  }

  /// Kills the workers of a run of one slow record until it has cost two.
  private func lose(_ bench: Workbench, _ arguments: [String]) throws -> Workbench.Outcome {
    let run = try bench.begin(arguments)
    while run.process.isRunning {
      guard let worker = run.children.first else {
        usleep(10_000)
        continue
      }
      // By then it is ready and has the record.
      usleep(1_500_000)
      kill(worker, SIGKILL)
      while run.process.isRunning, run.children.contains(worker) { usleep(10_000) }
    }
    return try run.finish()
  }

  @Test func recordWhoseWorkersAreKilledFromOutsideIsNotBlamedAndMadeByTheSameCommand() throws {
    let bench = try Workbench()
    let slow = Workbench.record("slow", "1", extra: #"{"microseconds":"30000000"}"#) + "\n"
    try bench.write("slow.jsonl", slow)
    try bench.write("quick.jsonl", Workbench.records(3))
    let arguments = bench.arguments(["quick.jsonl", "slow.jsonl"], ["--jobs", "1", "--idle-seconds", "60"])
    let lost = try lose(bench, arguments)
    #expect(lost.code == 65)
    #expect(lost.errors.contains("[records-lost]"))
    let reject = try #require(try bench.objects("out/rejects.jsonl").first)
    #expect(reject["code"] as? String == "crashed")
    let message = try #require(reject["message"] as? String)
    let said = try #require(
      message.firstMatch(of: #/killed from outside \(signal 9 \(SIGKILL\).* with at most (\d+) MiB in use, twice/#), "\(message)")
    // Of the 2,048 allowed it had next to nothing, and nobody says that it had more.
    #expect((Int(said.output.1) ?? .max) < 500)
    #expect(!message.contains("2048"))
    #expect(try bench.summary()["rejects"] as? [String: Int] == ["crashed": 1])
    #expect(try bench.summary()["out"] as? Int == 3)
    // An interrupted second run counts for nothing: the record is still to be tried.
    let stopped = try bench.begin(arguments)
    while bench.exists("out/manifest.jsonl"), stopped.process.isRunning { usleep(2000) }
    kill(stopped.process.processIdentifier, SIGKILL)
    _ = try stopped.finish()
    #expect(!bench.exists("out/manifest.jsonl"))
    // Lost once more it stays a reject.
    #expect(try lose(bench, arguments).code == 65)
    let before = try bench.snapshot()
    #expect(try bench.run(arguments).code == 65)
    #expect(try bench.snapshot() == before)
    #expect(try bench.text("out/.work/workers.log").split(separator: "\n").count == 4)
  }

  @Test func lossOfAnotherKindIsTriedOnceMoreAndASuccessLeavesNoTrace() throws {
    let bench = try Workbench()
    let slow = Workbench.record("slow", "1", extra: #"{"microseconds":"6000000"}"#) + "\n"
    try bench.write("bills.jsonl", Workbench.records(3) + slow)
    let arguments = bench.arguments(["bills.jsonl"], ["--jobs", "1"])
    #expect(try lose(bench, arguments).code == 65)
    #expect(try bench.objects("out/rejects.jsonl").count == 1)
    // Left alone the record is made, and the folder is as if nothing had happened.
    #expect(try bench.run(arguments).code == 0)
    #expect(try bench.run(bench.arguments(out: "whole", ["--jobs", "1"])).code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func recordThatTakesMoreThanItsTimeIsRejectedEvenIfItWouldEnd() throws {
    let bench = try Workbench()
    let slow = Workbench.record("slow", "1", extra: #"{"spin":"30000"}"#) + "\n"
    let greedy = Workbench.record("greedy", "1", extra: #"{"keep":"400"}"#) + "\n"
    try bench.write("bills.jsonl", Workbench.records(3) + slow + greedy + Workbench.records(3, from: 3))
    #expect(try bench.render(["bills.jsonl"], ["--record-seconds", "1", "--worker-memory", "200", "--jobs", "2"]).code == 65)
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.map { $0["account"] as? String } == ["slow", "greedy"])
    #expect(rejects.first?["code"] as? String == "timed-out")
    #expect(rejects.last?["code"] as? String == "out-of-memory")
    #expect(try bench.objects("out/manifest.jsonl").count == 6)
  }

  @Test func largePiecesAndRecordsPassThroughThePipes() throws {
    let bench = try Workbench()
    let big = Workbench.record("big", "1", extra: #"{"pages":"900"}"#) + "\n"
    let wide = Workbench.record(
      "wide", "1",
      extra: "{\"blob\":\"\(String(repeating: "z", count: 999))\",\"more\":[\(String(repeating: "\"y\",", count: 300_000))\"y\"]}")
    try bench.write("bills.jsonl", big + wide + "\n" + Workbench.records(3))
    #expect(try bench.render().code == 0)
    let pages = try bench.objects("out/manifest.jsonl").compactMap { $0["pages"] as? Int }
    #expect(pages.contains(900))
    #expect(pages.count == 5)
  }

  @Test func rendererThatIsWrongAboutARecordCostsOnlyThat() throws {
    let bench = try Workbench()
    let lie = Workbench.record("liar", "1", extra: #"{"lie":"1"}"#) + "\n"
    let empty = Workbench.record("empty", "1", extra: #"{"pages":"0"}"#) + "\n"
    // A right-to-left override in an account number is neither lost nor the end of the run.
    let turned = Workbench.record("a\u{202E}b", "1") + "\n"
    try bench.write("bills.jsonl", lie + empty + turned + Workbench.records(3))
    #expect(try bench.render().code == 65)
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.prefix(2).map { $0["code"] as? String } == ["defect", "defect"])
    #expect(rejects.dropFirst(2).allSatisfy { $0["code"] as? String != "defect" })
    let summary = try bench.summary()
    #expect(summary["out"] as? Int == 6 - rejects.count)
  }
}

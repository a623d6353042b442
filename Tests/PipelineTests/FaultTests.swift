import Foundation
import Testing

/// Records that cost their workers' lives.
@Suite(.serialized) struct FaultTests {
  @Test func aRecordThatCrashesHangsOrEatsMemoryIsRejectedAndAllOthersAreWritten() throws {
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
    // The rejects are remembered: nothing is tried again.
    let log = try bench.text("out/.work/workers.log")
    #expect(log.split(separator: "\n").count == 8)
    #expect(try bench.render(["bills.jsonl"], faults).code == 65)
    #expect(try bench.text("out/.work/workers.log") == log)
    // Without the faults it is another run.
    let other = try bench.render()
    #expect(other.code == 73)
    #expect(other.errors.contains("--test-fault"))
  }

  @Test func aWorkerThatIsKilledFromOutsideCostsNoRecord() throws {
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

  @Test func aRecordThatTakesMoreThanItsTimeIsRejectedEvenIfItWouldEnd() throws {
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

  @Test func aRendererThatIsWrongAboutARecordCostsOnlyThat() throws {
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

import Foundation
import TestSupport
import Testing

/// Runs that are stopped, killed, or lose their data or their disk on the way.
@Suite(.serialized, .onOwnThreads) struct InterruptionTests {
  /// Rounds after which a run that is interrupted again and again must have come to its end.
  private static let rounds = 200

  /// Interrupts the same run at ever different moments until it is through; gives back how often.
  private func interrupt(_ bench: Workbench, _ signal: Int32, seed: UInt64, arguments: [String]) throws -> (count: Int, code: Int32) {
    var lottery = SeededNumbers(seed: seed)
    for round in 0..<InterruptionTests.rounds {
      let run = try bench.begin(arguments)
      usleep(UInt32(1000 * (5 + lottery.next(below: 150 + 20 * round))))
      kill(run.process.processIdentifier, signal)
      let outcome = try run.finish()
      if outcome.code >= 0 { return (round, outcome.code) }
      #expect(outcome.code == -signal)
      if signal == SIGTERM, !outcome.errors.isEmpty { #expect(outcome.errors.contains("the same command continues the run")) }
    }
    Issue.record("the run never came to its end")
    return (InterruptionTests.rounds, -1)
  }

  @Test(arguments: [SIGTERM, SIGKILL, SIGINT]) func runContinuedAfterASignalEndsInTheSameBytes(signal: Int32) throws {
    let bench = try Workbench()
    let bills = Workbench.records(150, extra: #"{"microseconds":"2000"}"#)
    try bench.write(
      "bills.jsonl", bills + "{}\n" + Workbench.records(1) + Workbench.records(150, from: 150, extra: #"{"microseconds":"2000"}"#))
    #expect(try bench.render(out: "whole").code == 65)
    let (count, code) = try interrupt(bench, signal, seed: UInt64(signal), arguments: bench.arguments())
    #expect(code == 65)
    #expect(count > 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
    #expect(try bench.objects("out/rejects.jsonl").count == 2)
  }

  @Test func nothingIsLeftRunningWhenTheParentIsKilled() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.record("A", "1") + "\n" + Workbench.record("B", "1") + "\n")
    let run = try bench.begin(bench.arguments(["bills.jsonl"], ["--test-fault", "hang:A", "--test-fault", "sleep:B", "--jobs", "2"]))
    var workers: [Int32] = []
    for _ in 0..<500 where workers.count < 2 {
      workers = run.children
      usleep(10_000)
    }
    #expect(workers.count == 2)
    usleep(200_000)
    kill(run.process.processIdentifier, SIGKILL)
    _ = try run.finish()
    var left = workers
    for _ in 0..<300 where !left.isEmpty {
      usleep(10_000)
      left.removeAll { kill($0, 0) == -1 || InterruptionTests.isDead($0) }
    }
    #expect(left.isEmpty)
  }

  /// A process that has ended but was not yet waited for by whoever inherited it.
  private static func isDead(_ process: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let end = text.lastIndex(of: ")") else {
      return true
    }
    return text[text.index(end, offsetBy: 2)...].hasPrefix("Z")
  }

  @Test func dataThatVanishAre66AndTheRunCanBeContinued() throws {
    let bench = try Workbench()
    let slow = #"{"microseconds":"5000"}"#
    try bench.write("one.jsonl", Workbench.records(60, extra: slow))
    try bench.write("two.jsonl", Workbench.records(20, from: 60))
    #expect(try bench.render(["one.jsonl", "two.jsonl"], out: "whole").code == 0)
    let run = try bench.begin(bench.arguments(["one.jsonl", "two.jsonl"], ["--jobs", "1"]))
    while !bench.exists("out/bills"), run.process.isRunning { usleep(2000) }
    try bench.remove("two.jsonl")
    let outcome = try run.finish()
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("'two.jsonl'"))
    #expect(!bench.exists("out/manifest.jsonl"))
    try bench.write("two.jsonl", Workbench.records(20, from: 60))
    #expect(try bench.render(["one.jsonl", "two.jsonl"]).code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func ofDataThatChangeNothingIsMade() throws {
    let bench = try Workbench()
    let bills = Workbench.records(500, extra: #"{"microseconds":"2000"}"#, pad: 400)
    try bench.write("bills.jsonl", bills)
    #expect(bills.utf8.count > 500_000)
    #expect(try bench.render(out: "whole").code == 0)
    let run = try bench.begin(bench.arguments())
    while !bench.exists("out/bills"), run.process.isRunning { usleep(2000) }
    // In place, and behind what has been read: 10.25 becomes 10.26, which is a bill as good as the other.
    let changed = bills.replacingOccurrences(of: "10.25", with: "10.26")
    let file = try FileHandle(forWritingTo: bench.root.appendingPathComponent("bills.jsonl"))
    try file.seek(toOffset: 400_000)
    try file.write(contentsOf: Data(changed.utf8)[400_000...])
    try file.close()
    let outcome = try run.finish()
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("changed"))
    #expect(!bench.exists("out/manifest.jsonl"))
    #expect(try bench.render().code == 73)
    try bench.write("bills.jsonl", bills)
    #expect(try bench.render().code == 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  // MARK: Disks

  /// Runs a shell command; whether it succeeded.
  static func shell(_ command: String) -> Bool { (try? Tool.run(["sh", "-c", command]).code) == 0 }

  /// Whether this process may mount a small disk.
  static let canMount: Bool = {
    let folder = NSTemporaryDirectory() + "/billfold-mount-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return shell("mkdir -p '\(folder)' && mount -t tmpfs -o size=1m tmpfs '\(folder)' && umount '\(folder)'")
  }()

  @Test(.enabled(if: InterruptionTests.canMount, "needs the right to mount a file system"))
  func fullDiskIs74WithNothingHalfWritten() throws {
    let bench = try Workbench()
    try bench.makeFolder("disk")
    try bench.write("bills.jsonl", Workbench.records(400))
    #expect(try bench.render(out: "whole").code == 0)
    #expect(InterruptionTests.shell("mount -t tmpfs -o size=2m tmpfs '\(bench.path("disk"))'"))
    defer { _ = InterruptionTests.shell("umount '\(bench.path("disk"))'") }
    let outcome = try bench.render(out: "disk/out")
    #expect(outcome.code == 74)
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(!bench.exists("disk/out/manifest.jsonl"))
    let whole = try bench.snapshot("whole")
    let there = try bench.snapshot("disk/out")
    #expect(there.count > 20)
    for (name, bytes) in there where name.hasSuffix(".pdf") { #expect(whole[name] == bytes, "\(name)") }
    // With room again the run goes on.
    #expect(InterruptionTests.shell("mount -o remount,size=64m '\(bench.path("disk"))'"))
    #expect(try bench.render(out: "disk/out").code == 0)
    #expect(try bench.snapshot("disk/out") == whole)
  }

  @Test(.enabled(if: InterruptionTests.canMount, "needs the right to mount a file system"))
  func diskThatCannotBeWrittenIs74() throws {
    let bench = try Workbench()
    try bench.makeFolder("disk")
    try bench.write("bills.jsonl", Workbench.records(2))
    #expect(InterruptionTests.shell("mount -t tmpfs -o size=8m tmpfs '\(bench.path("disk"))'"))
    defer { _ = InterruptionTests.shell("umount '\(bench.path("disk"))'") }
    try bench.makeFolder("disk/empty")
    #expect(InterruptionTests.shell("mount -o remount,ro '\(bench.path("disk"))'"))
    for out in ["disk/new", "disk/empty"] {
      let outcome = try bench.render(out: out)
      #expect(outcome.code == 74)
      #expect(outcome.errors.contains("'\(out)'"))
    }
  }
}

import Files
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing
import WorkerLink

/// Threads and processes that the system refuses: an error in words and no hang.
@Suite(.serialized, .onOwnThreads) struct LimitTests {
  /// A user nobody else is, so that only what the test starts counts.
  private static let user = "61234"

  /// Whether the program can be run by that user.
  static let canBeAnother: Bool = {
    guard geteuid() == 0 else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec setpriv --reuid \(user) --regid \(user) --clear-groups prlimit --nproc=9 '\(Bench.program)' --version",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: canBeAnother, "needs to run the program as another user"), arguments: [1, 2, 5])
  func fewProcessesAre70InASentence(processes: Int) throws {
    let bench = try Bench()
    #expect(try bench.run(bench.render(out: "whole")).code == 0)
    for path in ["", "key"] {
      #expect(chown(bench.path(path), 61234, 61234) == 0)
    }
    let limited = "exec setpriv --reuid \(Self.user) --regid \(Self.user) --clear-groups prlimit --nproc=\(processes) \"$@\""
    let outcome = try bench.shell(limited, bench.render())
    #expect(!outcome.hung && [0, 70].contains(outcome.code), "\(outcome)")
    if outcome.code == 70 {
      #expect(outcome.errors.contains("cannot start a"), "\(outcome.errors)")
      #expect(outcome.errors.contains("[thread-start]") || outcome.errors.contains("[worker-start]"))
    }
    // The program itself, its thread, and at least one worker.
    if processes < 3 { #expect(outcome.code == 70) }
    let preview = try bench.shell(
      limited, ["preview", "--layout", "layout", "--data", "bills.jsonl", "--port", "0"] + Bench.fonts)
    #expect(!preview.hung && preview.code == 70 && preview.errors.contains("[thread-start]"), "\(preview)")
    // With room the same command goes on.
    let free = "exec setpriv --reuid \(Self.user) --regid \(Self.user) --clear-groups \"$@\""
    #expect(try bench.shell(free, bench.render()).code == 0)
    #expect(try bench.snapshot("out") == bench.snapshot("whole"))
  }

  @Test func threadsAreHadAndGivenBack() throws {
    func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
    try SystemThread.reserve(20)
    let count = Mutex(0)
    for _ in 0..<20 { try SystemThread.start { count.withLock { $0 += 1 } } }
    for _ in 0..<500 where count.withLock({ $0 }) < 20 { usleep(10_000) }
    #expect(count.withLock { $0 } == 20)
    // More than any system gives.
    #expect(throws: SystemError.self) { try SystemThread.reserve(4_000_000) }
    try SystemThread.reserve(5)
    _ = try threads()
  }
}

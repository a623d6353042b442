import Foundation
import Ledger
import TestSupport
import Testing

/// An import that is killed leaves the ledger as it was, or as it was to become.
@Suite struct KillTests {
  @Test(.timeLimit(.minutes(5))) func importThatIsKilledIsMadeGoodByTheSameAgain() async throws {
    try await Tool.waiting {
      var random = SeededNumbers(seed: 16)
      let rows = (0..<3_000).map { "acc-\($0 * 7 % 3_000),\($0 % 3 == 0 ? "paper" : "consent"),2027-01-1\($0 % 9),web,,log \($0)\n" }
        .joined()
      let undisturbed = try LedgerBench(rows)
      let bench = try LedgerBench()
      let file = try bench.folder.write("killed.csv", LedgerBench.header + rows + "bad,row\n")
      var killed = 0
      for _ in 0..<10 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path("billfold"))
        process.arguments = ["ledger", "import", file, "--ledger", bench.ledger, "--rejects", bench.folder.path("refused.csv")]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(random.next(below: 400_000)))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal { killed += 1 }
        let known = try bench.export().count
        #expect(known == 0 || known == 3_000)
      }
      #expect(killed > 0)
      let ran = try bench.run("ledger", "import", "killed.csv", "--ledger", "ledger", "--rejects", "refused.csv")
      #expect(ran.code == 65, "\(ran.output)")
      #expect(try bench.export() == undisturbed.export())
      #expect(try bench.folder.text("refused.csv").contains("bad,row,,,,,3002,"))
      let left = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted()
      #expect(left == ["killed.csv", "ledger", "refused.csv"], "\(left)")
    }
  }
}

import Foundation
import TestSupport
import Testing

/// A campaign over four cycles, computed anew by a program that shares no code with ours, and its commands killed on the way. Small forms:
/// `Scripts/soak campaign kills` has two thousand customers and ten kills of each command.
@Suite(.onOwnThreads) struct CampaignSimulationTests {
  private static func run(_ script: String, _ arguments: String...) throws -> (code: Int32, output: String) {
    try Tool.run(
      [Tool.python, "-B", Project.path("Tests/CampaignSimulation/\(script)"), BuiltProgram.path("billfold"), Project.fonts] + arguments)
  }

  /// Who gets what, who agreed, what was mailed and who would be missed.
  @Test(.needs(Tool.python, "pdftotext"), .timeLimit(.minutes(10))) func fourCyclesAreWhatTheyMustBe() async throws {
    try await Tool.waiting {
      let ran = try Self.run("simulate.py", "--customers", "40", "--seed", "3")
      #expect(ran.code == 0, "\(ran.output.suffix(6_000))")
      // What the simulation is about has come up.
      for what in [
        "rule agreed", "rule keeps-paper", "rule unreachable", "rule told-lately", "rule undecided", "state bounced", "variant full",
        "warning consent-source", "reject duplicate-differs", "variants compared", "short in plans",
      ] {
        let line = ran.output.split(separator: "\n").first { $0.hasPrefix(what + ": ") }
        #expect(line.map { !$0.hasSuffix(": 0") } == true, "\(what)")
      }
    }
  }

  /// Killed at any moment and given again, with a ledger that moves on meanwhile; with one that cannot be written; several writers at once. `release`
  /// and `ledger import` are killed in tests of their own.
  @Test(.needs(Tool.python), .timeLimit(.minutes(10))) func killedAndHinderedRunsEndAsOthersDo() async throws {
    try await Tool.waiting {
      let ran = try Self.run("kills.py", "--kills", "4", "--customers", "8", "render", "read-only", "writers")
      #expect(ran.code == 0 && ran.output.split(separator: "\n").count == 3, "\(ran.output.suffix(3_000))")
    }
  }
}

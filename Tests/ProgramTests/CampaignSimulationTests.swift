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

  /// The campaign's disclosures in the text of finished bills and leaflets, also where words are parted by hyphens and phrases go over pages.
  @Test(.needs(Tool.python, "pdftotext"), .timeLimit(.minutes(10)), arguments: [false, true])
  func disclosuresStandInTheTextOfBills(_ isLarge: Bool) async throws {
    try await Tool.waiting {
      let styles = (
        plain: #"size="9pt" line-height="12pt" color="black"/>"#, large: #"size="19pt" line-height="24pt" hyphenate="yes" color="black"/>"#
      )
      let ran = try Tool.run(
        [
          Tool.python, "-B", Project.path("Tests/CampaignSimulation/disclosures.py"), BuiltProgram.path("billfold"),
          Project.path("Layouts/larkspur"), Project.path("Samples/larkspur/campaign"), "--bills", "28", "--seed", "5", "--fonts",
          Project.fonts,
        ] + (isLarge ? ["--change", "layout.xml", styles.plain, styles.large, "--change", "terms.xml", styles.plain, styles.large] : []))
      #expect(ran.code == 0, "\(ran.output.suffix(3_000))")
      let line = ran.output.split(separator: "\n").last { $0.contains("phrases looked for") } ?? ""
      if isLarge { #expect(!line.contains(" 0 with words parted") && !line.contains(" 0 over two pages"), "\(line)") }
    }
  }

  /// Who gets the reminder postcard, and its rank: by rules over state and ledger, once in the campaign or in each run, with the account's first
  /// record.
  @Test(.needs(Tool.python), .timeLimit(.minutes(10))) func postcardsGoToThoseTheyMust() async throws {
    try await Tool.waiting {
      let ran = try Self.run("postcards.py", "--records", "200", "--seed", "8")
      #expect(ran.code == 0, "\(ran.output.suffix(6_000))")
      // What it is about has come up.
      for what in [
        "rule business", "rule postcard-3", "rule ended", "rule undecided", "reject of a postcard",
        "accounts without a card, their first record faulty",
        "accounts without a card, which they have had", "cards once a campaign", "cards once a cycle", "phase announce", "phase remind",
        "phase final",
      ] {
        let line = ran.output.split(separator: "\n").first { $0.hasPrefix(what + ": ") }
        #expect(line.map { !$0.hasSuffix(": 0") } == true, "\(what)")
      }
    }
  }

  /// Day, mode, phone and keeping paper stand on card, e-mail and bill, the code leads to the open address, the link to the customer's, and nothing of the account is on the card.
  @Test(.needs(Tool.python, "pdftotext", "pdftoppm", "zbarimg", "qpdf"), .timeLimit(.minutes(10)))
  func cardsAndEmailsSayWhatTheirBillsSay() async throws {
    try await Tool.waiting {
      let ran = try Tool.run([
        Tool.python, "-B", Project.path("Tests/CampaignSimulation/piece_facts.py"), BuiltProgram.path("billfold"),
        Project.path("Layouts/larkspur"), Project.path("Samples/larkspur/campaign"), "--records", "8", "--seed", "7", "--fonts",
        Project.fonts,
      ])
      #expect(ran.code == 0, "\(ran.output.suffix(3_000))")
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

import Consents
import Contract
import Dates
import Foundation
import Glibc
import Ledger
import TestSupport
import Testing

/// The ledger as an input of a run.
@Suite struct ReaderTests {
  private static func day(_ text: String) throws -> PlainDate { try #require(PlainDate(text)) }

  @Test func ownCycleAndLaterEntriesDoNotCount() throws {
    let bench = try LedgerBench("a,paper,2027-01-12,phone,,\na,consent,2027-01-20,web,,\na,withdrawn,2027-02-10,,,\n")
    try bench.record([
      LedgerBench.piece("a", "1", cycle: "2026-11", mailed: "2026-11-25"),
      LedgerBench.piece("a", "2", cycle: "2026-12", mailed: "2026-12-25"),
      LedgerBench.piece("a", "3", cycle: "2027-01", mailed: "2027-01-25"),
      LedgerBench.piece("a", "4", cycle: "2027-02", notice: nil, mailed: "2027-02-25"),
      LedgerBench.piece("a", "5", cycle: "2026-12", campaign: "other", mailed: "2026-12-26"),
      LedgerBench.piece("a", "2", cycle: "2026-12", kind: .postcard, mailed: "2026-12-27"), LedgerBench.piece("b", mailed: "2026-12-01"),
    ])
    let reader = try LedgerReader(bench.ledger, company: LedgerBench.company)
    func history(_ account: String, _ cycle: String, _ day: String, campaign: String? = "paperless-2027") throws -> String {
      let history = try reader.history(of: account, cycle: cycle, campaign: campaign, asOf: Self.day(day))
      return (history.events.map { "\($0.kind.rawValue) \($0.source)" } + ["\(history.notices)", history.lastMailed?.iso ?? "-"]).joined(
        separator: ", ")
    }
    #expect(try history("a", "2027-02", "2027-02-23") == "withdrawn , 3, 2027-01-25")
    #expect(try history("a", "2027-01", "2027-02-23") == "withdrawn , 2, 2026-12-25")
    #expect(try history("a", "2027-01", "2027-01-23") == "consent web, paper phone, 2, 2026-12-25")
    #expect(try history("a", "2027-01", "2027-01-19") == "paper phone, 2, 2026-12-25")
    #expect(try history("a", "2027-01", "2026-12-24") == "1, 2026-11-25")
    #expect(try history("a", "2026-11", "2026-11-30") == "0, -")
    #expect(try history("a", "2027-03", "2027-03-23", campaign: "other") == "withdrawn , 1, 2026-12-26")
    #expect(try history("a", "2027-03", "2027-03-23", campaign: nil) == "withdrawn , 0, -")
    #expect(try reader.history(of: "nobody", cycle: "1", campaign: "paperless-2027", asOf: Self.day("2027-03-01")).isEmpty)
  }

  /// Cards of the campaign, but for those of the run's own cycle; two of one day are two.
  @Test func cardsOfTheCampaignAreCountedByThemselves() throws {
    let bench = try LedgerBench("a,paper,2027-01-12,phone,,\n")
    func card(_ invoice: String, _ cycle: String, _ day: String, account: String = "a", campaign: String = "paperless-2027") throws
      -> MailedPiece
    {
      try LedgerBench.piece(account, invoice, cycle: cycle, kind: .postcard, notice: "postcard", campaign: campaign, mailed: day)
    }
    try bench.record([
      LedgerBench.piece("a", "1", cycle: "2026-11", mailed: "2026-11-25"), card("1", "2026-11", "2026-12-01"),
      card("2", "2026-12", "2026-12-01"), card("3", "2027-01", "2027-01-28"), card("4", "2027-01", "2027-01-29", campaign: "other"),
      card("1", "2026-11", "2026-12-02", account: "b"),
    ])
    let reader = try LedgerReader(bench.ledger, company: nil)
    func days(_ account: String, _ cycle: String, campaign: String? = "paperless-2027", asOf day: PlainDate? = nil) throws -> String {
      let facts = try reader.facts(of: account, cycle: cycle, campaign: campaign, asOf: day)
      #expect(facts.mailings.map(\.notices) == (account == "a" && campaign == "paperless-2027" && cycle != "2026-11" ? [1] : []))
      return facts.postcards.map(\.iso).joined(separator: " ")
    }
    #expect(try days("a", "2027-02") == "2026-12-01 2026-12-01 2027-01-28")
    #expect(try days("a", "2027-01") == "2026-12-01 2026-12-01")
    #expect(try days("a", "2026-11") == "2026-12-01 2027-01-28")
    #expect(try days("a", "2027-02", asOf: Self.day("2027-01-27")) == "2026-12-01 2026-12-01")
    #expect(try days("a", "2027-02", asOf: Self.day("2026-11-30")) == "")
    #expect(try days("a", "2027-02", campaign: "other") == "2027-01-29" && days("a", "2027-02", campaign: nil) == "")
    #expect(try days("b", "2027-02") == "2026-12-02" && days("c", "2027-02") == "")
    #expect(try reader.history(of: "a", cycle: "2027-01", campaign: "paperless-2027", asOf: Self.day("2027-02-01")).postcards == 2)
  }

  @Test func oneTransactionSeesOneLedger() throws {
    let bench = try LedgerBench("a,paper,2027-01-12,,,\n")
    let before = try bench.folder.bytes("ledger")
    let reader = try LedgerReader(bench.ledger, company: nil)
    #expect(reader.company == LedgerBench.company)
    #expect(try reader.history(of: "a", cycle: "1", campaign: nil, asOf: Self.day("2027-02-01")).events.count == 1)
    reader.close()
    reader.close()
    #expect(throws: RunFailure.self) { try reader.history(of: "a", cycle: "1", campaign: nil, asOf: Self.day("2027-02-01")) }
    #expect(try bench.folder.bytes("ledger") == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted() == ["events.csv", "ledger"])
  }

  /// A run that goes on sees whether anything but its own release came in between.
  @Test func changesAreCounted() throws {
    let bench = try LedgerBench("a,paper,2027-01-12,,,\n")
    func changes(_ cycle: String) throws -> Int { try LedgerReader(bench.ledger, company: nil).changes(besides: cycle) }
    let first = try changes("2026-11")
    try bench.take("a,paper,2027-01-12,,,\n")
    #expect(try changes("2026-11") == first)
    try bench.record([LedgerBench.piece("a", cycle: "2026-11")])
    #expect(try changes("2026-11") == first)
    #expect(try changes("2026-12") == first + 1)
    try bench.take("b,paper,2027-01-12,,,\n")
    #expect(try changes("2026-11") == first + 1)
  }

  // MARK: Where nothing may be written

  /// Neither the file nor its folder may be written: everything is read, and nothing appears beside it.
  @Test(.needs("setpriv")) func ledgerIsReadWhereNothingMayBeWritten() throws {
    let bench = try LedgerBench("a,paper,2027-01-12,,,\n")
    let before = try bench.export()
    let path = bench.folder.path
    defer { _ = chmod(path, 0o700) }
    #expect(chmod(bench.ledger, 0o444) == 0 && chmod(path, 0o555) == 0)
    let ran = try Tool.run(Self.asNobody([BuiltProgram.path("billfold"), "ledger", "export", "--ledger", bench.ledger]))
    #expect(ran.code == 0 && ran.output == before[0] + "\n", "\(ran)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["events.csv", "ledger"])
    let written = try Tool.run(
      Self.asNobody([BuiltProgram.path("billfold"), "ledger", "import", bench.folder.path("events.csv"), "--ledger", bench.ledger]))
    #expect(written.code == 74 && written.output.contains("[ledger-unwritable]"), "\(written)")
  }

  /// A killed writer's journal lies beside the ledger: who may write takes it back, who may not is told.
  @Test(.needs("setpriv", Tool.python)) func whatAKilledWriterBeganIsTakenBack() throws {
    let bench = try LedgerBench((0..<300).map { "a\($0),paper,2027-01-12,,\(String(repeating: "x", count: 300)),\n" }.joined())
    let before = try bench.export()
    let script = """
      import os, signal, sqlite3
      db = sqlite3.connect("ledger", isolation_level=None)
      db.execute("PRAGMA cache_size = 1")
      db.execute("BEGIN IMMEDIATE")
      db.execute("UPDATE event SET state = 'bounced'")
      os.kill(os.getpid(), signal.SIGKILL)
      """
    _ = try Tool.run([Tool.python, "-c", script], in: bench.folder.url)
    let path = bench.folder.path
    defer { _ = chmod(path, 0o700) }
    #expect(FileManager.default.fileExists(atPath: bench.folder.path("ledger-journal")))
    #expect(chmod(bench.ledger, 0o444) == 0 && chmod(bench.folder.path("ledger-journal"), 0o444) == 0 && chmod(path, 0o555) == 0)
    let ran = try Tool.run(Self.asNobody([BuiltProgram.path("billfold"), "ledger", "export", "--ledger", bench.ledger]))
    #expect(ran.code == 78 && ran.output.contains("[ledger-unfinished]"), "\(ran)")
    #expect(chmod(bench.ledger, 0o600) == 0 && chmod(bench.folder.path("ledger-journal"), 0o600) == 0 && chmod(path, 0o700) == 0)
    #expect(try bench.export() == before)
    #expect(!FileManager.default.fileExists(atPath: bench.folder.path("ledger-journal")))
  }

  private static func asNobody(_ words: [String]) -> [String] {
    getuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + words : words
  }
}

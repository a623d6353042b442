import Consents
import Contract
import Dates
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@testable import Pipeline

/// Messages that must not go any more when they are to be sent.
@Suite(.onOwnThreads, .needs(Tool.mailServer, "openssl")) struct SuppressionTests {
  private func take(_ bench: SendBench, _ rows: String...) throws {
    let file = try bench.folder.write(
      "events.csv", "account,state,date,source,scope,evidence\n" + rows.map { $0 + "\n" }.joined())
    let counts = try EventImport(file, ledger: bench.ledger, rejects: nil, report: { _ in }).run()
    #expect(counts.new == rows.count)
  }

  @Test func customerIsToldOnceACampaignPhaseAndCycleWhateverTheFolder() throws {
    let bench = try SendBench(3)
    let server = try MailServer(in: bench.folder)
    #expect(try bench.send(server.port, "out", ["--only", "a00000", "--only", "a00001"]).code == 0)
    try bench.makeRun("again", 3, ["--invoice", "j"])
    let again = try bench.send(server.port, "again")
    #expect(again.code == 0 && again.isReconciled && again.accounts("message-suppressed") == ["a00000", "a00001"], "\(again)")
    #expect(again.totals["new"] == 1, "\(again)")
    // The first folder has nothing more to send, and says what it sent itself.
    let first = try bench.send(server.port)
    #expect(first.totals["accepted"] == 2 && first.accounts("message-suppressed") == ["a00002"], "\(first)")
    // Without its own journal the ledger is what keeps it from a second time.
    try FileManager.default.removeItem(atPath: bench.folder.path("out/.send"))
    #expect(try bench.send(server.port).totals["suppressed"] == 3)
    // Another phase, or another cycle, is another message.
    try bench.makeRun("next", 3, ["--cycle", "2026-12"])
    #expect(try bench.send(server.port, "next").totals["new"] == 3)
    try bench.makeRun("phase", 3, ["--phase", "remind", "--invoice", "k"])
    #expect(try bench.send(server.port, "phase").totals["new"] == 3)
    // Of one invoice and cycle the ledger can have one.
    try bench.makeRun("campaign", 3, ["--campaign", "another"])
    let campaign = try bench.send(server.port, "campaign")
    #expect(campaign.accounts("message-suppressed") == ["a00000", "a00001"] && campaign.totals["new"] == 1, "\(campaign)")
    #expect(try bench.logged().count == 10)
  }

  @Test func customerOfWhomTheLedgerHasHeardSinceGetsNone() throws {
    let bench = try SendBench(4)
    let server = try MailServer(in: bench.folder)
    // The run had no ledger, and knew of nothing.
    try take(bench, "a00001,consent,2026-11-20,web,,", "a00002,bounced,2026-11-20,,,", "a00003,withdrawn,2020-01-01,,,")
    let sent = try bench.send(server.port)
    #expect(sent.code == 0 && sent.accounts("message-suppressed") == ["a00001", "a00002", "a00003"], "\(sent)")
    #expect(sent.of("message-suppressed")[0].contains("'consent' of 2026-11-20"), "\(sent)")
    #expect(try bench.logged() == [0])
  }

  @Test func whatTheRunKnewIsNoReason() throws {
    let digest = String(repeating: "1", count: 64)
    let bench = try SendBench(4, ["--ledger", digest])
    let server = try MailServer(in: bench.folder)
    try take(bench, "a00000,withdrawn,2026-01-01,web,,", "a00001,withdrawn,2026-01-01,web,,", "a00002,withdrawn,2026-01-01,web,,")
    try makeJournal(bench, known: ["a00000": "withdrawn", "a00001": "withdrawn", "a00003": "withdrawn"])
    try take(bench, "a00001,paper,2026-11-21,phone,,")
    let sent = try bench.send(server.port)
    // a00001 chose paper since, of a00002 the run knew nothing, of a00003 it knew what the ledger no longer has.
    #expect(sent.code == 0 && sent.accounts("message-suppressed") == ["a00001", "a00002", "a00003"], "\(sent)")
    #expect(sent.of("message-suppressed")[2].contains("no longer has"), "\(sent)")
    #expect(try bench.logged() == [0])
  }

  /// Leaves behind the journal of a run that knew of accounts one event each, of 2026-01-01.
  private func makeJournal(_ bench: SendBench, known: [String: String]) throws {
    let work = bench.folder.path("out/.work")
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
    try bench.folder.write("out/.work/lock", "")
    let draft = try DatabaseQueue(path: work + "/" + Journal.draft)
    try draft.write { db in
      try db.execute(sql: Journal.schema)
      let insert = try RowInsertion<KnownRow>(db)
      for (account, kind) in known.sorted(by: { $0.key < $1.key }) {
        let event = CustomerEvent(
          try #require(CustomerEvent.Kind(rawValue: kind)), try #require(PlainDate("2026-01-01")), source: "web")
        try insert(KnownRow(account: Array(account.utf8), facts: AccountFacts(events: [event]).bytes))
      }
    }
    try draft.close()
    let run = try #require(RunRecord(try bench.folder.bytes("out/run.json")))
    var facts = FirstPass.Facts()
    facts.records = 4
    facts.ledger = LedgerInput.Snapshot(digest: "", changes: 0)
    try Journal(completing: facts, run: run.digest, in: work).close()
  }
}

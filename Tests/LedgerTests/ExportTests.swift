import Consents
import Contract
import Dates
import Foundation
import Ledger
import TestSupport
import Testing

/// What the billing system is told of each account.
@Suite struct ExportTests {
  @Test func lineSaysWhatIsKnown() throws {
    let bench = try LedgerBench("a,consent,2027-01-12,web,all bills,log 1\n")
    try bench.record([LedgerBench.piece("a", places: ["US", "US-OR"])])
    #expect(
      try bench.export() == [
        #"{"account":"a","state":"agreed","date":"2027-01-12","source":"web","may_switch":true,"why":"agreed","events":["#
          + #"{"state":"consent","date":"2027-01-12","source":"web","scope":"all bills","evidence":"log 1"}],"pieces":["#
          + #"{"kind":"bill","invoice":"1","channel":"print","cycle":"2026-11","mailed":"2026-11-25","sha256":""#
          + String(repeating: "07", count: 32)
          + #"","campaign":"paperless-2027","phase":"announce","rule":"undecided","notice":"standard","#
          + #""variant":"full","terms_version":"2027-03","terms_digest":""# + String(repeating: "a1", count: 32) + #"","words_digest":""#
          + String(repeating: "b2", count: 32)
          + #"","page":1,"area":0.142,"contrast":12.25,"text_size":9.5,"jurisdictions":["US","US-OR"]}]}"#
      ])
  }

  /// Events, the places of an account's pieces (`nil`: no piece), and what is told.
  private static let cases: [(String, [String]?, String)] = [
    ("consent,2027-01-12,web", nil, "agreed false not-checked"), ("consent,2027-01-12,web", ["US"], "agreed true agreed"),
    ("consent,2027-01-12,web", [], "agreed true agreed"), ("consent,2027-01-12,phone", [], "agreed true agreed"),
    ("consent,2027-01-12,phone", ["US"], "undecided false consent-source"),
    ("consent,2027-01-12,phone", ["US-OR"], "undecided false consent-source"),
    ("consent,2027-01-12,web", ["XX"], "agreed false not-checked"), ("consent,2027-01-12,web", ["US", "XX"], "agreed false not-checked"),
    ("paper,2027-01-12,phone", ["US"], "paper false paper"), ("bounced,2027-01-12,", ["US"], "bounced false bounced"),
    ("withdrawn,2027-01-12,", ["US"], "undecided false undecided"), ("paper,2027-01-12,", nil, "paper false not-checked"),
  ]

  @Test(arguments: cases.indices) func consentIsJudgedByTheLawOfThePieces(_ index: Int) throws {
    let (event, places, expected) = Self.cases[index]
    let bench = try LedgerBench("a,\(event),,\n")
    if let places { try bench.record([LedgerBench.piece("a", places: places)]) }
    let line = try #require(try bench.export().first)
    let found = ["state", "may_switch", "why"].compactMap { key in
      line.firstMatch(of: try! Regex("\"\(key)\":\"?([a-z-]+)")).flatMap { $0.output[1].substring }
    }
    #expect(found.joined(separator: " ") == expected, "\(line)")
  }

  @Test func pieceThatDoesNotSayWhoseLawHoldsChecksNothing() throws {
    let bench = try LedgerBench("a,consent,2027-01-12,web,,\n")
    try bench.record([LedgerBench.piece("a", "1", places: ["US"]), LedgerBench.piece("a", "2", places: nil)])
    let line = try #require(try bench.export().first)
    #expect(line.contains(#""may_switch":false,"why":"not-checked""#) && line.hasSuffix(#""jurisdictions":null}]}"#))
  }

  @Test func companysOwnRulesCount() throws {
    let bench = try LedgerBench("a,consent,2027-01-12,form,,\nb,consent,2027-01-12,web,,\n")
    try bench.record([LedgerBench.piece("a", places: ["RS"]), LedgerBench.piece("b", places: ["RS"])])
    let folder = try TemporaryFolder([
      "RS.yaml": """
      billfold: 1
      jurisdiction: RS
      name: Serbia
      rules:
        - {id: rs-form, title: A signed form, source: House rule, seen: 2026-11-28, confirmed: no, consent-sources: [form]}

      """
    ])
    #expect(try bench.export().allSatisfy { $0.contains(#""why":"not-checked""#) })
    let lines = try bench.export(rules: folder.path)
    #expect(lines[0].contains(#""may_switch":true"#) && lines[1].contains(#""why":"consent-source""#))
  }

  @Test func laterEntriesAreLeftOut() throws {
    let bench = try LedgerBench("a,paper,2027-01-12,,,\na,consent,2027-02-01,web,,\nb,paper,2027-02-01,,,\n")
    try bench.record([LedgerBench.piece("c", mailed: "2027-01-12"), LedgerBench.piece("d", mailed: "2027-01-13")])
    func accounts(_ day: String?) throws -> [String] {
      try bench.export(asOf: day).map { String($0.split(separator: "\"")[3] + " " + $0.split(separator: "\"")[7]) }
    }
    #expect(try accounts(nil) == ["a agreed", "b paper", "c undecided", "d undecided"])
    #expect(try accounts("2027-02-01") == accounts(nil))
    #expect(try accounts("2027-01-31") == ["a paper", "c undecided", "d undecided"])
    #expect(try accounts("2027-01-12") == ["a paper", "c undecided"])
    #expect(try accounts("2027-01-11").isEmpty)
  }

  /// Accounts are told apart by their bytes, and sorted by them.
  @Test func accountsAreBytes() throws {
    let bench = try LedgerBench(
      "e\u{301},paper,2027-01-12,,,\né,consent,2027-01-12,web,,\nz,paper,2027-01-12,,,\nA,paper,2027-01-12,,,\n日,paper,2027-01-12,,,\n")
    try bench.record([LedgerBench.piece("e\u{301}")])
    let lines = try bench.export()
    #expect(lines.map { Array($0.split(separator: "\"")[3].utf8) } == ["A", "e\u{301}", "z", "é", "日"].map { Array($0.utf8) })
    #expect(lines[1].contains(#""state":"paper""#) && !lines[1].hasSuffix(#""pieces":[]}"#) && lines[3].hasSuffix(#""pieces":[]}"#))
    #expect(try LedgerExport(bench.ledger).entries(of: "é").events.first?.event.kind == .consent)
  }

  @Test func historyIsToldByDays() throws {
    let bench = try LedgerBench("a,consent,2027-01-12,web,all bills,log 1\na,bounced,2027-02-03,,,\nb,consent,2027-01-12,phone,,\n")
    try bench.record([
      LedgerBench.piece("a", "2026-11-1"), LedgerBench.piece("a", "2027-01-1", cycle: "2027-01", notice: nil, mailed: "2027-01-12"),
      LedgerBench.piece("b", places: ["US"]), LedgerBench.piece("c", places: ["XX"]),
    ])
    let shown = try bench.run("ledger", "show", "a", "--ledger", "ledger")
    #expect(shown.code == 0)
    #expect(
      shown.output == """
        a, a customer of Larkspur Light & Power: bounced since 2027-02-03
        may not be switched: e-mail comes back
        2026-11-25  mailed bill 2026-11-1; cycle 2026-11; campaign paperless-2027; phase announce; rule undecided; notice standard as full on page 1, area 0.142, contrast 12.25, text 9.5 pt; terms 2027-03
        2027-01-12  mailed bill 2027-01-1; cycle 2027-01; campaign paperless-2027; rule undecided; no notice; terms 2027-03
        2027-01-12  consent, by web, for all bills, evidence: log 1
        2027-02-03  bounced

        """)
    #expect(
      try bench.run("ledger", "show", "b", "--ledger", "ledger").output.contains(
        "may not be switched: agreed on 2027-01-12 by phone, which makes no consent where the customer lives\n"))
    #expect(try bench.run("ledger", "show", "c", "--ledger", "ledger").output.contains("not checked, since there are no rules for XX\n"))
    #expect(
      try bench.run("ledger", "show", "nobody", "--ledger", "ledger").output
        == "nobody, a customer of Larkspur Light & Power: undecided\nmay not be switched: not checked, since nothing was mailed to this account that says whose law holds\nnothing is known of this account\n"
    )
    #expect(
      try bench.run("ledger", "show", "a", "--ledger", "ledger", "--as-of", "2027-01-31", "--format", "json").output
        == bench.export(asOf: "2027-01-31")[0] + "\n")
  }

  /// A program that shares nothing with ours reads the events, the ledger's tables and the export, and decides each account anew.
  @Test(.needs(Tool.python), arguments: [1, 2, 3]) func independentProgramAgrees(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let bench = try LedgerBench()
    var rows: [String] = []
    var pieces: [MailedPiece] = []
    for number in 0..<250 {
      let account = ["acc-\(number)", "\"a, \(number)\"", "é\(number)", "日 \(number)"][random.next(below: 4)]
      for _ in 0..<random.next(below: 4) {
        let kind = ["consent", "withdrawn", "paper", "bounced", "consent"][random.next(below: 5)]
        let source =
          kind == "consent" ? ["web", "phone", "app", "form"][random.next(below: 4)] : ["", "web", "phone"][random.next(below: 3)]
        rows.append(
          "\(account),\(kind),2027-0\(1 + random.next(below: 3))-1\(random.next(below: 3)),\(source),\"all, \"\"\(number)\"\"\",log\n")
      }
      guard random.next(below: 3) > 0 else { continue }
      let places = [["US"], ["US-OR", "US"], [], ["XX"], ["US"]][random.next(below: 5)]
      for invoice in 0...random.next(below: 2) {
        pieces.append(
          try LedgerBench.piece(
            account.replacing("\"", with: ""), "\(invoice)", kind: [.bill, .postcard][random.next(below: 2)],
            notice: ["standard", nil][random.next(below: 2)],
            places: places, mailed: "2027-0\(1 + random.next(below: 3))-20", digest: UInt8(number)))
      }
    }
    try bench.take(rows.shuffled(using: &random).joined())
    #expect(try bench.record(pieces).new == pieces.count)
    for day in [nil, "2027-02-11"] {
      try bench.folder.write("export.jsonl", try bench.export(asOf: day).map { $0 + "\n" }.joined())
      let script = Project.url("Tests/LedgerTests/Check/check_export.py").path
      let ran = try Tool.run(
        [Tool.python, script, "events.csv", "ledger", "export.jsonl"] + (day.map { [$0] } ?? []), in: bench.folder.url)
      #expect(ran.code == 0, "\(ran.output)")
      for why in ["agreed", "consent-source", "not-checked", "paper", "undecided"] {
        #expect(ran.output.contains("\"\(why)\""), "\(ran.output)")
      }
    }
  }
}

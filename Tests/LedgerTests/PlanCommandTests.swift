import Contract
import Foundation
import Ledger
import TestSupport
import Testing

/// `campaign plan` and `ledger coverage` over made data, as the program tells them.
@Suite(.onOwnThreads) struct PlanCommandTests {
  /// A folder with a ledger, a campaign and its terms.
  private final class PlanBench {
    let bench: LedgerBench

    init(_ events: String? = nil, keys: String = "cycles: monthly\ncoverage: {bills: 3}\n", company: String? = LedgerBench.company) throws {
      bench = try LedgerBench(events)
      let words = "{en-US: {heading: H, body: B, action: A, keep-paper: K}}"
      let open = keys.contains("postcard:") ? ", open: {url: \"https://my.larkspur.example/o\", show: my.larkspur.example/o}" : ""
      try bench.folder.write(
        "campaign.yaml",
        """
        billfold: 1
        id: paperless-2027
        languages: [en-US]
        mode: optional
        consent: before
        phases: {announce: 2026-11-01, remind: 2027-01-01, final: 2027-02-01, active: 2027-03-01}
        opt-in: {url: "https://my.larkspur.example/p", show: my.larkspur.example/p, phone: "1"\(open)}
        terms: {version: "1", effective: 2027-03-01, files: {en-US: terms.md}, previous: {version: "0", files: {en-US: terms.md}}}
        notices: {announce: \(words), remind: {same-as: announce}, final: {same-as: announce}, active: {same-as: announce}}
        \(company.map { "company: \($0)\n" } ?? "")\(keys)
        """)
      try bench.folder.write("terms.md", "# Terms\n\nOne.\n")
    }

    /// Writes records, and what stands for none as it is.
    func data(_ name: String = "bills.jsonl", _ records: String...) throws {
      try bench.folder.write(name, records.joined(separator: "\n") + "\n")
    }

    func plan(_ more: String..., data: String = "bills.jsonl") throws -> (code: Int32, output: String) {
      try Tool.run(
        [BuiltProgram.path("billfold"), "campaign", "plan", "--campaign", "campaign.yaml", "--jobs", "1", "--data", data] + more,
        in: bench.folder.url)
    }

    func coverage(_ more: String..., data: String = "bills.jsonl") throws -> (code: Int32, output: String) {
      try Tool.run(
        [
          BuiltProgram.path("billfold"), "ledger", "coverage", "--ledger", "ledger", "--campaign", "campaign.yaml", "--jobs", "1", "--data",
          data,
        ] + more, in: bench.folder.url)
    }
  }

  /// A record without lines.
  private static func record(
    _ account: String, _ invoice: String = "1", name: String = "Ana", kind: String = "bill", delivery: String = "paper",
    issued: String = "2026-11-23", segment: String = "residential", consent: String = "null"
  ) -> String {
    """
    {"v":1,"account":"\(account)","invoice":"\(invoice)","kind":"\(kind)","issued":"\(issued)","due":null,"currency":"USD","language":"en-US",\
    "segment":"\(segment)","customer":{"name":"\(name)","address":["1 Main St"]},"delivery":"\(delivery)","consent":\(consent),\
    "format":"standard","sections":[],"totals":{"charges":"0.00","due":"0.00"}}
    """
  }

  private static func customers(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("{\"account\"") }.map(String.init)
  }

  // MARK: The plan

  /// November to come is planned, three cycles follow: who has agreed is not asked for, who has chosen paper is.
  @Test func whoWillHaveHadTooFewIsNamed() throws {
    let bench = try PlanBench(
      "agreed,consent,2026-11-02,web,,\nchose,paper,2026-11-03,phone,,\nlater,consent,2026-11-24,web,,\n",
      keys: """
        cycles: monthly
        coverage: {bills: 4}
        audience:
          - {rule: agreed, when: "customer-state eq 'agreed'", notice: none, terms: bill}
          - {rule: chose, when: "customer-state eq 'paper'", notice: none, terms: none}
          - {rule: late, when: "segment eq 'business' and phase eq 'announce'", notice: none}
          - {rule: rest, notice: standard}

        """.replacing("segment eq", with: "(segment | default('')) eq"))
    try bench.data(
      "bills.jsonl", Self.record("agreed"), Self.record("biz", segment: "business"), Self.record("chose", name: "Zoë"),
      Self.record("credit", kind: "credit"), Self.record("later"), Self.record("rest"), Self.record("rest"), "{}",
      Self.record("paperless", delivery: "electronic"), Self.record("paperless2", delivery: "electronic", consent: #"{"source":"web"}"#))
    let ran = try bench.plan("--ledger", "ledger")
    #expect(ran.code == 1)
    #expect(
      ran.output == """
        bills.jsonl:7: $: error: account 'rest', invoice '1' is that of bills.jsonl:6 already [duplicate]
        bills.jsonl:8: $.v: error: the field 'v' of the record is missing [missing-field]
        bills.jsonl:9: $.delivery: error: the bill is to be delivered electronically, and the customer, who is 'undecided', has not agreed to that; the campaign asks for consent before paper stops [no-consent]
        paperless-2027 as of 2026-11-23: phase announce

          2026-11-01  phase announce begins
          2026-11-23  these data
          2026-12-23  a cycle to come
          2027-01-01  phase remind begins
          2027-01-23  a cycle to come
          2027-02-01  phase final begins
          2027-02-23  a cycle to come
          2027-03-01  phase active begins: paper stops
          2027-03-01  the updated terms come into force

        10 records: 7 bills, 3 rejected

          rule      rest        3
                    agreed      2
                    chose       1
                    late        1

          phase     announce    7

          language  en-US       7

          channel   print       6
                    electronic  1

          notice    none        4
                    standard    3

          terms     bill        5
                    none        2

        biz  Ana: 2 of 4 notices: 0 mailed, 0 with these data, 2 to come
        chose  Zoë: 0 of 4 notices: 0 mailed, 0 with these data, 0 to come
        2 of 4 paper customers will have had fewer than 4 notices before 2027-03-01; 1 record cannot be read, and whose it is is not judged

        """)
  }

  /// Three bills of one account bring three notices a cycle, and the rules of the next cycle know of all of them.
  @Test func billsOfOneAccountCountTogether() throws {
    let rules = """
      audience:
        - {rule: enough, when: "mailed.notices ge 5", notice: none, terms: none}
        - {rule: lately, when: "(mailed.days | default(99)) lt 30", notice: none, terms: none}
        - {rule: rest, notice: standard}

      """
    let bench = try PlanBench(keys: "cycles: every 2 weeks\ncoverage: {bills: 8}\n" + rules)
    try bench.bench.record([
      LedgerBench.piece("three", "0", cycle: "2026-10", mailed: "2026-10-24"),
      LedgerBench.piece("one", "0", cycle: "2026-10", mailed: "2026-10-24"),
    ])
    try bench.data(
      "bills.jsonl", Self.record("three", "a"), Self.record("one", "a"), Self.record("three", "b"),
      Self.record("three", "c", kind: "credit"),
      Self.record("two", "a", kind: "credit", issued: "2026-11-20"), Self.record("two", "b", kind: "credit"))
    let told = try bench.plan("--ledger", "ledger", "--format", "json")
    // Every 2 weeks from November 23: December 7 is too soon, December 21 is not; then January 4, 18; February 1, 15.
    // One: 1 mailed, 1 now, then every fourth week, until 5 are mailed: December 21 is 28 days on, January 4 is 42.
    #expect(
      Self.customers(told.output) == [
        #"{"account":"one","name":"Ana","mailed":1,"planned":1,"coming":2,"asked":8,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"#,
        #"{"account":"three","name":"Ana","mailed":1,"planned":3,"coming":3,"asked":8,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"#,
      ])
    #expect(
      told.code == 1
        && told.output.contains(#""coverage":{"bills":8,"customers":2,"short":2,"postcards":0,"lacking":{"bills":2,"postcards":0}}"#))
    // Without that rule each of them goes on.
    let free = try PlanBench(keys: "cycles: monthly\ncoverage: {bills: 50}\n")
    try free.data("bills.jsonl", Self.record("three", "a"), Self.record("one", "a"), Self.record("three", "b"), Self.record("three", "c"))
    #expect(
      Self.customers(try free.plan("--format", "json").output) == [
        #"{"account":"one","name":"Ana","mailed":0,"planned":1,"coming":3,"asked":50,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"#,
        #"{"account":"three","name":"Ana","mailed":0,"planned":3,"coming":9,"asked":50,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"#,
      ])
  }

  /// A bill of the data that was mailed already is the one that is planned.
  @Test func cycleThatWasMailedIsNotCountedTwice() throws {
    let bench = try PlanBench(keys: "cycles: monthly\ncoverage: {bills: 9}\n")
    try bench.bench.record([
      LedgerBench.piece("a", "10", cycle: "2026-10", mailed: "2026-11-02"),
      LedgerBench.piece("a", "11", cycle: "2026-11", mailed: "2026-11-25"),
    ])
    try bench.data("bills.jsonl", Self.record("a", "11"))
    #expect(
      Self.customers(try bench.plan("--ledger", "ledger", "--as-of", "2026-11-30", "--format", "json").output) == [
        #"{"account":"a","name":"Ana","mailed":1,"planned":1,"coming":3,"asked":9,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"#
      ])
    try bench.data("bills.jsonl", Self.record("a", "12"))
    #expect(
      Self.customers(try bench.plan("--ledger", "ledger", "--as-of", "2026-11-30", "--format", "json").output) == [
        #"{"account":"a","name":"Ana","mailed":2,"planned":1,"coming":3,"asked":9,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"#
      ])
  }

  @Test func whatTheCampaignDoesNotSayIsNotGuessed() throws {
    let bench = try PlanBench(keys: "", company: nil)
    try bench.data("bills.jsonl", Self.record("a"))
    let ran = try bench.plan()
    #expect(ran.code == 0)
    #expect(
      ran.output.hasSuffix(
        """

        the campaign has no 'coverage': how many notices each customer must have had before 2027-03-01 is not known
        the campaign has no 'cycles': how many notices are still to come before 2027-03-01 is not known

        """))
    // From the active date on there is nothing to come.
    let late = try bench.plan("--as-of", "2027-03-01")
    #expect(late.code == 0 && late.output.contains("phase active") && !late.output.contains("'cycles'"))
  }

  // MARK: Postcards

  private static let cardKeys = """
    cycles: monthly
    coverage: {bills: 1, postcards: 1}
    channels:
      postcard:
        audience:
          - {rule: early, when: "phase eq 'announce'", card: none}
          - {rule: business, when: "(segment | default('')) eq 'business'", card: none}
          - {rule: again, when: "mailed.notices ge 2"}
          - {rule: rest}

    """

  /// Cards are planned by the campaign's rules, one for an account with its first record, today and in the cycles to come; a card goes out once.
  @Test func postcardsArePlannedByTheirRules() throws {
    let bench = try PlanBench(keys: Self.cardKeys)
    try bench.bench.record([
      LedgerBench.piece("had", kind: .postcard, mailed: "2026-12-01"), LedgerBench.piece("told", mailed: "2026-11-25"),
      LedgerBench.piece("told", "2", cycle: "2026-12", mailed: "2026-12-25"),
    ])
    try bench.data(
      "bills.jsonl", Self.record("biz", "9", segment: "business"), Self.record("had", "9"), Self.record("one", "9"),
      Self.record("told", "9"),
      Self.record("two", "a", segment: "business"), Self.record("two", "b"), Self.record("three", "a"), Self.record("three", "b"),
      Self.record("refused", "9", delivery: "electronic"))
    let january = try bench.plan("--ledger", "ledger", "--as-of", "2027-01-23")
    for line in [
      "  2027-01-23  these data, 3 postcards\n", "  2027-02-23  a cycle to come\n", "9 records: 8 bills, 1 rejected; 3 postcards\n",
      "  postcard  rest      2\n            again     1\n",
      "biz  Ana: 2 of 1 notice: 0 mailed, 1 with these data, 1 to come; 0 of 1 postcard: 0 mailed, 0 with these data, 0 to come\n"
        + "two  Ana: 4 of 1 notice: 0 mailed, 2 with these data, 2 to come; 0 of 1 postcard: 0 mailed, 0 with these data, 0 to come\n"
        + "2 of 6 paper customers will have had fewer than 1 notice and 1 postcard before 2027-03-01: 0 too few notices, 2 too few postcards\n",
    ] { #expect(january.output.contains(line), "\(line)\n\(january.output)") }
    #expect(january.code == 1)
    // A run that makes none leaves them to the next cycle, of which January's bills have told three accounts twice by then.
    let later = try bench.plan("--ledger", "ledger", "--as-of", "2027-01-23", "--pieces", "bill", "--format", "json")
    #expect(
      later.output.contains(#"{"date":"2027-01-23","what":"plan"}"#)
        && later.output.contains(#"{"date":"2027-02-23","what":"cycle","postcards":3}"#)
        && later.output.contains(#""missing":[],"postcards":[],"emails":null}"#),
      "\(later.output)")
    #expect(
      Self.customers(later.output).first
        == #"{"account":"biz","name":"Ana","mailed":0,"planned":1,"coming":1,"asked":1,"postcards":{"mailed":0,"planned":0,"coming":0,"asked":1}}"#
    )
    // In November the rules send none, and in January's cycle the same three; `had` had its card later than this day.
    let november = try bench.plan("--ledger", "ledger", "--as-of", "2026-11-23", "--format", "json").output
    #expect(november.contains(#"{"date":"2027-01-23","what":"cycle","postcards":4}"#), "\(november)")
    #expect(
      november.contains(#""short":2,"postcards":1,"lacking":{"bills":0,"postcards":2}},"missing":[],"postcards":[],"emails":null}"#),
      "\(november)")
    // The last cycle without cards: who had none is short.
    let last = try bench.plan("--ledger", "ledger", "--as-of", "2027-02-23", "--pieces", "bill,terms", "--format", "json").output
    #expect(last.contains(#""customers":6,"short":5,"postcards":1,"lacking":{"bills":0,"postcards":5}}"#), "\(last)")
    let wrong = try bench.plan("--pieces", "letters")
    #expect(wrong.code == 64 && wrong.output.contains("'--pieces' takes bill, email, postcard, terms, and not 'letters'."), "\(wrong)")
  }

  /// E-mails are planned as cards are, to those with an address; what the ledger has as accepted counts, whatever became of the bills.
  @Test func emailsArePlannedByTheirRules() throws {
    let words = "{announce: {en-US: {subject: S, preheader: P}}}"
    let bench = try PlanBench(
      keys: """
        cycles: monthly
        coverage: {bills: 1}
        channels:
          email:
            from: Larkspur <bills@larkspur.example>
            return-path: bounces@larkspur.example
            postal-address: PO Box 12
            list-unsubscribe: {https: "https://my.larkspur.example/u/{token}", mailto: unsubscribe@larkspur.example}
            audience: [{rule: early, when: "phase eq 'announce'", email: none}, {rule: often, when: "mailed.notices ge 1"}, {rule: rest}]
            words: \(words)

        """)
    try bench.bench.record([
      LedgerBench.piece("had", kind: .email, mailed: "2026-12-01"), LedgerBench.piece("told", mailed: "2026-11-25"),
      // Of these very data: the run that is planned, whose bills nobody has mailed yet.
      LedgerBench.piece("sent", "9", cycle: "2027-01", kind: .email, mailed: "2027-01-20"),
    ])
    func to(_ account: String, _ invoice: String = "9", _ address: String = "a@mail.example", delivery: String = "paper") -> String {
      Self.record(account, invoice, delivery: delivery)
        .replacing("\"address\":[", with: "\(address.isEmpty ? "" : "\"email\":\"\(address)\",")\"address\":[")
    }
    try bench.data(
      "bills.jsonl", to("had"), to("told"), to("sent"), to("two", "a"), to("two", "b"), to("none", "9", ""),
      to("odd", "9", "a@b, c@d.example"),
      to("refused", delivery: "electronic"))
    let january = try bench.plan("--ledger", "ledger", "--as-of", "2027-01-23")
    for line in [
      "  2027-01-23  these data, 3 e-mails\n", "  2027-02-23  a cycle to come\n", "8 records: 7 bills, 1 rejected; 3 e-mails\n",
      "  e-mail    rest      2\n            often     1\n",
      "bills.jsonl:6: $.customer.email: error: the customer is to get an e-mail, and the record has no address for it [email-address]\n",
      "bills.jsonl:7: $.customer.email: error: the address of the customer's e-mail is more than one address",
    ] { #expect(january.output.contains(line), "\(line)\n\(january.output)") }
    // No e-mail is a notice by mail.
    #expect(january.code == 0)
    let later = try bench.plan("--ledger", "ledger", "--as-of", "2026-12-23", "--pieces", "bill", "--format", "json").output
    #expect(
      later.contains(#"{"date":"2026-12-23","what":"plan"}"#) && later.contains(#"{"date":"2027-01-23","what":"cycle","emails":3}"#)
        && later.contains(#""postcards":null,"emails":[]}"#), "\(later)")
  }

  /// A card that is rejected is told and not planned; its bill is.
  @Test func cardThatTheLawForbidsIsNotPlanned() throws {
    let bench = try PlanBench(keys: Self.cardKeys + "paper: {fee: \"1.00\", currency: USD}\n")
    try bench.data(
      "bills.jsonl", Self.record("york").replacing("\"segment\":", with: "\"jurisdiction\":\"US-NY\",\"segment\":"), Self.record("rest"))
    let ran = try bench.plan("--as-of", "2027-01-23")
    #expect(
      ran.output.contains("bills.jsonl:1: $.jurisdiction: error: the postcard tells of a campaign with a fee for paper of 1.00 USD")
        && ran.output.contains("[paper-fee-forbidden]\n") && ran.output.contains("2 records: 2 bills, 0 rejected; 1 postcard\n"),
      "\(ran.output)")
    #expect(ran.output.contains("\nyork  Ana: 2 of 1 notice: 0 mailed, 1 with these data, 1 to come; 0 of 1 postcard: "))
  }

  // MARK: Coverage

  /// Three cycles were mailed, the third without two customers: they are named and nobody else.
  @Test func whoWasLeftOutIsNamed() throws {
    let bench = try PlanBench("agreed,consent,2027-02-28,web,,\nwithdrew,consent,2027-01-02,web,,\nwithdrew,withdrawn,2027-02-28,web,,\n")
    let accounts = ["agreed", "all", "left", "withdrew", "early"]
    for (number, cycle) in [("1", "2026-11"), ("2", "2026-12"), ("3", "2027-01")] {
      let got = accounts.filter { number != "3" || !["left", "withdrew", "agreed"].contains($0) }
      try bench.bench.record(
        got.map { account in
          try LedgerBench.piece(account, number, cycle: cycle, mailed: account == "early" && number == "3" ? "2027-03-01" : cycle + "-25")
        })
    }
    try bench.data(
      "bills.jsonl", Self.record("all"), Self.record("left", name: "Zoë"), Self.record("agreed"), Self.record("withdrew", delivery: "both"),
      Self.record("early"), Self.record("never", kind: "credit"), Self.record("electronic", delivery: "electronic"), Self.record("left"))
    let ran = try bench.coverage()
    #expect(ran.code == 1)
    #expect(
      ran.output == """
        bills.jsonl:8: $: error: account 'left', invoice '1' is that of bills.jsonl:2 already, and the two records differ [duplicate-differs]
        early  Ana: 2 of 3 notices
        left  Zoë: 2 of 3 notices
        withdrew  Ana: 2 of 3 notices
        paperless-2027: 3 of 4 paper customers had fewer than 3 notices mailed before 2027-03-01

        """)
    let json = try bench.coverage("--format", "json", "--as-of", "2027-02-27")
    // On that day nobody had agreed but the one who took it back.
    #expect(
      json.output.contains(#""unread":0,"coverage":{"bills":3,"postcards":0,"customers":4,"short":3,"lacking":{"bills":3,"postcards":0}}"#),
      "\(json.output)")
    #expect(
      Self.customers(json.output)
        == ["agreed", "early", "left"].map {
          #"{"account":"\#($0)","name":"\#($0 == "left" ? "Zoë" : "Ana")","bills":2,"postcards":0,"asked":{"bills":3,"postcards":0},"#
            + #""missing":{"bills":1,"postcards":0}}"#
        })
    // The last two are mailed after all.
    try bench.bench.record([
      LedgerBench.piece("left", "3", cycle: "2027-02", mailed: "2027-02-25"),
      LedgerBench.piece("withdrew", "3", cycle: "2027-02", mailed: "2027-02-25"),
      LedgerBench.piece("early", "4", cycle: "2027-02", mailed: "2027-02-25"),
    ])
    let clean = try bench.coverage()
    #expect(clean.code == 0)
    #expect(clean.output.hasSuffix("paperless-2027: 0 of 4 paper customers had fewer than 3 notices mailed before 2027-03-01\n"))
  }

  @Test func postcardsAreAskedForWhereTheCampaignDoes() throws {
    let bench = try PlanBench(keys: "coverage: {bills: 1, postcards: 1}\n")
    try bench.bench.record([
      LedgerBench.piece("both", mailed: "2026-11-25"), LedgerBench.piece("both", kind: .postcard, mailed: "2026-12-01"),
      LedgerBench.piece("bill", mailed: "2026-11-25"), LedgerBench.piece("card", kind: .postcard, mailed: "2026-12-01"),
    ])
    try bench.data("bills.jsonl", Self.record("both"), Self.record("bill"), Self.record("card"))
    let ran = try bench.coverage()
    // None of them is sent by this campaign, which is told.
    #expect(ran.output.contains("[coverage-unreachable]"))
    #expect(
      ran.code == 1
        && ran.output.hasSuffix(
          """
          bill  Ana: 1 of 1 notice, 0 of 1 postcard
          card  Ana: 0 of 1 notice, 1 of 1 postcard
          paperless-2027: 2 of 3 paper customers had fewer than 1 notice and 1 postcard mailed before 2027-03-01: 1 too few notices, \
          1 too few postcards

          """),
      "\(ran.output)")
    let json = try bench.coverage("--format", "json").output
    #expect(json.contains(#""coverage":{"bills":1,"postcards":1,"customers":3,"short":2,"lacking":{"bills":1,"postcards":1}}}"#), "\(json)")
    #expect(
      Self.customers(json) == [
        #"{"account":"bill","name":"Ana","bills":1,"postcards":0,"asked":{"bills":1,"postcards":1},"missing":{"bills":0,"postcards":1}}"#,
        #"{"account":"card","name":"Ana","bills":0,"postcards":1,"asked":{"bills":1,"postcards":1},"missing":{"bills":1,"postcards":0}}"#,
      ])
  }

  // MARK: Data

  /// Folders, archives, streams and e-invoices are read as render reads them.
  @Test func dataAreReadAsInRender() throws {
    let bench = try PlanBench(keys: "coverage: {bills: 1}\ncycles: monthly\n", company: nil)
    try bench.bench.folder.write("in/a.jsonl.gz", StoredArchive.gzip(Array((Self.record("gz") + "\n").utf8)))
    try bench.bench.folder.write(
      "in/b.zip", StoredArchive.zip([("x.jsonl", Array((Self.record("zip", issued: "2026-12-01") + "\n").utf8))]))
    try bench.bench.folder.write("in/notes.txt", "nothing")
    try bench.bench.folder.write("in/bad.xml", "<nothing/>")
    let ran = try bench.plan("--format", "json", data: "in")
    #expect(
      ran.output.contains(#""as_of":"2026-12-01""#)
        && ran.output.contains(#""records":3,"bills":2,"rejected":1,"rejects":{"not-an-e-invoice":1}"#),
      "\(ran.output)")
    #expect(ran.output.contains("data-ignored"))
    let piped = try Tool.run(
      [
        "/bin/sh", "-c", "cat bills.jsonl | \"$0\" campaign plan --campaign campaign.yaml --format json --data -",
        BuiltProgram.path("billfold"),
      ],
      in: {
        try bench.data("bills.jsonl", Self.record("piped")); return bench.bench.folder.url
      }())
    #expect(piped.code == 0 && piped.output.contains(#""records":1,"bills":1"#), "\(piped.output)")
  }

  // MARK: What keeps them from beginning

  private static let faults: [(keys: String, company: String?, words: [String], code: Int32, expected: String)] = [
    (
      "", "Other", ["plan", "--ledger", "ledger"], 78,
      "error: the ledger 'ledger' is that of 'Larkspur Light & Power', and the campaign that of 'Other' [ledger-other-company]"
    ),
    (
      "", nil, ["plan", "--ledger", "ledger"], 78,
      "error: the campaign does not say whose it is, which a ledger asks for; expected 'company: NAME' in 'campaign.yaml', the name that was given to 'ledger create' [company-missing]"
    ),
    (
      "", LedgerBench.company, ["plan", "--ledger", "nowhere"], 78,
      "error: there is no ledger 'nowhere'; 'billfold ledger create' makes one [ledger-missing]"
    ),
    (
      "", LedgerBench.company, ["coverage"], 78,
      "error: the campaign does not say what each customer must have had by mail; expected 'coverage: {bills: N}' in 'campaign.yaml' [coverage-missing]"
    ),
    (
      "cycles: every 1 weeks\n", nil, ["plan", "--as-of", "2016-11-23"], 78,
      "error: more than 520 cycles lie between 2016-11-23 and the active date 2027-03-01; expected fewer, or another '--as-of' [cycles-too-many]"
    ),
    ("", nil, ["plan", "--rules", "nowhere"], 78, "[rules-unreadable]"),
    ("", nil, ["plan", "--layout", "nowhere"], 78, "error: "),
    ("", nil, ["plan", "--as-of", "soon"], 64, "Error: The value 'soon' is invalid"),
    (
      "audience: [{rule: a, when: \"(extra.meter | default('')) eq 'x'\", notice: none}, {rule: b, notice: standard}]\n", nil, ["plan"], 78,
      "[layout-needed]"
    ),
  ]

  @Test(arguments: faults.indices) func startFaultsAreToldInAWord(_ index: Int) throws {
    let (keys, company, words, code, expected) = Self.faults[index]
    let bench = try PlanBench(keys: keys, company: company)
    try bench.data("bills.jsonl", Self.record("a"))
    let ran = try words[0] == "plan" ? Self.run(bench, Array(words.dropFirst())) : bench.coverage()
    #expect(ran.code == code && ran.output.contains(expected), "\(ran)")
    #expect(code == 64 || ran.output.split(separator: "\n").count { $0.contains("error: ") } == 1, "\(ran)")
  }

  private static func run(_ bench: PlanBench, _ more: [String]) throws -> (code: Int32, output: String) {
    try Tool.run(
      [BuiltProgram.path("billfold"), "campaign", "plan", "--campaign", "campaign.yaml", "--data", "bills.jsonl"] + more,
      in: bench.bench.folder.url)
  }

  @Test func dataThatSayNothingAre66() throws {
    let bench = try PlanBench()
    try bench.data("bills.jsonl", "")
    let empty = try bench.plan()
    #expect(empty.code == 66 && empty.output.hasSuffix("error: the data hold no record; expected one at least [no-records]\n"), "\(empty)")
    try bench.data("bills.jsonl", "{}")
    let dateless = try bench.plan()
    #expect(dateless.code == 66)
    #expect(
      dateless.output
        == "error: no record of the data says when it was issued, so that there is no day to plan for; expected '--as-of DATE' [no-issue-date]\n"
    )
    let gone = try bench.coverage(data: "nowhere.jsonl")
    #expect(gone.code == 66 && gone.output.contains("[data-unreadable]"))
  }
}

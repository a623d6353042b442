import Consents
import Contract
import Dates
import JSON
import Ledger
import Testing

@testable import Pipeline

/// What plan and coverage are made of, and how they are told.
@Suite struct PlanTests {
  private static func day(_ text: String) throws -> PlainDate { try #require(PlainDate(text)) }

  private static func calendar(cycles: [String]? = ["2026-12-23", "2027-01-23", "2027-02-23"]) throws -> CampaignCalendar {
    let days: [(CampaignCalendar.Event, String)] = [
      (.announce, "2026-11-01"), (.remind, "2027-01-01"), (.final, "2027-02-01"), (.active, "2027-03-01"), (.terms, "2027-03-01"),
      (.keepBy, "2027-02-01"),
    ]
    let later = try cycles.map { try $0.map { try day($0) } }
    return CampaignCalendar(
      campaign: "paperless-2027", days: try days.map { CampaignCalendar.Day($0, try day($1)) }, active: try day("2027-03-01")
    ) { _ in later }
  }

  // MARK: What was mailed

  private static func piece(
    _ invoice: String, cycle: String = "2026-11", campaign: String? = "paperless-2027", notice: String? = "standard",
    kind: PieceKind = .bill, mailed: String
  ) throws -> MailedPiece {
    MailedPiece(
      account: "a", invoice: invoice, kind: kind, wording: .init(channel: .print, cycle: cycle, campaign: campaign, notice: notice),
      sha256: Array(repeating: 1, count: 32), mailed: try day(mailed))
  }

  @Test func billsAndPostcardsOfTheCampaignWithAnyNoticeCount() throws {
    let pieces = [
      try Self.piece("1", mailed: "2026-11-25"), try Self.piece("2", notice: "kept", mailed: "2026-11-25"),
      try Self.piece("3", notice: nil, mailed: "2026-11-26"), try Self.piece("4", campaign: "other", mailed: "2026-11-26"),
      try Self.piece("5", campaign: nil, mailed: "2026-11-26"), try Self.piece("6", kind: .terms, mailed: "2026-11-26"),
      try Self.piece("7", kind: .postcard, mailed: "2026-11-27"), try Self.piece("8", kind: .email, mailed: "2026-11-27"),
      try Self.piece("9", cycle: "2026-12", mailed: "2026-12-25"),
    ]
    let all = MailedNotices(pieces, of: "paperless-2027") { _ in false }
    #expect(all.bills.mailings.map { "\($0.date.iso) \($0.notices)" } == ["2026-11-25 2", "2026-12-25 1"])
    #expect(all.postcards.map(\.iso) == ["2026-11-27"] && all.emails.map(\.iso) == ["2026-11-27"])
    // A bill of the data was mailed in that cycle: nothing of it counts, the cycle's other pieces included.
    let other = MailedNotices(pieces, of: "paperless-2027") { $0.invoice == "3" }
    #expect(
      other.bills.mailings.map { "\($0.date.iso) \($0.notices)" } == ["2026-12-25 1"] && other.postcards.isEmpty && other.emails.isEmpty)
    // An e-mail may have gone out beside one of the data whose bill nobody mailed.
    #expect(MailedNotices(pieces, of: "paperless-2027") { $0.invoice == "8" } == other)
    // Neither a card nor a leaflet says which cycle is that of the data.
    #expect(MailedNotices(pieces, of: "paperless-2027") { $0.invoice == "6" || $0.invoice == "7" } == all)
  }

  private static let additions: [(days: [(String, Int)], expected: [String])] = [
    ([("2026-12-01", 1)], ["2026-12-01 1"]), ([("2026-12-01", 0)], []), ([("2026-12-01", -3)], []),
    ([("2026-12-01", 1), ("2026-12-01", 2)], ["2026-12-01 3"]),
    ([("2026-12-02", 1), ("2026-12-01", 1), ("2026-12-03", 1)], ["2026-12-01 1", "2026-12-02 1", "2026-12-03 1"]),
  ]

  @Test(arguments: additions.indices) func daysOfMailingsRise(_ index: Int) throws {
    var facts = AccountFacts()
    for (day, notices) in Self.additions[index].days { facts.add(notices, on: try Self.day(day)) }
    #expect(facts.mailings.map { "\($0.date.iso) \($0.notices)" } == Self.additions[index].expected)
    #expect(try AccountFacts(bytes: facts.bytes) == facts)
  }

  // MARK: The timeline

  private func timeline() throws -> PlanTimeline {
    let calendar = try Self.calendar()
    return PlanTimeline(calendar.timeline(asOf: try Self.day("2026-11-23"), cycles: calendar.cycles(calendar.active) ?? []))
  }

  @Test func pictureHasPhasesCyclesAndOtherDays() throws {
    #expect(
      try timeline().picture(columns: 60) == [
        "announce                   remind         final       active",
        "┣━━━━━━━━━━━━━━━━━━━━━━━━━━┣━━━━━━━━━━━━━━┣━━━━━━━━━━━━┣━━▶",
        "          ●            ○              ○             ○",
        "                                          ◆            ▲",
      ])
  }

  /// Names that would run into each other are left to the list of days, and every day keeps its mark.
  @Test(arguments: [40, 41, 60, 79, 100, 101, 500]) func pictureFitsItsWidth(columns: Int) throws {
    let lines = try timeline().picture(columns: columns)
    #expect(lines.count == 4 && lines.allSatisfy { $0.count <= min(columns, 100) && $0.last != " " })
    let marks = lines.dropFirst().joined().filter { "┣●○◆▲▶".contains($0) }
    #expect(marks.count == 4 + 4 + 2 + 1)
    #expect(lines[0].split(separator: " ").allSatisfy { ["announce", "remind", "final", "active"].contains($0) })
  }

  /// Cycles that are closer than a column share a mark, and none drifts away from its day.
  @Test func crowdedDaysStayWhereTheyAre() throws {
    let calendar = try Self.calendar()
    let first = try Self.day("2026-11-23")
    let cycles = (1...97).compactMap { first.adding(days: $0) }
    let lines = PlanTimeline(calendar.timeline(asOf: first, cycles: cycles)).picture(columns: 60)
    #expect(lines[2] == "          ●" + String(repeating: "○", count: 44))
  }

  @Test func thereIsNoPictureWhereNothingCouldBeSeen() throws {
    #expect(try timeline().picture(columns: 39).isEmpty)
    #expect(try PlanTimeline([CampaignCalendar.Day(.plan, Self.day("2026-11-23"))]).picture(columns: 80).isEmpty)
    #expect(PlanTimeline([]).picture(columns: 80).isEmpty)
  }

  private static let phases = [
    ("2026-10-31", "-"), ("2026-11-01", "announce"), ("2026-12-31", "announce"), ("2027-01-01", "remind"), ("2027-02-28", "final"),
    ("2027-03-01", "active"), ("2030-01-01", "active"),
  ]

  @Test(arguments: phases.indices) func phaseIsThatOfTheDay(_ index: Int) throws {
    let (day, expected) = Self.phases[index]
    #expect(try Self.calendar().phase(on: Self.day(day))?.rawValue ?? "-" == expected)
  }

  // MARK: Told

  private func plan(cycles: [String]? = ["2026-12-23"], coverage: CampaignPlan.Coverage? = nil) throws -> CampaignPlan {
    let calendar = try Self.calendar(cycles: cycles)
    var plan = CampaignPlan(calendar: calendar, day: try Self.day("2026-11-23"), cycles: calendar.cycles(calendar.active))
    (plan.data.records, plan.data.rejects, plan.data.unread) = (30, ["bad-date": 1, "duplicate": 1], 1)
    plan.counts = [
      CampaignPlan.Kind(
        rule: "undecided", phase: "announce", language: "en-US", channel: "print", notice: "standard", variant: "full", terms: "bill"): 20,
      CampaignPlan.Kind(rule: "agreed", phase: "announce", language: "es-US", channel: "electronic", terms: "none"): 6,
      CampaignPlan.Kind(rule: "agreed", phase: "announce", language: nil, channel: "print", terms: "none"): 2,
    ]
    plan.coverage = coverage
    return plan
  }

  @Test func planIsToldInLines() throws {
    var plan = try plan(coverage: CampaignPlan.Coverage(bills: 3, customers: 20, short: 1))
    #expect(
      plan.lines(columns: nil).joined(separator: "\n") == """
        paperless-2027 as of 2026-11-23: phase announce

          2026-11-01  phase announce begins
          2026-11-23  these data
          2026-12-23  a cycle to come
          2027-01-01  phase remind begins
          2027-02-01  phase final begins
          2027-02-01  the last day to keep paper
          2027-03-01  phase active begins: paper stops
          2027-03-01  the updated terms come into force

        30 records: 28 bills, 2 rejected

          rule      undecided   20
                    agreed       8

          phase     announce    28

          language  en-US       20
                    es-US        6
                    none         2

          channel   print       22
                    electronic   6

          notice    standard    20
                    none         8

          terms     bill        20
                    none         8
        """)
    #expect(
      plan.verdict == [
        "1 of 20 paper customers will have had fewer than 3 notices before 2027-03-01; without '--ledger' nothing counts as mailed; "
          + "1 record cannot be read, and whose it is is not judged"
      ])
    (plan.hasLayout, plan.hasLedger, plan.data.unread) = (true, true, 0)
    #expect(plan.lines(columns: nil).suffix(2) == ["  variant   standard full  20", "            none            8"])
    #expect(plan.lines(columns: 80)[2].hasPrefix("  announce ") && plan.lines(columns: 80)[6] == "")
    #expect(plan.verdict == ["1 of 20 paper customers will have had fewer than 3 notices before 2027-03-01"])
    let customer = CampaignPlan.Customer(account: "a\u{1B}1", name: "Ana\nPetrović", mailed: 1, planned: 1, coming: 0)
    #expect(plan.line(customer) == "a\\u{1B}1  Ana\\u{A}Petrović: 2 of 3 notices: 1 mailed, 1 with these data, 0 to come")
  }

  @Test func whatIsMissingIsSaid() throws {
    var plan = try plan(cycles: nil)
    plan.missing = [.coverage, .cycles]
    #expect(
      plan.verdict == [
        "the campaign has no 'coverage': how many notices each customer must have had before 2027-03-01 is not known",
        "the campaign has no 'cycles': how many notices are still to come before 2027-03-01 is not known",
      ])
    #expect(
      String(decoding: plan.jsonLine, as: UTF8.self).hasSuffix(
        #""cycles":null,"coverage":null,"missing":["coverage","cycles"],"postcards":null,"emails":null}"# + "\n"))
  }

  @Test func planIsToldAsJSON() throws {
    let plan = try plan(coverage: CampaignPlan.Coverage(bills: 3, customers: 20, short: 1))
    #expect(
      String(decoding: plan.jsonLine, as: UTF8.self)
        == #"{"v":1,"campaign":"paperless-2027","as_of":"2026-11-23","phase":"announce","active":"2027-03-01","records":30,"bills":28,"#
        + #""rejected":2,"rejects":{"bad-date":1,"duplicate":1},"unread":1,"counts":["#
        + #"{"rule":"agreed","phase":"announce","language":null,"channel":"print","notice":null,"variant":null,"terms":"none","count":2},"#
        + #"{"rule":"agreed","phase":"announce","language":"es-US","channel":"electronic","notice":null,"variant":null,"terms":"none","count":6},"#
        + #"{"rule":"undecided","phase":"announce","language":"en-US","channel":"print","notice":"standard","variant":"full","terms":"bill","count":20}],"#
        + #""timeline":[{"date":"2026-11-01","what":"announce"},{"date":"2026-11-23","what":"plan"},{"date":"2026-12-23","what":"cycle"},"#
        + #"{"date":"2027-01-01","what":"remind"},{"date":"2027-02-01","what":"final"},{"date":"2027-02-01","what":"keep-by"},"#
        + #"{"date":"2027-03-01","what":"active"},{"date":"2027-03-01","what":"terms"}],"cycles":["2026-12-23"],"#
        + #""coverage":{"bills":3,"customers":20,"short":1,"postcards":0,"lacking":{"bills":0,"postcards":0}},"missing":[],"postcards":null,"emails":null}"#
        + "\n")
    let customer = CampaignPlan.Customer(account: "a\"1", name: "é", mailed: 1, planned: 2, coming: 0)
    #expect(
      String(decoding: plan.jsonLine(customer), as: UTF8.self)
        == #"{"account":"a\"1","name":"é","mailed":1,"planned":2,"coming":0,"asked":3,"#
        + #""postcards":{"mailed":0,"planned":0,"coming":0,"asked":0}}"# + "\n")
  }

  @Test func postcardsAreToldBesideBills() throws {
    var plan = try plan(coverage: CampaignPlan.Coverage(bills: 3, customers: 20, short: 1))
    let without = plan.lines(columns: nil)
    plan.cards = CampaignPlan.Messages(rules: [:], toCome: [0])
    // A campaign that sends some, but none of them now.
    #expect(plan.lines(columns: nil).filter { !without.contains($0) } == ["30 records: 28 bills, 2 rejected; 0 postcards"])
    plan.cards = CampaignPlan.Messages(rules: ["b": 2, "a": 2, "urgent": 7], toCome: [1])
    #expect(
      plan.lines(columns: nil).filter { !without.contains($0) } == [
        "  2026-11-23  these data, 11 postcards", "  2026-12-23  a cycle to come, 1 postcard",
        "30 records: 28 bills, 2 rejected; 11 postcards",
        "  postcard  urgent       7", "            a            2", "            b            2",
      ])
    let json = String(decoding: plan.jsonLine, as: UTF8.self)
    #expect(json.contains(#"{"date":"2026-11-23","what":"plan","postcards":11},{"date":"2026-12-23","what":"cycle","postcards":1}"#))
    #expect(
      json.hasSuffix(
        #""missing":[],"postcards":[{"rule":"urgent","count":7},{"rule":"a","count":2},{"rule":"b","count":2}],"emails":null}"# + "\n"))
  }

  @Test func emailsAreToldBesideBillsAndPostcards() throws {
    var plan = try plan(coverage: CampaignPlan.Coverage(bills: 3, customers: 20, short: 1))
    let without = plan.lines(columns: nil)
    plan.cards = CampaignPlan.Messages(rules: ["a": 1], toCome: [0])
    plan.emails = CampaignPlan.Messages(rules: ["waiting": 8, "undecided": 9], toCome: [4])
    #expect(
      plan.lines(columns: nil).filter { !without.contains($0) } == [
        "  2026-11-23  these data, 1 postcard, 17 e-mails", "  2026-12-23  a cycle to come, 4 e-mails",
        "30 records: 28 bills, 2 rejected; 1 postcard; 17 e-mails",
        "  postcard  a            1", "  e-mail    undecided    9", "            waiting      8",
      ])
    let json = String(decoding: plan.jsonLine, as: UTF8.self)
    #expect(json.contains(#""what":"plan","postcards":1,"emails":17},{"date":"2026-12-23","what":"cycle","emails":4}"#))
    #expect(json.hasSuffix(#""emails":[{"rule":"undecided","count":9},{"rule":"waiting","count":8}]}"# + "\n"))
    // No e-mail makes up for a notice that a customer is to have by mail.
    #expect(plan.verdict.joined().hasPrefix("1 of 20 paper customers"))
  }

  @Test func coverageIsTold() throws {
    var tally = CoverageTally(calendar: try Self.calendar(), day: try Self.day("2027-03-01"), asked: PlanOptions.Coverage(bills: 3))
    (tally.data.records, tally.customers, tally.short) = (9, 4, 0)
    #expect(tally.verdict == "paperless-2027: 0 of 4 paper customers had fewer than 3 notices mailed before 2027-03-01")
    let customer = CoverageTally.Customer(account: "a", name: "Ana", bills: 1, postcards: 0)
    #expect(tally.line(customer) == "a  Ana: 1 of 3 notices")
    (tally.asked.postcards, tally.data.unread, tally.data.rejects, tally.day) = (1, 2, ["bad-date": 2], try Self.day("2027-01-31"))
    #expect(
      tally.verdict
        == "paperless-2027: 0 of 4 paper customers had fewer than 3 notices and 1 postcard mailed by 2027-01-31: "
        + "0 too few notices, 0 too few postcards; 2 records cannot be read, and whose they are is not judged")
    #expect(tally.line(customer) == "a  Ana: 1 of 3 notices, 0 of 1 postcard")
    #expect(
      String(decoding: tally.jsonLine + tally.jsonLine(customer), as: UTF8.self)
        == #"{"v":1,"campaign":"paperless-2027","as_of":"2027-01-31","active":"2027-03-01","records":9,"rejected":2,"rejects":{"bad-date":2},"#
        + #""unread":2,"coverage":{"bills":3,"postcards":1,"customers":4,"short":0,"lacking":{"bills":0,"postcards":0}}}"# + "\n"
        + #"{"account":"a","name":"Ana","bills":1,"postcards":0,"asked":{"bills":3,"postcards":1},"missing":{"bills":2,"postcards":1}}"#
        + "\n")
  }
}

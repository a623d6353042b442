import Consents
import Contract
import Dates
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// What a plan says of one bill is what making it would give, now and in the cycles to come.
@Suite struct ForecastTests {
  private static let audience = """
    company: Larkspur
    cycles: monthly
    coverage: {bills: 3}
    audience:
      - {rule: agreed, when: "customer-state eq 'agreed'", notice: thanks}
      - {rule: told, when: "mailed.notices ge 2 and phase ne 'final'", notice: none, terms: none}
      - {rule: lately, when: "(mailed.days | default(99)) lt 20", notice: none, terms: none}
      - {rule: undecided, notice: standard}

    """
  private static let slots = """
    <slot name="heading"/><slot name="body"/><slot name="action"/><slot name="keep-paper"/><slot name="address"/><slot name="phone"/>\
    <opt-in-qr size="60pt"/>
    """

  private static func campaign(_ keys: String = audience) throws -> NamedNotices {
    try NamedNotices(thanks: "{prominence: none, announce: {en-US: {body: \"Thanks.\"}}}", keys: keys)
  }

  private static func layout(_ campaign: NamedNotices) throws -> TrialLayout {
    let notices =
      "<notice variant=\"full\" padding=\"4pt\">\(slots)<box height=\"140pt\"/></notice><notice variant=\"small\" padding=\"4pt\">\(slots)</notice>"
      + "<notice name=\"thanks\"><slot name=\"body\"/></notice>"
    let body =
      "<messages>\(notices)</messages><each each=\"s in sections\"><text each=\"l in s.lines\">{l.description}</text></each>"
      + "<messages><terms/></messages>"
    return try TrialLayout(TrialLayout.xml(body, paper: "400pt 400pt"), campaign: campaign.file, tokenKey: campaign.tokenKey)
  }

  /// What the forecaster says, on a line, and why the bill cannot be made.
  private static func told(
    _ record: String, _ campaign: NamedNotices, layout: TrialLayout? = nil, asOf day: String, facts: AccountFacts = AccountFacts(),
    purpose: JobOptions.Purpose = .plan
  ) throws -> String {
    let day: PlainDate = try #require(PlainDate(day))
    let options = JobOptions(
      layout: layout?.folder.path ?? "", campaign: campaign.file, fonts: [Project.fonts], asOf: day, purpose: purpose)
    var input = RecordInput(file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(record.utf8))
    input.facts = facts.bytes
    switch BillForecaster(try PlanJob(options)).render(input) {
    case .reject(let fault, _): return "reject \(fault.code)"
    case .pieces(let pieces, let faults, _):
      let outlook = try #require(pieces.first?.facts.outlook)
      return
        ([
          outlook.rule, outlook.phase, outlook.language, outlook.channel.rawValue, outlook.notice, outlook.variant, outlook.terms,
          outlook.isAsked ? "asked" : nil, "\(outlook.mailed)+\(outlook.coming)",
        ].map { $0 ?? "-" } + faults.map { "fault \($0.fault.code)" }).joined(separator: " ")
    }
  }

  private static let consent = "\"consent\":{\"date\":\"2026-11-05\",\"source\":\"web\"},\"delivery\":"
  private static func record(_ lines: Int = 1, _ change: (String, String) = ("", "")) -> String {
    let json = TestRecord(lines: (0..<lines).map { ("Line \($0)", 100) }).json
    return change.0.isEmpty ? json : json.replacing(change.0, with: change.1)
  }

  @Test func variantIsThatOfTheBillThatIsMade() throws {
    let campaign = try Self.campaign()
    let layout = try Self.layout(campaign)
    var met: Set<String> = []
    for lines in [1, 8, 14, 20, 26] {
      let record = Self.record(lines)
      let made = try layout.print(record).facts
      let variant = try #require(made.notice?.variant)
      met.insert(variant)
      #expect(
        try Self.told(record, campaign, layout: layout, asOf: "2026-11-23")
          == "undecided announce en-US print standard \(variant) bill asked 0+2", "\(lines) lines")
    }
    #expect(met == ["full", "small"])
    // What is wrong with a bill's looks is found, and taken to be mended by the next cycle.
    let wide = Self.record(1, ("Line 0", "\u{E000}"))
    #expect(layout.fault(wide) != nil)
    #expect(
      try Self.told(wide, campaign, layout: layout, asOf: "2026-11-23")
        == "undecided announce en-US print standard - bill asked 0+3 fault \(layout.fault(wide)?.code.rawValue ?? "")")
    #expect(try Self.told(wide, campaign, asOf: "2026-11-23") == "undecided announce en-US print standard - bill asked 0+2")
  }

  private static func mailed(_ days: String...) throws -> AccountFacts {
    var facts = AccountFacts()
    for day in days { facts.add(1, on: try #require(PlainDate(day))) }
    return facts
  }

  /// Each line: what is known, the day, the record, and what is told without a layout.
  @Test func cyclesToComeAreDecidedByTheRules() throws {
    let campaign = try Self.campaign()
    func told(_ day: String, _ facts: AccountFacts = AccountFacts(), _ record: String = Self.record()) throws -> String {
      try Self.told(record, campaign, asOf: day, facts: facts)
    }
    // Two now and in December; January's rule says enough; February is 'final'.
    #expect(try told("2026-11-23") == "undecided announce en-US print standard - bill asked 0+2")
    #expect(try told("2026-12-23", Self.mailed("2026-11-25")) == "undecided announce en-US print standard - bill asked 1+1")
    #expect(try told("2027-01-23", Self.mailed("2026-11-25", "2026-12-27")) == "told remind en-US print - - none asked 2+1")
    #expect(try told("2027-01-23", Self.mailed("2027-01-20")) == "lately remind en-US print - - none asked 1+1")
    #expect(try told("2027-03-01", Self.mailed("2026-11-25", "2027-03-01")) == "told active en-US print - - none asked 1+0")
    // Entries of a later day do not count, and what comes before the first phase brings nothing.
    #expect(try told("2026-11-23", Self.mailed("2026-11-25")) == "undecided announce en-US print standard - bill asked 0+2")
    #expect(try told("2026-10-15") == "- - en-US print - - none asked 0+3")
    // Who need not be told is still counted.
    let agreed = Self.record(1, ("\"delivery\":", Self.consent))
    #expect(try told("2026-11-23", AccountFacts(), agreed) == "agreed announce en-US print thanks - bill - 0+3")
    #expect(
      try told("2026-11-23", AccountFacts(), agreed.replacing("\"paper\"", with: "\"electronic\""))
        == "agreed announce en-US electronic thanks - bill - 0+0")
    let credit = Self.record(1, ("\"kind\":\"bill\"", "\"kind\":\"credit\""))
    #expect(try told("2026-11-23", AccountFacts(), credit) == "undecided announce en-US print standard - bill - 0+2")
    // A customer whose bill cannot be made is asked for all the same, if the bill is on paper.
    let foreign = Self.record(1, ("\"language\":\"en-US\"", "\"language\":\"sr\""))
    #expect(try told("2026-11-23", AccountFacts(), foreign) == "- - - print - - none asked 0+0 fault language-not-offered")
    let electronic = Self.record(1, ("\"paper\"", "\"electronic\""))
    #expect(try told("2026-11-23", AccountFacts(), electronic) == "- - - print - - none - 0+0 fault no-consent")
    #expect(try told("2026-11-23", AccountFacts(), "{}") == "reject missing-field")
  }

  @Test func coverageAsksNoRule() throws {
    let campaign = try Self.campaign(Self.audience.replacing("mailed.notices ge 2", with: "extra.meter eq 'x'"))
    func told(_ facts: AccountFacts, _ record: String = Self.record()) throws -> String {
      try Self.told(record, campaign, asOf: "2027-03-01", facts: facts, purpose: .coverage)
    }
    #expect(try told(Self.mailed("2026-11-25", "2027-02-28", "2027-03-01")) == "- - - print - - none asked 2+0")
    var facts = try Self.mailed("2026-11-25")
    facts.events = [CustomerEvent(.consent, try #require(PlainDate("2027-02-01")), source: "phone")]
    #expect(try told(facts) == "- - - print - - none - 1+0")
    facts.events[0].kind = .paper
    #expect(try told(facts) == "- - - print - - none asked 1+0")
    facts.events[0] = CustomerEvent(.consent, try #require(PlainDate("2027-03-02")), source: "web")
    #expect(try told(facts) == "- - - print - - none asked 1+0")
  }

  /// Without a layout nobody knows what is below `extra`.
  @Test func conditionOnWhatALayoutDeclaresNeedsOne() throws {
    let campaign = try Self.campaign(Self.audience.replacing("mailed.notices ge 2", with: "(extra.meter | default('')) eq 'x'"))
    do throws(DiagnosticList) {
      _ = try PlanJob(JobOptions(layout: "", campaign: campaign.file, purpose: .plan))
      Issue.record("it was taken")
    } catch {
      #expect(error.diagnostics.map(\.id) == ["layout-needed"])
      #expect(
        error.diagnostics.first?.message
          == "the condition of the rule 'told' reads a field below 'extra', which only a layout declares; expected '--layout DIR'")
      #expect(error.diagnostics.first?.range != nil)
    }
    // Whatever else is wrong is told as ever.
    let other = try Self.campaign(Self.audience.replacing("mailed.notices ge 2", with: "mailed.notice ge 2"))
    do throws(DiagnosticList) {
      _ = try PlanJob(JobOptions(layout: "", campaign: other.file, purpose: .plan))
      Issue.record("it was taken")
    } catch {
      #expect(error.diagnostics.map(\.id) == ["unknown-field"])
    }
  }
}

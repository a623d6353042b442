import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// What rules of an audience bring to the bills themselves: notice, terms, facts, and who is not billed without paper.
@Suite struct AudienceBillTests {
  private static let slots =
    "<text size=\"15pt\" line-height=\"18pt\"><slot name=\"heading\"/></text><slot name=\"body\"/><slot name=\"action\"/><slot name=\"keep-paper\"/>"
    + "<slot name=\"address\"/><slot name=\"phone\"/><opt-in-qr size=\"60pt\"/>"
  private static let body =
    "<text>{customer.name}</text><messages><notice padding=\"4pt\">\(slots)</notice>"
    + "<notice name=\"thanks\"><text><slot name=\"body\"/></text></notice></messages><messages><terms/></messages>"

  private static let audience = """
    company: Larkspur
    audience:
      - {rule: ended, when: "kind eq 'termination'", notice: none}
      - {rule: agreed, when: "customer-state eq 'agreed'", notice: thanks}
      - {rule: small, when: "totals.due lt 10", notice: none, terms: bill}
      - {rule: late, when: "phase eq 'final' or phase eq 'active'", notice: standard, terms: none}
      - {rule: undecided, notice: standard}

    """

  /// A layout of two notices with the shared campaign, which has these keys more and words for `thanks`.
  private static func layout(_ keys: String = audience, accepts: [String] = []) throws -> TrialLayout {
    let campaign = try NamedNotices(
      thanks: "{prominence: none, announce: {en-US: {body: \"Thank you, {customer.name}.\"}}}", keys: keys)
    defer { withExtendedLifetime(campaign) {} }
    return try TrialLayout(
      TrialLayout.xml(body, paper: "400pt 500pt"), campaign: campaign.file, tokenKey: campaign.tokenKey, accepts: accepts)
  }

  private static func record(
    kind: String = "bill", delivery: String = "paper", consent: String = "null", cents: Int = 5_000, issued: String = "2026-11-23"
  ) -> String {
    TestRecord(lines: [("Energy", cents)]).json
      .replacing("\"kind\":\"bill\"", with: "\"kind\":\"\(kind)\"").replacing("\"issued\":\"2026-11-23\"", with: "\"issued\":\"\(issued)\"")
      .replacing("\"due\":\"2026-12-14\"", with: "\"due\":null")
      .replacing("\"delivery\":\"paper\"", with: "\"delivery\":\"\(delivery)\",\"consent\":\(consent)")
  }

  private static let consent = "{\"date\":\"2026-11-05\",\"source\":\"web\"}"

  @Test func firstRuleThatHoldsDecides() throws {
    let layout = try Self.layout()
    func line(_ record: String) throws -> String {
      let facts = try layout.print(record).facts
      let notice = facts.notice.map { "\($0.name) \($0.rule) \($0.phase)" } ?? "-"
      return [facts.rule ?? "-", facts.state ?? "-", facts.phase ?? "-", notice, facts.terms == nil ? "-" : "terms"].joined(separator: ", ")
    }
    #expect(try line(Self.record()) == "undecided, undecided, announce, standard undecided announce, terms")
    #expect(try line(Self.record(kind: "termination")) == "ended, undecided, announce, -, -")
    #expect(try line(Self.record(consent: Self.consent)) == "agreed, agreed, announce, thanks agreed announce, terms")
    #expect(
      try line(Self.record(delivery: "electronic", consent: Self.consent)) == "agreed, agreed, announce, thanks agreed announce, terms")
    #expect(try line(Self.record(cents: 999)) == "small, undecided, announce, -, terms")
    #expect(try line(Self.record(issued: "2027-02-05")) == "late, undecided, final, standard late final, -")
    // Before the first phase there is nothing to decide.
    #expect(try line(Self.record(issued: "2026-10-31")) == "-, -, -, -, -")
  }

  @Test func thanksAreTheCustomersOwn() throws {
    let printed = try Self.layout().print(Self.record(consent: Self.consent))
    let text = try Tool.text(of: printed.pdf, [])
    #expect(text.folded.contains("Thank you, Ana Petrović.") && !text.contains("Paper stops"))
  }

  /// Nobody loses paper unasked: without consent an electronic bill is a reject in every phase, or printed where that is accepted.
  @Test(arguments: ["2026-10-31", "2026-11-23", "2027-03-05"]) func electronicBillsNeedConsent(issued: String) throws {
    for keys in [Self.audience, ""] {
      let record = Self.record(delivery: "electronic", issued: issued)
      let fault = try #require(try Self.layout(keys).fault(record))
      #expect(fault.code == .noConsent && fault.path == "$.delivery")
      let printed = try Self.layout(keys, accepts: ["no-consent"]).print(record).facts
      #expect(printed.channel == .print && printed.warnings.map(\.code.rawValue) == ["no-consent-printed"])
      let agreed = try Self.layout(keys).print(Self.record(delivery: "electronic", consent: Self.consent, issued: issued)).facts
      #expect(agreed.channel == .electronic && agreed.warnings.isEmpty)
    }
  }
}

import Billing
import Campaigns
import Consents
import Dates
import Diagnostics
import Languages
import Money
import Testing

/// Rules of the audience: how they are read, what a customer's state is, and which rule decides.
@Suite struct AudienceTests {
  private static let words = "{heading: Bills by e-mail, body: We tell you, action: Scan, keep-paper: Call}"
  private static let rules = """
    audience:
      - {rule: termination, when: "kind eq 'termination'", notice: none}
      - {rule: agreed, when: "customer-state eq 'agreed'", notice: thanks, terms: bill}
      - {rule: keeps-paper, when: "customer-state eq 'paper'", notice: none, terms: bill}
      - {rule: undecided, notice: standard}
    """

  /// The written campaign with several notices, and these keys more.
  private static func folder(
    _ more: String = rules, thanks: String = "{prominence: none, announce: {en-US: {body: Thanks}, es-US: {body: Gracias}}}"
  )
    throws -> CampaignFolder
  {
    let written = CampaignFolder.yaml
    let head = written[..<(written.firstRange(of: "notices:")?.lowerBound ?? written.endIndex)]
    return try CampaignFolder(
      head + more + """

        notices:
          standard:
            announce: {en-US: \(words), es-US: \(words)}
            remind: {same-as: announce}
            final: {same-as: announce}
            active: {same-as: announce}
          thanks: \(thanks)
        """)
  }

  private func bill(
    _ issued: String = "2027-02-01", kind: Bill.Kind = .bill, delivery: Bill.Delivery = .paper, consent: Bill.Consent? = nil
  ) throws -> Bill {
    Bill(
      account: "a", invoice: "i", kind: kind, issued: try day(issued), due: nil, currency: try #require(Currency(code: "USD")),
      language: try #require(LanguageTag("en-US")), customer: Party(name: "n", address: ["a"]), delivery: delivery, consent: consent,
      sections: [], totals: Bill.Totals(charges: .zero, due: .zero))
  }

  private func day(_ text: String) throws -> PlainDate { try #require(PlainDate(text)) }

  @Test func rulesKeepTheirOrderAndSayWhatIsLeftOut() throws {
    let campaign = try Self.folder().load().campaign
    #expect(campaign.audience.map(\.name) == ["termination", "agreed", "keeps-paper", "undecided"])
    #expect(campaign.audience.map(\.notice) == [nil, "thanks", nil, "standard"])
    // Where a rule says nothing of the terms, they go with the notice.
    #expect(campaign.audience.map(\.terms) == [.none, .bill, .bill, .bill])
    #expect(campaign.audience[1].condition?.text == "customer-state eq 'agreed'" && campaign.audience[3].condition == nil)
    #expect(campaign.notices.map(\.name) == ["standard", "thanks"] && campaign.notices.map(\.asksProminence) == [true, false])
  }

  @Test func otherNoticesHoldOnWithTheirLatestWords() throws {
    let campaign = try Self.folder(
      thanks: "{announce: {en-US: {body: Thanks}, es-US: {body: Gracias}}, final: {same-as: announce, en-US: {body: Once more}}}"
    ).load().campaign
    let (english, spanish) = (try #require(LanguageTag("en-US")), try #require(LanguageTag("es-US")))
    let thanks = try #require(campaign.notice("thanks"))
    #expect(thanks.words(.remind, english)?.body.text == "Thanks" && thanks.words(.remind, english)?.heading == nil)
    #expect(thanks.words(.active, english)?.body.text == "Once more" && thanks.words(.active, spanish)?.body.text == "Gracias")
  }

  @Test func firstRuleThatHoldsDecidesForEveryKindAndDelivery() throws {
    let campaign = try Self.folder().load().campaign
    var asked: [String] = []
    func decide(
      _ bill: Bill, _ state: CustomerState, _ history: AccountHistory = AccountHistory(), holding name: String
    ) throws -> Decision {
      asked = []
      let decision = try campaign.decision(for: bill, state: state, history: history) { rule, facts in
        asked.append("\(rule.name) \(facts.state.rawValue) \(facts.notices) \(facts.daysSinceLast.map(String.init) ?? "-")")
        return rule.name == name
      }
      return try #require(decision)
    }
    let agreed = try decide(bill(delivery: .electronic), .agreed, holding: "agreed")
    #expect(agreed.rule == "agreed" && agreed.notice == "thanks" && agreed.showsTerms && agreed.state == .agreed)
    #expect(asked == ["termination agreed 0 -", "agreed agreed 0 -"])
    let kept = try decide(
      bill(kind: .credit), .paper, AccountHistory(notices: 2, lastMailed: day("2027-01-25")), holding: "keeps-paper")
    #expect(kept.notice == nil && kept.showsTerms && kept.state == .paper)
    #expect(asked.last == "keeps-paper paper 2 7")
    let none = try decide(bill(kind: .termination), .undecided, holding: "termination")
    #expect(none.notice == nil && !none.showsTerms && none.rule == "termination")
    #expect(try campaign.decision(for: bill("2026-10-31"), state: .undecided) == nil)
  }

  @Test func languageIsAskedOnlyOfBillsThatCarrySomething() throws {
    let campaign = try Self.folder().load().campaign
    let french = LanguageTag("fr")
    #expect(throws: RecordFault.self) { try campaign.decision(for: bill(), language: french, state: .undecided) }
    let none = try campaign.decision(for: bill(), language: french, state: .undecided) { rule, _ in rule.name == "termination" }
    #expect(none?.rule == "termination")
  }

  @Test func whatElseACampaignSays() throws {
    let campaign = try Self.folder(
      """
      company: Larkspur Light & Power
      paper: {fee: "2.50", currency: USD}
      keep: {how: {en-US: Call us, es-US: Llame}, by: 2027-02-15}
      cycles: every 4 weeks
      coverage: {bills: 3, postcards: 1}
      jurisdictions: [us-or, US, US]
      """ + "\n" + Self.rules
    ).load().campaign
    #expect(campaign.company == "Larkspur Light & Power" && campaign.cycles == .weeks(4))
    #expect(try campaign.paper?.fee == Amount("2.50") && campaign.paper?.currency == Currency(code: "USD"))
    #expect(campaign.keep?.how(try #require(LanguageTag("es-US"))) == "Llame" && campaign.keep?.by == PlainDate("2027-02-15"))
    #expect(campaign.coverage?.bills == 3 && campaign.coverage?.postcards == 1 && campaign.jurisdictions == ["US", "US-OR"])
  }

  /// A notice without words on keeping paper prints what the campaign says of it; its digest is that of its own words.
  @Test func keepingPaperIsSaidOnce() throws {
    let written = CampaignFolder.yaml.replacing(", keep-paper: \"¿Papel?\"", with: "")
    let campaign = try CampaignFolder(
      written.replacing("notices:\n", with: "keep: {how: {en-US: Call us, es-US: Llame}}\nnotices:\n")
    ).load().campaign
    #expect(campaign.words(.announce, try #require(LanguageTag("es-US")))?.keepPaper?.text == "Llame")
    #expect(campaign.words(.announce, try #require(LanguageTag("en-US")))?.keepPaper?.text == "Prefer paper? Call {campaign.opt-in.phone}.")
    #expect(try CampaignFolder(written).findings.map(\.id) == ["missing-key", "missing-key", "missing-key", "missing-key"])
  }

  @Test(arguments: [
    ("audience: []", "audience-open"), ("audience: [{rule: a, when: \"kind eq 'bill'\", notice: none}]", "audience-open"),
    ("audience: [{rule: a, notice: none}, {rule: b, notice: none}]", "unreachable-rule"),
    ("audience: [{rule: a, when: \"kind eq 'bill'\", notice: none}, {rule: a, notice: none}]", "duplicate-rule"),
    ("audience: [{rule: a, notice: thank}]", "unknown-notice"), ("audience: [{rule: a b, notice: none}]", "bad-value"),
    ("audience: [{rule: a, notice: none, terms: letter}]", "bad-value"), ("audience: [{rule: a}]", "missing-key"),
    ("cycles: weekly", "bad-value"), ("cycles: every 0 weeks", "bad-value"), ("paper: {fee: \"2.505\", currency: USD}", "bad-value"),
    ("paper: {fee: \"2\", currency: US}", "bad-value"), ("keep: {how: Call, by: 2028-01-01}", "bad-value"),
    ("coverage: {bills: -1}", "bad-value"), ("coverage: {letters: 1}", "unknown-key"), ("jurisdictions: [U S]", "bad-value"),
  ])
  func faultsHaveTheirCode(_ keys: String, _ code: String) throws {
    let findings = try Self.folder(keys).findings
    #expect(findings.contains { $0.id == code && $0.range != nil }, "\(findings)")
  }
}

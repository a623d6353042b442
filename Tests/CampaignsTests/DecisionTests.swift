import Billing
import Consents
import Campaigns
import Dates
import Diagnostics
import Languages
import Money
import Testing

@Suite struct DecisionTests {
  private func bill(
    _ issued: String, kind: Bill.Kind = .bill, delivery: Bill.Delivery = .paper, consent: Bill.Consent? = nil, language: String = "en-US"
  ) throws -> Bill {
    Bill(
      account: "a", invoice: "i", kind: kind, issued: try #require(PlainDate(issued)), due: nil,
      currency: try #require(Currency(code: "USD")),
      language: try #require(LanguageTag(language)), customer: Party(name: "n", address: ["a"]), delivery: delivery, consent: consent,
      sections: [], totals: Bill.Totals(charges: .zero, due: .zero))
  }

  @Test(
    arguments: [
      ("2026-10-31", nil), ("2026-11-01", .announce), ("2026-12-31", .announce), ("2027-01-01", .remind), ("2027-01-31", .remind),
      ("2027-02-01", .final), ("2027-02-28", .final), ("2027-03-01", .active), ("2040-01-01", .active),
    ] as [(String, Phase?)]) func phaseFollowsTheIssueDate(day: String, phase: Phase?) throws
  {
    let campaign = try CampaignFolder().load().campaign
    let decision = try campaign.decision(for: bill(day), state: .undecided)
    #expect(decision?.phase == phase)
    if phase != nil {
      #expect(
        decision?.notice == "standard" && decision?.showsTerms == true && decision?.rule == "default" && decision?.language.text == "en-US")
    }
  }

  @Test func asOfGoesBeforeTheIssueDate() throws {
    let campaign = try CampaignFolder().load().campaign
    #expect(try campaign.decision(for: bill("2020-01-01"), asOf: PlainDate("2027-02-01"), state: .undecided)?.phase == .final)
    #expect(try campaign.decision(for: bill("2027-02-01"), asOf: PlainDate("2020-01-01"), state: .undecided) == nil)
  }

  @Test func onlyPrintedBillsWithoutConsentCarryANotice() throws {
    let campaign = try CampaignFolder().load().campaign
    let day = "2027-02-01"
    func carries(_ bill: Bill) throws -> Bool {
      let decision = try #require(try campaign.decision(for: bill, state: .undecided))
      #expect((decision.notice != nil) == decision.showsTerms && decision.rule == "default")
      return decision.showsTerms
    }
    #expect(try carries(bill(day, delivery: .both)))
    #expect(try !carries(bill(day, delivery: .electronic)))
    #expect(try !carries(bill(day, consent: Bill.Consent())))
    for kind in [Bill.Kind.credit, .termination, .final] { #expect(try !carries(bill(day, kind: kind))) }
  }

  @Test func unknownLanguageIsAFaultOnlyWithANotice() throws {
    let campaign = try CampaignFolder().load().campaign
    do {
      _ = try campaign.decision(for: bill("2027-02-01", language: "fr-CA"), state: .undecided)
      Issue.record("expected a fault")
    } catch let fault as RecordFault {
      #expect(fault.code == .languageNotOffered && fault.path == "$.language")
      #expect(fault.message == "the campaign has no words in 'fr-CA', only in en-US, es-US")
    }
    #expect(try campaign.decision(for: bill("2020-02-01", language: "fr-CA"), state: .undecided) == nil)
    // `en` finds `en-US`, the only English there is; a longer tag finds a shorter.
    #expect(try campaign.decision(for: bill("2027-02-01", language: "en"), state: .undecided)?.language.text == "en-US")
    #expect(try campaign.decision(for: bill("2027-02-01", language: "es-US-x-loud"), state: .undecided)?.language.text == "es-US")
    #expect(
      try campaign.decision(for: bill("2027-02-01", language: "fr"), language: LanguageTag("es-US"), state: .undecided)?.language.text
        == "es-US")
  }
}

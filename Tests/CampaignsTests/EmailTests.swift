import Billing
import Consents
import Dates
import Diagnostics
import Languages
import Money
import Testing

@testable import Campaigns

/// The e-mail of a campaign: what the file says of it, who gets one, and what it says.
@Suite struct EmailTests {
  private static let words = """

          announce:
            en-US: {subject: Choose, preheader: One click, body: Ours, benefits: []}
            es-US: {subject: Elija, preheader: Un clic}
    """

  private static func folder(_ more: String = "", words: String = words, _ changes: (String, String)...) throws -> CampaignFolder {
    var yaml =
      CampaignFolder.yaml + """

        channels:
          email:
            from: "Larkspur <billing@larkspur.example>"
            return-path: bounces@larkspur.example
            postal-address: {en-US: PO Box 12, es-US: Apartado 12}
            list-unsubscribe: {https: "https://my.larkspur.example/u/{token}", mailto: "off@larkspur.example?subject={token}"}
            \(more)
            words:\(words)

        """
    for (old, new) in changes {
      try #require(yaml.contains(old))
      yaml = yaml.replacing(old, with: new)
    }
    return try CampaignFolder(yaml)
  }

  private func bill(_ issued: String = "2027-01-15", kind: Bill.Kind = .bill, delivery: Bill.Delivery = .paper) throws -> Bill {
    Bill(
      account: "a", invoice: "i", kind: kind, issued: try #require(PlainDate(issued)), due: nil,
      currency: try #require(Currency(code: "USD")), language: try #require(LanguageTag("en-US")),
      customer: Party(name: "n", address: ["a"]), delivery: delivery, consent: nil, sections: [],
      totals: Bill.Totals(charges: .zero, due: .zero))
  }

  // MARK: Who gets one

  @Test func withoutRulesUndecidedCustomersGetOneHoweverTheirBillsTravel() throws {
    let campaign = try Self.folder().load().campaign
    for delivery in [Bill.Delivery.paper, .electronic, .both] {
      #expect(try campaign.emailDecision(for: bill(delivery: delivery), state: .undecided)?.rule == "undecided")
    }
    for state in CustomerState.allCases where state != .undecided {
      #expect(try campaign.emailDecision(for: bill(), state: state) == nil)
    }
    #expect(try campaign.emailDecision(for: bill(kind: .credit), state: .undecided) == nil)
    #expect(try campaign.emailDecision(for: bill("2026-10-31"), state: .undecided) == nil)
    // Once in the campaign; cards do not count.
    #expect(try campaign.emailDecision(for: bill(), state: .undecided, history: AccountHistory(postcards: 2)) != nil)
    #expect(try campaign.emailDecision(for: bill(), state: .undecided, history: AccountHistory(emails: 1)) == nil)
    let often = try Self.folder("once: cycle").load().campaign
    #expect(try often.emailDecision(for: bill(), state: .undecided, history: AccountHistory(emails: 1)) != nil)
  }

  @Test func firstRuleThatHoldsDecides() throws {
    let campaign = try Self.folder(
      "audience: [{rule: no, when: \"kind eq 'final'\", email: none}, {when: \"phase eq 'final'\"}, {rule: rest}]"
    )
    .load().campaign
    let rules = try #require(campaign.email?.rules)
    #expect(rules.map(\.name) == ["no", "email-2", "rest"] && rules.map(\.sends) == [false, true, true])
    func told(_ holding: Set<String>) throws -> String? {
      try campaign.emailDecision(for: bill(kind: .credit), state: .agreed) { rule, _ in holding.contains(rule.name) }?.rule
    }
    #expect(try told(["no", "rest"]) == nil && told(["email-2", "rest"]) == "email-2" && told([]) == nil)
  }

  // MARK: What it says

  /// Each word by itself holds on from the phase before, over the notice of the very phase.
  @Test func ownWordsHoldOnKeyByKey() throws {
    let words =
      Self.words + """

              remind: {en-US: {subject: Still time}, es-US: {body: Nuestro}}
              active: {same-as: announce, en-US: {preheader: Now}}
        """
    let campaign = try Self.folder(
      words: words, ("  final:\n    en-US:\n      heading: \"Paper stops", "  final:\n    en-US:\n      heading: \"Soon paper stops")
    )
    .load().campaign
    let email = try #require(campaign.email)
    let (english, spanish) = (campaign.languages[0], campaign.languages[1])
    func said(_ phase: Phase, _ language: LanguageTag) throws -> [String?] {
      let words = try #require(email.words(phase, language))
      return [words.subject?.text, words.preheader?.text, words.body.text]
    }
    #expect(try said(.announce, english) == ["Choose", "One click", "Ours"])
    #expect(try said(.remind, english) == ["Still time", "One click", "Ours"])
    #expect(try said(.final, english) == ["Still time", "One click", "Ours"])
    #expect(try said(.active, english) == ["Choose", "Now", "Ours"])
    #expect(try said(.announce, spanish) == ["Elija", "Un clic", "Le avisaremos."])
    #expect(try said(.final, spanish) == ["Elija", "Un clic", "Nuestro"])
    #expect(email.words(.final, english)?.heading?.text.hasPrefix("Soon paper stops") == true)
    #expect(email.words(.announce, english)?.benefits.isEmpty == true)
    #expect(email.words(.announce, english)?.keepPaper?.text == "Prefer paper? Call {campaign.opt-in.phone}.")
    #expect(email.words(.announce, english)?.digest != email.words(.remind, english)?.digest)
    #expect(email.words(.remind, english)?.digest != campaign.words(.remind, english)?.digest)
    #expect(email.postalAddress(spanish) == "Apartado 12" && campaign.words(.announce, english)?.subject == nil)
  }

  @Test func tokenGoesIntoEveryAddressThatHasAPlaceForIt() throws {
    let campaign = try Self.folder().load().campaign
    let leaving = try #require(campaign.email?.unsubscribing)
    let key = try #require(TokenKey(bytes: Array(0..<32)))
    let token = key.token(campaign: campaign.id, account: "a".utf8)
    #expect(leaving.address(token) == "https://my.larkspur.example/u/\(token.text)")
    #expect(leaving.mailAddress(token) == "mailto:off@larkspur.example?subject=\(token.text)")
    #expect(campaign.needsToken(sendsEmails: false) && campaign.needsToken(sendsEmails: true))
    // A key is needed for the way out alone, in runs that send e-mails.
    let open = try Self.folder("", words: Self.words, ("/p/{token}", "/p")).load().campaign
    #expect(!open.needsToken(sendsEmails: false) && open.needsToken(sendsEmails: true))
    let none = try Self.folder("", words: Self.words, ("/p/{token}", "/p"), ("/u/{token}", "/u"), ("?subject={token}", "")).load()
    #expect(!none.campaign.needsToken(sendsEmails: true) && none.warnings.map(\.id) == ["unsubscribe-anonymous"])
  }
}

import Billing
import Consents
import Dates
import Diagnostics
import Languages
import Money
import Testing

@testable import Campaigns

/// The postcard of a campaign: what the file says of it, who gets one, and what it says.
@Suite struct PostcardTests {
  private static func folder(_ postcard: String, _ changes: (String, String)...) throws -> CampaignFolder {
    var yaml = CampaignFolder.yaml.replacing(
      "  hours:", with: "  open: {url: \"https://my.larkspur.example/paperless\", show: my.larkspur.example/paperless}\n  hours:")
    for (old, new) in changes {
      try #require(yaml.contains(old))
      yaml = yaml.replacing(old, with: new)
    }
    return try CampaignFolder(yaml + "\nchannels:\n  postcard: \(postcard)\n")
  }

  private func bill(_ issued: String = "2027-01-15", kind: Bill.Kind = .bill, language: String = "en-US") throws -> Bill {
    Bill(
      account: "a", invoice: "i", kind: kind, issued: try #require(PlainDate(issued)), due: nil,
      currency: try #require(Currency(code: "USD")), language: try #require(LanguageTag(language)),
      customer: Party(name: "n", address: ["a"]), delivery: .paper, consent: nil, sections: [],
      totals: Bill.Totals(charges: .zero, due: .zero))
  }

  // MARK: Who gets one

  @Test func withoutRulesUndecidedCustomersOfPrintedBillsGetOne() throws {
    let campaign = try Self.folder("{}").load().campaign
    let decision = try campaign.cardDecision(for: bill(), state: .undecided, isPrinted: true)
    #expect(
      decision
        == ChannelDecision(phase: .remind, language: try #require(LanguageTag("en-US")), rule: "undecided", state: .undecided))
    for state in CustomerState.allCases where state != .undecided {
      #expect(try campaign.cardDecision(for: bill(), state: state, isPrinted: true) == nil)
    }
    for kind in [Bill.Kind.credit, .termination, .final] {
      #expect(try campaign.cardDecision(for: bill(kind: kind), state: .undecided, isPrinted: true) == nil)
    }
    #expect(try campaign.cardDecision(for: bill(), state: .undecided, isPrinted: false) == nil)
    #expect(try campaign.cardDecision(for: bill("2026-10-31"), state: .undecided, isPrinted: true) == nil)
    #expect(
      try campaign.cardDecision(for: bill("2026-10-31"), asOf: PlainDate("2027-03-01"), state: .undecided, isPrinted: true)?.phase
        == .active)
    #expect(try CampaignFolder().load().campaign.cardDecision(for: bill(), state: .undecided, isPrinted: true) == nil)
  }

  @Test func firstRuleThatHoldsDecides() throws {
    let campaign = try Self.folder(
      """

          audience:
            - {rule: agreed, when: "customer-state eq 'agreed'", card: none}
            - {when: "customer-state eq 'paper'"}
            - {rule: waiting, when: "(mailed.days | default(99)) gt 20", card: send}
            - {when: "phase eq 'final'", card: none}
      """
    ).load().campaign
    let rules = try #require(campaign.postcard?.rules)
    #expect(rules.map(\.name) == ["agreed", "postcard-2", "waiting", "postcard-4"] && rules.map(\.sends) == [false, true, true, false])
    func told(_ holding: Set<String>, state: CustomerState = .bounced, kind: Bill.Kind = .credit) throws -> String? {
      var asked: [String] = []
      let decision = try campaign.cardDecision(
        for: bill(kind: kind), state: state, history: AccountHistory(notices: 2, lastMailed: PlainDate("2027-01-05")), isPrinted: false
      ) { rule, facts in
        asked.append(rule.name)
        #expect(facts.phase == .remind && facts.state == state && facts.notices == 2 && facts.daysSinceLast == 10)
        return holding.contains(rule.name)
      }
      #expect(asked == rules.map(\.name).prefix(asked.count).map(\.self))
      return decision?.rule
    }
    // What kind of bill it is and how it travels is for the conditions to say.
    #expect(try told(["agreed", "waiting"]) == nil)
    #expect(try told(["postcard-2", "waiting"]) == "postcard-2")
    #expect(try told(["waiting", "postcard-4"]) == "waiting")
    #expect(try told(["postcard-4"]) == nil)
    #expect(try told([]) == nil)
  }

  @Test func cardGoesOutOnceInTheCampaignOrOnceInEachRun() throws {
    for (once, expected) in [("", false), ("once: campaign", false), ("once: cycle", true)] {
      let campaign = try Self.folder("{\(once)}").load().campaign
      let mailed = AccountHistory(postcards: 1)
      #expect((try campaign.cardDecision(for: bill(), state: .undecided, history: mailed, isPrinted: true) != nil) == expected)
      // Bills that were mailed are no cards.
      let bills = AccountHistory(notices: 3, lastMailed: PlainDate("2027-01-01"))
      #expect(try campaign.cardDecision(for: bill(), state: .undecided, history: bills, isPrinted: true) != nil)
    }
  }

  @Test func languageIsLookedUpOnlyForThoseWhoGetOne() throws {
    let campaign = try Self.folder("{}").load().campaign
    #expect(try campaign.cardDecision(for: bill(language: "es-MX"), state: .undecided, isPrinted: true)?.language.text == "es-US")
    #expect(try campaign.cardDecision(for: bill(language: "fr-CA"), state: .agreed, isPrinted: true) == nil)
    let fault = try #require(throws: RecordFault.self) {
      try campaign.cardDecision(for: bill(language: "fr-CA"), state: .undecided, isPrinted: true)
    }
    #expect(fault.code == .languageNotOffered && fault.message == "the campaign has no words in 'fr-CA', only in en-US, es-US")
    let spanish = LanguageTag("es")
    #expect(
      try campaign.cardDecision(for: bill(language: "fr-CA"), language: spanish, state: .undecided, isPrinted: true)?.language.text
        == "es-US")
  }

  // MARK: What it says

  private func texts(_ words: Words?) -> [String] { words.map { $0.all.map { "\($0.name): \($0.text.text)" } } ?? [] }

  @Test func cardSaysWhatTheNoticeSaysWhereItHasNoWordsOfItsOwn() throws {
    let campaign = try Self.folder("{}").load().campaign
    let card = try #require(campaign.postcard)
    for phase in Phase.allCases {
      for language in campaign.languages {
        let (own, notice) = (card.words(phase, language), campaign.words(phase, language))
        #expect(texts(own) == texts(notice) && !texts(own).isEmpty && own?.digest == notice?.digest)
        #expect(own?.phase == phase && own?.language == language)
      }
    }
    #expect(card.words(.announce, try #require(LanguageTag("fr"))) == nil)
  }

  /// Its own words hold on in later phases; what they leave out is the notice's of that very phase.
  @Test func ownWordsHoldOnOverTheNoticeOfThePhase() throws {
    let campaign = try Self.folder(
      """

          words:
            remind: {en-US: {heading: Still on paper?, benefits: []}}
            active: {same-as: remind, en-US: {body: Paper stops., label: Now}, es-US: {action: Llame}}
      """, ("  remind:\n    en-US:\n      heading: \"Paper stops", "  remind:\n    en-US:\n      heading: \"Soon paper stops"),
      (
        "  final:\n    en-US:\n      heading: \"Paper stops on {campaign.active | date('long')}\"\n      body: |",
        "  final:\n    en-US:\n      heading: Last\n      body: |\n        At last.\n"
      )
    ).load().campaign
    let card = try #require(campaign.postcard)
    let (english, spanish) = (campaign.languages[0], campaign.languages[1])
    #expect(card.words(.announce, english)?.digest == campaign.words(.announce, english)?.digest)
    let remind = try #require(card.words(.remind, english))
    #expect(remind.heading?.text == "Still on paper?" && remind.benefits.isEmpty && remind.label?.text == "Important")
    #expect(remind.keepPaper?.text == "Prefer paper? Call {campaign.opt-in.phone}." && remind.phase == .remind)
    let final = try #require(card.words(.final, english))
    #expect(final.heading?.text == "Still on paper?" && final.body.text.hasPrefix("At last.") && final.phase == .final)
    let active = try #require(card.words(.active, english))
    #expect(active.heading?.text == "Still on paper?" && active.body.text == "Paper stops." && active.label?.text == "Now")
    // A language without words of its own before has none then either.
    #expect(card.words(.final, spanish)?.action?.text == "Escanee" && card.words(.active, spanish)?.action?.text == "Llame")
    #expect(card.words(.active, spanish)?.body.text == "Le avisaremos.")
    #expect(Set(Phase.allCases.compactMap { card.words($0, english)?.digest }).count == 4)
  }

  /// The digest once more, by the contract: the canonical JSON of the words together.
  @Test func digestIsThatOfTheWordsTogether() throws {
    let campaign = try Self.folder(
      "{words: {announce: {es-US: {heading: ¿Papel?, benefits: [A, B], label: L}}}}",
      (", keep-paper: \"¿Papel?\"", ""), ("notices:\n", "keep: {how: {en-US: Call us, es-US: Llame}}\nnotices:\n")
    ).load().campaign
    let words = try #require(campaign.postcard?.words(.announce, campaign.languages[1]))
    // Of the campaign's own line on keeping paper the digest knows nothing, as with notices.
    #expect(words.keepPaper?.text == "Llame")
    // printf '%s' '{"action":"Escanee","benefits":["A","B"],"body":"Le avisaremos.","heading":"¿Papel?","label":"L"}' | sha256sum
    #expect(words.digest == "8e35199e4bfa833088b8c454578522b4ecbb0f5decec59c567f647bac17713b3")
  }

  // MARK: What is wrong with it

  @Test(arguments: [
    ("{audience: []}", "bad-value"), ("{audience: {}}", "wrong-type"), ("{audience: [{rule: a, notice: standard}]}", "unknown-key"),
    ("{audience: [{rule: a}, {rule: b}]}", "unreachable-rule"), ("{audience: [{rule: a, when: \"x\"}, {rule: a}]}", "duplicate-rule"),
    ("{audience: [{rule: postcard-2, when: \"x\"}, {card: none}]}", "duplicate-rule"), ("{audience: [{rule: a b}]}", "bad-value"),
    ("{audience: [{card: no}]}", "bad-value"), ("{audience: [{when: \"\"}]}", "bad-value"), ("{once: monthly}", "bad-value"),
    ("{twice: campaign}", "unknown-key"), ("[]", "wrong-type"), ("{words: {announce: {fr: {heading: A}}}}", "unknown-language"),
    ("{words: {soon: {}}}", "unknown-key"), ("{words: {announce: {en-US: {title: A}}}}", "unknown-key"),
    ("{words: {announce: {en-US: {keep-paper: A}}}}", "bad-value"), ("{words: {final: {same-as: remind}}}", "same-as-nowhere"),
    ("{words: {final: {same-as: remind}, remind: {same-as: final}}}", "same-as-circle"),
    ("{words: {announce: {en-US: {heading: \"A\\n\\nB\"}}}}", "not-one-paragraph"),
    ("{words: {announce: {en-US: {body: \"<b>\"}}}}", "markdown-html"), ("{words: {announce: {en-US: {body: \"{\"}}}}", "bad-expression"),
  ])
  func faultsHaveTheirCode(_ postcard: String, _ code: String) throws {
    let findings = try Self.folder(postcard).findings
    #expect(findings.map(\.id) == [code] && findings.allSatisfy { $0.range != nil }, "\(findings)")
  }

  @Test func openAddressIsAskedFor() throws {
    let findings = try CampaignFolder(CampaignFolder.yaml + "\nchannels: {postcard: {}}\n").findings
    #expect(findings.map(\.id) == ["missing-key"] && findings.first?.message.contains("'open'") == true)
    // A key left empty counts as left out, and other channels there are none.
    #expect(try CampaignFolder(CampaignFolder.yaml + "\nchannels: {postcard: }\n").load().campaign.postcard == nil)
    #expect(try CampaignFolder(CampaignFolder.yaml + "\nchannels: {letter: {}}\n").findings.map(\.id) == ["unknown-key"])
  }

  @Test func coverageThatCannotBeReachedIsTold() throws {
    func warnings(_ folder: CampaignFolder) throws -> [String] { try folder.load().warnings.map { "\($0.severity.rawValue) \($0.id)" } }
    let asked = CampaignFolder.yaml + "\ncoverage: {bills: 3, postcards: 1}\n"
    #expect(try warnings(CampaignFolder(asked)) == ["warning coverage-unreachable"])
    #expect(try warnings(CampaignFolder(CampaignFolder.yaml + "\ncoverage: {bills: 3}\n")) == [])
    func twice(_ postcard: String, _ count: Int) throws -> [String] {
      try warnings(Self.folder(postcard, ("prominence:", "coverage: {postcards: \(count)}\nprominence:")))
    }
    #expect(try twice("{}", 1) == [] && twice("{once: cycle}", 2) == [] && twice("{}", 2) == ["warning coverage-unreachable"])
  }
}

import Consents
import Dates
import Diagnostics
import TestSupport
import Testing

/// Which of several events decides where a customer stands.
@Suite struct StandingTests {
  static func event(_ text: String) throws -> CustomerEvent {
    let parts = text.split(separator: " ").map(String.init)
    return CustomerEvent(
      try #require(CustomerEvent.Kind(rawValue: parts[1])), try #require(PlainDate("2027-" + parts[0])),
      source: parts.count > 2 ? parts[2] : "")
  }

  /// The ledger's events, the record's consent (`-`: none, a day or `?`, and its source), the sources that count (`*`: all), the state, since
  /// when, the consent that does not count.
  private static let cases: [([String], String, String, String)] = [
    ([], "-", "*", "undecided - -"), (["01-05 consent web"], "-", "*", "agreed 01-05 -"), (["01-05 paper"], "-", "*", "paper 01-05 -"),
    (["01-05 bounced"], "-", "*", "bounced 01-05 -"), (["01-05 withdrawn"], "-", "*", "undecided 01-05 -"),
    (["01-05 consent web", "02-01 withdrawn phone"], "-", "*", "undecided 02-01 -"),
    (["01-05 withdrawn", "02-01 consent web"], "-", "*", "agreed 02-01 -"),
    (["01-05 consent web", "01-05 withdrawn"], "-", "*", "undecided 01-05 -"),
    (["01-05 consent web", "01-05 paper"], "-", "*", "paper 01-05 -"),
    (["01-05 consent web", "01-05 bounced"], "-", "*", "bounced 01-05 -"),
    (["01-05 paper", "01-05 bounced"], "-", "*", "paper 01-05 -"), (["01-05 paper", "01-05 withdrawn"], "-", "*", "undecided 01-05 -"),
    // The record.
    ([], "01-05 web", "*", "agreed 01-05 -"), ([], "?", "*", "agreed - -"), (["01-05 paper"], "?", "*", "paper 01-05 -"),
    (["01-05 paper"], "01-05 web", "*", "paper 01-05 -"), (["01-05 paper"], "01-06 web", "*", "agreed 01-06 -"),
    (["01-05 paper"], "01-04 web", "*", "paper 01-05 -"), (["01-05 consent app"], "01-05 web", "*", "agreed 01-05 -"),
    // Sources.
    (["01-05 consent phone"], "-", "web,app", "undecided - 01-05 phone"), (["01-05 consent web"], "-", "web,app", "agreed 01-05 -"),
    (["01-05 consent Web"], "-", "web", "undecided - 01-05 Web"), (["01-05 consent"], "-", "web", "undecided - 01-05"),
    (["01-05 paper", "02-01 consent phone"], "-", "web", "paper 01-05 02-01 phone"),
    (["01-05 consent web", "02-01 consent phone"], "-", "web", "agreed 01-05 02-01 phone"),
    (["01-05 consent phone", "02-01 paper"], "-", "web", "paper 02-01 -"),
    (["01-05 consent phone", "01-05 paper"], "-", "web", "paper 01-05 -"),
    ([], "01-05 form", "web", "undecided - 01-05 form"), ([], "?", "web", "undecided - ?"),
    (["01-05 consent web"], "02-01 form", "web", "agreed 01-05 02-01 form"), (["01-05 consent web"], "?", "web", "agreed 01-05 -"),
    (["02-01 consent form"], "01-05 web", "web", "agreed 01-05 02-01 form"), (["01-05 consent web"], "-", "", "undecided - 01-05 web"),
  ]

  @Test(arguments: cases.indices) func stateFollowsTheLatest(_ index: Int) throws {
    let (events, record, sources, expected) = Self.cases[index]
    let standing = CustomerStanding(
      try events.map(Self.event), record: try Self.consent(record),
      sources: sources == "*" ? nil : Set(sources.split(separator: ",").map(String.init)))
    func short(_ date: PlainDate?) -> String { date.map { String($0.iso.dropFirst(5)) } ?? "?" }
    let refused = standing.refused.map { ([short($0.date)] + [$0.source ?? ""].filter { !$0.isEmpty }).joined(separator: " ") } ?? "-"
    #expect("\(standing.state.rawValue) \(standing.since.map { short($0) } ?? "-") \(refused)" == expected, "\(events) and \(record)")
  }

  private static func consent(_ text: String) throws -> CustomerStanding.Consent? {
    let parts = text.split(separator: " ").map(String.init)
    if text == "-" { return nil }
    return CustomerStanding.Consent(date: parts[0] == "?" ? nil : PlainDate("2027-" + parts[0]), source: parts.count > 1 ? parts[1] : nil)
  }

  // MARK: Properties

  private static func events(_ random: inout SeededNumbers) -> [CustomerEvent] {
    (0..<random.next(below: 8)).compactMap { _ in
      let kind = CustomerEvent.Kind.allCases[random.next(below: 4)]
      return PlainDate(year: 2027, month: 1, day: 1 + random.next(below: 4)).map {
        CustomerEvent(kind, $0, source: ["web", "phone", "app", ""][random.next(below: 4)])
      }
    }
  }

  /// Neither the order of the events nor those that ``AccountHistory/deciding(_:)`` leaves out change anything, whatever sources count.
  @Test(arguments: 0..<300) func orderAndWhatIsLeftOutDoNotMatter(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let events = Self.events(&random)
    let record = [nil, CustomerStanding.Consent(date: nil, source: "web"), .init(date: PlainDate("2027-01-02"), source: "phone")][
      random.next(below: 3)]
    let history = AccountHistory(events: AccountHistory.deciding(events), notices: random.next(below: 3), lastMailed: events.first?.date)
    for sources in [nil, ["web"], ["phone", "app"], []] as [Set<String>?] {
      let standing = CustomerStanding(events, record: record, sources: sources)
      #expect(CustomerStanding(events.shuffled(using: &random), record: record, sources: sources) == standing)
      #expect(CustomerStanding(history.events, record: record, sources: sources) == standing)
    }
  }

  /// The rule once more, written otherwise: the greatest of all that counts.
  @Test(arguments: 0..<300) func greatestDecides(seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed) + 1_000)
    let events = Self.events(&random)
    let sources: Set<String>? = random.next(below: 2) == 0 ? nil : ["web", "app"]
    let weights: [CustomerEvent.Kind: Int] = [.withdrawn: 4, .paper: 3, .bounced: 2, .consent: 1]
    let states: [CustomerEvent.Kind: CustomerState] = [.withdrawn: .undecided, .paper: .paper, .bounced: .bounced, .consent: .agreed]
    let counted = events.filter { event in event.kind != .consent || sources.map { $0.contains(event.source) } ?? true }
    let best = counted.map { ($0.date.daysSinceEpoch * 10 + (weights[$0.kind] ?? 0), $0.kind) }.max { $0.0 < $1.0 }
    #expect(CustomerStanding(events, sources: sources).state == best.flatMap { states[$0.1] } ?? .undecided)
  }

  /// Facts that travel as bytes and are cut off at a bill's day say what those of that day say.
  @Test(arguments: 0..<100) func factsOfADayAreThoseKnownThen(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed) + 5_000)
    let days = try (1...5).map { try #require(PlainDate(year: 2027, month: 1, day: $0)) }
    let mailings = days.filter { _ in random.next(below: 2) == 0 }.map { AccountFacts.Mailing($0, notices: 1 + random.next(below: 3)) }
    let cards = days.flatMap { Array(repeating: $0, count: random.next(below: 3)) }
    let facts = AccountFacts(events: Self.events(&random), mailings: mailings, postcards: seed % 2 == 0 ? cards : [])
    #expect(try AccountFacts(bytes: facts.bytes) == facts)
    #expect(facts.isEmpty == facts.bytes.isEmpty)
    for day in days {
      let history = facts.history(asOf: day)
      let earlier = facts.mailings.filter { $0.date <= day }
      #expect(history.events == AccountHistory.deciding(facts.events.filter { $0.date <= day }))
      #expect((history.notices, history.lastMailed) == (earlier.map(\.notices).reduce(0, +), earlier.map(\.date).max()))
      #expect(history.postcards == facts.postcards.count { $0 <= day })
      #expect(facts.reduced(to: day).history(asOf: day) == history)
    }
  }

  @Test func factsWithoutCardsHaveTheBytesOfOldRuns() throws {
    let day = try #require(PlainDate("2027-01-01"))
    let old = "{\"events\":[],\"mailings\":[[\"2027-01-01\",2]]}"
    #expect(String(decoding: AccountFacts(mailings: [.init(day, notices: 2)]).bytes, as: UTF8.self) == old)
    let cards = AccountFacts(postcards: [day, day])
    #expect(String(decoding: cards.bytes, as: UTF8.self) == "{\"events\":[],\"mailings\":[],\"postcards\":[\"2027-01-01\",\"2027-01-01\"]}")
    #expect(!cards.isEmpty && cards.history(asOf: day) == AccountHistory(postcards: 2))
  }

  @Test func damagedFactsAreRefused() {
    let texts = [
      "[]", "{}", "{\"events\":[]}", "{\"events\":[[\"agreed\",\"2027-01-01\",\"\"]],\"mailings\":[]}",
      "{\"events\":[[\"paper\",\"2027-13-01\",\"\"]],\"mailings\":[]}", "{\"events\":[[\"paper\"]],\"mailings\":[]}",
      "{\"events\":[],\"mailings\":[[\"soon\",1]]}", "{\"events\":[],\"mailings\":[[\"2027-01-01\",0]]}",
      "{\"events\":[],\"mailings\":[[\"2027-01-01\",1],[\"2027-01-01\",1]]}",
      "{\"events\":[],\"mailings\":[],\"postcards\":[]}", "{\"events\":[],\"mailings\":[],\"postcards\":[\"soon\"]}",
      "{\"events\":[],\"mailings\":[],\"postcards\":[\"2027-01-02\",\"2027-01-01\"]}",
    ]
    for text in texts { #expect(throws: RecordFault.self) { try AccountFacts(bytes: Array(text.utf8)) } }
  }
}

import Consents
import Contract
import Dates
import Diagnostics
import Foundation
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// What the sample company's campaign tells whom in each of its phases: rule, notice, words and terms, in both languages and formats.
@Suite struct LarkspurCampaignTests {
  private struct Told {
    var facts: PieceFacts
    /// All that stands on the bill, without white space.
    var words: String
    func says(_ text: String) -> Bool { words.contains(text.filter { !$0.isWhitespace }) }
  }

  private let maker: BillMaker

  init() throws {
    maker = BillMaker(
      try LayoutJob(
        JobOptions(
          layout: Project.path("Layouts/larkspur"), campaign: Project.path("Samples/larkspur/campaign"),
          tokenKey: Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key"), fonts: [Project.fonts])))
  }

  /// The least a bill may say.
  private static func record(
    _ day: String, language: String = "en-US", format: String = "standard", kind: String = "bill", more: String = ""
  )
    -> String
  {
    """
    {"v":1,"account":"7","invoice":"1","kind":"\(kind)","issued":"\(day)","due":null,"currency":"USD","language":"\(language)",\(more)\
    "customer":{"name":"R. A.","address":["General Delivery"]},"delivery":"paper","format":"\(format)","sections":[],\
    "totals":{"charges":"0.00","due":"0.00"}}
    """
  }

  private func told(_ record: String, events: [CustomerEvent] = []) throws -> Told {
    var input = RecordInput(file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(record.utf8))
    let facts = AccountFacts(events: events)
    input.facts = facts.bytes
    guard case .pieces(let pieces, _, _) = maker.render(input), let piece = pieces.first else { throw TestFailure("rejected: \(record)") }
    var warnings: [RecordWarning] = []
    let laidOut = try maker.layOut(try maker.compose(try maker.read(Array(record.utf8)), maker.occasion, &warnings, facts: facts))
    var words = ""
    try laidOut.pagination.forEachPage { words += $1.words }
    return Told(facts: piece.facts, words: words.undirected.filter { !$0.isWhitespace })
  }

  private static func event(_ kind: CustomerEvent.Kind, by source: String) throws -> CustomerEvent {
    CustomerEvent(kind, try #require(PlainDate("2026-11-10")), source: source)
  }

  struct Phase: Sendable, CustomTestStringConvertible {
    var name: String
    var day: String
    /// By language: heading, what the phase explains where there is room, how paper is kept, and the line for those who chose it.
    var words: [String: [String]]
    var testDescription: String { name }
  }

  static let phases = [
    Phase(
      name: "announce", day: "2026-11-23",
      words: [
        "en-US": [
          "Your choice: bills by e-mail from March 1, 2027", "An e-mail tells you when your bill is online: the same pages as on paper.",
          "Prefer paper? Do nothing: it stays, and stays free.", "You chose paper: it stays after March 1, 2027, too, and stays free.",
        ],
        "es-US": [
          "Factura digital desde el 1 de marzo de 2027", "Un correo electrónico le avisa cuando su factura está en línea",
          "¿Prefiere papel? No haga nada: sigue llegando, y gratis.",
          "Usted eligió papel: sigue gratis tras el 1 de marzo de 2027.",
        ],
      ]),
    Phase(
      name: "remind", day: "2027-01-22",
      words: [
        "en-US": [
          "Reminder: bills by e-mail from March 1, 2027", "", "Prefer paper? Do nothing: it stays, and stays free.",
          "You chose paper: it stays after March 1, 2027, too, and stays free.",
        ],
        "es-US": [
          "Recuerde: factura digital el 1 de marzo de 2027", "", "¿Prefiere papel? No haga nada: sigue llegando, y gratis.",
          "Usted eligió papel: sigue gratis tras el 1 de marzo de 2027.",
        ],
      ]),
    Phase(
      name: "final", day: "2027-02-22",
      words: [
        "en-US": [
          "March 1, 2027: paper stops only if you confirm", "If you confirm, we stop paper and tell you by e-mail when a bill is online.",
          "Prefer paper? Do nothing: it stays, and stays free.", "You chose paper: it stays after March 1, 2027, too, and stays free.",
        ],
        "es-US": [
          "Si confirma: sin papel el 1 de marzo de 2027", "Si confirma, el papel cesa y un correo electrónico le avisa de cada factura.",
          "¿Prefiere papel? No haga nada: sigue llegando, y gratis.",
          "Usted eligió papel: sigue gratis tras el 1 de marzo de 2027.",
        ],
      ]),
    Phase(
      name: "active", day: "2027-03-22",
      words: [
        "en-US": [
          "Your choice: bills by e-mail since March 1, 2027", "You have not confirmed, so your bill still comes on paper.",
          "Prefer paper? Do nothing: it stays, and stays free.", "You chose paper: it stays, and stays free.",
        ],
        "es-US": [
          "Desde el 1 de marzo de 2027: factura digital", "Usted no lo ha confirmado: su factura sigue llegando en papel.",
          "¿Prefiere papel? No haga nada: sigue llegando, y gratis.", "Usted eligió papel: sigue llegando, y gratis.",
        ],
      ]),
  ]
  private static let optional = ["en-US": "This is optional.", "es-US": "Es opcional."]
  private static let thanks = ["en-US": "Thank you for agreeing to bills by e-mail.", "es-US": "Gracias por aceptar la factura digital."]
  private static let terms = [
    "en-US": "Updated terms of service, effective March 1, 2027", "es-US": "vigentes desde el 1 de marzo de 2027",
  ]

  @Test(arguments: phases, ["en-US", "es-US"])
  func everybodyIsToldWhatConcernsThem(phase: Phase, language: String) throws {
    let words = try #require(phase.words[language])
    let (heading, explained, paper, kept) = (words[0], words[1], words[2], words[3])
    let optional = try #require(Self.optional[language])
    let thanks = try #require(Self.thanks[language])
    for format in ["standard", "large-print"] {
      let record = Self.record(phase.day, language: language, format: format)
      let undecided = try told(record)
      let agreed = try told(record, events: [try Self.event(.consent, by: "web")])
      let onPaper = try told(record, events: [try Self.event(.paper, by: "phone")])
      for (told, rule, notice) in [(undecided, "undecided", "standard"), (agreed, "agreed", "thanks"), (onPaper, "keeps-paper", "kept")] {
        #expect(told.facts.rule == rule && told.facts.notice?.name == notice && told.facts.notice?.phase == phase.name, "\(format)")
        let terms = try #require(Self.terms[language])
        #expect(told.facts.terms?.version == "2027-03" && told.says(terms), "\(format) \(rule)")
        #expect(
          told.facts.pages <= (format == "standard" ? 3 : 5) && told.facts.warnings.isEmpty, "\(format) \(rule): \(told.facts.warnings)")
        #expect(told.says("1-800-555-0142"))
      }
      for line in [heading, optional, paper, "my.larkspur.example/p"] { #expect(undecided.says(line), "\(format): \(line)") }
      if !explained.isEmpty { #expect(undecided.says(explained) == (format == "standard")) }
      #expect(agreed.says(thanks) && !agreed.says(heading) && !agreed.says(paper) && !undecided.says(thanks))
      #expect(onPaper.says(kept) && !onPaper.says(heading) && !onPaper.says(thanks) && !undecided.says(kept))
    }
  }

  @Test func rulesAreThoseOfTheFile() throws {
    func line(_ record: String, _ events: [CustomerEvent] = []) throws -> String {
      let facts = try told(record, events: events).facts
      return [
        facts.rule, facts.state, facts.notice?.name ?? "none", facts.terms == nil ? "no terms" : "terms",
        facts.warnings.map(\.code.rawValue).joined(separator: " "),
      ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }
    let day = "2027-02-22"
    let web = try Self.event(.consent, by: "web")
    #expect(try line(Self.record(day, kind: "termination"), [web]) == "termination, agreed, none, no terms")
    #expect(try line(Self.record(day, kind: "final")) == "last-bill, undecided, none, no terms")
    #expect(try line(Self.record(day, kind: "credit")) == "undecided, undecided, standard, terms")
    #expect(try line(Self.record(day, more: "\"segment\":\"farm\",")) == "business, undecided, standard, no terms")
    #expect(try line(Self.record(day, more: "\"segment\":\"farm\","), [web]) == "agreed, agreed, thanks, terms")
    #expect(try line(Self.record(day, more: "\"segment\":\"residential\",")) == "undecided, undecided, standard, terms")
    // By phone nobody has agreed, where E-SIGN holds.
    #expect(try line(Self.record(day), [try Self.event(.consent, by: "phone")]) == "undecided, undecided, standard, terms, consent-source")
    #expect(try line(Self.record(day), [try Self.event(.bounced, by: "email")]) == "undecided, bounced, standard, terms")
    #expect(try line(Self.record("2026-10-31")) == "none, no terms")
  }
}

import Composition
import Consents
import Contract
import Diagnostics
import Foundation
import Geometry
import Layout
import LayoutLanguage
import TestSupport
import Testing

@testable import Billmaking
@testable import Campaigns

/// Several notices in a layout, their variants by size, and bills that carry a notice or terms alone.
@Suite struct NoticeVariantTests {
  private static let slots = """
    <row gap="10pt"><column width="1fr"><slot name="heading" weight="bold"/><slot name="body"/><slot name="action"/><slot name="keep-paper"/></column>\
    <column width="130pt"><opt-in-qr size="60pt" describe="code"/><slot name="address"/><slot name="phone"/></column></row>
    """

  /// A notice whose variant is `height` higher than its slots.
  private static func notice(_ variant: String, height: Double = 0, inside: String = "", look: String = "") -> String {
    "<notice variant=\"\(variant)\" padding=\"4pt\" \(look)>\(slots)\(inside)\(height > 0 ? "<box height=\"\(height)pt\"/>" : "")</notice>"
  }

  /// Notices, the bill's charges line by line, and the terms, on small pages.
  private static func layout(
    _ notices: String, bill: String = "", before: String = "", after: String = "", page: String = "", terms: String = "<terms/>",
    prominence: String? = nil
  ) throws -> TrialLayout {
    let xml = TrialLayout.xml(
      """
      \(before)<messages>\(notices)</messages><column gap="4pt"><each each="s in sections"><text each="l in s.lines">{l.description}</text></each></column>\
      \(after)<messages>\(terms)</messages>
      """, paper: "400pt 400pt", bill: bill
    ).replacing("<page name=\"next\" margin=\"10pt\"/>", with: "<page name=\"next\" margin=\"10pt\">\(page)</page>")
    let campaign = try NamedNotices(thanks: "{announce: {en-US: {body: \"We have your address.\"}}}")
    defer { withExtendedLifetime(campaign) {} }
    if let prominence {
      let text = try campaign.folder.text("campaign/campaign.yaml")
      let changed = text.replacing("prominence: {page: 1, area: 0.01, heading: 1, contrast: 4.5}", with: "prominence: {\(prominence)}")
      #expect(changed != text)
      try campaign.folder.write("campaign/campaign.yaml", changed)
    }
    return try TrialLayout(xml, campaign: campaign.file, tokenKey: campaign.tokenKey)
  }

  private static func record(_ lines: Int) -> String { TestRecord(lines: (0..<lines).map { ("Line \($0)", 100) }).json }

  // MARK: Variants

  /// The first variant whose bill needs no more sheets than that of the smallest stands, each set smaller where that helps; and the bill is what it
  /// would be without the others.
  @Test(arguments: ["", "fit-sheet=\"space-80 space-50\""])
  func largestVariantThatAddsNoSheetStands(_ bill: String) throws {
    let variants = [("full", 140.0), ("middle", 60), ("small", 0)].map { ($0, Self.notice($0, height: $1)) }
    let together = try Self.layout(variants.map(\.1).joined(), bill: bill)
    let alone = try variants.map { ($0.0, try Self.layout($0.1, bill: bill)) }
    var chosen: [String: Int] = [:]
    var fits: Set<String> = []
    for lines in stride(from: 1, through: 37, by: 3) {
      let record = Self.record(lines)
      let bills = try alone.map { ($0, try $1.print(record)) }
      let sheets = try #require(bills.last).1.facts.sheets
      let (name, expected) = try #require(bills.first { $0.1.facts.sheets <= sheets })
      let printed = try together.print(record)
      #expect(printed.facts.notice?.variant == name && printed.facts.fit == expected.facts.fit, "\(lines) lines")
      #expect(printed.facts.content == expected.facts.content && printed.pdf == expected.pdf, "\(lines) lines")
      #expect(printed.facts.notice == expected.facts.notice && printed.facts.warnings.isEmpty)
      chosen[name, default: 0] += 1
      fits.insert(printed.facts.fit)
    }
    #expect(Set(chosen.keys) == ["full", "middle", "small"], "\(chosen)")
    #expect(fits.contains("") && (bill.isEmpty || fits.count > 1), "\(fits)")
  }

  /// Which bills a worker has made before makes no difference.
  @Test func billsAreTheSameWhateverCameBefore() throws {
    let notices = Self.notice("full", height: 140) + Self.notice("small", inside: "<box padding=\"2pt\"><text>Fixed</text></box>")
    let records = [4, 16, 22, 24, 26, 28, 34].map(Self.record)
    let forth = try Self.layout(notices)
    let back = try Self.layout(notices)
    let first = try records.map { try forth.print($0) }
    let second = try records.reversed().map { try back.print($0) }.reversed()
    #expect(first.map(\.pdf) == second.map(\.pdf) && first.map(\.facts.notice) == second.map(\.facts.notice))
    #expect(Set(first.compactMap(\.facts.notice?.variant)) == ["full", "small"])
  }

  /// A variant that is less prominent than the campaign asks, or that brings a fault or a warning, is passed over; where it is the last, it is not.
  @Test(
    arguments: [
      ("pale", "look", "contrast: 7"), ("too small", "", "area: 0.45"),
      ("a fault", "<box height=\"4pt\"><text>High</text></box>", nil),
      ("a warning", "<box height=\"4pt\" fit=\"grow\"><text>High</text></box>", nil),
    ] as [(String, String, String?)])
  func variantThatHarmsIsPassedOver(_ what: String, _ inside: String, _ prominence: String?) throws {
    let isPale = inside == "look"
    let bad = Self.notice("bad", inside: isPale ? "" : inside, look: isPale ? "fill=\"#7A7A7A\"" : "")
    let good = Self.notice("good", height: 100)
    let limits = prominence.map { limit in
      "page: 1, "
        + ["area: 0.01", "heading: 1", "contrast: 4.5"].map { $0.hasPrefix(limit.prefix(4)) ? limit : $0 }.joined(separator: ", ")
    }
    let record = Self.record(1)
    let facts = try Self.layout(bad + good, prominence: limits).print(record).facts
    #expect(facts.notice?.variant == "good" && facts.warnings.isEmpty, "\(what)")
    // Between two good ones the first of them.
    #expect(
      try Self.layout(bad + good + Self.notice("last", height: 110), prominence: limits).print(record).facts.notice?.variant == "good")
    let last = try Self.layout(good.replacing("good", with: "first") + bad, prominence: limits)
    switch what {
    case "a fault": #expect(last.fault(record)?.code == "does-not-fit")
    // Whatever the smallest lacks or warns of by itself, the first adds no sheet.
    default: #expect(try last.print(record).facts.notice?.variant == "first")
    }
    let alone = try Self.layout(bad, prominence: limits)
    if what != "a warning", what != "a fault" { #expect(alone.fault(record)?.code == "notice-not-prominent") }
  }

  /// What a larger notice would push into a zone is looked at before it is chosen.
  @Test func variantThatReachesIntoAZoneIsPassedOver() throws {
    let zone = "<zone name=\"fold\" kind=\"fold\" y=\"180pt\"/>"
    let notices =
      Self.notice("full", inside: "<space height=\"30pt\"/><text>On the fold</text><text>and below</text>") + Self.notice("small")
    #expect(try Self.layout(notices).print(Self.record(1)).facts.notice?.variant == "full")
    let facts = try Self.layout(notices, page: zone).print(Self.record(1)).facts
    #expect(facts.notice?.variant == "small")
    #expect(
      try Self.layout(Self.notice("full", inside: "<space height=\"30pt\"/><text>On the fold</text><text>and below</text>"), page: zone)
        .fault(Self.record(1))?.code == "zone-notice")
  }

  // MARK: Which notice, and what else

  /// A bill as it is when this has been decided for it.
  private func laidOut(
    _ layout: TrialLayout, notice: String?, terms: Bool, isProminenceAsked: Bool = true, _ warnings: inout [RecordWarning]
  ) throws -> LaidOutBill {
    let maker = layout.maker
    let bill = try maker.read(Array(Self.record(2).utf8))
    let usual = try #require(try layout.job.campaign?.campaign.decision(for: bill, state: .undecided))
    let decision = Decision(
      phase: usual.phase, language: usual.language, rule: "trial", state: usual.state, notice: notice, terms: terms ? .bill : .none,
      isProminenceAsked: isProminenceAsked)
    let record = BillRecord(bill, extra: try maker.extra(of: bill))
    let composed = try maker.compose(bill, record, decision, .print, format: 0, language: 0)
    return try maker.settled(composed, smallest: try maker.layOut(composed), &warnings)
  }

  private func printed(
    _ layout: TrialLayout, notice: String?, terms: Bool, isProminenceAsked: Bool = true
  ) throws -> (facts: PieceFacts, words: String, warnings: [RecordWarning]) {
    var warnings: [RecordWarning] = []
    let laidOut = try laidOut(layout, notice: notice, terms: terms, isProminenceAsked: isProminenceAsked, &warnings)
    var words: [String] = []
    try laidOut.pagination.forEachPage { words.append($1.words) }
    return (try layout.maker.finish(laidOut, &warnings, paints: true).facts, words.joined(separator: " / "), warnings)
  }

  private static let thanks = "<notice name=\"thanks\" padding=\"3pt\"><text>Thank you</text><text><slot name=\"body\"/></text></notice>"

  /// Of several notices the one that was decided for stands, and the others take no room.
  @Test func onlyTheNoticeThatWasDecidedForStands() throws {
    let all = try Self.layout(Self.notice("full", height: 20) + Self.thanks + Self.notice("small"))
    let one = try Self.layout(Self.notice("full", height: 20))
    let standard = try printed(all, notice: "standard", terms: true)
    #expect(standard.facts.content == (try printed(one, notice: "standard", terms: true)).facts.content)
    #expect(standard.facts.notice?.name == "standard" && standard.facts.notice?.variant == "full" && !standard.words.contains("Thank you"))
    let thanks = try printed(all, notice: "thanks", terms: true, isProminenceAsked: false)
    #expect(thanks.words.contains("Thank you") && !thanks.words.contains("Paper stops"))
    let facts = try #require(thanks.facts.notice)
    #expect(facts.name == "thanks" && facts.variant == "standard" && facts.rule == "trial" && facts.page == 1 && facts.textSize == 10)
  }

  /// Where the campaign asks for no prominence, it is measured and told, and not held against any limit.
  @Test func noticeThatNeedNotBeProminentIsMeasuredAllTheSame() throws {
    let layout = try Self.layout(
      Self.notice("small") + Self.thanks.replacing("<text>Thank", with: "<text color=\"#999999\" size=\"7pt\" line-height=\"9pt\">Thank"),
      prominence: "page: 1, area: 0.3, heading: 1, contrast: 7")
    let facts = try #require(try printed(layout, notice: "thanks", terms: true, isProminenceAsked: false).facts.notice)
    #expect(
      facts.area > 0 && facts.area < 0.2 && facts.contrast < 3 && facts.contrast > 2 && facts.headingRatio == 0 && facts.textSize == 7)
    #expect(throws: RecordFault.self) { _ = try printed(layout, notice: "thanks", terms: true) }
  }

  /// Terms stand where they were decided for, with a notice or without; and layouts can tell.
  @Test func noticeAndTermsStandByThemselves() throws {
    let tell =
      "<text if=\"campaign\">carried: {campaign.notice | default('nothing')}, {campaign.terms.place}</text><text if=\"not campaign\">nothing carried</text>"
    let layout = try Self.layout(Self.notice("small"), after: tell)
    let both = try printed(layout, notice: "standard", terms: true)
    #expect(both.words.contains("carried: standard, bill") && both.facts.notice != nil && both.facts.terms != nil)
    let terms = try printed(layout, notice: nil, terms: true)
    #expect(terms.words.contains("carried: nothing, bill") && !terms.words.contains("Paper stops"))
    #expect(terms.facts.notice == nil && terms.facts.terms?.digest == both.facts.terms?.digest)
    let notice = try printed(layout, notice: "standard", terms: false)
    #expect(notice.words.contains("carried: standard, none") && notice.facts.notice != nil && notice.facts.terms == nil)
    let neither = try printed(layout, notice: nil, terms: false)
    #expect(neither.words.contains("nothing carried") && neither.facts.notice == nil && neither.facts.terms == nil)
    #expect([both, terms, notice, neither].allSatisfy { $0.warnings.isEmpty })
  }

  /// A page of what the bill does not carry is an en dash, with a warning; where the layout asks first, it is not printed at all.
  @Test(
    arguments: [
      ("<text if=\"campaign\">on page {terms-page}</text>", "standard", false, true),
      ("<text if=\"campaign\">on page {page-of('terms')}</text>", "standard", false, true),
      ("<text if=\"campaign\">on page {page-of('notice')}</text>", nil, true, true),
      ("<text if=\"campaign\"><link to=\"terms\">on page –</link></text>", "standard", false, true),
      ("<text if=\"campaign and campaign.terms.place eq 'bill'\">on page {terms-page}</text>", "standard", false, false),
      ("<text if=\"campaign.notice\">on page {page-of('notice')}</text>", nil, true, false),
      ("<text>on page {terms-page}</text>", nil, false, nil),
    ] as [(String, String?, Bool, Bool?)])
  func pageOfWhatIsNotThereIsAFinding(_ text: String, _ notice: String?, _ terms: Bool, _ warns: Bool?) throws {
    let result = try printed(try Self.layout(Self.notice("small"), after: text), notice: notice, terms: terms)
    #expect(result.words.contains("on page –") == (warns != false))
    #expect(result.warnings.map(\.code) == (warns == true ? ["anchor-missing"] : []))
  }

  /// Room kept for a notice is kept where there is one.
  @Test func roomIsKeptForANoticeOnly() throws {
    let before = "<column min-height=\"60pt\" min-height-if=\"campaign.notice\"><text>Sum</text></column>"
    let layout = try Self.layout(Self.notice("small"), before: before)
    func charges(notice: String?) throws -> Double {
      var warnings: [RecordWarning] = []
      var found: Double?
      try laidOut(layout, notice: notice, terms: true, &warnings).pagination.forEachPage { _, page in
        found = found ?? PageFacts(page: page).texts.first { $0.run.text.hasPrefix("Line") || $0.within.contains(.notice) }?.at.y.points
      }
      return try #require(found)
    }
    #expect(try charges(notice: "standard") > 60)
    #expect(try charges(notice: nil) < 40)
  }

  /// A slot for which the notice has no words leaves nothing behind, neither as a block nor as a text of its own.
  @Test func slotsWithoutWordsLeaveNothing() throws {
    let absent =
      "<text><slot name=\"label\"/></text><slot name=\"label\"/><text><b><slot name=\"label\"/></b> <slot name=\"label\"/></text>"
    let with = try Self.layout(Self.notice("small", inside: absent)).print(Self.record(1)).facts
    let without = try Self.layout(Self.notice("small")).print(Self.record(1)).facts
    #expect(with.content == without.content)
  }

  // MARK: Facts

  @Test(arguments: [("", 10.0), ("<text size=\"8.25pt\">small</text>", 8.25), ("<text>10<sup>2</sup></text>", 20.0 / 3)])
  func leastTypeOfTheNoticeIsTold(_ inside: String, _ size: Double) throws {
    let facts = try #require(try Self.layout(Self.notice("small", inside: inside)).print(Self.record(1)).facts.notice)
    #expect(abs(facts.textSize - size) < 0.001)
  }
}

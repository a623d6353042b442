import Billing
import Campaigns
import Composition
import Consents
import Contract
import Dates
import Diagnostics
import Foundation
import LayoutLanguage
import Money
import TestSupport
import Testing

@testable import Billmaking

/// Who gets a postcard by conditions over record and ledger, and where its words lead.
@Suite struct CardDecidingTests {
  private static let channel = """
    channels:
      postcard:
        audience:
          - {rule: agreed, when: "customer-state eq 'agreed' or kind eq 'termination'", card: none}
          - {rule: business, when: "(segment | default('')) eq 'business' and totals.due gt 100"}
          - {rule: waiting, when: "customer-state eq 'undecided' and (mailed.days | default(99)) gt 20"}
        words:
          announce:
            en-US:
              heading: "Still on paper, {customer.name}?"
              body: "By {campaign.notice | default('none')}, {campaign.terms.place}, in {campaign.phase}."
              action: "Go to {campaign.opt-in.show} or {campaign.opt-in.open.show}."

    """

  private static func folder(_ channel: String = channel) throws -> TemporaryFolder {
    let folder = try TemporaryFolder([:])
    let shared = Project.url("Tests/GalleryTests/Shared")
    for name in ["new.md", "old.md", "layout.xml", "strings"] {
      try FileManager.default.copyItem(at: shared.appendingPathComponent(name), to: URL(fileURLWithPath: folder.path(name)))
    }
    var campaign = try String(contentsOf: shared.appendingPathComponent("campaign.yaml"), encoding: .utf8)
    campaign.replace(
      "notices:\n",
      with: "keep: {how: {en-US: Call us.}}\n" + channel + "notices:\n")
    campaign.replace(
      "  phone:", with: "  open: {url: \"https://my.larkspur.example/paperless\", show: my.larkspur.example/paperless}\n  phone:")
    try folder.write("campaign.yaml", campaign)
    return folder
  }

  private static func bill(_ segment: String?, due: String, kind: Bill.Kind = .bill) throws -> Bill {
    var text = try String(contentsOf: Project.url("Tests/GalleryTests/Shared/record.json"), encoding: .utf8)
    if let segment { text.replace("\"segment\":\"residential\"", with: "\"segment\":\"\(segment)\"") }
    var bill = try BillReader().read(Array(text.utf8.prefix { $0 != 0x0A })).bill
    (bill.totals.due, bill.kind) = (try Amount(due), kind)
    return bill
  }

  private static func rule(
    _ job: PlanJob, _ bill: Bill, _ state: CustomerState, _ history: AccountHistory = AccountHistory(), _ occasion: Occasion = Occasion()
  ) throws -> String? {
    let record = BillRecord(bill, extra: ValueRecord([]))
    return try job.deciding.card(for: bill, record, state, history, .electronic, occasion) { () throws(Diagnostic) in
      try job.voice(for: bill.language)
    }?.rule
  }

  /// The whole record may decide, in plans without a layout, too.
  @Test func conditionsReadRecordAndLedger() throws {
    let folder = try Self.folder()
    let job = try PlanJob(JobOptions(layout: "", campaign: folder.path("campaign.yaml"), purpose: .plan))
    let day = PlainDate("2026-12-24")
    let occasion = Occasion(asOf: day)
    func rule(_ bill: Bill, _ state: CustomerState, mailed: String? = nil, cards: Int = 0, _ occasion: Occasion) throws -> String? {
      let history = AccountHistory(notices: mailed == nil ? 0 : 1, lastMailed: mailed.flatMap { PlainDate($0) }, postcards: cards)
      return try Self.rule(job, bill, state, history, occasion)
    }
    let (plain, rich) = (try Self.bill(nil, due: "100"), try Self.bill("business", due: "100.01"))
    #expect(try rule(plain, .undecided, occasion) == "waiting")
    #expect(try rule(plain, .undecided, mailed: "2026-12-03", occasion) == "waiting")
    #expect(try rule(plain, .undecided, mailed: "2026-12-04", occasion) == nil)
    #expect(try rule(plain, .paper, occasion) == nil && rule(plain, .agreed, occasion) == nil)
    #expect(try rule(rich, .paper, occasion) == "business" && rule(rich, .agreed, occasion) == nil)
    #expect(try rule(Self.bill("business", due: "100"), .paper, occasion) == nil)
    #expect(try rule(Self.bill("business", due: "900", kind: .termination), .undecided, occasion) == nil)
    #expect(try rule(plain, .undecided, cards: 1, occasion) == nil)
    #expect(try rule(plain, .undecided, Occasion(asOf: PlainDate("2026-10-31"))) == nil)
    // A rule somebody wants to look at is one of the bill's.
    #expect(try rule(plain, .undecided, Occasion(asOf: day, rule: "default", notice: NoticeChoice.none)) == "waiting")
  }

  @Test func conditionBelowExtraNeedsALayout() throws {
    let folder = try Self.folder("channels: {postcard: {audience: [{rule: north, when: \"extra.zone eq 'N'\"}]}}\n")
    do throws(DiagnosticList) {
      _ = try PlanJob(JobOptions(layout: "", campaign: folder.path("campaign.yaml"), purpose: .plan))
      Issue.record("expected a finding")
    } catch {
      #expect(error.diagnostics.map(\.id) == ["layout-needed"] && error.diagnostics[0].message.contains("'north'"))
    }
  }

  @Test func cardLeadsToTheOpenAddressAndHasNoToken() throws {
    let folder = try Self.folder()
    let job = try LayoutJob(
      JobOptions(layout: folder.path, campaign: folder.path("campaign.yaml"), fonts: [Project.fonts], purpose: .check))
    let binding = try #require(job.campaign)
    let bill = try Self.bill(nil, due: "1")
    let decision = try #require(
      try binding.campaign.cardDecision(for: bill, asOf: PlainDate("2027-02-01"), state: .undecided, isPrinted: true) { rule, _ in
        rule.name == "waiting"
      })
    let words = try #require(binding.cardWords(decision))
    #expect(words.name == "postcard" && words.token == nil && words.show == "my.larkspur.example/paperless")
    #expect(words.address == "https://my.larkspur.example/paperless" && words.phone == "+1 800 555 0142" && words.hours == nil)
    #expect(words.words.digest == binding.campaign.postcard?.words(.final, decision.language)?.digest)
    let environment = Environment(
      bill: BillRecord(bill, extra: ValueRecord([])), campaign: binding.cardRecord(decision, currency: bill.currency),
      formatter: try job.formats("en-US"), currency: bill.currency, strings: StringTable.empty(language: "en-US"))
    #expect(try words.words.plainWords(.heading, in: environment).text == "Still on paper, \(bill.customer.name)?")
    #expect(try words.words.plainWords(.body, in: environment).text == "By postcard, none, in final.")
    #expect(
      try words.words.plainWords(.action, in: environment).text
        == "Go to my.larkspur.example/paperless or my.larkspur.example/paperless.")
    #expect(try words.words.plainWords(.keepPaper, in: environment).text == "Prefer paper? Do nothing.")
  }
}

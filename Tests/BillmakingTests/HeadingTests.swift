import Foundation
import Geometry
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// What a layout says of headings and of room that is kept, through to the pages.
@Suite struct HeadingTests {
  /// The lines of the headings on the first page, from the top.
  private func headings(_ layout: TrialLayout, _ record: String = TestRecord().json) throws -> [String] {
    var lines: [(y: Double, text: String)] = []
    for text in PageFacts(page: try layout.pages(record)[0]).texts where text.within.isInHeading {
      let y = text.at.y.points
      if let last = lines.indices.last, abs(lines[last].y - y) < 1 {
        lines[last].text += text.run.text
      } else {
        lines.append((y, text.run.text))
      }
    }
    return lines.map(\.text)
  }

  @Test(arguments: ["size=\"16pt\" balance=\"yes\"", "style=\"title\"", "style=\"large\""])
  func linesOfAHeadingAreAboutEquallyLong(_ attributes: String) throws {
    let styles = "<style name=\"title\" size=\"16pt\" balance=\"yes\"/><style name=\"large\" base=\"title\"/>"
    let words = "Get your bill by e-mail from the first of March"
    func layout(_ attributes: String) throws -> TrialLayout {
      try TrialLayout(TrialLayout.xml("<box><text heading=\"1\" \(attributes)>\(words)</text></box>", declarations: styles))
    }
    let (plain, even) = (try headings(layout("size=\"16pt\"")), try headings(layout(attributes)))
    #expect(plain.count == 2 && even.count == 2, "\(plain) \(even)")
    func spread(_ lines: [String]) -> Int { (lines.map(\.count).max() ?? 0) - (lines.map(\.count).min() ?? 0) }
    #expect(spread(even) < spread(plain) && spread(even) <= 6, "\(even)")
    // What is kept from bill to bill is the same.
    let kept = try layout(attributes)
    let first = try kept.print(TestRecord().json).pdf
    #expect(try kept.print(TestRecord().json).pdf == first && layout(attributes).print(TestRecord().json).pdf == first)
  }

  /// A line ends behind the hyphen of a word only where it does so anyway.
  @Test(arguments: [
    ("Your choice: bills by e-mail from the first", 300.0), ("bills by e-mail/web/post/phone-or-fax/or/what/you/like", 120),
  ])
  func hyphenatedWordsAreNotParted(_ words: String, _ width: Double) throws {
    func lines(_ balance: String) throws -> [String] {
      try headings(
        TrialLayout(TrialLayout.xml("<text heading=\"1\" size=\"16pt\" \(balance)>\(words)</text>", paper: "\(width)pt 200pt")))
    }
    let (plain, even) = (try lines(""), try lines("balance=\"yes\""))
    #expect(plain.count == even.count && plain.count > 1, "\(plain) \(even)")
    let parted = { (lines: [String]) in lines.dropLast().contains { $0.last == "-" || $0.last == "/" } }
    #expect(parted(plain) == (width == 120) && parted(even) == parted(plain), "\(plain) \(even)")
  }

  @Test func headingsOfNoticeAndTermsAreBalanced() throws {
    let shared = Project.url("Tests/BillmakingTests/Traces/shared")
    let folder = try TemporaryFolder()
    let campaign = folder.url.appendingPathComponent("campaign")
    try FileManager.default.copyItem(at: shared.appendingPathComponent("campaign"), to: campaign)
    let words = try Project.text("Tests/BillmakingTests/Traces/shared/campaign/campaign.yaml")
      .replacing("Paper stops on {campaign.active | date('long')}", with: "Get your bill by e-mail, for all who like it")
    try folder.write("campaign/campaign.yaml", Array(words.utf8))
    try folder.write("campaign/terms/new.md", Array("# Terms of service for all who would have it so\n\nYou pay by the due date.\n".utf8))
    let xml = try Project.text("Tests/BillmakingTests/Traces/notice-and-terms.xml")
    func layout(_ balance: String) throws -> TrialLayout {
      let changed = xml.replacing("size=\"10pt\" line-height=\"14pt\"/>", with: "size=\"10pt\" line-height=\"14pt\" \(balance)/>")
      return try TrialLayout(
        changed, campaign: campaign.appendingPathComponent("campaign.yaml").path,
        tokenKey: campaign.appendingPathComponent("token.key").path)
    }
    let record = try TraceTests.record("notice-and-terms").json
    let (plain, even) = (try headings(layout(""), record), try headings(layout("balance=\"yes\""), record))
    #expect(plain.count == 4 && even.count == 4, "\(plain) \(even)")
    for first in [0, 2] where even.count == 4 && plain.count == 4 {
      #expect(even[first].count < plain[first].count && even[first + 1].split(separator: " ").count > 1, "\(plain) \(even)")
    }
  }

  /// Room for a part that stands on some bills only is kept on those.
  @Test func roomIsKeptWhereItsConditionHolds() throws {
    let body = "<column min-height=\"90pt\" min-height-if=\"customer.email\"><text>a</text></column><text>z</text>"
    let layout = try TrialLayout(TrialLayout.xml(body))
    func top(_ record: TestRecord) throws -> Double? { PageFacts(page: try layout.pages(record.json)[0]).texts.last?.at.y.points }
    let (kept, plain) = (try #require(try top(TestRecord(email: "a@example.com"))), try #require(try top(TestRecord())))
    #expect(abs(kept - plain - 76) < 0.01, "\(kept) \(plain)")
  }
}

import Billing
import Campaigns
import FindingCodes
import Foundation
import Geometry
import Layout
import LayoutLanguage
import TestSupport
import Testing

@testable import Billmaking

/// The reference pages in `Layouts/reference`: written from the registries, with pictures drawn by Billfold itself.
@Suite(.serialized) struct ReferenceTests {
  static let folder = Desk.layouts.appendingPathComponent("reference")
  /// Three of a picture's dots are as wide as a point: sharp enough for a small picture beside text.
  static let dpi = 108.0

  @Test func pagesAreCurrent() throws {
    var pages = ReferenceWriter.pages().map { (name: $0.name, text: $0.text) }
    pages.append((name: "Record.md", text: try RecordReference.page()))
    pages.append((name: "Campaign.md", text: CampaignReference.page()))
    pages.append((name: "Findings.md", text: FindingsReference.page()))
    for page in pages {
      let place = Self.folder.appendingPathComponent(page.name)
      if Project.isRecording {
        try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
        try Data(page.text.utf8).write(to: place)
      }
      #expect(try Data(contentsOf: place) == Data(page.text.utf8), "\(page.name) is stale: RECORD=1 swift test --filter DesignerTests")
    }
  }

  /// Links between the pages, and to headings within a page, lead somewhere.
  @Test func everyLinkLeadsSomewhere() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".md") }
    #expect(names.count >= 8)
    for name in names {
      let text = try Project.text("Layouts/reference/\(name)")
      for link in text.matches(of: /\]\(([^)\s]+)\)/).map({ String($0.output.1) })
      where !link.hasPrefix("http") && !link.hasPrefix("images/") {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? name : parts[0]
        #expect(names.contains(target), "\(name): \(link)")
        guard parts.count == 2, names.contains(target) else { continue }
        let headings = try Project.text("Layouts/reference/\(target)").matches(of: /(?m)^#+ (.*)$/).map {
          $0.output.1.lowercased().replacing(" ", with: "-")
        }
        #expect(headings.contains(parts[1].lowercased()), "\(name): \(link)")
      }
    }
  }

  @Test func everyElementHasAnExample() {
    #expect(Set(ReferenceWriter.examples.map(\.kind)) == Set(ElementKind.allCases))
  }

  /// Each example is compiled, laid out without a finding, and its picture is the committed one.
  @Test(arguments: ReferenceWriter.examples.map(\.kind)) func pictureIsCurrent(_ kind: ElementKind) throws {
    let files = try #require(ReferenceWriter.examples.first { $0.kind == kind }?.files)
    let bench = try TemporaryFolder(files)
    let campaign = try TemporaryFolder(["campaign.yaml": Desk.campaignWithCard, "new.md": Desk.terms.new, "old.md": Desk.terms.old])
    let hasNotice = (files["layout.xml"] ?? "").contains("<notice")
    let proof = try Proof(layout: bench.url.path, campaign: hasNotice ? campaign.url.path : nil)
    let pages =
      switch kind {
      case .leaflet: try proof.leafletPages()
      case .postcard: try proof.cardPages(Desk.bill)
      default: try proof.pages(Desk.bill)
      }
    let png = try proof.picture(of: try Self.picture(of: kind, pages), dpi: Self.dpi)
    let place = Self.folder.appendingPathComponent("images/\(kind.rawValue).png")
    if Project.isRecording {
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(png).write(to: place)
    }
    #expect(try Data(contentsOf: place) == Data(png), "\(kind): RECORD=1 swift test --filter DesignerTests")
  }

  /// What is shown of an example's pages.
  private static func picture(of kind: ElementKind, _ pages: [Frame]) throws -> Frame {
    switch kind {
    // The sheet is what they are about.
    case .bill, .leaflet, .body, .page, .pageHeader, .pageFooter, .place, .zone, .coupon, .variantPage, .variantPlace, .variantZone:
      ReferencePicture.sheets(Array(pages.prefix(1)))
    case .pageBreak, .postcard: ReferencePicture.sheets(pages)
    // What is brought forward, and the end of the table, stand on the second page.
    case .tableBrought, .tableFooter: ReferencePicture.cropped(try #require(pages.last))
    default: ReferencePicture.cropped(try #require(pages.first))
    }
  }

  /// No picture is mostly paper: what is not the sheet's own has its marks near all of its edges but the right one.
  @Test func picturesShowLittlePaper() throws {
    for example in ReferenceWriter.examples where [.text, .rule, .image, .table, .notice].contains(example.kind) {
      let bench = try TemporaryFolder(example.files)
      let campaign = try TemporaryFolder(["campaign.yaml": Desk.campaignWithCard, "new.md": Desk.terms.new, "old.md": Desk.terms.old])
      let hasNotice = (example.files["layout.xml"] ?? "").contains("<notice")
      let pages = try Proof(layout: bench.url.path, campaign: hasNotice ? campaign.url.path : nil).pages(Desk.bill)
      let picture = try Self.picture(of: example.kind, pages)
      #expect(picture.size.height <= pages[0].size.height)
      let bounds = try #require(ReferencePicture.ink(of: picture))
      #expect(bounds.top <= .mm(4.1) && bounds.bottom >= picture.size.height - .mm(4.1), "\(example.kind)")
      #expect(picture.size.width == .mm(66) || bounds.right > .mm(62), "\(example.kind)")
    }
  }

  /// The examples of the filters with the formats a bill is really printed with, all in one layout: a page each.
  @Test func everyFilterExampleIsTrueOnPaper() throws {
    let examples = FilterRegistry.all.flatMap(\.examples)
    let body = examples.map { "<text>{\($0.expression.replacing("<", with: "&lt;"))}</text>" }.joined(separator: "<page-break/>")
    let bench = try TemporaryFolder(
      [
        "layout.xml": """
        <bill paper="A4" style="body" xmlns="urn:billfold:layout:1">
          <style name="body" font="Inter, Noto Sans" size="10pt" line-height="14pt"/><page name="next" margin="20mm"/><body>\(body)</body>
        </bill>
        """, "strings/en-US.yaml": "{}\n",
      ].merging(FilterRegistry.exampleFiles) { $1 })
    let pages = try Proof(layout: bench.url.path).pages(Desk.bill)
    #expect(pages.count == examples.count)
    for (page, example) in zip(pages, examples) {
      #expect(
        page.words == example.result.split { $0.isWhitespace }.joined(separator: " ").replacing("-$", with: "−$"), "\(example.expression)")
    }
  }

  /// The blocks of the hand-written pages are layouts, too.
  @Test func guideShowsLayoutsThatWork() throws {
    let blocks = Markdown.blocks(try Project.text("Layouts/reference/README.md"))
    #expect(blocks.count >= 3)
    var files = ["layout.xml": "", "strings/en-US.yaml": "{}\n"]
    for block in blocks { if let title = block.title { files[title] = block.text } }
    #expect(files["layout.xml"] != "")
    let bench = try TemporaryFolder(files)
    let pages = try Proof(layout: bench.url.path).pages(Desk.bill)
    #expect(pages.count == 1 && pages[0].words.contains("$87.02"))
  }
}

/// The fenced blocks of a Markdown page.
enum Markdown {
  struct Block: Sendable {
    /// What stands behind the language, such as a path.
    var title: String?
    var text: String
  }

  static func blocks(_ markdown: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          let words = line.dropFirst(3).split(separator: " ")
          open = Block(title: words.count > 1 ? String(words[1]) : nil, text: "")
        }
      } else if open != nil {
        open?.text += line + "\n"
      }
    }
    return blocks
  }
}

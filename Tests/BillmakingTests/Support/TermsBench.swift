import Diagnostics
import Geometry
import Layout
import TestSupport

@testable import Billmaking

/// Terms in a small layout of two columns, and what stands where on its pages.
final class TermsBench {
  /// A run of text.
  struct Text {
    var text: String
    var page: Int
    /// The ends of the run, whichever way it runs.
    var left: Double
    var right: Double
    var baseline: Double
  }
  /// A bar beside text.
  struct Bar: Hashable {
    var page: Int
    var x: Double
    var top: Double
    var bottom: Double
  }

  static let bar = Color(red: 0x0B, green: 0x6E, blue: 0x4F)
  static let strings = [
    "en-US": "changed: Changed\nnew: New\nremoved: Removed\nwhat: What changes for you\nnothing: Nothing changes\n",
    "ar": "changed: معدّل\nnew: جديد\nremoved: محذوف\nwhat: ما يتغير\nnothing: لا يتغير شيء\n",
  ]
  private let folder: TemporaryFolder
  let layout: TrialLayout
  let language: String

  init(
    _ new: String, previous: String?, language: String = "en-US", paper: String = "500pt 420pt", columns: Int = 2, bar: String = "start",
    changes: String = ""
  ) throws {
    self.language = language
    let words =
      #"{heading: "Paper stops", body: "By e-mail.", action: "Scan.", keep-paper: "Do nothing.", benefits: ["Less paper"]}"#
    let notices = ["announce", "remind", "final", "active"].map { "  \($0): {\(language): \(words)}\n" }.joined()
    let old = previous == nil ? "" : ", previous: {version: \"1\", files: {\(language): old.md}}"
    folder = try TemporaryFolder([
      "new.md": new, "old.md": previous ?? "",
      "campaign.yaml": """
      billfold: 1
      id: terms
      languages: [\(language)]
      mode: optional
      consent: before
      phases: {announce: 2026-11-01, remind: 2027-01-01, final: 2027-02-01, active: 2027-03-01}
      opt-in: {url: "https://my.example/p/{token}", show: "my.example/p", phone: "+1 800 555 0142"}
      terms: {version: "2", effective: 2027-03-01, files: {\(language): new.md}\(old)}
      prominence: {page: 1, area: 0.01, heading: 1, contrast: 4.5}
      notices:
      \(notices)
      """,
    ])
    let xml = TrialLayout.xml(
      """
      <messages><notice><row gap="10pt"><column width="1fr"><text size="14pt" heading="1"><slot name="heading"/></text><slot name="body"/><slot name="action"/>\
      <slot name="keep-paper"/></column><column width="130pt"><opt-in-qr size="60pt" describe="code"/><slot name="address"/><slot name="phone"/></column>\
      </row></notice></messages><text>Words of the page.</text><page-break/>
      <messages><terms columns="\(columns)" gap="16pt" bar="2pt #0B6E4F \(bar)" frame="0.5pt black" changed="{t.changed}" new="{t.new}">\
      <terms-changes title="{t.what}" changed="{t.changed}" new="{t.new}" removed="{t.removed}" margin-bottom="10pt" \(changes)/></terms></messages>
      """, paper: paper, margin: "20pt")
    layout = try TrialLayout(
      xml, strings: [language: Self.strings[language] ?? ""], campaign: folder.path("campaign.yaml"),
      tokenKey: Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key"))
  }

  var record: String {
    """
    {"v":1,"account":"7","invoice":"1","kind":"bill","issued":"2026-11-23","due":null,"currency":"USD","language":"\(language)",\
    "customer":{"name":"R. A.","address":["General Delivery"]},"delivery":"paper","format":"standard","sections":[],\
    "totals":{"charges":"0.00","due":"0.00"}}
    """
  }

  /// The pages of the terms: all but the first.
  func pages() throws -> [Frame] { Array(try layout.pages(record).dropFirst()) }

  /// All runs of text in the terms' pages, in the order they are read.
  static func texts(_ pages: [Frame]) -> [Text] {
    pages.enumerated().flatMap { page, frame in
      PageFacts(page: frame).texts.map {
        Text(
          text: $0.run.text, page: page, left: $0.at.x.points, right: $0.at.x.points + $0.run.advance.points, baseline: $0.at.y.points)
      }
    }
  }

  /// All bars in the terms' pages; pieces that touch are one.
  static func bars(_ pages: [Frame]) -> [Bar] {
    var bars: [Bar] = []
    for (page, frame) in pages.enumerated() {
      FrameWalker.walk(frame) { step in
        guard case .item(.shape(let shape), let at) = step, shape.fill == bar, case .rectangle(let size, _) = shape.outline else { return }
        let new = Bar(page: page, x: at.x.points, top: at.y.points, bottom: at.y.points + size.height.points)
        if let last = bars.indices.last, bars[last].page == page, abs(bars[last].x - new.x) < 0.01, abs(bars[last].bottom - new.top) < 0.01
        {
          bars[last].bottom = new.bottom
        } else {
          bars.append(new)
        }
      }
    }
    return bars
  }
}

extension TermsBench.Text {
  /// Whether one of the bars stands right beside the text: in its column and at its height.
  func stands(beside bars: [TermsBench.Bar], isRightToLeft: Bool = false) -> Bool {
    bars.contains { bar in
      let distance = isRightToLeft ? bar.x - right : left - bar.x
      return bar.page == page && bar.top < baseline && baseline <= bar.bottom && (0..<230).contains(distance)
    }
  }
}

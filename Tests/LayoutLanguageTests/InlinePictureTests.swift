import Diagnostics
import Geometry
import LayoutLanguage
import TestSupport
import Testing
import Vocabulary

/// `image` among words: what it is where it may be either.
@Suite struct InlinePictureTests {
  private func layout(_ body: String) -> [String: String] {
    [
      "layout.xml": """
      <bill paper="A4" xmlns="urn:billfold:layout:1"><page name="next" margin="10mm"/><body>\(body)</body></bill>
      """, "strings/en-US.yaml": "", "leaf.svg": "x",
    ]
  }

  private static let block = "<image src=\"leaf.svg\" width=\"8pt\" describe=\"leaf\"/>"
  private static let inline = "<image src=\"leaf.svg\" height=\"8pt\" describe=\"leaf\"/>"

  @Test(arguments: [
    (block, ElementKind.image), (" \(block)\n ", .image), (block + block, .image), ("<if test=\"due\">\(block)</if>", .image),
    ("<text>words</text>\(block)", .image), ("\(block)<!-- words -->", .image),
    ("words \(inline)", .inlineImage), ("{account}\(inline)", .inlineImage), ("<b>words</b>\(inline)", .inlineImage),
    ("\(inline)<br/>", .inlineImage), ("<t key=\"a\"/>\(inline)", .inlineImage),
    ("<if test=\"due\">\(inline)</if><else>none</else>", .inlineImage), ("<if test=\"due\">words</if>\(inline)", .inlineImage),
    ("<b>\(inline)</b>", .inlineImage),
  ])
  func inCellItIsWhatStandsBesideIt(content: String, kind: ElementKind) throws {
    var files = layout("<table><column/><row><cell>\(content)</cell></row></table>")
    files["strings/en-US.yaml"] = content.contains("<t ") ? "a: words" : ""
    let package = Layout(files: files).load()
    #expect(package.diagnostics.map(\.message) == [])
    let template = try #require(package.template)
    let kinds = template.nodes.map(\.element)
    #expect(kinds.contains("image"))
    var found: [ElementKind] = []
    func look(_ contents: [TemplateContent]) {
      for content in contents {
        switch content {
        case .node(let node):
          if node.kind.tag == "image" { found.append(node.kind) }
          look(node.children)
        case .choice(let branches): for branch in branches { look(branch.contents) }
        case .repeat(_, let contents), .scope(_, let contents): look(contents)
        case .text: continue
        }
      }
    }
    look(template.plain.body.children)
    #expect(!found.isEmpty && found.allSatisfy { $0 == kind }, "\(found)")
    // Its canonical form says the same.
    let source = try #require(files["layout.xml"])
    files["layout.xml"] = String(decoding: try LayoutFormatter.format(Array(source.utf8)), as: UTF8.self)
    #expect(Layout(files: files).load().diagnostics.map(\.message) == [])
    #expect(Layout(files: files).load().template?.nodes.map(\.element) == kinds)
  }

  @Test(arguments: [
    ("6pt", Dimension.fixed(.pt(6))), ("80%", .share(0.8)), ("2mm", .fixed(.mm(2))),
  ])
  func heightIsALengthOrAShareOfTheType(height: String, expected: Dimension) throws {
    let body = "<text>a <b><image src=\"leaf.svg\" height=\"\(height)\" align=\"x-middle\" decorative=\"yes\"/></b></text>"
    let template = try #require(Layout(files: layout(body)).load().template)
    guard case .node(let text) = template.plain.body.children.first, case .node(let bold) = text.children.last,
      case .node(let node) = bold.children.first, case .inline(.picture(let picture)) = node.element
    else {
      Issue.record("no picture among the words")
      return
    }
    #expect(picture.height == expected && picture.alignment == .xMiddle && picture.isDecorative && picture.description == nil)
  }

  @Test func itStandsWhereWordsStandAndNowhereElse() {
    for body in [
      "<text>\(Self.inline)</text>", "<text><span size=\"12pt\">\(Self.inline)</span></text>",
      "<text><link href=\"https://a.example\">\(Self.inline)</link></text>", "<text><sup>\(Self.inline)</sup></text>",
      "<text><if test=\"due\">\(Self.inline)</if></text>", "<text><each each=\"s in sections\">\(Self.inline)</each></text>",
      "<text><image each=\"s in sections\" if=\"due\" src=\"leaf.svg\" height=\"1%\" describe=\"{s.title}\"/></text>",
    ] { #expect(Layout(files: layout(body)).load().diagnostics.map(\.message) == [], "\(body)") }
    #expect(Layout(files: layout("<text>\(Self.block)</text>")).load().template == nil)
  }

  @Test(
    arguments: [
      ("", "<t key=\"pay\">IMG</t>", nil), ("", "<t key=\"pay\"> <!-- a mark --> IMG </t>", nil),
      ("name=\"mark\"", "<t key=\"pay\">words IMG</t>", "words cannot stand in 't'"),
      ("name=\"mark\"", "<t key=\"pay\" mark=\"x\">IMG</t>", "'mark' is set twice"),
      ("name=\"mark\"", "<t key=\"pay\">IMGIMG</t>", "'mark' is set twice"),
      ("name=\"sign\"", "<t key=\"pay\">IMG</t>", "has no '{sign}' in any language"),
      ("name=\"mark\" if=\"due\"", "<t key=\"pay\">IMG</t>", "a picture in 't' always stands, once"),
      ("name=\"mark\" each=\"s in sections\"", "<t key=\"pay\">IMG</t>", "a picture in 't' always stands, once"),
      ("unnamed", "<t key=\"pay\">IMG</t>", "a picture in 't' needs a 'name'"),
      ("name=\"mark\"", "<t key=\"count\">IMG</t>", "'mark' is counted or chosen by in 'count' and cannot be a picture"),
      ("name=\"mark\"", "<t key=\"pay\"><b>IMG</b></t>", "'b' cannot stand in 't'"),
    ] as [(String, String, String?)])
  func standsForAPlaceholderOfAString(name: String, use: String, fault: String?) {
    let attributes = name.isEmpty ? "name=\"mark\"" : name == "unnamed" ? "" : name
    let image = "<image \(attributes) src=\"leaf.svg\" height=\"8pt\" describe=\"leaf\"/>"
    var files = layout("<text>\(use.replacing("IMG", with: image))</text>")
    files["strings/en-US.yaml"] =
      use.contains("count") ? "count: \"{mark, plural, one {a} other {b}}\"\n" : "pay: \"Pay by card {mark} here\"\n"
    let found = Layout(files: files).load().diagnostics.map(\.message)
    if let fault { #expect(found.contains { $0.contains(fault) }, "\(found)") } else { #expect(found == []) }
  }
}

import Diagnostics
import Geometry
import LayoutLanguage
import Reporting
import Testing
import Vocabulary

/// What variants change beside styles and colours, and what is said where they cannot.
@Suite struct VariantTests {
  private static let formats = "formats=\"standard large-print\" "

  /// A layout with a variant for large print.
  private func layout(
    _ variant: String, attributes: String = "", body: String = "<text>x</text>", page: String = "<page name=\"next\" margin=\"15mm\"/>",
    more: String = "", files: [String: String] = [:]
  ) -> Layout {
    Layout(
      body: body, declarations: "<variant format=\"large-print\"\(attributes)>\(variant)</variant>\(more)", page: page, root: Self.formats,
      files: files)
  }

  private func template(_ layout: Layout) throws -> Template {
    #expect(layout.findings() == [])
    return try #require(layout.load().template)
  }

  /// The outlines of the standard and the large-print edition.
  private func outlines(_ layout: Layout) throws -> [String] {
    let template = try template(layout)
    return try (0...1).map { try Outline.text(template.edition(format: $0, language: 0), .sample(template)) }
  }

  // MARK: Parts

  @Test func partIsTransparentAndReplacedWhole() throws {
    let body = "<text>a</text><part name=\"p\"><text>b</text><text>c</text></part><text>d</text>"
    #expect(
      try outlines(layout("<part name=\"p\"><text>B</text></part>", body: body)) == [
        "[text a][text b][text c][text d]", "[text a][text B][text d]",
      ])
    #expect(try outlines(layout("<part name=\"p\" show=\"no\"/>", body: body))[1] == "[text a][text d]")
  }

  @Test func replacementSeesWhatIsAroundThePart() throws {
    let partial = """
      <partial xmlns="urn:billfold:layout:1"><param name="who" type="text"/>
        <each each="s in sections"><part name="p"><text>{who}</text></part></each></partial>
      """
    let layout = layout(
      "<part name=\"p\"><text>{who}: {s.title}</text></part>", body: "<include src=\"p.xml\" who=\"A\"/><include src=\"p.xml\" who=\"B\"/>",
      files: ["p.xml": partial])
    #expect(
      try outlines(layout) == [
        "[text A][text A][text B][text B]",
        "[text A: ⟨Electricity⟩][text A: ⟨Services⟩][text B: ⟨Electricity⟩][text B: ⟨Services⟩]",
      ])
  }

  @Test func partsStandInRowsAndCells() throws {
    let body = """
      <row><part name="r"><text>a</text><text>b</text></part></row>
      <table><column/><row><cell><part name="c"><text>c</text></part></cell></row></table>
      """
    let found = try outlines(layout("<part name=\"r\"><text>A</text></part><part name=\"c\"><text>C</text></part>", body: body))
    #expect(
      found == [
        "[row [text a][text b]][table [column][row [cell [text c]]]]", "[row [text A]][table [column][row [cell [text C]]]]",
      ])
  }

  @Test func theMoreParticularVariantWins() throws {
    let layout = Layout(
      body: "<part name=\"p\"><text>plain</text></part><box name=\"b\" padding=\"1pt\" min-height=\"1pt\"/>",
      declarations: """
        <variant format="large-print" language="es-US"><part name="p"><text>both</text></part></variant>
        <variant format="large-print"><part name="p"><text>large</text></part><block name="b" padding="2pt" min-height="2pt"/></variant>
        <variant language="es"><part name="p"><text>es</text></part><block name="b" min-height="3pt"/></variant>
        """, root: Self.formats, files: ["strings/en-US.yaml": "{}\n", "strings/es-US.yaml": "{}\n"])
    let template = try template(layout)
    var found: [String] = []
    for format in 0...1 {
      for language in 0...1 {
        let edition = template.edition(format: format, language: language)
        guard case .node(let box) = edition.body.children[1], case .block(.box(let panel), let attributes) = box.element else { continue }
        found.append(
          "\(try Outline.text(edition, .sample(template, language: language))) \(panel.padding.top.points) \(attributes.minHeight.points)")
      }
    }
    #expect(
      found == ["[text plain][box] 1.0 1.0", "[text es][box] 1.0 3.0", "[text large][box] 2.0 2.0", "[text both][box] 2.0 3.0"])
    // Languages whose variants change styles only share an edition.
    #expect(template.editions.count == 4)
  }

  // MARK: Pages

  private static let page = """
    <page name="next" margin="10mm">
      <place name="a" right="5mm" y="5mm" width="20mm"><text>a</text></place>
      <place name="long name" if="due" x="1mm" y="1mm"><text>b</text></place>
      <include src="places.xml"/>
      <footer><text>f</text></footer>
    </page>
    """
  private static let places = [
    "places.xml": "<partial xmlns=\"urn:billfold:layout:1\"><place name=\"c\" x=\"2mm\" y=\"2mm\"><text>c</text></place></partial>"
  ]

  /// A page's places with their measures and words, its header and its footer.
  private func describe(_ page: PageMaster, _ template: Template) throws -> [String] {
    var result: [String] = []
    func add(_ contents: [TemplateContent]) throws {
      for content in contents {
        switch content {
        case .choice(let branches): for branch in branches { try add(branch.contents) }
        case .scope(_, let contents), .repeat(_, let contents): try add(contents)
        case .text: break
        case .node(let node):
          var environment = Environment.sample(template)
          let words = try Outline.text(node.children, &environment)
          guard case .block(.place(let place), let attributes) = node.element else {
            result.append("\(node.kind.tag) \(words)")
            continue
          }
          let measures = [("x", place.left), ("right", place.right), ("y", place.top), ("bottom", place.bottom)].compactMap {
            name, length in
            length.map { "\(name) \(Int(($0.points / Length.mm(1).points).rounded()))" }
          }
          var width = ""
          if case .fixed(let length) = attributes.width { width = " w \(Int((length.points / Length.mm(1).points).rounded()))" }
          result.append(measures.joined(separator: " ") + width + " " + words)
        }
      }
    }
    try add(page.places)
    for node in [page.header, page.footer] { if let node { try add([.node(node)]) } }
    return result
  }

  @Test func pagesPlacesHeadersAndFootersChange() throws {
    let variant = """
      <page name="next" margin="20mm 30mm">
        <place name="a" x="7mm"/>
        <place name="long  name"><text>B</text><text>BB</text></place>
        <place name="c" show="no"/>
        <place name="d" right="3mm" bottom="4mm"><text>d</text></place>
        <header><text>H</text></header>
        <footer><text>F</text></footer>
      </page>
      <page name="first" margin="1mm"><place name="e" x="1mm" y="2mm"><text>e</text></place></page>
      """
    let template = try template(layout(variant, page: Self.page, files: Self.places))
    let (plain, large) = (template.edition(format: 0, language: 0), template.edition(format: 1, language: 0))
    #expect(plain.pages.map(\.role) == [.next] && large.pages.map(\.role) == [.next, .first])
    #expect(
      try describe(plain.pages[0], template) == [
        "right 5 y 5 w 20 [text a]", "x 1 y 1 [text b]", "x 2 y 2 [text c]", "footer [text f]",
      ])
    #expect(
      try describe(large.pages[0], template) == [
        "x 7 y 5 w 20 [text a]", "x 1 y 1 [text B][text BB]", "right 3 bottom 4 [text d]", "header [text H]", "footer [text F]",
      ])
    #expect(try describe(large.pages[1], template) == ["x 1 y 2 [text e]"])
    #expect(large.pages[0].margin == Insets(top: .mm(20), right: .mm(30), bottom: .mm(20), left: .mm(30)))
    #expect(plain.pages[0].margin == Insets(all: .mm(10)))
  }

  /// Each zone as `name kind form`, in millimetres, with its slide, and `?` behind it where it has a condition.
  private func describe(_ zones: [ZoneDeclaration]) -> [String] {
    func mm(_ length: Length) -> String { "\(Int(length.millimetres.rounded()))" }
    return zones.map { zone in
      let form =
        switch zone.form {
        case .area(let area): "\(mm(area.minX)) \(mm(area.minY)) \(mm(area.size.width))×\(mm(area.size.height))"
        case .level(let y): "y \(mm(y))"
        case .upright(let x): "x \(mm(x))"
        }
      let slide = zone.slide == .zero ? "" : " ±\(mm(zone.slide.width)) \(mm(zone.slide.height))"
      let avoided = zone.avoided.map { " avoided \(mm($0))" } ?? ""
      return
        "\(zone.name) \(zone.kind.rawValue) \(form)\(slide)\(avoided)\(zone.rule == .reject ? " reject" : "")\(zone.condition == nil ? "" : "?")"
    }
  }

  @Test func zonesChange() throws {
    let page = """
      <page name="next" margin="15mm">
        <zone name="a" kind="window" x="20mm" y="50mm" width="90mm" height="30mm" slide="6mm 3mm"/>
        <zone name="b" kind="fold" y="93mm" avoid="4mm" if="due"/><zone name="c" kind="clear" x="0" y="0" width="9mm" height="9mm"/>
        <zone name="d" kind="window" x="20mm" y="150mm" width="90mm" height="30mm" slide="6mm 3mm"/>
        <zone name="g" kind="fold" y="186mm" avoid="4mm"/><zone name="h" kind="fold" y="190mm" avoid="4mm"/>
        <place x="20mm" y="50mm" zone="a c"><text>x</text></place>
      </page>
      """
    let variant = """
      <page name="next">
        <zone name="a" x="25mm" height="20mm" slide="2mm" on="reject" if="totals.due gt 0"/><zone name="b" x="100mm"/><zone name="c" show="no"/>
        <zone name="d" kind="coupon" width="100mm"/><zone name="e" kind="fold" y="180mm"/>
        <zone name="g" kind="clear" x="5mm" width="50mm" height="9mm"/><zone name="h" y="200mm"/>
      </page>
      <page name="first" margin="9mm"><zone name="f" kind="coupon" y="200mm" if="due"/></page>
      """
    // What is changed for both language and edition comes on top; there the zone that only the edition adds may go.
    let more = """
      <variant format="large-print" language="en"><page name="next"><zone name="e" show="no"/><zone name="d" kind="fold" y="150mm"/></page></variant>
      """
    for (more, last, added) in [("", "d coupon 20 150 100×30", ["e fold y 180"]), (more, "d fold y 150", [])] {
      let template = try template(layout(variant, page: page, more: more))
      let (plain, large) = (template.edition(format: 0, language: 0), template.edition(format: 1, language: 0))
      #expect(
        describe(plain.pages[0].zones) == [
          "a window 20 50 90×30 ±6 3", "b fold y 93 avoided 4?", "c clear 0 0 9×9", "d window 20 150 90×30 ±6 3",
          "g fold y 186 avoided 4", "h fold y 190 avoided 4",
        ])
      #expect(
        describe(large.pages[0].zones) == [
          "a window 25 50 90×20 ±2 2 reject?", "b fold x 100?", last, "g clear 5 186 50×9", "h fold y 200 avoided 4",
        ] + added)
      #expect(describe(large.pages[1].zones) == ["f coupon 0 200 216×79?"])
    }
  }

  @Test func gridAndColumnsChange() throws {
    let body = """
      <table name="charges"><column name="what" width="30mm"/><column name="amount" width="1fr"/><row><cell>a</cell><cell>b</cell></row></table>
      <terms-free/>
      """.replacing("<terms-free/>", with: "<row><text name=\"side\" width=\"10mm\">s</text><box name=\"gone\"/></row>")
    let layout = Layout(
      body: body,
      declarations: """
        <variant format="large-print" baseline="0"><table name="charges"><column name="what" width="60mm" min-size="9pt"/></table>
        <block name="side" width="40mm"/><block name="gone" show="no"/></variant>
        """, root: Self.formats + "baseline=\"4pt\" ")
    let template = try template(layout)
    let editions = (0...1).map { template.edition(format: $0, language: 0) }
    #expect(editions.map(\.baseline) == [.pt(4), nil])
    let widths = editions.map { edition -> [Dimension] in
      guard case .node(let node) = edition.body.children[0], case .block(.table(let table), _) = node.element,
        case .node(let row) = edition.body.children[1], case .node(let side) = row.children[0], case .block(_, let own) = side.element
      else { return [] }
      #expect(row.children.count == (edition.baseline == nil ? 1 : 2))
      return table.columns.map(\.element.width) + [own.width]
    }
    #expect(
      widths == [[.fixed(.mm(30)), .fraction(1), .fixed(.mm(10))], [.fixed(.mm(60)), .fraction(1), .fixed(.mm(40))]])
  }

  @Test func stepsToSaveASheetChange() throws {
    func steps(_ root: String, _ variant: String) throws -> [[String]] {
      let layout = Layout(
        body: "<text>x</text>", declarations: "<variant format=\"large-print\" \(variant)/>", root: Self.formats + root)
      let template = try template(layout)
      return (0...1).map { template.edition(format: $0, language: 0).fitSheet?.steps.map(\.name) ?? [] }
    }
    #expect(try steps("fit-sheet=\"space-90 terms-8.5pt\" ", "fit-sheet=\"none\"") == [["space-90", "terms-8.5pt"], []])
    #expect(try steps("fit-sheet=\"space-90\" ", "fit-sheet=\"space-80\"") == [["space-90"], ["space-80"]])
    #expect(try steps("fit-sheet=\"space-90\" ", "baseline=\"5pt\"") == [["space-90"], ["space-90"]])
    #expect(try steps("", "fit-sheet=\"space-80\" fit-below=\"30%\"") == [[], ["space-80"]])
  }

  /// What one variant adds, a more particular one may leave out.
  @Test func whatAVariantAddsIsLeftOutByAnother() throws {
    let variant =
      "<page name=\"first\"><place name=\"p\" x=\"1mm\" y=\"2mm\"><text>p</text></place></page><page name=\"last\" margin=\"9mm\"/>"
    let more = """
      <variant format="large-print" language="en"><page name="first"><place name="p" show="no"/></page><page name="last" show="no"/></variant>
      """
    for (more, places, pages) in [("", 1, 2), (more, 0, 1)] {
      let large = try template(layout(variant, page: "<page name=\"first\" margin=\"15mm\"/>", more: more)).edition(format: 1, language: 0)
      #expect(large.pages[0].places.count == places && large.pages.count == pages)
    }
  }

  // MARK: Faults

  private func ids(_ layout: Layout) -> [String] {
    layout.load().diagnostics.filter { $0.severity == .error }.map { "\($0.id): \($0.message)" + ($0.suggestion.map { " | \($0)" } ?? "") }
  }

  @Test(arguments: [
    (
      "<part name=\"openin\"><text>x</text></part>",
      "changes-nothing: the layout has no part named 'openin' | did you mean 'opening'?"
    ),
    (
      "<part name=\"opening\"/>",
      "missing-element: 'part' in a variant holds what is to stand instead | write show=\"no\" to leave the part out"
    ),
    (
      "<part name=\"opening\" show=\"no\"/><part name=\"opening\" show=\"no\"/>", "duplicate-name: the part 'opening' is changed twice here"
    ),
    ("<block name=\"bok\" width=\"1mm\"/>", "changes-nothing: the layout has no block named 'bok' | did you mean 'box'?"),
    ("<block name=\"box\" wrap=\"1mm\"/>", "unknown-attribute: the block 'box' is a 'box' and has no attribute 'wrap'"),
    ("<block name=\"box\" width=\"1mn\"/>", "wrong-length"),
    ("<block name=\"box\"><text>x</text></block>", "misplaced-element: 'block' is empty; 'text' cannot stand in it"),
    ("<table name=\"box\"><column name=\"a\" width=\"1mm\"/></table>", "changes-nothing: the layout has no table named 'box'"),
    (
      "<table name=\"table\"><column name=\"coll\" width=\"1mm\"/></table>",
      "changes-nothing: the table has no column named 'coll' | did you mean 'col'?"
    ),
    (
      "<page name=\"next\"><place name=\"plase\" width=\"3mm\"/></page>",
      "changes-nothing: the page 'next' has no place named 'plase'; a new one needs 'x' or 'right', and 'y' or 'bottom' | did you mean 'place'?"
    ),
    (
      "<page name=\"next\"><place name=\"plase\" show=\"no\"/></page>",
      "changes-nothing: the page 'next' has no place named 'plase' | did you mean 'place'?"
    ),
    (
      "<page name=\"next\"><zone name=\"zon\" x=\"3mm\"/></page>",
      "changes-nothing: the page 'next' has no zone named 'zon'; a new one needs 'kind' | did you mean 'zone'?"
    ),
    (
      "<page name=\"next\"><zone name=\"zon\" show=\"no\"/></page>",
      "changes-nothing: the page 'next' has no zone named 'zon' | did you mean"
    ),
    (
      "<page name=\"next\"><zone name=\"new\" kind=\"fold\" y=\"9mm\" show=\"no\"/></page>",
      "changes-nothing: the page 'next' has no zone named 'new'"
    ),
    (
      "<page name=\"next\"><zone name=\"new\" kind=\"window\" y=\"9mm\"/></page>",
      "missing-attribute: a zone of kind 'window' needs 'x', 'y'"
    ),
    ("<page name=\"next\"><zone name=\"zone\" kind=\"window\"/></page>", "missing-attribute: a zone of kind 'window' needs 'x', 'y'"),
    ("<page name=\"next\"><zone name=\"zone\" width=\"9mm\"/></page>", "conflicting-attributes: a fold is a line with 3mm on each side"),
    ("<page name=\"next\"><zone name=\"zone\" y=\"999mm\"/></page>", "wrong-value: the zone reaches beyond the sheet"),
    ("<page name=\"next\"><zone name=\"zone\" if=\"totals.due\"/></page>", "wrong-type"),
    ("<page name=\"next\"><zone name=\"zone\" if=\"whom\"/></page>", "unknown-name: there is no 'whom' here"),
    ("<page name=\"next\"><zone name=\"zone\" if=\"page eq 1\"/></page>", "late-value"),
    (
      "<page name=\"next\"><zone name=\"zone\" x=\"1mm\"/><zone name=\"zone\" x=\"2mm\"/></page>",
      "duplicate-name: the zone 'zone' is changed twice"
    ),
    ("<page name=\"next\"><zone name=\"zone\"><text>x</text></zone></page>", "misplaced-element: 'zone' is empty"),
    ("<page name=\"next\"><zone name=\"zone\" colour=\"red\"/></page>", "unknown-attribute: unknown attribute 'colour' in 'zone'"),
    ("<page name=\"next\"><footer/><footer/></page>", "duplicate-element: 'footer' stands twice here"),
    ("<page name=\"first\"/>", "missing-attribute: 'page' needs an attribute 'margin': one to four lengths such as '4mm' or '2mm 4mm'"),
    ("<page name=\"last\" show=\"no\"/>", "changes-nothing: the layout has no page named 'last'"),
    ("<page name=\"nixt\" margin=\"1mm\"/>", "wrong-keyword"),
    ("<page name=\"next\" show=\"no\"/>", "missing-element: the layout has no 'page' | add <page name=\"next\" margin=\"15mm\"/>"),
    ("<text>x</text>", "misplaced-element: 'text' cannot stand in 'variant'"),
    ("words", "misplaced-text: words cannot stand right in 'variant' | put them in 'text'"),
    ("<part name=\"opening\"><text>{whom}</text></part>", "unknown-name: there is no 'whom' here"),
    ("<part name=\"opening\"><part name=\"in\"><text>x</text></part></part>", "misplaced-element: a 'part' cannot stand in a part"),
    ("<part name=\"opening\"><include src=\"gone.xml\"/></part>", "file-not-found"),
    (
      "<part name=\"opening\" show=\"no\"/><block name=\"inner\" width=\"1mm\"/>",
      "changes-nothing: the block 'inner' is not in this edition: what is around it is replaced or left out"
    ),
  ])
  func whatCannotBeChangedIsSaid(_ variant: String, _ expected: String) {
    let body = """
      <part name="opening"><text name="inner">x</text></part><box name="box"/>
      <table name="table"><column name="col"/><row><cell>x</cell></row></table>
      """
    let page = """
      <page name="next" margin="15mm"><zone name="zone" kind="fold" y="93mm"/><place name="place" x="1mm" y="1mm"><text>x</text></place></page>
      """
    let found = ids(layout(variant, body: body, page: page))
    #expect(found.count == 1 && found[0].hasPrefix(expected), "\(found)")
  }

  @Test func partsAreNamedOnceAndDoNotNest() {
    let twice = "<part name=\"p\"><text>a</text></part><part name=\"p\"><text>b</text></part>"
    #expect(ids(Layout(body: twice)) == ["duplicate-name: two parts are named 'p'"])
    let nested = "<part name=\"p\"><box><part name=\"q\"><text>a</text></part></box></part>"
    #expect(
      ids(Layout(body: nested)) == ["misplaced-element: a 'part' cannot stand in a part, in its replacement or in what is included there"])
  }

  /// What is wrong with the format is said, and nothing of what hangs on it.
  @Test func variantForAnotherFormatIsToldOnce() {
    let layout = Layout(
      body: "<text>x</text>", declarations: "<variant format=\"large-print\"><part name=\"none\"><text>{none}</text></part></variant>")
    #expect(ids(layout).count == 1 && ids(layout)[0].hasPrefix("unknown-format"))
  }

  @Test func editionsAreBounded() {
    let tags = "aa ab af ak am an ar as av ay az ba be bg bh bi bm".split(separator: " ").map(String.init)
    var files: [String: String] = [:]
    for tag in tags { files["strings/\(tag).yaml"] = "{}\n" }
    files["strings/en-US.yaml"] = "{}\n"
    let variants = tags.map { "<variant language=\"\($0)\"><part name=\"p\"><text>x</text></part></variant>" }.joined()
    let found = ids(Layout(body: "<part name=\"p\"><text>y</text></part>", declarations: variants, files: files))
    #expect(found.count == 1 && found[0].hasPrefix("too-many-declarations: the variants make 18 editions"), "\(found)")
  }

  // MARK: The notice

  private static let notice = """
    <notice><slot name="heading"/><slot name="body"/><slot name="action"/><slot name="keep-paper"/><slot name="address"/><slot name="phone"/>\
    <opt-in-qr size="22mm"/></notice>
    """
  private static let body = """
    <part name="opening"><messages>\(notice)</messages><table><column/><row><cell>x</cell></row></table></part>
    <part name="end"><messages><terms name="terms" columns="2"/></messages></part>
    """

  @Test(
    arguments: [
      ("<part name=\"opening\"><messages>NOTICE</messages></part>", []),
      ("<block name=\"terms\" columns=\"1\"/>", []),
      (
        "<part name=\"opening\"><text>x</text></part>",
        ["notice-not-reached: the layout has 'terms' but no 'notice'; a campaign needs both"]
      ),
      ("<part name=\"opening\" show=\"no\"/>", ["notice-not-reached: the layout has 'terms' but no 'notice'; a campaign needs both"]),
      ("<block name=\"terms\" show=\"no\"/>", ["terms-not-reached: the layout has a 'notice' but no 'terms'; a campaign needs both"]),
      (
        "<part name=\"opening\" show=\"no\"/><part name=\"end\" show=\"no\"/>",
        ["notice-not-reached: this edition has no notice and no terms | a legal notice stands in every edition"]
      ),
      (
        "<part name=\"end\"><messages><terms/>NOTICE</messages></part>",
        [
          "notice-twice: a second 'notice' is reached on the same way",
          "notice-too-late: the notice must stand before the first table or chart",
        ]
      ),
      (
        "<part name=\"opening\"><table><column/><row><cell>x</cell></row></table><messages>NOTICE</messages></part>",
        ["notice-too-late: the notice must stand before the first table or chart"]
      ),
      (
        "<part name=\"opening\"><messages><notice><slot name=\"heading\"/><opt-in-qr size=\"22mm\"/></notice></messages></part>",
        ["body", "action", "keep-paper", "address", "phone"].map {
          "missing-slot: the notice needs a slot '\($0)' on every way through it | add <slot name=\"\($0)\"/>"
        }
      ),
      (
        "<part name=\"opening\"><if test=\"due\"><messages>NOTICE</messages></if></part>",
        ["notice-not-reached: 'notice' is not reached on every bill; a legal notice never depends on data"]
      ),
    ] as [(String, [String])])
  func noticeRulesHoldInEachEdition(_ variant: String, _ expected: [String]) {
    let layout = layout(variant.replacing("NOTICE", with: Self.notice), body: Self.body)
    #expect(ids(layout) == expected)
    // The layout itself is right: each fault tells of the variant.
    for diagnostic in layout.load().diagnostics
    where diagnostic.severity == .error && diagnostic.suggestion != "a legal notice stands in every edition" {
      #expect(diagnostic.notes.contains { $0.message == "in the edition that this variant makes" })
    }
  }

  @Test func stringsOfEitherEditionAreInUse() {
    let layout = Layout(
      body: "<part name=\"p\"><text><t key=\"small\"/></text></part>",
      declarations: "<variant format=\"large-print\"><part name=\"p\"><text><t key=\"large\"/></text></part></variant>",
      strings: "small: s\nlarge: l\nnone: n\n", root: Self.formats)
    #expect(layout.load().diagnostics.map(\.id) == ["unused-string"])
  }

  // MARK: Edges, grid, watermark

  @Test func edgesGridAndWatermarkAreRead() throws {
    let layout = Layout(
      body: "<box border=\"1pt\" border-top=\"2pt #FF0000\" border-start=\"0\"/><text baseline=\"no\">x</text>", strings: "copy: Copy\n",
      root: "watermark=\"{t.copy} {account}\" watermark-if=\"totals.due gt 0\" ")
    let template = try template(layout)
    guard case .node(let box) = template.plain.body.children[0], case .block(.box(let panel), let boxed) = box.element,
      case .node(let text) = template.plain.body.children[1], case .block(_, let own) = text.element
    else { return #expect(Bool(false)) }
    #expect(panel.edges?.top?.thickness == .pt(2) && panel.edges?.start?.thickness == .zero && panel.edges?.end == nil)
    #expect(boxed.keepsGrid && !own.keepsGrid)
    let mark = try #require(template.watermark)
    var environment = Environment.sample(template)
    #expect(try Outline.text([.text(mark.words)], &environment) == "Copy ⟨4400-1182-07⟩")
    #expect(try mark.condition?.isTrue(in: .sample(template)) == true)
  }

  @Test func watermarkNeedsWordsForItsCondition() {
    #expect(
      ids(Layout(body: "<text>x</text>", root: "watermark-if=\"due\" ")) == [
        "missing-attribute: 'watermark-if' needs a 'watermark': the words"
      ])
    #expect(ids(Layout(body: "<text>x</text>", root: "watermark=\"{page}\" ")).first?.hasPrefix("late-value") == true)
  }
}

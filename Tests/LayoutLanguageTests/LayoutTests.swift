import Diagnostics
import Foundation
import Geometry
import LayoutLanguage
import Money
import Reporting
import Testing
import Vocabulary

@Suite struct LayoutTests {
  private func outline(_ body: String, declarations: String = "", strings: String = "due: Amount due\n", files: [String: String] = [:])
    throws -> String
  {
    let package = Layout(body: body, declarations: declarations, strings: strings, files: files).load()
    let errors = package.diagnostics.filter { $0.severity == .error }
    #expect(errors.map { DiagnosticRenderer.text($0) } == [])
    guard let template = package.template else { return "" }
    return try Outline.text(template, .sample(template))
  }

  @Test(arguments: [
    ("<text>\n  a\n  b  <b> c </b> d\n</text>", "[text a b [b c ]d]"), ("<text> {account} </text>", "[text ⟨4400-1182-07⟩]"),
    ("<text><b>a</b> <i>b</i></text>", "[text [b a] [i b]]"), ("<text>a <br/> b</text>", "[text a [br]b]"),
    ("<text>\n <if test=\"due\">a</if>\n <else>b</else>\n c</text>", "[text a c]"),
    ("<text>\n <if test=\"not due\">a</if>\n c</text>", "[text c]"),
    ("<text>x <if test=\"not due\">a</if> c</text>", "[text x c]"), ("<text>x <if test=\"due\">a</if> c</text>", "[text x a c]"),
    ("<text><t key=\"due\"/>: {totals.due | money}</text>", "[text Amount due: ⟨$87.02⟩]"),
    ("<text>{{{account}}</text>", "[text {⟨4400-1182-07⟩}]"),
    ("<text><!-- c -->a<!-- c --> b</text>", "[text a b]"), ("<text><![CDATA[a  <b>]]></text>", "[text a <b>]"),
    ("<text>a&#160; b</text>", "[text a\u{A0} b]"), ("<text/>", "[text]"), ("<text>  </text>", "[text]"),
    (
      "<text><each each=\"l, i in customer.address\"><if test=\"i gt 1\">, </if>{l}</each></text>",
      "[text ⟨18 Larkspur Ave Apt 4⟩, ⟨Portland OR 97204⟩]"
    ),
  ]) func whiteSpaceCollapsesAsInHTML(_ body: String, _ expected: String) throws { #expect(try outline(body) == expected) }

  @Test func loopsCountFromOneAndFilterAfterwards() throws {
    #expect(try outline("<text each=\"s, i in sections\" if=\"i eq 2\">{i}: {s.title}</text>") == "[text ⟨2⟩: ⟨Services⟩]")
    #expect(
      try outline("<each each=\"s in sections\"><text each=\"l, i in s.lines\">{s.title} {i} {l.description}</text></each>")
        == "[text ⟨Electricity⟩ ⟨1⟩ ⟨Peak energy⟩][text ⟨Electricity⟩ ⟨2⟩ ⟨Basic charge⟩][text ⟨Services⟩ ⟨1⟩ ⟨Paper copy⟩]")
  }

  @Test func elseChainsTakeTheFirstThatHolds() throws {
    let body = """
      <if test="kind eq 'credit'"><text>a</text></if>
      <!-- between -->
      <else if="kind eq 'bill'"><text>b</text></else>
      <else><text>c</text></else>
      """
    #expect(try outline(body) == "[text b]")
  }

  @Test func partialsTakeParametersWithTheirTypes() throws {
    let partial = """
      <partial xmlns="urn:billfold:layout:1">
        <param name="title" type="text"/><param name="amount" type="amount"/><param name="rows" type="list" optional="yes"/>
        <param name="note" type="text" optional="yes"/>
        <text>{title}: {amount | money}</text><text each="r in rows | default(sections)">{r.title}</text><text if="note">{note | default('')}</text>
      </partial>
      """
    let body = """
      <include src="parts/total.xml" title="{t.due}" amount="{totals.due}"/>
      <each each="s in sections"><include src="parts/total.xml" title="for {s.title}" amount="{s.subtotal}" rows="{sections}" note="x"/></each>
      """
    let words = try outline(body, files: ["parts/total.xml": partial])
    #expect(
      words == """
        [text Amount due: ⟨$87.02⟩][text ⟨Electricity⟩][text ⟨Services⟩]\
        [text ⟨for Electricity⟩: ⟨$42.64⟩][text ⟨Electricity⟩][text ⟨Services⟩][text x]\
        [text ⟨for Services⟩: ⟨$4.20⟩][text ⟨Electricity⟩][text ⟨Services⟩][text x]
        """)
  }

  @Test func partialSeesNothingOfItsCaller() {
    let partial = "<partial xmlns=\"urn:billfold:layout:1\"><text>{s.title}</text></partial>"
    let layout = Layout(body: "<each each=\"s in sections\"><include src=\"p.xml\"/></each>", files: ["p.xml": partial])
    #expect(
      layout.findings() == [
        "p.xml:1:47: error: there is no 's' here [unknown-name]\n    1 | \(partial)\n      |                                               ^"
      ])
  }

  @Test func includesCannotGrowWithoutEnd() {
    var files: [String: String] = [:]
    for level in 0..<15 {
      files["p\(level).xml"] =
        "<partial xmlns=\"urn:billfold:layout:1\">" + String(repeating: "<include src=\"p\(level + 1).xml\"/>", count: 4) + "</partial>"
    }
    files["p15.xml"] = "<partial xmlns=\"urn:billfold:layout:1\"><rule/></partial>"
    #expect(Layout(body: "<include src=\"p0.xml\"/>", files: files).load().diagnostics.map(\.id) == ["too-many-elements"])
    for level in 15..<20 {
      files["p\(level).xml"] = "<partial xmlns=\"urn:billfold:layout:1\"><include src=\"p\(level + 1).xml\"/></partial>"
    }
    #expect(
      Layout(body: "<include src=\"p10.xml\"/>", files: files.merging(["p10.xml": files["p15.xml"] ?? ""]) { $1 }).load().diagnostics.map(
        \.id
      ).contains("file-not-found"))
    files["p0.xml"] = "<partial xmlns=\"urn:billfold:layout:1\"><include src=\"p1.xml\"/></partial>"
    for level in 1..<20 {
      files["p\(level).xml"] = "<partial xmlns=\"urn:billfold:layout:1\"><include src=\"p\(level + 1).xml\"/></partial>"
    }
    #expect(Layout(body: "<include src=\"p0.xml\"/>", files: files).load().diagnostics.map(\.id) == ["include-too-deep"])
  }

  @Test func deepestLayoutFitsTheStack() throws {
    func nest(_ count: Int, _ inner: String) -> String {
      String(repeating: "<box>", count: count) + inner + String(repeating: "</box>", count: count)
    }
    let deep = String(repeating: "(", count: 60) + "v" + String(repeating: ")", count: 60) + String(repeating: " + v", count: 200)
    let text = "<text if=\"\(String(repeating: "not ", count: 60))due\">{\(deep)}</text>"
    #expect(Layout(body: nest(96, text)).findings() == [])
    var files = ["p15.xml": "<partial xmlns=\"urn:billfold:layout:1\">\(nest(90, text))</partial>"]
    for level in 0..<15 {
      files["p\(level).xml"] = "<partial xmlns=\"urn:billfold:layout:1\">" + nest(90, "<include src=\"p\(level + 1).xml\"/>") + "</partial>"
    }
    #expect(Layout(body: "<include src=\"p0.xml\"/>", files: files).load().diagnostics.map(\.id) == ["too-deep"])
    let string = "k: \"" + String(repeating: "{n, plural, other {", count: 8) + "x" + String(repeating: "}}", count: 8) + "\""
    #expect(Layout(body: nest(96, "<text><t key=\"k\" n=\"{v}\"/></text>"), strings: string).findings() == [])
  }

  @Test func constantPartsAreMarked() throws {
    let body = """
      <box><text>a <t key="due"/></text></box><text>{account}</text><text if="due">a</text><if test="due"><rule/></if><text>{page}</text>
      <row><text describe="{t.due}">x</text></row><text><t key="n" n="{v}"/></text><include src="p.xml" title="{t.due}"/>
      """
    let partial = "<partial xmlns=\"urn:billfold:layout:1\"><param name=\"title\" type=\"text\"/><text>{title}</text></partial>"
    let layout = Layout(body: body, strings: "due: Due\nn: \"{n}\"\n", files: ["p.xml": partial])
    let template = try #require(layout.load().template)
    #expect(template.plain.body.children.map(\.isConstant) == [true, false, false, false, false, true, false, true])
  }

  @Test func stylesInheritAndVariantsOverlay() throws {
    let declarations = """
      <style name="amount" base="body" figures="tabular" align="end"/>
      <style name="body" font="Inter, Noto Sans Arabic" size="10pt" line-height="14pt" color="ink"/>
      <style name="hero" base="body" size="20pt" weight="semibold"/>
      <color name="pale" of="ink" tint="50%"/><color name="ink" value="#000000"/>
      <variant format="large-print"><style name="body" size="16pt"/><style name="hero" size="30pt" line-height="33pt"/></variant>
      <variant language="es"><color name="ink" value="#FF0000"/></variant>
      <variant format="large-print" language="es-US"><style name="body" size="17pt"/></variant>
      """
    let layout = Layout(
      body: "<text style=\"hero\" color=\"pale\" size=\"9pt\">x</text>", declarations: declarations,
      root: "formats=\"standard large-print\" style=\"body\" ",
      files: ["strings/en-US.yaml": "", "strings/es-US.yaml": ""])
    let package = layout.load()
    #expect(package.diagnostics.map { DiagnosticRenderer.text($0) } == [])
    let template = try #require(package.template)
    #expect(template.styleNames == ["amount", "body", "hero"])
    #expect(template.style == 1)
    #expect(template.families.map(\.family) == ["Inter", "Noto Sans Arabic"])
    let standard = template.styleSheet(format: 0, language: 0)
    #expect(standard.styles[0].size == .pt(10) && standard.styles[0].align == .end && standard.styles[0].hasTabularFigures == true)
    #expect(standard.styles[2].lineHeight == .fixed(.pt(28)))
    #expect(standard.styles[2].weight == 600)
    let large = template.styleSheet(format: try #require(template.formatIndex(for: "large-print")), language: 0)
    #expect(large.styles[0].size == .pt(16) && large.styles[0].lineHeight == .fixed(.pt(14 * 1.6)))
    #expect(large.styles[2].size == .pt(30) && large.styles[2].lineHeight == .fixed(.pt(33)))
    let spanish = template.styleSheet(format: 1, language: 1)
    #expect(spanish.styles[1].size == .pt(17))
    #expect(spanish.color(.named(0)).hex == "#FF8080")
    #expect(standard.color(.named(0)).hex == "#808080")
    guard case .node(let text) = template.plain.body.children[0] else { return }
    #expect(text.style == 2 && text.overrides?.size == .pt(9) && text.overrides?.color == .named(0))
  }

  @Test func attributesAreReadOnce() throws {
    let body = """
      <box name="panel" width="50%" height="2cm" padding="1mm 2mm" border="0.75pt #333333" bar="4pt black end" keep="together next-2" gap="0"/>
      <text tabs="40mm, end, 60mm decimal, 50% center" heading="2" widows="3">x</text><rule dash="2pt 1pt" width="1fr"/>
      """
    let template = try #require(Layout(body: body).load().template)
    guard case .node(let box) = template.plain.body.children[0], case .block(.box(let panel), let boxed) = box.element,
      case .node(let text) = template.plain.body.children[1], case .block(.text(let paragraph), _) = text.element,
      case .node(let line) = template.plain.body.children[2], case .block(.rule(let rule), let ruled) = line.element
    else {
      Issue.record("not the layout that was written")
      return
    }
    #expect(boxed.width == .share(0.5))
    #expect(boxed.height == .fixed(.mm(20)))
    #expect(panel.padding == Insets(top: .mm(1), right: .mm(2), bottom: .mm(1), left: .mm(2)))
    #expect(panel.border?.thickness == .pt(0.75))
    #expect(panel.bar?.thickness == .pt(4) && panel.bar?.color == .literal(.black) && panel.bar?.side == .end)
    #expect(boxed.keep == KeepRules(together: true, next: 2))
    #expect(panel.gap == .zero)
    #expect(template.nodes[box.id].label == "panel")
    #expect(template.nodes[box.id].element == "box")
    #expect(
      paragraph.lines.tabs == [
        TabStop(.fixed(.mm(40)), .start), TabStop(.end, .end), TabStop(.fixed(.mm(60)), .decimal), TabStop(.share(0.5), .center),
      ])
    #expect(paragraph.heading == 2 && paragraph.widows == 3 && paragraph.orphans == 2)
    #expect(rule.dashes == [.pt(2), .pt(1)] && ruled.width == .fraction(1))
  }

  @Test func declaredFieldsExtendTheSchema() throws {
    let declarations = """
      <fields><field path="extra.meter" type="text" optional="yes" sample="E-1"/><field path="extra.readings[].kwh" type="number"/>
      <field path="extra.readings[].notes[]" type="text"/><field path="extra.plan.name" type="text"/><field path="extra.plan.since" type="date" optional="yes"/>
      <field path="extra.visits" type="list" optional="yes"/><field path="extra.visits[].day" type="date"/></fields>
      """
    let template = try #require(Layout(body: "<text>{account}</text>", declarations: declarations).load().template)
    guard case .record(let extra) = template.schema.fields[BillSchema.Slot.extra.rawValue].type else { return }
    #expect(extra.fields.map(\.name) == ["meter", "readings", "plan", "visits"])
    #expect(extra.fields[0].type == .optional(.text))
    guard case .list(.record(let reading)) = extra.fields[1].type, case .optional(.list(.record(let visit))) = extra.fields[3].type else {
      Issue.record("\(extra.fields)")
      return
    }
    #expect(reading.fields == [.init("kwh", .number), .init("notes", .list(.text))])
    #expect(visit.fields == [.init("day", .date)])
    #expect(
      template.fields.map(\.path) == [
        "extra.meter", "extra.readings[].kwh", "extra.readings[].notes[]", "extra.plan.name", "extra.plan.since", "extra.visits",
        "extra.visits[].day",
      ])
    #expect(template.fields[0].sample == "E-1" && template.fields[0].isOptional)
  }

  @Test func sumsHaveTheTypeOfTheirRowsAndRowsKnowTheirSums() throws {
    let body = """
      <table><column/><column name="used" sum="line.quantity | default(0)"/><column name="amount" sum="line.amount"/>
      <group each="s in sections"><row role="subtotal"><cell/><cell>{sum.used | number}</cell><cell>{sum.amount | money}</cell></row>
      <row each="line in s.lines"><cell>{line.description}</cell></row></group>
      <footer><row><cell/><cell>{sum.used}</cell><cell>{sum.amount * 2 | money}</cell></row></footer></table>
      """
    let package = Layout(body: body).load()
    #expect(package.diagnostics.filter { $0.severity == .error }.map { DiagnosticRenderer.text($0) } == [])
    let template = try #require(package.template)
    guard case .node(let table) = template.plain.body.children[0], case .node(let group) = table.children[3],
      case .node(let row) = group.children[1]
    else { return }
    guard case .tablePart(.row(let summed)) = row.element else { Issue.record("not a row"); return }
    #expect(summed.sums.map { $0?.text } == [nil, "line.quantity | default(0)", "line.amount"])
    var environment = Environment.sample(template)
    environment.sums = [.absent, .number(SampleBill.amount("215")), .amount(SampleBill.amount("46.84"))]
    #expect(try Outline.text([table.children[4]], &environment).contains("[cell ⟨215⟩][cell ⟨$93.68⟩]"))
    #expect(Layout(body: body.replacing("sum.used | number", with: "sum.used | money(symbol: 'x')")).findings().count == 1)
  }

  @Test func noticeAndTermsAreProvedOnEveryWay() {
    let slots =
      ["heading", "body", "action", "keep-paper", "address", "phone"].map { "<slot name=\"\($0)\"/>" }.joined()
      + "<opt-in-qr size=\"24mm\"/>"
    let notice = "<notice>\(slots)</notice>"
    func ids(_ body: String, files: [String: String] = [:]) -> [String] {
      Layout(body: body, files: files).load().diagnostics.filter { $0.severity == .error }.map(\.id)
    }
    let partial = "<partial xmlns=\"urn:billfold:layout:1\">\(notice)</partial>"
    #expect(ids("<messages>\(notice)<terms/></messages>") == [])
    #expect(
      ids("<if test=\"due\"><messages>\(notice)</messages></if><else><messages>\(notice)</messages></else><messages><terms/></messages>")
        == [])
    #expect(ids("<if test=\"campaign\"><messages>\(notice)<terms/></messages></if>") == [])
    #expect(ids("<messages if=\"campaign\"><row>\(notice)<rule/></row><terms/></messages>") == [])
    #expect(ids("<messages><include src=\"n.xml\"/><terms/></messages>", files: ["n.xml": partial]) == [])
    #expect(
      ids("<messages><include src=\"n.xml\"/><include src=\"n.xml\"/><terms/></messages>", files: ["n.xml": partial]) == ["notice-twice"])
    #expect(ids("<if test=\"not campaign\"><messages>\(notice)<terms/></messages></if>") == ["notice-not-reached", "terms-not-reached"])
    #expect(ids("<if test=\"due\"><messages>\(notice)</messages></if><messages><terms/></messages>") == ["notice-not-reached"])
    #expect(ids("<if test=\"due\"><messages>\(notice)</messages></if><messages>\(notice)<terms/></messages>") == ["notice-twice"])
    #expect(
      ids(
        "<if test=\"due\"><chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" describe=\"d\"/></if><messages>\(notice)<terms/></messages>"
      ) == ["notice-too-late"])
    #expect(
      ids(
        "<if test=\"due\"><messages>\(notice)</messages><chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" describe=\"d\"/></if><else><messages>\(notice)</messages></else><messages><terms/></messages>"
      ) == [])
    #expect(ids("<messages><alternatives>\(notice)<rule/></alternatives><terms/></messages>") == ["misplaced-element"])
    #expect(ids("<each each=\"s in sections\"><messages><rule/></messages></each>") == ["misplaced-element"])
    #expect(ids("<messages><notice><if test=\"due\">\(slots)</if><else>\(slots)</else></notice><terms/></messages>") == [])
    #expect(
      ids(
        "<messages><notice><row><column>\(slots.replacing("<slot name=\"phone\"/>", with: "<text>Call <slot name=\"phone\"/></text>"))</column></row></notice><terms/></messages>"
      ) == [])
    #expect(
      ids(
        "<messages><notice>\(slots.replacing("<slot name=\"phone\"/>", with: "<slot name=\"phone\" if=\"due\"/>"))</notice><terms/></messages>"
      ) == ["missing-slot"])
    let plain = Layout(body: "<text>{account}</text>").load().template
    #expect(plain?.canCarryCampaign == false)
    #expect(plain?.campaignObstacle == "the layout has no <notice> and no <terms>")
  }

  @Test func inANoticeTheCampaignIsThere() throws {
    let slots =
      ["heading", "body", "action", "keep-paper", "address", "phone"].map { "<slot name=\"\($0)\"/>" }.joined()
      + "<opt-in-qr size=\"24mm\"/>"
    let package = Layout(
      body:
        "<messages><notice>\(slots)<text>{campaign.active | date} {campaign.opt-in.phone}</text></notice><terms><text>{campaign.terms.version}</text></terms></messages>"
    ).load()
    #expect(package.diagnostics.filter { $0.severity == .error } == [])
    let template = try #require(package.template)
    #expect(try Outline.text(template, .sample(template, campaign: SampleBill.campaign)).contains("[text ⟨Mar 1, 2027⟩ ⟨+1 800 555 0142⟩]"))
  }

  @Test func everythingWrongIsFoundInOneRun() {
    let layout = Layout(
      body: "<text style=\"nope\" siez=\"9pt\">{acount}</text>\n<txt/>\n<text>{customer.name | money}</text></b>\n<text>{t.deu}</text>",
      declarations: "<color name=\"a\" value=\"red\"/>", strings: "due: Due\nbad: \"{n\"\n")
    #expect(
      layout.load().diagnostics.map(\.id) == [
        "string-syntax", "wrong-color", "unknown-style", "unknown-attribute", "unknown-name", "unknown-element", "filter-input",
        "stray-end-tag", "unknown-string",
      ])
  }

  @Test func filesOfTheDigestAreThoseReferredTo() {
    let layout = Layout(
      body: "<image src=\"logo.png\" decorative=\"yes\"/><image src=\"logo.png\" decorative=\"yes\"/><include src=\"p/a.xml\"/>",
      files: [
        "logo.png": "png", "other.png": "x", "p/a.xml": "<partial xmlns=\"urn:billfold:layout:1\"/>", "p/b.xml": "",
        "strings/en-US.yaml": "", "strings/notes.txt": "",
      ])
    let package = layout.load()
    #expect(package.files.map(\.path) == ["layout.xml", "logo.png", "p/a.xml", "strings/en-US.yaml"])
    #expect(package.template?.images.map(\.path) == ["logo.png"])
    #expect(package.template?.images.first?.bytes == Array("png".utf8))
  }

  @Test func nothingOutsideTheFolderCanBeRead() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-\(UInt64.random(in: 0 ... .max))")
    defer { try? FileManager.default.removeItem(at: root) }
    let folder = root.appendingPathComponent("layout")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("strings"), withIntermediateDirectories: true)
    try "secret".write(to: root.appendingPathComponent("secret.png"), atomically: true, encoding: .utf8)
    try "inside".write(to: folder.appendingPathComponent("real.png"), atomically: true, encoding: .utf8)
    try "".write(to: folder.appendingPathComponent("strings/en-US.yaml"), atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: folder.appendingPathComponent("out.png").path, withDestinationPath: "../secret.png")
    try FileManager.default.createSymbolicLink(atPath: folder.appendingPathComponent("in.png").path, withDestinationPath: "real.png")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("folder.png"), withIntermediateDirectories: true)
    #expect(mkfifo(folder.appendingPathComponent("pipe.png").path, 0o600) == 0)
    let body = ["out", "in", "folder", "pipe"].map { "<image src=\"\($0).png\" decorative=\"yes\"/>" }.joined(separator: "\n")
    try (Layout(body: body).files["layout.xml"] ?? "").write(
      to: folder.appendingPathComponent("layout.xml"), atomically: true, encoding: .utf8)
    let package = LayoutPackage.load(folder: folder.path + "/")
    #expect(package.diagnostics.map(\.id) == ["file-outside-layout", "file-unreadable", "file-unreadable"])
    #expect(package.diagnostics.first?.range?.file.name == folder.path + "/layout.xml")
    #expect(package.files.map(\.path) == ["in.png", "layout.xml", "strings/en-US.yaml"])
    let missing = #expect(throws: DiagnosticList.self) { try LayoutPackage.template(folder: root.path + "/none") }
    #expect(missing?.diagnostics.map(\.message) == ["there is no file '\(root.path)/none/layout.xml'"])
  }

  @Test func largeFilesAreRefused() {
    let layout = MemoryFiles(["layout.xml": [UInt8](repeating: 0x20, count: LanguageLimits.fileBytes + 1), "strings/en-US.yaml": []])
    #expect(LayoutPackage.load(layout).diagnostics.map(\.id) == ["file-too-large"])
    let colors = (0...LanguageLimits.declarations).map { "<color name=\"c\($0)\" value=\"#123456\"/>" }.joined()
    #expect(Layout(body: "<rule/>", declarations: colors).load().diagnostics.map(\.id) == ["too-many-declarations"])
  }
}

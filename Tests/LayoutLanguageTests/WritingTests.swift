import Diagnostics
import Foundation
import LayoutLanguage
import Reporting
import TestSupport
import Testing

@Suite struct WritingTests {
  // MARK: The schema

  /// What xmllint says to the documents; `nil` where the machine has no xmllint.
  private func validate(_ documents: [String: String]) throws -> [String: Bool]? {
    guard try Tool.find("xmllint") else { return nil }
    let folder = try TemporaryFolder()
    let schema = try folder.write("billfold.xsd", SchemaWriter.xsd())
    var result: [String: Bool] = [:]
    for (name, text) in documents {
      let place = try folder.write("\(name).xml", text)
      let (code, output) = try Tool.run(["xmllint", "--noout", "--schema", schema, place])
      #expect(code == 0 || code == 3 || code == 1, "\(output)")
      result[name] = code == 0
      if code != 0, name.hasPrefix("good") { Issue.record("\(name): \(output)") }
    }
    return result
  }

  @Test func schemaAcceptsWhatTheCheckerAcceptsAndRefusesMistakes() throws {
    var documents = ["good-design": SmokeTests.design]
    for (kind, files) in ReferenceWriter.examples { documents["good-\(kind.rawValue)"] = files["layout.xml"] }
    for name in ProjectLayoutTests.names {
      for file in LayoutPackage.load(folder: ProjectLayoutTests.folder.appendingPathComponent(name).path).files
      where file.path.hasSuffix(".xml") {
        documents["good-\(name)-\(file.path.replacing("/", with: "-"))"] = String(decoding: file.bytes, as: UTF8.self)
      }
    }
    documents["good-partial"] = "<partial xmlns=\"urn:billfold:layout:1\"><param name=\"a\" type=\"text\"/><text>{a}</text></partial>"
    func picture(_ attributes: String, in parent: String) -> String {
      SmokeTests.design.replacing("<cell/>", with: "<\(parent)>words <image src=\"a.svg\" describe=\"a\" \(attributes)/></\(parent)>")
    }
    documents["good-picture-in-cell"] = picture("height=\"80%\" align=\"x-middle\"", in: "cell")
    documents["good-block-picture-in-cell"] = picture("width=\"8pt\" align=\"end\"", in: "cell")
    documents["bad-picture-in-cell"] = picture("height=\"8pt\" align=\"centre\"", in: "cell")
    documents["good-picture"] = picture("height=\"8pt\" align=\"middle\"", in: "cell><text").replacing(
      "</cell><text>", with: "</text></cell>")
    documents["bad-picture"] = picture("align=\"middle\"", in: "cell><text").replacing("</cell><text>", with: "</text></cell>")
    documents["bad-attribute"] = SmokeTests.design.replacing("align=\"decimal\"", with: "algin=\"decimal\"")
    documents["bad-element"] = SmokeTests.design.replacing("<cell/>", with: "<cel/>")
    documents["bad-keyword"] = SmokeTests.design.replacing("fit=\"shrink\"", with: "fit=\"shrinks\"")
    documents["bad-length"] = SmokeTests.design.replacing("gap=\"6mm\"", with: "gap=\"6\"")
    documents["bad-place"] = SmokeTests.design.replacing("<terms columns=\"2\"/>", with: "<cell/>")
    documents["bad-words"] = SmokeTests.design.replacing("<row gap=\"6mm\">", with: "<row gap=\"6mm\">words")
    documents["bad-required"] = SmokeTests.design.replacing(" size=\"24mm\"", with: "")
    guard let result = try validate(documents) else { return }
    for (name, isValid) in result { #expect(isValid == name.hasPrefix("good"), "\(name)") }
  }

  // MARK: The formatter

  private func format(_ text: String) throws -> String { String(decoding: try LayoutFormatter.format(Array(text.utf8)), as: UTF8.self) }

  @Test func formIsCanonical() throws {
    let text = """
      <?xml version='1.0'?>
      <!-- Larkspur -->
      <bill xmlns='urn:billfold:layout:1' paper="Letter">
      <style size='9pt' name="small"   base="body"/>
         <page margin="14mm   16mm" name="next"><footer>
         <text tabs="end"><t n="{v}" key="a"/> <tab/> {page}</text></footer></page>


         <body><!-- first --><row gap="1mm"><text width="1fr">a</text><text>b</text></row>
      <table><column/><row each="line in section.lines"><cell>
      {line.description   |   upper}</cell><cell/></row>
      </table>
      <text if="due   and  kind eq 'bill  x'" describe="a
      b">some words that are so many that they do not fit into one line of a hundred and twenty columns, <b>bold ones</b>, {'x  y'} too</text><space height="2mm"></space>
      </body></bill>
      """
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- Larkspur -->
      <bill paper="Letter" xmlns="urn:billfold:layout:1">
        <style name="small" base="body" size="9pt"/>
        <page name="next" margin="14mm 16mm">
          <footer>
            <text tabs="end"><t key="a" n="{v}"/> <tab/> {page}</text>
          </footer>
        </page>

        <body>
          <!-- first -->
          <row gap="1mm"><text width="1fr">a</text><text>b</text></row>
          <table>
            <column/>
            <row each="line in section.lines">
              <cell>{line.description   |   upper}</cell>
              <cell/>
            </row>
          </table>
          <text if="due   and  kind eq 'bill  x'" describe="a b">
            some words that are so many that they do not fit into one line of a hundred and twenty columns, <b>bold ones</b>,
            {'x  y'} too
          </text>
          <space height="2mm"/>
        </body>
      </bill>

      """
    #expect(try format(text) == expected)
    #expect(try format(expected) == expected)
  }

  @Test func formattingChangesNoMeaningAndIsStable() throws {
    var layouts = [(SmokeTests.design, SmokeTests.strings)]
    for (_, files) in ReferenceWriter.examples { layouts.append((files["layout.xml"] ?? "", "")) }
    for (layout, strings) in layouts {
      let formatted = try format(layout)
      #expect(try format(formatted) == formatted)
      let before = Layout(files: ["layout.xml": layout, "strings/en-US.yaml": strings]).load()
      let after = Layout(files: ["layout.xml": formatted, "strings/en-US.yaml": strings]).load()
      #expect(before.diagnostics.map(\.message) == after.diagnostics.map(\.message))
      guard let first = before.template, let second = after.template else { continue }
      let bill = SampleBill.bill(extra: [.text("E-1")])
      #expect(try Outline.text(first, .sample(first, bill: bill)) == (try Outline.text(second, .sample(second, bill: bill))))
      #expect(first.nodes.map(\.element) == second.nodes.map(\.element))
    }
  }

  @Test func brokenTextHasNoForm() {
    let thrown = #expect(throws: DiagnosticList.self) { try LayoutFormatter.format(Array("<bill><text></bill>".utf8)) }
    #expect(thrown?.diagnostics.map(\.id) == ["missing-namespace", "unclosed-element"])
  }

  // MARK: The reference

  @Test func everyExampleOfTheReferenceCompiles() {
    for (kind, files) in ReferenceWriter.examples {
      #expect(Layout(files: files).load().diagnostics.map { DiagnosticRenderer.text($0) } == [], "\(kind)")
    }
  }

  @Test func referenceNamesEverything() {
    let pages = ReferenceWriter.pages()
    #expect(pages.map(\.name) == ["Elements.md", "Emails.md", "Filters.md", "Fields.md"])
    for spec in ElementRegistry.all {
      #expect(pages[0].text.contains("## \(spec.kind.title)\n"))
      #expect(!spec.doc.isEmpty && spec.attributes.allSatisfy { !$0.doc.isEmpty }, "\(spec.kind)")
    }
    for kind in ElementKind.allCases { #expect(ElementRegistry.all.contains { $0.kind == kind }, "\(kind)") }
    for name in FilterName.allCases { #expect(pages[2].text.contains("## \(name.rawValue)\n")) }
    #expect(pages[3].text.contains("| `sections[].lines[].quantity` | number? |"))
  }
}

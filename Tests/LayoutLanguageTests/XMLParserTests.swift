import Diagnostics
import Testing

@testable import LayoutLanguage

@Suite struct XMLParserTests {
  private func parse(_ text: String) -> (document: XMLDocument, findings: [String]) {
    let findings = Findings()
    var parser = XMLParser(SourceFile(name: "f", bytes: Array(text.utf8)), knownNames: ElementRegistry.tags, findings: findings)
    let document = parser.parse()
    return (document, findings.sorted.map { "\($0.id)@\($0.range?.bytes.lowerBound ?? -1)" })
  }

  /// The tree as text: names, attributes, words in quotes.
  private func show(_ element: XMLElement) -> String {
    let attributes = element.attributes.map { " \($0.name)=\($0.value.string)" }.joined()
    let children = element.children.map { child in
      switch child {
      case .element(let element): show(element)
      case .text(let text, _): "'\(text.string)'"
      case .comment: "#"
      }
    }.joined(separator: ",")
    return element.name + attributes + (children.isEmpty ? "" : "(\(children))")
  }

  private static let head = "<bill xmlns='urn:billfold:layout:1'>"

  private func body(_ text: String) -> (String, [String]) {
    let (document, findings) = parse(Self.head + text + "</bill>")
    return (document.root.map(show) ?? "", findings)
  }

  @Test func wellFormedTextGivesItsTree() {
    let (tree, findings) = body("<a x=\"1\" y='\"'>t &lt;&#x41;&#66;<b/><!-- c --><![CDATA[<raw> & ]]>z</a>")
    #expect(tree == "bill(a x=1 y=\"('t <AB',b,#,'<raw> & z'))")
    #expect(findings == [])
  }

  @Test func everyNameValueAndTextKnowsItsBytes() throws {
    let text = Self.head + "<text size=\"9&#112;t\">é {a&lt;b}</text></bill>"
    let element = try #require(parse(text).document.root?.elements.first)
    let bytes = Array(text.utf8)
    func words(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    #expect(words(element.nameRange) == "text")
    #expect(words(element.startTag) == "<text size=\"9&#112;t\">")
    #expect(words(element.range) == "<text size=\"9&#112;t\">é {a&lt;b}</text>")
    let attribute = element.attributes[0]
    #expect(words(attribute.nameRange) == "size")
    #expect(attribute.value.string == "9pt")
    #expect(words(attribute.valueRange) == "9&#112;t")
    #expect(words(attribute.value.range(1..<2).bytes) == "&#112;")
    #expect(words(attribute.value.range(0..<3).bytes) == "9&#112;t")
    guard case .text(let content, let whole) = element.children[0] else {
      Issue.record("no text")
      return
    }
    #expect(content.string == "é {a<b}")
    #expect(words(whole) == "é {a&lt;b}")
    #expect(words(content.range(5..<6).bytes) == "&lt;")
    #expect(words(content.slice(4..<7).range(1..<3).bytes) == "&lt;b")
  }

  @Test(arguments: [
    ("<a><b>x</a><c/>", "bill(a(b('x')),c)", "unclosed-element"), ("<a>x</b><c/>", "bill(a('x'),c)", "mismatched-end-tag"),
    ("<a>x</zzz></a><c/>", "bill(a('x'),c)", "stray-end-tag"), ("<a <c/>", "bill(a,' ',c)", "unclosed-tag"),
    ("<a x=1><c/></a>", "bill(a x=1(c))", "malformed-attribute"),
    ("<a x=\"1><c/></a>\n<d y=\"2\"/>", "bill(a x=1(c),'\n',d y=2)", "unclosed-quote"),
    ("<a x=\"1/><d y=\"2\"/>", "bill(a x=1,d y=2)", "unclosed-quote"),
    ("<a x=\"b < c\"/><d/>", "bill(a x=b < c,d)", "stray-less-than"),
    ("<a x=\"b <= c and d > e\"/>", "bill(a x=b <= c and d > e)", "stray-less-than"),
    ("<a x><b/></a>", "bill(a(b))", "malformed-attribute"), ("<a x=\"1\" x=\"2\"/>", "bill(a x=1)", "duplicate-attribute"),
    ("1 < 2 <a/>", "bill('1 < 2 ',a)", "stray-less-than"),
    ("a & b &c <a/>", "bill('a & b &c ',a)", "invalid-reference invalid-reference"), ("&nbsp;", "bill('&nbsp;')", "unknown-entity"),
    ("<?php echo ?><a/>", "bill(a)", "xml-instruction"), ("<!ELEMENT x><a/>", "bill(a)", "xml-doctype"),
    ("<text>x</txet><c/>", "bill(text('x'),c)", "mismatched-end-tag"),
    ("<txet>x</text><c/>", "bill(txet('x'),c)", "mismatched-end-tag"),
    ("<columns><column>x</columns><c/>", "bill(columns(column('x')),c)", "unclosed-element"),
    ("<a/ ><b/>", "bill(a(b))", "unclosed-element malformed-tag"), ("<a></a x='1'><b/>", "bill(a,b)", "unclosed-tag"),
  ]) func brokenTextIsReportedOnceAndReadOn(_ text: String, _ tree: String, _ ids: String) {
    let (found, findings) = body(text)
    #expect(found == tree)
    #expect(findings.map { String($0.prefix { $0 != "@" }) }.joined(separator: " ") == ids)
  }

  @Test func namespacesMayBePrefixed() {
    let text = "<b:bill xmlns:b='urn:billfold:layout:1'><b:text/><text/><x xmlns='urn:x'><y/></x></b:bill>"
    let (document, findings) = parse(text)
    #expect(document.root?.isLayout == true)
    #expect(document.root?.elements.map(\.isLayout) == [true, false, false])
    #expect(findings.count == 2)
    #expect(findings.allSatisfy { $0.hasPrefix("foreign-namespace") })
  }

  @Test func limitsStopTheReading() {
    let deep = String(repeating: "<box>", count: 500)
    #expect(parse(Self.head + deep).findings.map { String($0.prefix(8)) } == ["too-deep"])
    let many = String(repeating: "<a/>", count: LanguageLimits.fileElements + 1)
    #expect(parse(Self.head + many).findings.map { String($0.prefix(17)) } == ["too-many-elements"])
  }
}

import Diagnostics
import Testing

@testable import Imaging

@Suite struct SVGGateTests {
  private func findings(_ body: String, head: String = "") -> [Diagnostic] {
    let source =
      head + "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"10\" height=\"10\">" + body
      + "</svg>"
    do throws(DiagnosticList) {
      try SVGGate.check(path: "logo.svg", bytes: Array(source.utf8))
      return []
    } catch { return error.diagnostics }
  }

  @Test(arguments: [
    "<path d='M0 0h1'/>", "<style>.a{fill:url(#g)}</style>", "<use xlink:href='#a'/>", "<use href=\" #a\"/>", "<!-- <text> <script> -->",
    "<title>text &amp; filter: url(http)</title>", "<g style='fill: url( &quot;#g&quot; )'/>", "<g filter='none'/>",
    "<g clip-path=\"url('#c')\"/>",
    "<desc><![CDATA[<script>]]></desc>",
  ]) func drawingsPass(body: String) { #expect(findings(body).map(\.message) == []) }

  @Test(arguments: [
    "<text>a</text>", "<svg:text xmlns:svg='http://www.w3.org/2000/svg'>a</svg:text>", "<g><tspan/></g>", "<filter id='f'/>",
    "<mask id='m'/>",
    "<script>1</script>", "<image href='#a'/>", "<foreignObject/>", "<animate attributeName='x'/>", "<use href='http://a.example/b#c'/>",
    "<use xlink:href='other.svg#c'/>", "<use href='&#35;a'/>", "<g onclick='f()'/>", "<g filter='url(#f)'/>",
    "<g style='filter:blur(2px)'/>",
    "<g style='FILTER : blur(2px)'/>", "<g style='fill:url(http://a.example/#g)'/>", "<style>@import 'a.css';</style>",
    "<style><![CDATA[@import 'a.css';]]></style>", "<style>a{fill:u\\72l(x)}</style>", "<g style='fi&#108;ter:blur(1px)'/>",
    "<g xml:base='http://a.example/'/>",
    "<style>@font-face{src:x}</style>", "<g mask='url(#m)'/>", "<g fill=\"url('a.svg#b')\"/>",
    "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='#a'/>",
  ]) func whatIsNoDrawingIsRefused(body: String) {
    let found = findings(body)
    #expect(found.map(\.id) == ["svg-not-allowed"])
    #expect(found.first?.range?.file.name == "logo.svg")
  }

  @Test func documentTypesStyleSheetsAndOtherEncodingsAreRefused() {
    #expect(findings("", head: "<!DOCTYPE svg [<!ENTITY a 'b'>]>").map(\.id) == ["svg-not-allowed"])
    #expect(findings("", head: "<?xml-stylesheet href='a.css'?>").map(\.id) == ["svg-not-allowed"])
    #expect(findings("", head: "<?xml version='1.0' encoding='UTF-16'?>").map(\.id) == ["svg-not-allowed"])
    #expect(findings("", head: "<?xml version='1.0' encoding='utf-8'?>").isEmpty)
  }

  @Test func findingsPointAtThePlace() throws {
    let found = findings("\n  <g>\n    <text>a</text>\n  </g>\n  <script/>")
    #expect(found.count == 2)
    let range = try #require(found.first?.range)
    #expect(range.file.position(of: range.bytes.lowerBound) == (3, 6))
    #expect(found.first?.message == "'text' is not allowed in an image: text depends on the fonts of the machine; turn it into paths")
  }

  @Test func sizeIsBounded() {
    #expect(findings(String(repeating: "<g>", count: 200)).last?.id == "image-too-large")
    #expect(findings(String(repeating: "<g/>", count: ImageLimits.svgElements + 1)).map(\.id) == ["image-too-large"])
    #expect(findings(String(repeating: "<script/>", count: 100)).count == 20)
  }

  @Test(arguments: ["<g", "<g a", "<g a=", "<g a='", "<g a=b>", "<!-- x", "<![CDATA[ x", "<", "<>"]) func brokenMarkupEndsTheReading(
    body: String
  ) {
    do throws(DiagnosticList) {
      try SVGGate.check(path: "a.svg", bytes: Array("<svg>\(body)".utf8))
      Issue.record("taken")
    } catch { #expect(error.diagnostics.map(\.id) == ["image-unreadable"]) }
  }
}

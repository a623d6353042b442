import Cairo
import Foundation
import Geometry
import Imaging
import Layout
import Painting
import TestSupport
import Testing

@Suite struct ReopenedPDFTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private func text(_ bytes: [UInt8]) throws -> String { try Tool.run(["pdftotext", "-layout", "{}", "-"], on: bytes).output }

  private func sample() throws -> [Frame] {
    var inner = Frame(size: size(200, 40))
    inner.add(.run(try fonts.run("inside a frame"), .black), at: at(0, 20))
    let first = page([
      (.run(try fonts.run("Amount due", font: 1, size: 18), Color(red: 11, green: 110, blue: 79)), at(72, 100)),
      (.run(try fonts.run("$1,234.56"), .black), at(300, 100)),
      (
        .shape(Shape(.rectangle(size(200, 50), radius: .pt(4)), fill: Color.black.tint(0.1), stroke: .init(width: .pt(1), color: .black))),
        at(72, 120)
      ),
      (.frame(inner), at(80, 130)), (.link(LinkArea(size: size(100, 20), uri: "https://a.example/it's(1)\\x")), at(72, 200)),
    ])
    return [first, page([(.run(try fonts.run("Page 2 of 2"), .black), at(72, 700))], size: PaperSize.a4.size)]
  }

  @Test(.needs("pdftotext")) func textComesBack() throws {
    let found = try text(pdf(sample(), fonts))
    for words in ["Amount due", "$1,234.56", "inside a frame", "Page 2 of 2"] { #expect(found.contains(words)) }
  }

  @Test(.needs("qpdf")) func structureIsSound() throws {
    let check = try Tool.run(["qpdf", "--check", "{}"], on: pdf(sample(), fonts))
    #expect(check.code == 0, "\(check.output)")
  }

  @Test(.needs("pdffonts")) func facesAreEmbeddedSubsets() throws {
    let found = try Tool.run(["pdffonts", "{}"], on: pdf(sample(), fonts)).output
    let rows = found.split(separator: "\n").dropFirst(2)
    #expect(rows.count == 2)
    for (row, name) in zip(rows, ["Inter-Bold", "Inter-Regular"]) {
      #expect(row.contains("+\(name)") && row.contains("yes yes yes"), "\(row)")
    }
  }

  @Test(.needs("pdfinfo")) func pagesKeepTheirSizesAndTheDateIsTheBills()
    throws
  {
    let bytes = try pdf(sample(), fonts)
    let found = try Tool.run(["pdfinfo", "-f", "1", "-l", "2", "-isodates", "{}"], on: bytes).output
    #expect(found.contains("Page    1 size:  612 x 792 pts (letter)"), "\(found)")
    #expect(found.contains("Page    2 size:  595.276 x 841.89 pts (A4)"), "\(found)")
    #expect(found.contains("CreationDate:    2026-11-23T00:00:00Z"), "\(found)")
    #expect(found.contains("Title:           Bill 2026-11-004711") && found.contains("Author:          Larkspur"))
    let raw = String(decoding: bytes, as: UTF8.self)
    #expect(raw.contains("/CreationDate (D:20261123000000Z)") && raw.contains("/Lang (en-US)"))
    #expect(!raw.contains("/ModDate"))
  }

  @Test(.needs("qpdf")) func linksLeadToTheFirstMarkOfTheirName() throws {
    let mark = Landmark.anchor("meter")
    let pages = [
      page([
        (.link(LinkArea(size: size(100, 20), uri: mark.rawValue)), at(72, 100)),
        (.link(LinkArea(size: size(100, 20), uri: "")), at(72, 140)),
        (.run(try fonts.run("to the meter"), .black), at(72, 600)),
      ]),
      page([(.anchor(mark), at(50, 92)), (.run(try fonts.run("the meter"), .black), at(50, 100))]),
      page([
        (.anchor(mark), at(70, 192)), (.link(LinkArea(size: size(10, 20), uri: mark.rawValue)), at(72, 100)),
        (.run(try fonts.run("back"), .black), at(72, 600)),
      ]),
    ]
    let bytes = try pdf(pages, fonts)
    let check = try Tool.run(["qpdf", "--check", "{}"], on: bytes)
    #expect(check.code == 0, "\(check.output)")
    let found = try Tool.run(["pdfinfo", "-dests", "{}"], on: bytes).output
    // Letter is 792 pt high, and PDF counts from below.
    #expect(
      found.split(separator: "\n").filter { $0.contains("#meter") }.map { $0.split(separator: " ").prefix(5) } == [
        ["2", "[", "XYZ", "50", "700"]
      ], "\(found)")
    let plain = try Tool.run(["qpdf", "--qdf", "--object-streams=disable", "{}", "-"], on: bytes).output
    #expect(plain.matches(of: /\/Subtype \/Link/).count == 2)
  }

  @Test(.needs("pdftotext")) func turnedTextIsReadAndStandsWhereItIsTurnedTo() throws {
    let run = try fonts.run("print code A-17")
    let turned = [QuarterTurn.clockwise, .counterclockwise].map { turn in
      GlyphRun(
        font: run.font, size: run.size, glyphs: run.glyphs, clusters: run.clusters, text: run.text, isRightToLeft: run.isRightToLeft,
        advance: run.advance, turn: turn)
    }
    let bytes = try pdf(
      [page([(.run(turned[0], .black), at(100, 200)), (.run(turned[1], .black), at(300, 500)), (.run(run, .black), at(72, 700))])], fonts)
    let found = try Tool.run(["pdftotext", "-bbox", "{}", "-"], on: bytes).output
    let boxes = found.matches(of: /xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">code</).map { match in
      [match.1, match.2, match.3, match.4].compactMap { Double($0) }
    }
    // Turned words are higher than wide; the first stands below its origin, the second above.
    let turnedBoxes = boxes.filter { $0.count == 4 && $0[3] - $0[1] > $0[2] - $0[0] }.sorted { $0[0] < $1[0] }
    try #require(boxes.count == 3 && turnedBoxes.count == 2, "\(found)")
    #expect(turnedBoxes[0][0] > 90 && turnedBoxes[0][2] < 115 && turnedBoxes[0][1] > 200, "\(found)")
    #expect(turnedBoxes[1][0] > 285 && turnedBoxes[1][2] < 310 && turnedBoxes[1][3] < 500, "\(found)")
  }

  @Test(.needs("qpdf")) func linksSurviveApostrophesAndHaveTheirPlace() throws {
    let uris = ["https://a.example/it's", "https://a.example/(x))\\", "https://a.example/?q=č&r='", "https://b.example/%27"]
    let items = uris.enumerated().map { (Item.link(LinkArea(size: size(100, 20), uri: $1)), at(72, 100 + Double($0) * 50)) }
    let bytes = try pdf([page(items + [(.run(try fonts.run("after the links"), .black), at(72, 600))])], fonts)
    let check = try Tool.run(["qpdf", "--check", "{}"], on: bytes)
    #expect(check.code == 0, "\(check.output)")
    let plain = try Tool.run(["qpdf", "--qdf", "--object-streams=disable", "{}", "-"], on: bytes).output
    for uri in ["https://a.example/it's", "https://a.example/%28x%29%29%5C", "https://a.example/?q=%C4%8D&r='", "https://b.example/%27"] {
      #expect(plain.contains("/URI (\(uri))"), "\(uri)")
    }
    // The first area: 100 × 20 pt, 72 from the left and 100 from the top of a page 792 high.
    let rectangle = try #require(plain.range(of: "/Rect ["))
    let numbers = plain[rectangle.upperBound...].prefix { $0 != "]" }.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
    #expect(numbers == [72, 672, 172, 692], "\(numbers)")
    #expect(try text(bytes).contains("after the links"))
  }

  @Test(.needs("pdftotext")) func clustersCarryTheSourceText() throws {
    // One glyph for two characters, as a ligature: the source text comes back.
    let face = fonts.faces[0]
    let oh = try fonts.run("o")
    let ligature = GlyphRun(
      font: FontID(0), size: .pt(10),
      glyphs: [Glyph(id: face.glyph(for: "o"), x: 0, y: 0), Glyph(id: face.glyph(for: "x"), x: oh.advance.points, y: 0)],
      clusters: [Cluster(bytes: 1, glyphs: 1), Cluster(bytes: 2, glyphs: 1)], text: "off", isRightToLeft: false, advance: .pt(14))
    // Right to left: clusters in logical order, glyphs from left to right; each keeps its own character.
    let backward = try fonts.run("abc", rightToLeft: true)
    let found = try text(pdf([page([(.run(ligature, .black), at(72, 100)), (.run(backward, .black), at(72, 200))])], fonts))
    #expect(found.contains("off"))
    #expect(found.filter { !$0.isWhitespace }.contains("cba"))
  }

  @Test(.needs("pdftotext")) func arabicAndLatinStandSideBySide() throws {
    let arabic = try fonts.run("سلام", font: 2, rightToLeft: true)
    let bytes = try pdf(
      [
        page([(.run(arabic, .black), at(200, 100)), (.run(try fonts.run("12"), .black), at(250, 100)), (.run(arabic, .black), at(72, 150))])
      ], fonts)
    let found = try text(bytes)
    #expect(found.split { $0 == " " || $0 == "\n" || $0 == "\u{202B}" || $0 == "\u{202C}" }.filter { $0 == "سلام" }.count == 2, "\(found)")
    #expect(found.contains("12"))
  }

  @Test(.needs("pdftotext")) func runsThatAreDrawnTogetherStayApart() throws {
    // Columns and lines of one style become one drawing call.
    var items: [(Item, Point)] = []
    for row in 0..<3 {
      for column in 0..<3 {
        items.append((.run(try fonts.run("r\(row)c\(column)"), .black), at(72 + Double(column) * 150, 100 + Double(row) * 14)))
      }
    }
    let found = try text(pdf([page(items)], fonts))
    let lines = found.split { $0 == "\n" || $0 == "\u{0C}" }.map { $0.split(separator: " ").map(String.init) }
    #expect(lines == (0..<3).map { row in (0..<3).map { "r\(row)c\($0)" } })
  }

  @Test(.needs("pdftoppm")) func colourChangesWhereItShould() throws {
    let square = Shape.Outline.rectangle(size(20, 20), radius: .zero)
    let red = Color(red: 255, green: 0, blue: 0)
    let bytes = try pdf(
      [
        page(
          [
            (.shape(Shape(square, fill: red)), at(0, 0)), (.run(try fonts.run("x"), .black), at(50, 10)),
            (.shape(Shape(square, fill: red)), at(20, 0)),
            (
              .symbol(
                SymbolItem(
                  symbol: Symbol(form: .bars([.init(x: 0, width: 1, top: 0, bottom: 1)], modules: 1), text: ""), size: size(20, 20),
                  color: Color(red: 0, green: 0, blue: 255))), at(0, 20)
            ),
            (.shape(Shape(square, fill: .black)), at(20, 20)),
          ], size: size(72, 72))
      ], fonts)
    let image = try Tool.run(["sh", "-c", "pdftoppm -r 72 -aa no {} | tail -c 15552 | od -An -v -tu1 -w216"], on: bytes).output
    let rows = image.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
    func pixel(_ x: Int, _ y: Int) -> [Int] { Array(rows[y][(x * 3)..<(x * 3 + 3)]) }
    #expect(rows.count == 72)
    #expect(pixel(10, 10) == [255, 0, 0] && pixel(30, 10) == [255, 0, 0])
    #expect(pixel(10, 30) == [0, 0, 255] && pixel(30, 30) == [0, 0, 0] && pixel(60, 60) == [255, 255, 255])
  }
}

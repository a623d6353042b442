import Barcodes
import Cairo
import Geometry
import Imaging
import Layout
import Painting
import Testing
import Vocabulary

@Suite struct TraceTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private func bytes(_ pages: [Frame], fonts: (any FontSource)? = nil, images: ImageTable = ImageTable()) throws -> [UInt8] {
    let recorder = TraceRecorder(fonts: fonts ?? self.fonts, images: images)
    for page in pages { try Painter.paint(page, on: recorder) }
    var result: [UInt8] = []
    recorder.drain { result += $0 }
    return result
  }

  @Test func readsAsOneLineAStep() throws {
    let images = ImageTable()
    let logo = try images.add(path: "logo.svg", bytes: imageFixture("logo.svg"))
    var heading = Frame(size: size(200, 20), tag: Tag(.heading(level: 1)))
    heading.add(.run(try fonts.run("Say \"hi\"\u{A0}!", font: 1, size: 12), Color(red: 11, green: 110, blue: 79)), at: at(0, 15.12345))
    let path = Shape(
      .path([.move(.zero), .line(at(10, 0)), .curve(at(1, 2), at(3, 4), at(5, 6.5)), .close]), fill: .white,
      stroke: .init(width: .pt(0.25), color: .black, dashes: [.pt(2), .pt(1)]))
    let frame = page([
      (.frame(heading), at(72, 36)), (.shape(path), at(1, 2)), (.image(ImageItem(image: logo, size: size(72, 36))), at(-0.0004, 5)),
      (.symbol(SymbolItem(symbol: try Barcode.encode(.qr, "HELLO"), size: size(40, 40))), at(3, 3)),
      (.link(LinkArea(size: size(10, 10), uri: "https://a.example/")), at(9, 9)),
      (.run(try fonts.run("ab", rightToLeft: true), .black), at(0, 0)),
      (.shape(Shape(.rectangle(size(5, 6), radius: .pt(1)))), at(0, 0)),
    ])
    let canvas = TraceCanvas(fonts: fonts, images: images, showsMeaning: true)
    try Painter.paint(frame, on: canvas)
    let advance = { (run: GlyphRun) in String((run.advance.points * 1000).rounded() / 1000) }
    #expect(
      canvas.text == """
        page 612x792
        heading-1 72,36 200x20
          text 72,51.123 Inter-Bold 12 #0B6E4F \(advance(try fonts.run("Say \"hi\"\u{A0}!", font: 1, size: 12))) "Say \\"hi\\"\\u{A0}!"
        path 1,2 M 0,0 L 10,0 C 1,2 3,4 5,6.5 Z fill #FFFFFF stroke 0.25 #000000 dashes 2 1
        image 0,5 72x36 "logo.svg"
        symbol 3,3 40x40 21x21 modules #000000 "HELLO"
        link 9,9 10x10 "https://a.example/"
        text 0,0 Inter-Regular 10 #000000 \(advance(try fonts.run("ab"))) rtl "ab"
        rectangle 0,0 5x6 radius 1

        """)
  }

  @Test func everyMarkCounts() throws {
    let run = try fonts.run("Total due")
    let base = try bytes([page([(.run(run, .black), at(10, 20))])])
    let moved = Glyph(id: run.glyphs[3].id, x: run.glyphs[3].x + 0.002, y: 0)
    func with(_ glyph: Glyph) -> GlyphRun {
      var glyphs = run.glyphs
      glyphs[3] = glyph
      return GlyphRun(
        font: run.font, size: run.size, glyphs: glyphs, clusters: run.clusters, text: run.text, isRightToLeft: false, advance: run.advance)
    }
    var variants: [[UInt8]] = [base]
    variants.append(try bytes([page([(.run(run, .black), at(10.002, 20))])]))
    variants.append(try bytes([page([(.run(run, Color(red: 0, green: 0, blue: 1)), at(10, 20))])]))
    variants.append(try bytes([page([(.run(try fonts.run("Total due", size: 10.01), .black), at(10, 20))])]))
    variants.append(try bytes([page([(.run(try fonts.run("Total due", font: 1), .black), at(10, 20))])]))
    variants.append(try bytes([page([(.run(with(moved), .black), at(10, 20))])]))
    variants.append(try bytes([page([(.run(with(Glyph(id: 9, x: run.glyphs[3].x, y: 0)), .black), at(10, 20))])]))
    variants.append(try bytes([page([(.run(with(Glyph(id: run.glyphs[3].id, x: run.glyphs[3].x, y: 1)), .black), at(10, 20))])]))
    variants.append(try bytes([page([(.run(run, .black), at(10, 20)), (.link(LinkArea(size: size(1, 1), uri: "a:b")), .zero)])]))
    variants.append(try bytes([page([(.shape(Shape(.rectangle(size(1, 1), radius: .zero), fill: .black)), at(10, 20))])]))
    variants.append(
      try bytes([page([(.shape(Shape(.rectangle(size(1, 1), radius: .zero), stroke: .init(width: .pt(1), color: .black))), at(10, 20))])]))
    variants.append(try bytes([page([(.symbol(SymbolItem(symbol: try Barcode.encode(.qr, "a"), size: size(9, 9))), .zero)])]))
    variants.append(try bytes([page([(.symbol(SymbolItem(symbol: try Barcode.encode(.code128, "a"), size: size(9, 9))), .zero)])]))
    #expect(Set(variants).count == variants.count)
    #expect(try bytes([page([(.run(run, .black), at(10, 20))])]) == base)
    // Below a thousandth of a point nothing is different.
    #expect(try bytes([page([(.run(run, .black), at(10.0001, 20))])]) == base)
  }

  @Test func orderOfTheFontBookDoesNotShow() throws {
    final class Reversed: FontSource {
      let fonts: TestFonts
      init(_ fonts: TestFonts) { self.fonts = fonts }
      func face(_ id: FontID) throws -> FontFace { try fonts.face(FontID(2 - id.index)) }
    }
    func frame(_ regular: Int, _ bold: Int) throws -> Frame {
      func run(_ text: String, _ face: Int, as id: Int) throws -> GlyphRun {
        let run = try fonts.run(text, font: face)
        return GlyphRun(
          font: FontID(id), size: run.size, glyphs: run.glyphs, clusters: run.clusters, text: run.text, isRightToLeft: false,
          advance: run.advance)
      }
      return page([
        (.run(try run("a", 0, as: regular), .black), .zero), (.run(try run("b", 1, as: bold), .black), .zero),
        (.run(try run("c", 0, as: regular), .black), .zero),
      ])
    }
    #expect(try bytes([frame(0, 1)]) == bytes([frame(2, 1)], fonts: Reversed(fonts)))
  }

  @Test func drainedPiecesAreTheWhole() throws {
    let pages = [page([(.run(try fonts.run("one"), .black), .zero)]), page([(.run(try fonts.run("two"), .black), .zero)])]
    let recorder = TraceRecorder(fonts: fonts, images: ImageTable())
    var pieces: [UInt8] = []
    for page in pages {
      try Painter.paint(page, on: recorder)
      recorder.drain { pieces += $0 }
    }
    #expect(try bytes(pages) == pieces)
    recorder.reset()
    for page in pages { try Painter.paint(page, on: recorder) }
    recorder.drain { #expect(Array($0) == pieces) }
  }

  @Test func documentsHandOutTheirTrace() throws {
    let pages = [page([(.run(try fonts.run("one"), .black), .zero)]), page([(.run(try fonts.run("two"), .black), .zero)])]
    let press = Press(fonts: fonts, images: ImageTable())
    for _ in 0..<2 {
      var trace: [UInt8] = []
      let document = try DocumentPainter(pageSize: letter, metadata: metadata, press: press) { trace += $0 }
      for page in pages { try document.addPage(page) }
      _ = try document.finish()
      #expect(try bytes(pages) == trace)
      #expect(trace.first == TraceRecorder.version)
    }
  }

  @Test func coordinatesThatAreNoNumbersThrow() throws {
    #expect(throws: PaintingError.self) { try bytes([page([(.run(try fonts.run("a"), .black), Point(x: Length(.nan), y: .zero))])]) }
  }
}

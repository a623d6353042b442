import Cairo
import Diagnostics
import Geometry
import Imaging
import Layout
import Painting
import TestSupport
import Testing

@Suite struct PaintingFaultTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private func fault(_ pages: [Frame]) -> PaintingError? {
    do {
      _ = try pdf(pages, fonts)
      return nil
    } catch { return error as? PaintingError }
  }

  @Test func coordinatesThatAreNoNumbersEndTheDocument() throws {
    let run = try fonts.run("ab")
    let expected = PaintingError.drawing(CairoError(code: .coordinateOutOfRange, operation: "page 1, text"))
    #expect(fault([page([(.run(run, .black), Point(x: Length(.nan), y: .zero))])]) == expected)
    let bad = GlyphRun(
      font: run.font, size: run.size, glyphs: [run.glyphs[0], Glyph(id: 5, x: .infinity, y: 0)], clusters: run.clusters, text: run.text,
      isRightToLeft: false, advance: run.advance)
    #expect(fault([page([(.run(bad, .black), .zero)])]) == expected)
    #expect(
      fault([page([]), page([], size: size(.nan, 5))])?.diagnostic.message == "page size: a coordinate is not a finite number in range")
    let shape = Shape(.rectangle(Size(width: .infinity, height: .pt(1)), radius: .zero), fill: .black)
    #expect(
      fault([page([]), page([(.shape(shape), .zero)])])?.diagnostic.message
        == "page 2, rectangle: a coordinate is not a finite number in range")
  }

  @Test func documentsWithAFaultyPageAreNeverFinished() throws {
    let document = try DocumentPainter(pageSize: letter, metadata: metadata, fonts: fonts, images: ImageTable())
    let bad = page([(.shape(Shape(.rectangle(size(.nan, 1), radius: .zero), fill: .black)), .zero)])
    #expect(throws: PaintingError.self) { try document.addPage(bad) }
    #expect(throws: PaintingError.self) { try document.addPage(page([])) }
    #expect(throws: PaintingError.self) { try document.finish() }
  }

  @Test func brokenClustersEndTheDocument() throws {
    let run = GlyphRun(
      font: FontID(0), size: .pt(10), glyphs: [Glyph(id: 5, x: 0, y: 0)], clusters: [Cluster(bytes: 2, glyphs: 1)], text: "abc",
      isRightToLeft: false, advance: .zero)
    #expect(fault([page([(.run(run, .black), .zero)])]) == .drawing(CairoError(code: .invalidClusters, operation: "page 1")))
  }

  @Test func lateTextMustBeBound() throws {
    let late = LateText(content: TextContent(spans: [.late(.pages, TextStyle(.init()))], style: TextStyle(.init())), size: size(10, 10))
    var inner = Frame(size: size(10, 10))
    inner.add(.late(late), at: .zero)
    let found = fault([page([]), page([(.frame(inner), .zero)])])
    #expect(found == .unboundLateText(page: 2))
    #expect(found?.diagnostic.id == "painting-failed")
  }

  @Test func unknownFacesAndImagesAreNamed() throws {
    let run = GlyphRun(
      font: FontID(9), size: .pt(10), glyphs: [Glyph(id: 5, x: 0, y: 0)], clusters: [Cluster(bytes: 1, glyphs: 1)], text: "a",
      isRightToLeft: false,
      advance: .zero)
    #expect(fault([page([(.run(run, .black), .zero)])]) == .unknownFont(FontID(9), reason: "no face 9"))
    #expect(fault([page([(.image(ImageItem(image: 3, size: size(1, 1))), .zero)])]) == .unknownImage(3))
  }

  @Test func sinkErrorsSurfaceAtThePageTheyHappenOn() throws {
    var written = 0
    let press = Press(fonts: fonts, images: ImageTable())
    let canvas = try PDFCanvas(pageSize: letter, metadata: metadata, press: press) { chunk in
      written += chunk.count
      if written > 500 { throw TestFailure("disk full") }
    }
    let frame = page([(.run(try fonts.run(String(repeating: "words and ", count: 400)), .black), at(10, 10))])
    var fault: PaintingError?
    for number in 1...5 where fault == nil {
      do throws(PaintingError) { try Painter.paint(frame, on: canvas, number: number) } catch { fault = error }
    }
    let found = try #require(fault)
    guard case .drawing(let error) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(error.code == .writeError && error.cause == "disk full")
    #expect(throws: PaintingError.self) { try canvas.finish() }
  }
}

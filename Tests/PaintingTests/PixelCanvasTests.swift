import Cairo
import Geometry
import Imaging
import Layout
import Painting
import Testing

@Suite struct PixelCanvasTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private func sample() throws -> Frame {
    page(
      [
        (.run(try fonts.run("Hamburg", font: 1, size: 20), .black), at(10, 40)),
        (.shape(Shape(.rectangle(size(10, 10), radius: .zero), fill: .black)), at(100, 60)),
      ], size: size(144, 72))
  }

  @Test func pngHasTheResolutionAskedFor() throws {
    let canvas = PNGCanvas(dpi: 144, press: Press(fonts: fonts, images: ImageTable()))
    try Painter.paint(sample(), on: canvas)
    let image = try ImageSurface(png: canvas.pngBytes())
    #expect((image.width, image.height) == (288, 144))
    image.withPixels { rows, stride in
      func pixel(_ x: Int, _ y: Int) -> UInt32 { rows.load(fromByteOffset: y * stride + x * 4, as: UInt32.self) & 0xFF_FFFF }
      #expect(pixel(0, 0) == 0xFF_FFFF)
      #expect(pixel(210, 130) == 0)
      let ink = (0..<288).reduce(0) { sum, x in sum + (50..<90).reduce(0) { $0 + (pixel(x, $1) < 0x80_8080 ? 1 : 0) } }
      // Seven bold letters at 40 pixels: some thousand dark ones.
      #expect((1_000...4_000).contains(ink), "\(ink)")
    }
  }

  @Test func oversizedPagesThrow() throws {
    let canvas = PNGCanvas(dpi: 1200, press: Press(fonts: fonts, images: ImageTable()))
    #expect(throws: PaintingError.self) { try Painter.paint(page([], size: size(10_000, 10)), on: canvas) }
    #expect(throws: PaintingError.self) { try canvas.pngBytes() }
  }

  @Test func svgStandsAlone() throws {
    let canvas = SVGCanvas(press: Press(fonts: fonts, images: ImageTable()))
    try Painter.paint(sample(), on: canvas)
    let text = String(decoding: try canvas.svgBytes(), as: UTF8.self)
    #expect(text.hasPrefix("<?xml") && text.hasSuffix("</svg>\n"))
    #expect(text.contains("<symbol") && text.contains("width=\"144pt\""))
    #expect(!text.contains("<text"))
  }

  @Test func nothingPaintedIsAnError() {
    let press = Press(fonts: fonts, images: ImageTable())
    #expect(throws: PaintingError.self) { try PNGCanvas(dpi: 72, press: press).pngBytes() }
    #expect(throws: PaintingError.self) { try SVGCanvas(press: press).svgBytes() }
  }
}

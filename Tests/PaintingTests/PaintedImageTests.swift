import Cairo
import Foundation
import Geometry
import Imaging
import Layout
import Painting
import TestSupport
import Testing

@Suite struct PaintedImageTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private func document(_ names: [String], times: Int, pages: Int = 2) throws -> [UInt8] {
    let table = ImageTable()
    let numbers = try names.map { try table.add(path: $0, bytes: imageFixture($0)) }
    var items: [(Item, Point)] = []
    for time in 0..<times {
      for number in numbers {
        items.append((.image(ImageItem(image: number, size: size(60 + Double(time), 40))), at(Double(time) * 80, Double(number) * 60)))
      }
    }
    return try pdf(Array(repeating: page(items), count: pages), fonts, images: table)
  }

  private func plain(_ bytes: [UInt8]) throws -> String {
    try Tool.run(["sh", "-c", "qpdf --qdf --object-streams=disable {} - | strings"], on: bytes).output
  }

  @Test(.needs("qpdf")) func eachImageIsEmbeddedOnce() throws {
    let found = try plain(document(["colour.png", "plain.jpg", "cmyk-adobe.jpg"], times: 3))
    #expect(found.components(separatedBy: "/Subtype /Image").count - 1 == 3)
    #expect(found.components(separatedBy: "/Filter /DCTDecode").count - 1 == 1)
    #expect(!found.contains("/DeviceCMYK"))
  }

  @Test(.needs("qpdf")) func nothingIsInterpolated() throws {
    let found = try plain(document(["colour.png", "translucent.png", "plain.jpg", "logo.svg", "effects.svg"], times: 2))
    #expect(!found.contains("/Interpolate true"))
  }

  @Test(.needs("qpdf")) func drawingsStayVectorsAndAreWrittenOnce() throws {
    let found = try plain(document(["logo.svg", "effects.svg"], times: 3))
    #expect(!found.contains("/Subtype /Image"))
    let once = try document(["logo.svg"], times: 1, pages: 1)
    let often = try document(["logo.svg"], times: 3, pages: 4)
    // Three more pages, 600 bytes each at most, and no more copies of the drawing.
    #expect(often.count < once.count + 4 * 600)
  }

  @Test(.needs("pdfimages")) func jpegsAreCarriedAsTheyAre() throws {
    let found = try Tool.run(["pdfimages", "-list", "{}"], on: document(["orientation-6.jpg", "grey.jpg"], times: 1, pages: 1)).output
    let rows = found.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ").map(String.init) }
    #expect(rows.map { $0[8] } == ["jpeg", "jpeg"], "\(found)")
    #expect(rows.map { $0[5] } == ["rgb", "gray"])
  }

  @Test(.needs("pdftoppm")) func turnedPhotographsStandUpright() throws {
    let table = ImageTable()
    let number = try table.add(path: "orientation-6.jpg", bytes: imageFixture("orientation-6.jpg"))
    let frame = page([(.image(ImageItem(image: number, size: size(32, 48))), .zero)], size: size(32, 48))
    for bytes in [try pdf([frame], fonts, images: table)] {
      let image = try Tool.run(["sh", "-c", "pdftoppm -r 72 {} | tail -c 4608 | od -An -v -tu1 -w96"], on: bytes).output
      let rows = image.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
      func pixel(_ x: Int, _ y: Int) -> [Int] { Array(rows[y][(x * 3)..<(x * 3 + 3)]) }
      #expect(rows.count == 48)
      #expect(zip(pixel(10, 10), [200, 30, 30]).allSatisfy { abs($0 - $1) < 40 }, "\(pixel(10, 10))")
      #expect(zip(pixel(10, 40), [30, 30, 200]).allSatisfy { abs($0 - $1) < 40 })
      #expect(zip(pixel(30, 20), [255, 255, 255]).allSatisfy { abs($0 - $1) < 40 })
    }
  }
}

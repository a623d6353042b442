import Cairo
import Foundation
import Geometry
import Imaging
import Layout
import Painting
import TestSupport

/// The project's own faces: 0 Inter Regular, 1 Inter Bold, 2 Noto Sans Arabic.
final class TestFonts: FontSource {
  let faces: [FontFace]

  init() throws {
    let library = try FontLibrary()
    faces = try ["Inter/Inter-Regular.otf", "Inter/Inter-Bold.otf", "NotoSansArabic/NotoSansArabic-Regular.ttf"].map {
      try FontFace(bytes: Project.bytes("Fonts/" + $0), library: library)
    }
  }

  func face(_ id: FontID) throws -> FontFace {
    guard faces.indices.contains(id.index) else { throw TestFailure("no face \(id.index)") }
    return faces[id.index]
  }

  /// A run of a text, one glyph a character, without shaping.
  func run(_ text: String, font: Int = 0, size: Double = 10, rightToLeft: Bool = false) throws -> GlyphRun {
    let scaled = try ScaledFont(faces[font], size: size)
    let ids = text.unicodeScalars.map { faces[font].glyph(for: $0) }
    var (x, glyphs): (Double, [Glyph]) = (0, [])
    for id in rightToLeft ? ids.reversed() : ids {
      glyphs.append(Glyph(id: id, x: x, y: 0))
      x += scaled.advance(of: id)
    }
    let clusters = text.unicodeScalars.map { Cluster(bytes: String($0).utf8.count, glyphs: 1) }
    return GlyphRun(
      font: FontID(font), size: .pt(size), glyphs: glyphs, clusters: clusters, text: text, isRightToLeft: rightToLeft, advance: .pt(x))
  }
}

let letter = Size(width: .pt(612), height: .pt(792))
let metadata = DocumentMetadata(title: "Bill 2026-11-004711", author: "Larkspur", subject: "", language: "en-US", created: (2026, 11, 23))

func at(_ x: Double, _ y: Double) -> Point { Point(x: .pt(x), y: .pt(y)) }
func size(_ width: Double, _ height: Double) -> Size { Size(width: .pt(width), height: .pt(height)) }

/// A page with these items.
func page(_ items: [(Item, Point)], size: Size = letter) -> Frame {
  Frame(size: size, items: items.map { PlacedItem(at: $0.1, item: $0.0) })
}

/// The PDF of these pages.
func pdf(_ pages: [Frame], _ fonts: any FontSource, images: ImageTable = ImageTable()) throws -> [UInt8] {
  let document = try DocumentPainter(pageSize: pages.first?.size ?? letter, metadata: metadata, fonts: fonts, images: images)
  for page in pages { try document.addPage(page) }
  return try document.finish()
}

/// An image fixture of the imaging tests.
func imageFixture(_ name: String) throws -> [UInt8] { try Project.bytes("Tests/ImagingTests/Fixtures/" + name) }

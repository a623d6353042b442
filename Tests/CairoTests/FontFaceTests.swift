import Cairo
import Foundation
import Geometry
import TestSupport
import Testing

@Suite struct FontFaceTests {
  private static func bytes(_ path: String) throws -> [UInt8] {
    try Project.bytes("Fonts/" + path)
  }

  @Test func facesKnowTheirNameAndSize() throws {
    let face = try FontFace(bytes: Self.bytes("Inter/Inter-Regular.otf"), library: FontLibrary())
    #expect(face.postScriptName == "Inter-Regular")
    #expect(face.glyphCount > 2_000)
    #expect(face.glyph(for: "A") != 0)
    #expect(face.glyph(for: "\u{10FFFD}") == 0)
  }

  @Test func widthsAreTheFontsOwnAtEverySize() throws {
    let face = try FontFace(bytes: Self.bytes("Inter/Inter-Regular.otf"), library: FontLibrary())
    let em = Double(face.unitsPerEm)
    let whole = try ScaledFont(face, size: em)
    for scalar in "AWil0123.€ff".unicodeScalars {
      let glyph = face.glyph(for: scalar)
      let units = whole.advance(of: glyph)
      // At a size of one em in units the width is the font's own whole number.
      #expect(abs(units - units.rounded()) < 0.02)
      for size in [6.0, 8.35, 9, 11.7, 36] {
        // FreeType keeps widths in 16.16 fixed point of a pixel at the scaled size; a hinted width would be off by up to half a point.
        #expect(abs(try ScaledFont(face, size: size).advance(of: glyph) - units.rounded() * size / em) < 0.002)
      }
    }
  }

  @Test func bytesThatAreNoFontAreRefused() throws {
    let library = try FontLibrary()
    for bytes in [[], [UInt8](repeating: 7, count: 500), Array(try Self.bytes("Inter/Inter-Regular.otf").prefix(300))] {
      #expect(throws: CairoError(code: .unreadableFont, operation: "read font")) { try FontFace(bytes: bytes, library: library) }
    }
  }

  @Test(arguments: [0, -1, Double.nan, .infinity]) func sizesOutOfRangeAreRefused(size: Double) throws {
    let face = try FontFace(bytes: Self.bytes("Inter/Inter-Regular.otf"), library: FontLibrary())
    #expect(throws: CairoError(code: .coordinateOutOfRange, operation: "type size")) { try ScaledFont(face, size: size) }
  }

  @Test func cairoKeepsAFaceThatNobodyElseHolds() throws {
    let surface = try PDFSurface(pageSize: Size(width: .pt(100), height: .pt(100)), metadata: PDFMetadata(created: "2026-11-23T00:00:00Z"))
    let context = try Context(surface)
    func draw() throws {
      let face = try FontFace(bytes: Self.bytes("Inter/Inter-Bold.otf"), library: FontLibrary())
      let glyph = PlacedGlyph(index: UInt(face.glyph(for: "Q")), x: 10, y: 50)
      try withUnsafePointer(to: glyph) { one in
        try withUnsafePointer(to: PlacedCluster(bytes: 1, glyphs: 1)) { cluster in
          let font = try ScaledFont(face, size: 20)
          Array("Q".utf8).withUnsafeBufferPointer {
            context.showText(
              $0, glyphs: UnsafeBufferPointer(start: one, count: 1), clusters: UnsafeBufferPointer(start: cluster, count: 1),
              isBackward: false,
              font: font)
          }
        }
      }
    }
    try draw()
    // Face, library and bytes are out of our hands; the subset is only made now.
    context.showPage()
    try surface.finish()
    #expect(String(decoding: surface.takeBytes(), as: UTF8.self).contains("Inter-Bold"))
  }
}

import Geometry
import Layout
import Testing

@testable import Typography

@Suite struct MissingGlyphTests {
  /// A TrueType font whose glyph 0 has no outline any more.
  private static func withoutGlyphZero(_ font: [UInt8]) throws -> [UInt8] {
    func number(_ at: Int, _ bytes: Int) -> Int { font[at..<at + bytes].reduce(0) { $0 << 8 | Int($1) } }
    func table(_ tag: String) throws -> Int {
      for index in 0..<number(4, 2) where font[(12 + 16 * index)..<(16 + 16 * index)].elementsEqual(tag.utf8) {
        return number(12 + 16 * index + 8, 4)
      }
      throw Studio.Missing(what: tag)
    }
    let (places, size) = (try table("loca"), number(try table("head") + 50, 2) == 0 ? 2 : 4)
    var changed = font
    for byte in 0..<size { changed[places + byte] = font[places + size + byte] }
    return changed
  }

  private func line(_ font: [UInt8], _ family: String, _ text: String) throws -> TextLine {
    let folder = try TemporaryFolder()
    folder.write(font, as: "one.ttf")
    let setter = TypographicSetter(book: try FontBook(folder: folder.path))
    let style = Studio.style { $0.families = [family] }
    let content = TextContent(spans: [.text(text, style)], style: style)
    let lines = setter.lines(of: content, from: .start, width: .pt(300))
    #expect(setter.takeMissingGlyphs().map(\.cluster) == ["日"])
    return try #require(lines.first)
  }

  /// The same box whatever the face has for its glyph 0.
  @Test("a box is drawn for a missing glyph", arguments: [("Noto Sans", "1日2"), ("Noto Sans Hebrew", "ש日ש")])
  func boxes(family: String, text: String) throws {
    let name = family.filter { $0 != " " }
    let font = try TemporaryFolder.read(try Studio.fontsFolder() + "/\(name)/\(name)-Regular.ttf")
    var drawings: [TextLine] = []
    for font in [font, try Self.withoutGlyphZero(font)] {
      let drawn = try line(font, family, text)
      drawings.append(drawn)
      #expect(drawn.text == text && drawn.runs.allSatisfy { $0.run.isSound })
      #expect(drawn.runs.allSatisfy { $0.run.glyphs.allSatisfy { $0.id != 0 } })
      #expect(drawn.shapes.count == 1)
      let (at, shape) = try #require(drawn.shapes.first)
      guard case .rectangle(let size, _) = shape.outline else {
        Issue.record("no rectangle")
        return
      }
      let pen = try #require(shape.stroke).width.points
      #expect(shape.fill == nil && size.width.points > 2 && size.height.points > 5)
      // In its own room, upon the baseline, as high as a capital, ink included.
      #expect(at.x > drawn.start && (at.x + size.width) < drawn.start + drawn.width)
      #expect(abs((at.y + size.height - drawn.baseline).points + pen / 2) < 0.01)
      #expect((0.6...0.75).contains((size.height.points + pen) / 10))
      for (x, run) in drawn.runs {
        for (glyph, cluster) in zip(run.glyphs, run.clusters) where cluster.bytes != 3 {
          #expect(x + glyph.x < at.x.points || x + glyph.x >= (at.x + size.width).points, "the box covers another glyph")
        }
      }
    }
    #expect(drawings[0].shapes.map(\.at) == drawings[1].shapes.map(\.at))
  }
}

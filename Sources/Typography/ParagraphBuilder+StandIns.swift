internal import CHarfBuzz
internal import CICU
internal import Layout

/// What stands in the place of characters that no face has.
extension ParagraphBuilder {
  /// How wide a box is with its air, as a share of the type size.
  static let boxWidth = 0.6

  /// Shapes the compatibility form of each cluster of a segment. The text stays as it is: a cluster's glyphs stand for all of it.
  func shapeCompatible(_ text: [UInt8], _ segment: Paragraph.Segment, _ face: ShapingFace, _ style: SetterStyle, _ language: SetterLanguage)
    -> ShapedText
  {
    let isRightToLeft = segment.level & 1 == 1
    var clusters: [[ShapedText.Glyph]] = []
    for range in clusterRanges(text, segment.start..<segment.end) {
      var form = ParagraphBuilder.compatible(Array(text[range])) ?? Array(text[range])
      let shaped = form.withUnsafeMutableBufferPointer {
        shaper.shape(
          UnsafeBufferPointer($0),
          Shaper.Setting(face: face, style: style, language: language, script: segment.script, isRightToLeft: isRightToLeft))
      }
      clusters.append(
        shaped.glyphs.map { glyph in
          var glyph = glyph
          (glyph.cluster, glyph.isUnsafe) = (UInt32(range.lowerBound - segment.start), false)
          return glyph
        })
    }
    return ShapedText(
      glyphs: Array((isRightToLeft ? clusters.reversed() : clusters).joined()), isRightToLeft: isRightToLeft,
      byteCount: segment.end - segment.start)
  }

  /// A glyph without ink for each cluster of a segment, as wide as the box that is drawn there.
  func boxes(_ text: [UInt8], _ segment: Paragraph.Segment, _ face: ShapingFace) -> ShapedText {
    let isRightToLeft = segment.level & 1 == 1
    let width = Int32(face.unitsPerEm * ParagraphBuilder.boxWidth)
    let blank = face.blankGlyph ?? (0, width)
    let glyphs = clusterRanges(text, segment.start..<segment.end).map { range in
      ShapedText.Glyph(
        id: blank.id, cluster: UInt32(range.lowerBound - segment.start), advance: width, x: (width - blank.width) / 2, y: 0, isUnsafe: false
      )
    }
    return ShapedText(
      glyphs: isRightToLeft ? glyphs.reversed() : glyphs, isRightToLeft: isRightToLeft, byteCount: segment.end - segment.start)
  }

  /// The clusters of a stretch of text.
  func clusterRanges(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    let (boundaries, _) = clustersAndScripts(Array(text[range]))
    let starts = [range.lowerBound] + (1..<range.count).filter { boundaries[$0] != 0 }.map { range.lowerBound + $0 }
    return zip(starts, starts.dropFirst() + [range.upperBound]).map { $0..<$1 }
  }
}

internal import CHarfBuzz
internal import Diagnostics
public import Geometry
public import Layout

extension FontBook {
  /// The smallest rectangle round the ink of a run, relative to the run's origin; `nil` where it has none.
  ///
  /// Complexity: O(glyphs). A face that cannot be read any more counts with its line's height.
  public func ink(of run: GlyphRun) -> Rect? {
    guard faces.indices.contains(run.font.index), let face = try? shapingFace(run.font.index) else {
      return Rect(x: .zero, y: .zero - run.size, width: run.advance, height: run.size * 1.25)
    }
    let scale = run.size.points / face.unitsPerEm
    var (left, top, right, bottom) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
    var extents = hb_glyph_extents_t()
    for glyph in run.glyphs {
      guard hb_font_get_glyph_extents(face.font, glyph.id, &extents) != 0, extents.width != 0, extents.height != 0 else { continue }
      let x = glyph.x + Double(extents.x_bearing) * scale
      let y = glyph.y - Double(extents.y_bearing) * scale
      left = min(left, x)
      top = min(top, y)
      right = max(right, x + Double(extents.width) * scale)
      // Heights point down from the bearing, so they are negative.
      bottom = max(bottom, y - Double(extents.height) * scale)
    }
    guard left < right, top < bottom else { return nil }
    return Rect(x: Length(left), y: Length(top), width: Length(right - left), height: Length(bottom - top))
  }

  /// The family of a run's face; empty for a face the book does not have.
  public func family(of run: GlyphRun) -> String { faces.indices.contains(run.font.index) ? faces[run.font.index].family : "" }
}

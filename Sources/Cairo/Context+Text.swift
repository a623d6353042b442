internal import CCairo

/// A glyph and the place of its origin, in points. Laid out like cairo's own, so that a buffer of these is handed over as it is.
public struct PlacedGlyph: Sendable {
  // cairo's index is an unsigned long.
  package var index: UInt
  package var x: Double
  package var y: Double
  /// Makes a glyph.
  @inline(__always) package init(index: UInt, x: Double, y: Double) { (self.index, self.x, self.y) = (index, x, y) }
}

/// How many bytes of text and how many glyphs belong together. Laid out like cairo's own.
public struct PlacedCluster: Sendable {
  package var bytes: Int32
  package var glyphs: Int32
  /// Makes a cluster.
  @inline(__always) package init(bytes: Int32, glyphs: Int32) { (self.bytes, self.glyphs) = (bytes, glyphs) }
}

extension Context {
  /// Draws text as glyphs with their source text, so that it can be copied, searched and read aloud.
  ///
  /// - Parameters:
  ///   - text: UTF-8; the clusters' bytes add up to it.
  ///   - glyphs: In visual order.
  ///   - clusters: In logical order; with `isBackward` the first cluster owns the last glyphs.
  package func showText(
    _ text: UnsafeBufferPointer<UInt8>, glyphs: UnsafeBufferPointer<PlacedGlyph>, clusters: UnsafeBufferPointer<PlacedCluster>,
    isBackward: Bool,
    font: ScaledFont
  ) {
    guard let base = glyphs.baseAddress, glyphs.count > 0 else { return }
    guard glyphsAreDrawable(glyphs) else { return refuse("text") }
    cairo_set_scaled_font(raw, font.raw)
    let flags = cairo_text_cluster_flags_t(rawValue: isBackward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD.rawValue : 0)
    UnsafeRawPointer(base).withMemoryRebound(to: cairo_glyph_t.self, capacity: glyphs.count) { cairoGlyphs in
      clusters.withMemoryRebound(to: cairo_text_cluster_t.self) { cairoClusters in
        text.withMemoryRebound(to: CChar.self) { bytes in
          cairo_show_text_glyphs(
            raw, bytes.baseAddress, Int32(bytes.count), cairoGlyphs, Int32(glyphs.count), cairoClusters.baseAddress,
            Int32(cairoClusters.count), flags)
        }
      }
    }
  }

  /// Fills the outlines of glyphs: exact places on coarse pixels, where cairo would move whole glyphs to the next pixel.
  package func fillOutlines(glyphs: UnsafeBufferPointer<PlacedGlyph>, font: ScaledFont) {
    guard let base = glyphs.baseAddress, glyphs.count > 0 else { return }
    guard glyphsAreDrawable(glyphs) else { return refuse("text") }
    cairo_set_scaled_font(raw, font.raw)
    UnsafeRawPointer(base).withMemoryRebound(to: cairo_glyph_t.self, capacity: glyphs.count) { cairoGlyphs in
      cairo_glyph_path(raw, cairoGlyphs, Int32(glyphs.count))
    }
    cairo_fill(raw)
  }

  private func glyphsAreDrawable(_ glyphs: UnsafeBufferPointer<PlacedGlyph>) -> Bool {
    var drawable = true
    for glyph in glyphs { drawable = drawable && Context.isDrawable(glyph.x) && Context.isDrawable(glyph.y) }
    return drawable
  }

  /// Whether cairo's own structures have the layout that ``PlacedGlyph`` and ``PlacedCluster`` assume. Tested, not checked at run time.
  package static var layoutsAgree: Bool {
    MemoryLayout<PlacedGlyph>.size == MemoryLayout<cairo_glyph_t>.size
      && MemoryLayout<PlacedGlyph>.stride == MemoryLayout<cairo_glyph_t>.stride
      && MemoryLayout<PlacedGlyph>.offset(of: \.x) == MemoryLayout<cairo_glyph_t>.offset(of: \.x)
      && MemoryLayout<PlacedGlyph>.offset(of: \.y) == MemoryLayout<cairo_glyph_t>.offset(of: \.y)
      && MemoryLayout<PlacedCluster>.size == MemoryLayout<cairo_text_cluster_t>.size
      && MemoryLayout<PlacedCluster>.offset(of: \.glyphs) == MemoryLayout<cairo_text_cluster_t>.offset(of: \.num_glyphs)
  }
}

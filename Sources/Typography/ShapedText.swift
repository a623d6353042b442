/// A stretch of text in one face, script and direction, shaped in font units: independent of size.
final class ShapedText {
  struct Glyph: BitwiseCopyable {
    var id: UInt32
    /// The offset of its cluster's first byte; clusters rise in left-to-right text and fall in right-to-left text.
    var cluster: UInt32
    var advance: Int32
    var x: Int32
    var y: Int32
    /// Whether the text cannot be parted before this cluster without shaping both sides anew.
    var isUnsafe: Bool
  }

  /// In visual order, left to right.
  let glyphs: [Glyph]
  let isRightToLeft: Bool
  let byteCount: Int
  /// All advances, in font units.
  let width: Int
  let clusterCount: Int
  /// Whether every byte is a cluster of one glyph, in order.
  let isOneToOne: Bool
  /// Whether some glyph is glyph 0.
  let hasMissing: Bool

  /// About how much memory it takes, in bytes.
  var cost: Int { glyphs.count * MemoryLayout<Glyph>.stride + 96 }

  init(glyphs: [Glyph], isRightToLeft: Bool, byteCount: Int) {
    self.glyphs = glyphs
    self.isRightToLeft = isRightToLeft
    self.byteCount = byteCount
    var (width, clusters, hasMissing, isOneToOne) = (0, 0, false, glyphs.count == byteCount && !isRightToLeft)
    var last = UInt32.max
    for (index, glyph) in glyphs.enumerated() {
      width += Int(glyph.advance)
      if glyph.cluster != last {
        clusters += 1
        last = glyph.cluster
      }
      if glyph.id == 0 { hasMissing = true }
      if Int(glyph.cluster) != index { isOneToOne = false }
    }
    (self.width, clusterCount, self.hasMissing, self.isOneToOne) = (width, clusters, hasMissing, isOneToOne)
  }

  /// The glyphs of the bytes from `start` up to `end`, both at cluster boundaries.
  func glyphRange(from start: Int, to end: Int) -> Range<Int> {
    if start <= 0, end >= byteCount { return 0..<glyphs.count }
    if isOneToOne { return start..<end }
    if isRightToLeft {
      let lower = firstIndex { Int($0.cluster) < end }
      return lower..<max(lower, firstIndex { Int($0.cluster) < start })
    }
    let lower = firstIndex { Int($0.cluster) >= start }
    return lower..<max(lower, firstIndex { Int($0.cluster) >= end })
  }

  /// The first glyph of those, at the end of the array, that satisfy a condition which once true stays true.
  private func firstIndex(where condition: (Glyph) -> Bool) -> Int {
    var (low, high) = (0, glyphs.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(glyphs[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Whether parting the text before byte `offset` changes its glyphs.
  func isUnsafeToBreak(at offset: Int) -> Bool {
    guard offset > 0, offset < byteCount else { return false }
    if isOneToOne { return glyphs[offset].isUnsafe }
    let range = glyphRange(from: offset, to: offset + 1)
    // No cluster begins here: the place lies within a ligature.
    guard !range.isEmpty else { return true }
    return glyphs[range].contains { $0.isUnsafe }
  }

  /// The advances and the number of clusters of a glyph range.
  func measure(_ range: Range<Int>) -> (units: Int, clusters: Int) {
    if range.count == glyphs.count { return (width, clusterCount) }
    var (units, clusters, last) = (0, 0, UInt32.max)
    for index in range {
      let glyph = glyphs[index]
      units += Int(glyph.advance)
      if glyph.cluster != last {
        clusters += 1
        last = glyph.cluster
      }
    }
    return (units, clusters)
  }
}

/// A shaped stretch kept for paragraphs that mix the layout's words with data.
final class KeptRun: CacheEntry {
  let shaped: ShapedText
  override var cost: Int { super.cost + shaped.cost }

  init(key: KeyBytes?, shaped: ShapedText) {
    self.shaped = shaped
    super.init(key: key)
  }
}

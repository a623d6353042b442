internal import Cairo
internal import Layout

/// Glyphs, clusters and text on their way to cairo. The memory is kept from run to run.
final class GlyphBuffer {
  private(set) var glyphs = Storage<PlacedGlyph>()
  private(set) var clusters = Storage<PlacedCluster>()
  private(set) var text = Storage<UInt8>()

  /// Memory that only grows.
  struct Storage<Element> {
    var base = UnsafeMutablePointer<Element>.allocate(capacity: 256)
    var capacity = 256
    var count = 0

    /// Room for `more` elements behind the last one.
    mutating func reserve(_ more: Int) -> UnsafeMutablePointer<Element> {
      if count + more > capacity {
        let grown = UnsafeMutablePointer<Element>.allocate(capacity: (count + more) * 2)
        grown.moveInitialize(from: base, count: count)
        base.deallocate()
        base = grown
        capacity = (count + more) * 2
      }
      return base + count
    }
    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
  }

  deinit {
    glyphs.base.deallocate()
    clusters.base.deallocate()
    text.base.deallocate()
  }

  var isEmpty: Bool { glyphs.count == 0 }

  /// Appends a run whose origin lies at (x, y).
  func append(_ run: GlyphRun, x: Double, y: Double) {
    run.glyphs.withUnsafeBufferPointer { source in
      let target = glyphs.reserve(source.count)
      for index in 0..<source.count {
        let glyph = source[index]
        (target + index).initialize(to: PlacedGlyph(index: UInt(glyph.id), x: x + glyph.x, y: y + glyph.y))
      }
      glyphs.count += source.count
    }
    run.clusters.withUnsafeBufferPointer { source in
      let target = clusters.reserve(source.count)
      for index in 0..<source.count {
        let cluster = source[index]
        (target + index).initialize(
          to: PlacedCluster(bytes: Int32(truncatingIfNeeded: cluster.bytes), glyphs: Int32(truncatingIfNeeded: cluster.glyphs)))
      }
      clusters.count += source.count
    }
    let start = text.count
    let stored: Void? = run.text.utf8.withContiguousStorageIfAvailable { source in
      guard let base = source.baseAddress else { return }
      text.reserve(source.count).initialize(from: base, count: source.count)
      text.count += source.count
    }
    if stored == nil {
      for byte in run.text.utf8 {
        text.reserve(1).initialize(to: byte)
        text.count += 1
      }
    }
    replaceNoncharacters(from: start)
  }

  /// Puts a character that stands for nothing in the place of the 66 that cairo takes for faulty UTF-8 (Unicode, 23.7: U+FDD0…U+FDEF and the last
  /// two of each plane), of the same length, so that the clusters stay as they are.
  private func replaceNoncharacters(from start: Int) {
    var index = start
    while index < text.count {
      let lead = text.base[index]
      guard lead >= 0xEF else {
        index += 1
        continue
      }
      // Each plane's last characters end in BF BE and BF BF; the one before is U+FFFD or one like it.
      let last = index + (lead == 0xEF ? 2 : 3)
      guard last < text.count else { return }
      if text.base[last - 1] == 0xBF, text.base[last] >= 0xBE, lead == 0xEF || text.base[last - 2] & 0x0F == 0x0F {
        text.base[last] = 0xBD
      } else if lead == 0xEF, text.base[index + 1] == 0xB7, (0x90...0xAF).contains(text.base[last]) {
        (text.base[index + 1], text.base[last]) = (0xBF, 0xBD)
      }
      index = last + 1
    }
  }

  func removeAll() {
    glyphs.count = 0
    clusters.count = 0
    text.count = 0
  }
}

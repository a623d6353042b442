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
  }

  func removeAll() {
    glyphs.count = 0
    clusters.count = 0
    text.count = 0
  }
}

internal import CHarfBuzz

/// The characters a face has glyphs for, read from its character map alone: the rest of its file stays unread.
final class CharacterCoverage {
  private let set: OpaquePointer?

  /// The most bytes of a character map that are read; those of the largest fonts have some 300,000.
  ///
  /// - Stops: a font whose map is gigabytes.
  static let maximumMap = 4 << 20

  /// Reads a `cmap` table; a table that cannot be read has no characters.
  init(map: [UInt8]) {
    set = hb_set_create()
    // A font of that table only: the offset table with one record (OpenType, "Table directory").
    var font: [UInt8] = [0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0]
    font += Array("cmap".utf8) + [0, 0, 0, 0, 0, 0, 0, 28]
    font += stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: map.count >> $0) }
    font += map
    font.withUnsafeBytes { bytes in
      let blob = hb_blob_create(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), HB_MEMORY_MODE_DUPLICATE, nil, nil)
      let face = hb_face_create(blob, 0)
      // Without a table that says how many glyphs there are none would count.
      hb_face_set_glyph_count(face, 0x1_0000)
      hb_face_collect_unicodes(face, set)
      hb_face_destroy(face)
      hb_blob_destroy(blob)
    }
  }

  deinit { hb_set_destroy(set) }

  func has(_ scalar: UInt32) -> Bool { hb_set_has(set, scalar) != 0 }
}

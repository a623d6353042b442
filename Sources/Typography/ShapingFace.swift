internal import CHarfBuzz
internal import Glibc
internal import Layout

/// A file's bytes at an address that stays while the object lives, as HarfBuzz needs them.
final class FontBytes {
  let buffer: UnsafeRawBufferPointer

  /// Reads a whole file of at most `limit` bytes.
  init?(path: String, limit: Int) {
    guard let file = OpenedFile(path: path, limit: limit), let bytes = file.bytes(at: 0, count: file.size), !bytes.isEmpty else {
      return nil
    }
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyBytes(from: bytes)
    buffer = UnsafeRawBufferPointer(copy)
  }

  deinit { buffer.deallocate() }

  var bytes: [UInt8] { Array(buffer) }
}

/// A face as HarfBuzz sees it: unhinted, in font units.
final class ShapingFace {
  let id: FontID
  let file: FontBytes
  let font: OpaquePointer
  let unitsPerEm: Double
  /// Heights in font units, both positive.
  let ascent: Double
  let descent: Double
  /// From the baseline down to the underline's top, and its thickness, in font units.
  let underlineOffset: Double
  let underlineThickness: Double
  /// The height of a capital, in font units.
  let capHeight: Double
  /// Whether glyph 0, which stands where the face has no other, can be seen.
  let drawsMissingGlyphs: Bool
  private let asciiLow: UInt64
  private let asciiHigh: UInt64
  /// All characters of the face; collected when one beyond ASCII is first asked for.
  private lazy var coverage: OpaquePointer? = collectCoverage()
  private var hasCoverage = false

  /// Opens the face at that place of its file.
  init?(id: FontID, file: FontBytes, index: Int = 0) {
    guard
      let blob = hb_blob_create(
        file.buffer.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(file.buffer.count), HB_MEMORY_MODE_READONLY, nil, nil),
      let face = hb_face_create(blob, UInt32(index)), let font = hb_font_create(face)
    else { return nil }
    hb_blob_destroy(blob)
    hb_face_destroy(face)
    guard hb_face_get_glyph_count(face) > 0 else {
      hb_font_destroy(font)
      return nil
    }
    let units = hb_face_get_upem(face)
    hb_font_set_scale(font, Int32(units), Int32(units))
    self.id = id
    self.file = file
    self.font = font
    unitsPerEm = Double(units)
    var extents = hb_font_extents_t()
    hb_font_get_h_extents(font, &extents)
    ascent = Double(max(0, extents.ascender))
    descent = Double(max(0, -extents.descender))
    var position: hb_position_t = 0
    underlineOffset =
      hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, &position) != 0 ? Double(-position) : Double(units) / 10
    underlineThickness =
      hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, &position) != 0 && position > 0
      ? Double(position) : Double(units) / 20
    capHeight =
      hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_CAP_HEIGHT, &position) != 0 && position > 0
      ? Double(position) : Double(units) * 0.7
    var ink = hb_glyph_extents_t()
    drawsMissingGlyphs = hb_font_get_glyph_extents(font, 0, &ink) != 0 && ink.width != 0 && ink.height != 0
    var (low, high) = (UInt64(0), UInt64(0))
    var glyph: hb_codepoint_t = 0
    for character in UInt32(0)..<128 where hb_font_get_nominal_glyph(font, character, &glyph) != 0 {
      if character < 64 { low |= 1 << UInt64(character) } else { high |= 1 << UInt64(character - 64) }
    }
    (asciiLow, asciiHigh) = (low, high)
    // From here on it is only read: HarfBuzz may keep what it derives from it.
    hb_font_make_immutable(font)
  }

  /// The width of what stands in a missing glyph's place, in font units.
  var missingWidth: Int32 {
    let own = hb_font_get_glyph_h_advance(font, 0)
    return drawsMissingGlyphs ? own : max(own, Int32(unitsPerEm * 0.6))
  }

  /// Whether kerning is the distance of two glyphs that follow one another and nothing else.
  private(set) lazy var kernsByPairs = findKernsByPairs()

  /// The height of the letter x, in font units.
  private(set) lazy var xHeight: Double = {
    var position: hb_position_t = 0
    let isKnown = hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_X_HEIGHT, &position) != 0 && position > 0
    return isKnown ? Double(position) : unitsPerEm * 0.5
  }()

  /// A glyph without ink and its width, for characters that are drawn by other means; `nil` where the face has none. It is the widest that is
  /// no wider than a box, so that programs that read the text see no gap on either side. One that stands for no common space is better, since a
  /// PDF names one character for each glyph and spells the others out.
  private(set) lazy var blankGlyph: (id: UInt32, width: Int32)? = {
    var best: (id: UInt32, width: Int32)?
    for scalar in [0x2002, 0x2000, 0x2004, 0x2005, 0x2007, 0x3000, 0x2003, 0xA0, 0x20] as [hb_codepoint_t] {
      var glyph: hb_codepoint_t = 0
      var ink = hb_glyph_extents_t()
      guard hb_font_get_nominal_glyph(font, scalar, &glyph) != 0, glyph != 0 else { continue }
      guard hb_font_get_glyph_extents(font, glyph, &ink) == 0 || (ink.width == 0 && ink.height == 0) else { continue }
      let width = hb_font_get_glyph_h_advance(font, glyph)
      if width > Int32(unitsPerEm * ParagraphBuilder.boxWidth) { continue }
      if width > best?.width ?? -1 { best = (glyph, width) }
    }
    return best
  }()

  deinit {
    if hasCoverage { hb_set_destroy(coverage) }
    hb_font_destroy(font)
  }

  private func collectCoverage() -> OpaquePointer? {
    let set = hb_set_create()
    hb_face_collect_unicodes(hb_font_get_face(font), set)
    hasCoverage = true
    return set
  }

  @inline(__always) func covers(ascii: UInt8) -> Bool {
    ascii < 64 ? asciiLow >> UInt64(ascii) & 1 != 0 : asciiHigh >> UInt64(ascii & 63) & 1 != 0
  }

  /// Whether the face can show a character, its own stand-ins included: HarfBuzz makes every space out of U+0020 and U+2011 out of U+2010.
  func covers(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return covers(ascii: UInt8(truncatingIfNeeded: scalar)) }
    if hb_set_has(coverage, scalar) != 0 { return true }
    switch scalar {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return covers(ascii: 0x20)
    case 0x2011: return hb_set_has(coverage, 0x2010) != 0
    default: return false
    }
  }
}

/// OpenType feature settings.
enum OpenTypeFeature {
  /// Reads `ss01`, `-liga`, `+kern`, `cv05=2`; `nil` for anything else.
  static func parse(_ text: String) -> hb_feature_t? {
    var feature = hb_feature_t()
    guard text.utf8.count <= 32, hb_feature_from_string(text, Int32(text.utf8.count), &feature) != 0 else { return nil }
    return feature
  }

  static func make(_ tag: String, _ value: UInt32) -> hb_feature_t {
    let name = tag.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return hb_feature_t(tag: name, value: value, start: 0, end: UInt32.max)
  }
}

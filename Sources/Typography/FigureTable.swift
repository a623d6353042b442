internal import CHarfBuzz
internal import Layout

/// The glyphs and advances of figures and what stands between them, from which amounts are put together without shaping them.
///
/// A pair of characters is looked at when it is first met. It is good when HarfBuzz says that no lookup of the face looks from the one to the
/// other: then none looks further either, since it would have to look at the neighbour first. Two features are left out of that, as they look at
/// figures in many faces: kerning, which is counted pair by pair where it is nothing else (``ShapingFace/kernsByPairs``), and composition where
/// it cannot join figures (``ShapingFace/composesApart(_:)``). Everything else is left to HarfBuzz.
struct FigureTable {
  /// What amounts, counts, dates and times are written with.
  private static let characters: [UInt32] =
    Array(0x30...0x39) + [0x20, 0x24, 0x25, 0x27, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0xA0, 0xA3, 0x202F, 0x20AC, 0x2212]
  private static let count = characters.count
  private static let space = characters.firstIndex(of: 0x20) ?? -1
  private static let ascii: [Int8] = (0..<128).map { code in Int8(characters.firstIndex(of: UInt32(code)) ?? -1) }

  private struct Single {
    var id: UInt32
    var advance: Int32
  }

  private struct Pair {
    enum State { case notMet, apart, together }
    var state = State.notMet
    /// What the first glyph's advance has more.
    var kerning: Int32 = 0
    /// Whether text cannot be parted between them.
    var isUnsafe = false
  }

  /// Each character by itself; `nil` for one that is not a single glyph at its origin. Empty where the face is not for this.
  private var singles: [Single?] = []
  private var pairs: [Pair] = []
  private let setting: Shaper.Setting
  private let plainFeatures: [hb_feature_t]

  init(_ setting: Shaper.Setting, _ shaper: Shaper) {
    self.setting = setting
    plainFeatures = setting.style.features + ["kern", "ccmp"].map { OpenTypeFeature.make($0, 0) }
    guard !setting.isRightToLeft, setting.face.kernsByPairs else { return }
    var glyphs: Set<UInt32> = []
    let found = FigureTable.characters.map { scalar -> Single? in
      var nominal: hb_codepoint_t = 0
      let shaped = shape([scalar], setting.style.features, shaper)
      guard hb_font_get_nominal_glyph(setting.face.font, scalar, &nominal) != 0, shaped.count == 1, let glyph = shaped.first?.glyph,
        glyph.id != 0, glyph.x == 0, glyph.y == 0
      else { return nil }
      glyphs.formUnion([nominal, glyph.id])
      return Single(id: glyph.id, advance: glyph.advance)
    }
    guard setting.face.composesApart(glyphs) else { return }
    singles = found
    pairs = [Pair](repeating: Pair(), count: found.count * found.count)
  }

  /// Appends the glyphs of `text`, their clusters counted from `start`; false, and nothing that counts, where the text is not for the table.
  /// - Parameter isBehindSpace: Whether a space stands before the text, which must have no say in it.
  mutating func append(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int, isBehindSpace: Bool, to glyphs: inout [ShapedText.Glyph], _ shaper: Shaper
  ) -> Bool {
    guard !singles.isEmpty else { return false }
    var last = isBehindSpace ? FigureTable.space : -1
    var offset = 0
    while offset < text.count {
      // Nearly all are ASCII: nothing is called for those.
      let (scalar, length) = text[offset] < 0x80 ? (UInt32(text[offset]), 1) : SpanScan.decode(text, at: offset)
      guard let place = FigureTable.place(of: scalar), let single = singles[place] else { return false }
      var isUnsafe = false
      if last >= 0 {
        let pair = pair(last, place, shaper)
        guard pair.state == .apart else { return false }
        if offset > 0 {
          glyphs[glyphs.count - 1].advance += pair.kerning
          isUnsafe = pair.isUnsafe
        } else if pair.kerning != 0 {
          return false
        }
      }
      glyphs.append(
        ShapedText.Glyph(id: single.id, cluster: UInt32(start + offset), advance: single.advance, x: 0, y: 0, isUnsafe: isUnsafe))
      last = place
      offset += length
    }
    return true
  }

  @inline(__always) private static func place(of scalar: UInt32) -> Int? {
    if scalar < 0x80 {
      let place = ascii[Int(scalar)]
      return place < 0 ? nil : Int(place)
    }
    return characters.firstIndex(of: scalar)
  }

  @inline(__always) private mutating func pair(_ first: Int, _ second: Int, _ shaper: Shaper) -> Pair {
    let place = first * FigureTable.count + second
    if pairs[place].state == .notMet { pairs[place] = makePair(first, second, shaper) }
    return pairs[place]
  }

  private mutating func makePair(_ first: Int, _ second: Int, _ shaper: Shaper) -> Pair {
    guard let a = singles[first], let b = singles[second] else { return Pair(state: .together) }
    let text = [FigureTable.characters[first], FigureTable.characters[second]]
    let plain = shape(text, plainFeatures, shaper)
    let kerned = shape(text, setting.style.features, shaper)
    for glyphs in [plain, kerned] {
      guard glyphs.count == 2, glyphs[0].glyph.id == a.id, glyphs[1].glyph.id == b.id, glyphs[1].glyph.advance == b.advance,
        glyphs.allSatisfy({ $0.glyph.x == 0 && $0.glyph.y == 0 })
      else { return Pair(state: .together) }
    }
    guard plain[0].glyph.advance == a.advance, !plain[1].isJoined else { return Pair(state: .together) }
    return Pair(state: .apart, kerning: kerned[0].glyph.advance - a.advance, isUnsafe: kerned[1].glyph.isUnsafe)
  }

  private func shape(
    _ scalars: [UInt32], _ features: [hb_feature_t], _ shaper: Shaper
  ) -> [(glyph: ShapedText.Glyph, isJoined: Bool)] {
    var text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
    var result: [(glyph: ShapedText.Glyph, isJoined: Bool)] = []
    text.withUTF8 { shaper.shapeTellingJoins($0, setting, features: features) { result.append(($0, $1)) } }
    return result
  }
}

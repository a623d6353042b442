internal import CHarfBuzz
internal import Layout

extension KeyBytes {
  /// Appends what decides the glyphs of a text besides the text itself.
  func append(_ setting: Shaper.Setting) {
    append(setting.style.shapingIndex)
    append(UInt32(truncatingIfNeeded: setting.face.id.index))
    append(setting.script.rawValue)
    append(setting.language.index)
    append(UInt8(setting.isRightToLeft ? 1 : 0))
  }
}

/// Calls HarfBuzz. One buffer, used over and over.
final class Shaper {
  /// What decides the glyphs of a text besides the text itself.
  struct Setting {
    var face: ShapingFace
    var style: SetterStyle
    var language: SetterLanguage
    var script: hb_script_t
    var isRightToLeft = false
  }

  private let buffer: OpaquePointer?
  /// No text, no glyphs.
  let empty = ShapedText(glyphs: [], isRightToLeft: false, byteCount: 0)
  /// How many stretches have been shaped, for measurements.
  private(set) var count = 0

  init() {
    buffer = hb_buffer_create()
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES)
  }

  deinit { hb_buffer_destroy(buffer) }

  /// Shapes `text` by itself: what stands beside it has no influence.
  func shape(_ text: UnsafeBufferPointer<UInt8>, _ setting: Setting) -> ShapedText {
    let glyphs = run(text, setting, setting.style.features) { infos, positions in
      [ShapedText.Glyph](unsafeUninitializedCapacity: infos.count) { glyphs, filled in
        for index in infos.indices {
          (glyphs.baseAddress.unsafelyUnwrapped + index).initialize(to: Shaper.glyph(infos[index], positions[index], setting.face))
        }
        filled = infos.count
      }
    }
    return ShapedText(glyphs: glyphs, isRightToLeft: setting.isRightToLeft, byteCount: text.count)
  }

  /// Shapes `text` and hands each glyph to `body`, and whether what stands on one side of its cluster's beginning may have a say in the other
  /// side (HarfBuzz's flag `UNSAFE_TO_CONCAT`: some lookup of the face looked across it, whether it found what it looked for or not).
  func shapeTellingJoins(
    _ text: UnsafeBufferPointer<UInt8>, _ setting: Setting, features: [hb_feature_t], _ body: (ShapedText.Glyph, _ isJoined: Bool) -> Void
  ) {
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_PRODUCE_UNSAFE_TO_CONCAT)
    run(text, setting, features) { infos, positions in
      for index in infos.indices {
        let isJoined = infos[index].mask & HB_GLYPH_FLAG_UNSAFE_TO_CONCAT.rawValue != 0
        body(Shaper.glyph(infos[index], positions[index], setting.face), isJoined)
      }
    }
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_DEFAULT)
  }

  private func run<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ setting: Setting, _ features: [hb_feature_t],
    _ body: (UnsafeBufferPointer<hb_glyph_info_t>, UnsafeBufferPointer<hb_glyph_position_t>) -> Result
  ) -> Result {
    count += 1
    hb_buffer_clear_contents(buffer)
    hb_buffer_set_direction(buffer, setting.isRightToLeft ? HB_DIRECTION_RTL : HB_DIRECTION_LTR)
    hb_buffer_set_script(buffer, setting.script)
    hb_buffer_set_language(buffer, setting.language.harfBuzz)
    text.withMemoryRebound(to: CChar.self) {
      hb_buffer_add_utf8(buffer, $0.baseAddress, Int32($0.count), 0, Int32($0.count))
    }
    features.withUnsafeBufferPointer { hb_shape(setting.face.font, buffer, $0.baseAddress, UInt32($0.count)) }
    var (infoCount, positionCount) = (UInt32(0), UInt32(0))
    let infos = hb_buffer_get_glyph_infos(buffer, &infoCount)
    let positions = hb_buffer_get_glyph_positions(buffer, &positionCount)
    let count = infos == nil || positions == nil ? 0 : Int(min(infoCount, positionCount))
    return body(UnsafeBufferPointer(start: infos, count: count), UnsafeBufferPointer(start: positions, count: count))
  }

  @inline(__always) private static func glyph(
    _ info: hb_glyph_info_t, _ position: hb_glyph_position_t, _ face: ShapingFace
  ) -> ShapedText.Glyph {
    ShapedText.Glyph(
      id: info.codepoint, cluster: info.cluster,
      advance: info.codepoint == 0 && !face.drawsMissingGlyphs ? face.missingWidth : position.x_advance, x: position.x_offset,
      y: position.y_offset, isUnsafe: info.mask & HB_GLYPH_FLAG_UNSAFE_TO_BREAK.rawValue != 0)
  }
}

internal import CHarfBuzz

extension ShapingFace {
  /// Whether any script or language of the face has the feature, for substitution or positioning.
  func hasFeature(_ tag: hb_tag_t) -> Bool {
    guard let face = hb_font_get_face(font) else { return false }
    return [ShapingFace.substitution, ShapingFace.positioning].contains { table in
      var start: UInt32 = 0
      while true {
        var tags = [hb_tag_t](repeating: 0, count: 64)
        var count = UInt32(tags.count)
        let total = hb_ot_layout_table_get_feature_tags(face, table, start, &count, &tags)
        if tags.prefix(Int(count)).contains(tag) { return true }
        start += count
        if count == 0 || start >= total { return false }
      }
    }
  }

  /// The tags of the tables GSUB and GPOS.
  private static let substitution: hb_tag_t = 0x4753_5542
  private static let positioning: hb_tag_t = 0x4750_4F53
}

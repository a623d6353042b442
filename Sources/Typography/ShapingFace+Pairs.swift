internal import CHarfBuzz

// What a face's layout tables say of pairs of glyphs (OpenType 1.9, GSUB and GPOS).
extension ShapingFace {
  /// Whether kerning is nothing but the distance of two glyphs that follow one another, each pair by itself: the face's `kern` lookups are all
  /// pair adjustments that move the first glyph only, and it has no kerning by other means (tables `kern`, `kerx`, `morx`).
  func findKernsByPairs() -> Bool {
    guard let face = hb_font_get_face(font) else { return false }
    for tag in ["kern", "kerx", "morx", "mort"] where LayoutTable(face, tag).count > 0 { return false }
    let table = LayoutTable(face, "GPOS")
    // A face that does not kern at all does not kern otherwise.
    return table.count == 0 || table.lookups(of: "kern", face).allSatisfy { table.isOfPairs(lookup: $0) }
  }

  /// Whether composition (feature `ccmp`) never joins two of those glyphs: its lookups do not begin with them, or are ligatures that go on
  /// with others.
  func composesApart(_ glyphs: Set<UInt32>) -> Bool {
    guard let face = hb_font_get_face(font) else { return false }
    let table = LayoutTable(face, "GSUB")
    guard table.count > 0 else { return true }
    return table.lookups(of: "ccmp", face).allSatisfy { lookup in
      let (before, input, after, output) = (hb_set_create(), hb_set_create(), hb_set_create(), hb_set_create())
      defer { for set in [before, input, after, output] { hb_set_destroy(set) } }
      hb_ot_layout_lookup_collect_glyphs(face, LayoutTable.tag("GSUB"), UInt32(lookup), before, input, after, output)
      return !glyphs.contains { hb_set_has(input, $0) != 0 } || table.isOfLigatures(lookup: lookup, apart: glyphs)
    }
  }
}

/// The bytes of one layout table of a face; reading beyond its end gives nothing.
private struct LayoutTable: ~Copyable {
  private let blob: OpaquePointer?
  private let bytes: UnsafeRawBufferPointer
  private let name: String

  init(_ face: OpaquePointer, _ name: String) {
    self.name = name
    blob = hb_face_reference_table(face, LayoutTable.tag(name))
    var length = UInt32(0)
    let data = hb_blob_get_data(blob, &length)
    bytes = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : Int(length))
  }

  deinit { hb_blob_destroy(blob) }

  var count: Int { bytes.count }

  static func tag(_ name: String) -> hb_tag_t { name.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

  /// The numbers of a feature's lookups, in any script and language.
  func lookups(of feature: String, _ face: OpaquePointer) -> [Int] {
    let set = hb_set_create()
    defer { hb_set_destroy(set) }
    var features: [hb_tag_t] = [LayoutTable.tag(feature), 0]
    hb_ot_layout_collect_lookups(face, LayoutTable.tag(name), nil, nil, &features, set)
    var (found, lookup) = ([Int](), hb_codepoint_t.max)
    while hb_set_next(set, &lookup) != 0 { found.append(Int(lookup)) }
    return found
  }

  private func number(at place: Int) -> Int? {
    guard place >= 0, place + 2 <= bytes.count else { return nil }
    return Int(bytes[place]) << 8 | Int(bytes[place + 1])
  }

  /// The numbers in `count` places that follow one another.
  private func numbers(at place: Int, _ count: Int) -> [Int]? {
    guard place >= 0, place + 2 * count <= bytes.count else { return nil }
    return (0..<count).compactMap { number(at: place + 2 * $0) }
  }

  /// Where the subtables of a lookup begin; `nil` where not all of them are of that type, looked at through extensions.
  private func subtables(of lookup: Int, type wanted: Int, extension isExtended: Int) -> [Int]? {
    guard let list = number(at: 8), let count = number(at: list), lookup < count, let offset = number(at: list + 2 + 2 * lookup) else {
      return nil
    }
    let start = list + offset
    guard let type = number(at: start), let parts = number(at: start + 4), let ways = numbers(at: start + 6, parts) else { return nil }
    var places: [Int] = []
    for way in ways {
      var place = start + way
      if type == isExtended {
        // The type and, four bytes long, the way to what is extended.
        guard number(at: place + 2) == wanted, let high = number(at: place + 4), let low = number(at: place + 6) else { return nil }
        place += high << 16 | low
      } else if type != wanted {
        return nil
      }
      places.append(place)
    }
    return places
  }

  /// Whether the lookup of that number adjusts pairs (GPOS type 2), and of each pair only the first glyph.
  func isOfPairs(lookup: Int) -> Bool {
    guard let subtables = subtables(of: lookup, type: 2, extension: 9) else { return false }
    return subtables.allSatisfy { number(at: $0 + 6) == 0 }
  }

  /// Whether the lookup of that number makes ligatures (GSUB type 4), none of which goes on from one of the glyphs with another of them.
  func isOfLigatures(lookup: Int, apart glyphs: Set<UInt32>) -> Bool {
    guard let subtables = subtables(of: lookup, type: 4, extension: 7) else { return false }
    return subtables.allSatisfy { start in
      guard let way = number(at: start + 2), let first = coverage(at: start + way), let sets = number(at: start + 4), sets == first.count,
        let ways = numbers(at: start + 6, sets)
      else { return false }
      return zip(first, ways).allSatisfy { glyph, way in
        guard glyphs.contains(UInt32(glyph)) else { return true }
        guard let count = number(at: start + way), let ligatures = numbers(at: start + way + 2, count) else { return false }
        return ligatures.allSatisfy { ligature in
          let place = start + way + ligature
          guard let parts = number(at: place + 2), parts > 1, let second = number(at: place + 4) else { return false }
          return !glyphs.contains(UInt32(second))
        }
      }
    }
  }

  /// The glyphs of a coverage table, in its order.
  private func coverage(at start: Int) -> [Int]? {
    guard let format = number(at: start), let count = number(at: start + 2) else { return nil }
    switch format {
    case 1: return numbers(at: start + 4, count)
    case 2:
      guard let numbers = numbers(at: start + 4, 3 * count) else { return nil }
      var glyphs: [Int] = []
      for index in 0..<count {
        let (first, last) = (numbers[3 * index], numbers[3 * index + 1])
        // Ranges of a sound table do not overlap, and there are no more glyphs than numbers of two bytes.
        guard first <= last, glyphs.count + last - first <= Int(UInt16.max) else { return nil }
        glyphs += first...last
      }
      return glyphs
    default: return nil
    }
  }
}

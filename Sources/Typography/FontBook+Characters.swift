internal import CHarfBuzz
public import Diagnostics
public import Layout

extension FontBook {
  /// Characters a face has glyphs for, in rising order: those of ASCII first, then others spread evenly over all it has.
  ///
  /// - Parameter count: The most of those beyond ASCII.
  /// - Throws: `not-a-font` where the file has gone or changed since the book was opened.
  public func characters(of id: FontID, count: Int) throws(Diagnostic) -> String {
    let face = try shapingFace(id.index)
    var text = String.UnicodeScalarView()
    for byte in UInt8(0x20)...0x7E where face.covers(ascii: byte) { text.append(Unicode.Scalar(byte)) }
    let covered = hb_set_create()
    defer { hb_set_destroy(covered) }
    hb_face_collect_unicodes(hb_font_get_face(face.font), covered)
    let step = max(1, Int(hb_set_get_population(covered)) / max(1, count))
    var (value, place, left) = (hb_codepoint_t(0x7F), 0, count)
    while left > 0, hb_set_next(covered, &value) != 0 {
      place += 1
      guard place % step == 0, let scalar = Unicode.Scalar(value) else { continue }
      text.append(scalar)
      left -= 1
    }
    return String(text)
  }
}

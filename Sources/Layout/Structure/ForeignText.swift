/// Text within a paragraph that is plainly in another language: in letters that the paragraph's own language is not written in.
///
/// Latin letters are at home everywhere, as units, codes and names. The language of foreign letters is the likeliest for their script (CLDR,
/// likely subtags), since nothing else is known of it.
enum ForeignText {
  private struct Script {
    let letters: [ClosedRange<UInt32>]
    /// The likeliest language.
    let language: String
    /// All languages that are written in it, as far as letters of it are no surprise there.
    let home: Set<String>
    init(_ language: String, _ home: String, _ letters: ClosedRange<UInt32>...) {
      (self.language, self.letters) = (language, letters)
      self.home = Set((language + " " + home).split(separator: " ").map(String.init))
    }
  }

  private static let scripts: [Script] = [
    Script("el", "", 0x370...0x3FF, 0x1F00...0x1FFF),
    Script("ru", "uk bg sr mk be kk ky mn tg bs cnr ab av ba ce cv os tt uz az", 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF),
    Script("hy", "", 0x531...0x58F),
    Script("he", "yi", 0x591...0x5F4, 0xFB1D...0xFB4F),
    Script("ar", "fa ur ps ckb sd ug ku az pa ks ms", 0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFC),
    Script("hi", "mr ne sa kok mai bho doi brx", 0x900...0x963, 0x966...0x97F),
    Script("bn", "as", 0x980...0x9FF),
    Script("pa", "", 0xA00...0xA7F),
    Script("gu", "", 0xA80...0xAFF),
    Script("or", "", 0xB00...0xB7F),
    Script("ta", "", 0xB80...0xBFF),
    Script("te", "", 0xC00...0xC7F),
    Script("kn", "", 0xC80...0xCFF),
    Script("ml", "", 0xD00...0xD7F),
    Script("si", "", 0xD80...0xDFF),
    Script("th", "", 0xE01...0xE3A, 0xE40...0xE5B),
    Script("lo", "", 0xE80...0xEFF),
    Script("my", "", 0x1000...0x109F),
    Script("ka", "", 0x10A0...0x10FF, 0x1C90...0x1CBF),
    Script("am", "ti", 0x1200...0x137F),
    Script("km", "", 0x1780...0x17FF),
    Script("ko", "", 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3),
    Script("ja", "", 0x3041...0x30FF, 0x31F0...0x31FF),
    Script("zh", "ja ko yue", 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF),
  ]

  /// The text's parts in order, each with its language, `nil` for the paragraph's own; `nil` where all of it is in that.
  ///
  /// Signs and digits between two foreign words are part of the quotation, and so is white space at its end. Complexity: O(bytes).
  static func parts(of text: String, in language: String) -> [(bytes: Range<Int>, language: String?)]? {
    // U+0370 is the first letter of a script told apart here; two bytes from 0xCD on.
    guard text.utf8.contains(where: { $0 >= 0xCD }) else { return nil }
    let own = String(language.prefix { $0 != "-" })
    var parts: [(bytes: Range<Int>, language: String?)] = []
    var current: String?
    /// Behind the last letter of the part that is open.
    var (start, letterEnd, offset) = (0, 0, 0)
    func close(at end: Int, _ parts: inout [(bytes: Range<Int>, language: String?)]) {
      if end > start { parts.append((start..<end, current)) }
    }
    for scalar in text.unicodeScalars {
      let next = offset + UTF8.width(scalar)
      if let script = script(of: scalar) {
        let found = script.home.contains(own) ? nil : script.language
        if found != current {
          // What stands between two languages is the paragraph's.
          let end = current == nil ? offset : letterEnd
          close(at: end, &parts)
          start = end
          if found != nil, end < offset {
            parts.append((end..<offset, nil))
            start = offset
          }
          current = found
        }
        letterEnd = next
      } else if isLatin(scalar) {
        if current != nil {
          close(at: letterEnd, &parts)
          (start, current) = (letterEnd, nil)
        }
        letterEnd = next
      }
      offset = next
    }
    if current != nil, letterEnd < offset, !text.utf8.suffix(offset - letterEnd).allSatisfy({ $0 == 0x20 }) {
      close(at: letterEnd, &parts)
      (start, current) = (letterEnd, nil)
    }
    close(at: offset, &parts)
    return parts.contains { $0.language != nil } ? parts : nil
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x370 || (0x1E00...0x1EFF).contains(scalar.value)) && scalar.properties.isAlphabetic
  }

  private static func script(of scalar: Unicode.Scalar) -> Script? {
    guard scalar.value >= 0x370 else { return nil }
    return scripts.first { $0.letters.contains { $0.contains(scalar.value) } }
  }
}

/// The longest stretch of a text that no line can be broken in.
///
/// After the line breaking of Unicode (UAX 14), as far as bills need it: lines break at white space, behind hyphens, dashes and slashes
/// unless a digit follows, and around ideographs, kana and syllables. Scripts that are broken by a dictionary count as broken everywhere.
enum LongestWord {
  /// The longest by its characters, the first of several; `nil` for a text without any.
  static func find(in text: String) -> String? {
    var longest: (count: Int, word: Substring)?
    func look(_ word: Substring) {
      if word.utf8.count > longest?.count ?? 0, word.count > longest?.count ?? 0 { longest = (word.count, word) }
    }
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var at = start
    while at < scalars.endIndex {
      let after = scalars.index(after: at)
      switch kind(scalars[at].value) {
      case .gap:
        look(text[start..<at])
        start = after
      case .lone:
        look(text[start..<at])
        look(text[at..<after])
        start = after
      case .hyphen:
        let isBeforeDigit = after < scalars.endIndex && ("0"..."9").contains(scalars[after])
        if !isBeforeDigit {
          look(text[start..<after])
          start = after
        }
      case .letter: break
      }
      at = after
    }
    look(text[start...])
    return longest.map { String($0.word) }
  }

  private enum Kind { case letter, gap, hyphen, lone }

  private static func kind(_ value: UInt32) -> Kind {
    switch value {
    case 0x20, 0x09, 0x1680, 0x2000...0x2006, 0x2008...0x200B, 0x205F, 0x3000, 0xAD: .gap
    case 0x2D, 0x2F, 0x2010, 0x2012...0x2014: .hyphen
    // Thai and Lao, Burmese, Khmer: dictionaries. Then ideographs, kana, hangul and full-width forms.
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0xA4CF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFFEF, 0x20000...0x3FFFF:
      .lone
    default: .letter
    }
  }
}

/// In which order the families of a book are asked for a character that a style's own stack lacks.
///
/// A layout's own families come first, then those of the folders that were named, one folder after the other, then those of `Fonts/`. Within a
/// folder the families that come with the program stand in the order of the list in `Fonts/README.md`; then all others by name, those with serifs
/// and those of even width last, since bills are set in neither.
enum FallbackOrder {
  /// The families of `Fonts/`, as its `README.md` lists them; a test holds the two together.
  static let stock = [
    "Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Devanagari",
    "Noto Sans Thai", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "Noto Emoji", "OCR B",
  ]

  /// Where one character is drawn as another region's readers know it: faces for Chinese, Japanese and Korean come in several versions, which
  /// their names tell by two letters at the end.
  enum Region: CaseIterable {
    case mainland, taiwan, hongKong, japan, korea

    /// The region of a language; `nil` for one that is written without Han characters.
    init?(language tag: String) {
      let parts = tag.lowercased().split(separator: "-")
      switch parts.first {
      case "ja": self = .japan
      case "ko": self = .korea
      case "zh", "yue", "wuu", "nan", "hak":
        if parts.contains("hk") || parts.contains("mo") {
          self = .hongKong
        } else if parts.contains("tw") || parts.contains("hant") {
          self = .taiwan
        } else if parts.first == "yue", !parts.contains("hans") {
          self = .hongKong
        } else {
          self = .mainland
        }
      default: return nil
      }
    }

    /// The ends of names, the best first.
    var suffixes: [String] {
      switch self {
      case .mainland: ["SC", "TC", "HK", "JP", "KR"]
      case .taiwan: ["TC", "HK", "SC", "JP", "KR"]
      case .hongKong: ["HK", "TC", "SC", "JP", "KR"]
      case .japan: ["JP", "SC", "TC", "HK", "KR"]
      case .korea: ["KR", "JP", "SC", "TC", "HK"]
      }
    }
  }

  /// The families in the order they are asked in.
  ///
  /// - Parameter families: Each with the rank of its folder, the least asked first.
  static func sorted(_ families: [(name: String, rank: Int)], for region: Region) -> [String] {
    let places = Dictionary(uniqueKeysWithValues: stock.enumerated().map { ($1.lowercased(), $0) })
    let keyed = families.map { family in
      let (base, suffix) = parts(of: family.name)
      return Key(
        rank: family.rank, place: places[family.name.lowercased()] ?? stock.count, kind: kind(of: family.name), base: base,
        version: suffix.flatMap(region.suffixes.firstIndex(of:)) ?? region.suffixes.count, name: family.name)
    }
    return keyed.sorted().map(\.name)
  }

  private struct Key: Comparable {
    var rank: Int
    var place: Int
    var kind: Int
    var base: String
    var version: Int
    var name: String

    static func < (a: Key, b: Key) -> Bool {
      if (a.rank, a.place, a.kind) != (b.rank, b.place, b.kind) { return (a.rank, a.place, a.kind) < (b.rank, b.place, b.kind) }
      return (a.base, a.version, a.name) < (b.base, b.version, b.name)
    }
  }

  private static func kind(_ words: Set<Substring>) -> Int { words.contains("Mono") ? 2 : words.contains("Serif") ? 1 : 0 }
  private static func kind(of name: String) -> Int { kind(Set(name.split(separator: " "))) }

  /// A name and the region it ends with, such as `Noto Sans CJK` and `JP`.
  private static func parts(of name: String) -> (base: String, suffix: String?) {
    guard let space = name.lastIndex(of: " ") else { return (name, nil) }
    let last = String(name[name.index(after: space)...])
    return Region.mainland.suffixes.contains(last) ? (String(name[..<space]), last) : (name, nil)
  }
}

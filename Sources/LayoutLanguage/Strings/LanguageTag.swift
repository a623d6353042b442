/// Language tags after BCP 47 (RFC 5646), as far as file names and lookup need them.
enum LanguageTag {
  /// The tag in canonical case (`es-MX`, `sr-Latn-RS`); `nil` where the text is not a well-formed tag of language, script, region and
  /// variants.
  static func canonical(_ text: String) -> String? {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    guard let language = parts.first, (2...3).contains(language.utf8.count), isLetters(language) else { return nil }
    var result = [language.lowercased()]
    var rest = parts.dropFirst()
    if let script = rest.first, script.utf8.count == 4, isLetters(script) {
      result.append(script.prefix(1).uppercased() + script.dropFirst().lowercased())
      rest.removeFirst()
    }
    if let region = rest.first,
      (region.utf8.count == 2 && isLetters(region)) || (region.utf8.count == 3 && region.utf8.allSatisfy(Lexer.isDigit))
    {
      result.append(region.uppercased())
      rest.removeFirst()
    }
    for variant in rest {
      let startsWithDigit = variant.utf8.first.map(Lexer.isDigit) ?? false
      guard (5...8).contains(variant.utf8.count) || (variant.utf8.count == 4 && startsWithDigit),
        variant.utf8.allSatisfy({ Lexer.isNamePart($0) && $0 != UInt8(ascii: "_") })
      else { return nil }
      result.append(variant.lowercased())
    }
    return result.joined(separator: "-")
  }

  private static func isLetters(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
  }

  /// The index of the first of `offered` that the tag finds by RFC 4647 lookup: itself, else itself shortened from the right.
  static func lookup(_ tag: String, among offered: [String]) -> Int? {
    var wanted = canonical(tag) ?? tag
    while true {
      if let index = offered.firstIndex(where: { $0.utf8.elementsEqual(wanted.utf8) }) { return index }
      guard let dash = wanted.utf8.lastIndex(of: UInt8(ascii: "-")) else { return nil }
      wanted = String(wanted[..<dash])
      // A single letter or digit left at the end introduces what has just been cut off.
      if let before = wanted.utf8.lastIndex(of: UInt8(ascii: "-")), wanted.utf8.distance(from: before, to: wanted.utf8.endIndex) == 2 {
        wanted = String(wanted[..<before])
      }
    }
  }
}

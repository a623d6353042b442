internal import Encodings

/// The text of a header field in ASCII and in lines, as RFC 5322 and RFC 2047 have it: what GMime is given ready-made, since encoded words of its
/// own grow past their bound where a text has no spaces.
enum HeaderText {
  /// Characters of a line, without its end (RFC 5322, 2.1.1: should be no more).
  ///
  /// - Stops: nothing; the form of a message.
  private static let line = 78
  /// Bytes of text in one encoded word: 60 characters of base64 and 12 of marks are within the 75 that RFC 2047 allows.
  ///
  /// - Stops: encoded words that readers leave as they are.
  private static let word = 45
  /// Bytes of a quoted string in one line: with its marks and escapes below the 998 characters that a line never passes.
  ///
  /// - Stops: a line that servers cut in two.
  private static let quotedLimit = 480

  /// The display name and address of a mailbox, ready for a field.
  ///
  /// - Parameter offset: Characters that stand before it in its first line.
  static func mailbox(_ name: String?, address: String, offset: Int) -> String {
    let name = plain(name ?? "")
    guard !name.isEmpty else { return fold([address], offset: offset) }
    return fold(phrase(name) + ["<\(address)>"], offset: offset)
  }

  /// Words that a person reads, ready for a field without a structure, such as the subject.
  static func unstructured(_ text: String, offset: Int) -> String {
    let text = plain(text)
    guard needsEncoding(text) else { return fold(text.split(separator: " ").map(String.init), offset: offset) }
    return fold(encodedWords(text), offset: offset)
  }

  /// A text in one line: line ends, other control characters and spaces of other widths become spaces, of which no two stand side by side.
  static func plain(_ text: String) -> String {
    text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
      .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  /// Whether it cannot stand as it is: for its letters, for a word longer than a line, or since it would be taken for an encoded word.
  private static func needsEncoding(_ text: String) -> Bool {
    text.utf8.contains { $0 >= 0x80 } || text.contains("=?") || text.split(separator: " ").contains { $0.utf8.count > line - 2 }
  }

  /// A display name: atoms, a quoted string where it has other marks, encoded words where it has other letters.
  private static func phrase(_ name: String) -> [String] {
    if name.utf8.contains(where: { $0 >= 0x80 }) || name.contains("=?") { return encodedWords(name) }
    let words = name.split(separator: " ").map(String.init)
    if words.allSatisfy({ $0.utf8.count <= line - 4 }) {
      return words.allSatisfy { $0.utf8.allSatisfy(isAtomText) } ? words : quotedWords(words)
    }
    // A word longer than a line: a quoted string may be as long as a line must never be, and any reader knows it whole.
    return name.utf8.count <= quotedLimit ? [quotedWords(words).joined(separator: " ")] : encodedWords(name)
  }

  /// A quoted string that may be folded at its spaces.
  private static func quotedWords(_ words: [String]) -> [String] {
    var parts = words.map { $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
    parts[0] = "\"" + parts[0]
    parts[parts.count - 1] += "\""
    return parts
  }

  /// Encoded words of whole characters; white space between two of them is none of the text.
  private static func encodedWords(_ text: String) -> [String] {
    var (words, part): ([String], [UInt8]) = ([], [])
    func flush() {
      if !part.isEmpty { words.append("=?UTF-8?B?\(String(decoding: Base64.encoded(part), as: UTF8.self))?=") }
      part = []
    }
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if part.count + bytes.count > word { flush() }
      part += bytes
    }
    flush()
    return words
  }

  /// Parts in lines, each parted from the next by a space or a line end with a space.
  private static func fold(_ parts: [String], offset: Int) -> String {
    var (text, width) = ("", offset)
    for (index, part) in parts.enumerated() {
      if index > 0, width + 1 + part.utf8.count > line {
        text += "\n"
        width = 0
      }
      if index > 0 {
        text += " "
        width += 1
      }
      text += part
      width += part.utf8.count
    }
    return text
  }

  private static func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }
}

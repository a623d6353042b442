internal import CICU

/// Words and sentences of a text by a language's own rules: UAX #29 with ICU's data, dictionaries of scripts without spaces included.
public enum TextBreaks {
  /// The words of a text: parts that hold a letter or a digit, in their order; the whole text where ICU fails.
  public static func words(_ text: String, language: String) -> [Substring] {
    parts(text, language, Int32(CICU_WORDS)).compactMap { $0.isWord ? $0.text : nil }
  }

  /// The sentences of a text that hold a letter or a digit, without the white space round them; the whole text where ICU fails.
  public static func sentences(_ text: String, language: String) -> [Substring] {
    parts(text, language, Int32(CICU_SENTENCES)).compactMap { part in
      guard part.text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
      var sentence = part.text
      while sentence.first?.isWhitespace == true { sentence.removeFirst() }
      while sentence.last?.isWhitespace == true { sentence.removeLast() }
      return sentence
    }
  }

  private static func parts(_ text: String, _ language: String, _ kind: Int32) -> [(text: Substring, isWord: Bool)] {
    guard !text.isEmpty else { return [] }
    var copy = text
    // There are no more parts than bytes.
    let capacity = text.utf8.count
    var ends = [Int32](repeating: 0, count: capacity)
    var isWord = [UInt8](repeating: 0, count: capacity)
    let count = copy.withUTF8 { source in
      source.withMemoryRebound(to: CChar.self) { characters in
        cicu_breaks(language, kind, characters.baseAddress, Int32(characters.count), &ends, &isWord, Int32(capacity))
      }
    }
    guard count >= 0 else { return [(text[...], true)] }
    var start = text.utf8.startIndex
    return (0..<Int(count)).map { index in
      let end = text.utf8.index(text.utf8.startIndex, offsetBy: Int(ends[index]))
      defer { start = end }
      return (text[start..<end], isWord[index] != 0)
    }
  }
}

/// Hyphenation patterns of one language, in the format of libhyphen, UTF-8 only.
final class HyphenationDictionary {
  let fileName: String
  let bytes: [UInt8]
  private let patterns: HyphenationPatterns
  private var known: [[UInt8]: [Int]] = [:]

  /// The largest pattern file read; German's, the largest in use, has 1.1 MB.
  ///
  /// - Stops: a file that is no patterns, read whole.
  static let maximumFileSize = 8 << 20
  /// Longer words are left whole: nobody writes them, and the time grows with the length.
  ///
  /// - Stops: a word of megabytes, hyphenated at each place.
  static let maximumWordLength = 100
  /// So many words are remembered, about 2 MB; a cycle's bills repeat a few thousand.
  ///
  /// - Stops: data without repeated words, all of them kept.
  private static let knownWords = 20_000
  /// Shorter words are left whole.
  static let minimumWordLength = 5

  /// Reads the patterns; `nil` where the file cannot be read or is not in UTF-8.
  init?(path: String, fileName: String) {
    guard let file = OpenedFile(path: path, limit: HyphenationDictionary.maximumFileSize), let bytes = file.bytes(at: 0, count: file.size),
      bytes.starts(with: Array("UTF-8".utf8))
    else { return nil }
    patterns = HyphenationPatterns(bytes)
    self.bytes = bytes
    self.fileName = fileName
  }

  /// The language of `hyph_de_AT.dic` as a lower-case tag; `nil` for other names.
  static func language(ofFile path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard name.hasPrefix("hyph_"), name.hasSuffix(".dic") else { return nil }
    return String(name.dropFirst(5).dropLast(4).map { $0 == "_" ? "-" : $0 }).lowercased()
  }

  /// Where a word may be parted: offsets in bytes. `word` is letters only, in lower case and with as many bytes as the text it stands for.
  ///
  /// Complexity: O(1) for a word met before, else about a tenth of a millisecond.
  func breaks(in word: [UInt8]) -> [Int] {
    let length = word.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    guard (HyphenationDictionary.minimumWordLength...HyphenationDictionary.maximumWordLength).contains(length) else { return [] }
    if let breaks = known[word] { return breaks }
    let breaks = PatternTable(patterns.file(for: word))?.breaks(in: word) ?? []
    if known.count >= HyphenationDictionary.knownWords { known.removeAll(keepingCapacity: true) }
    known[word] = breaks
    return breaks
  }
}

internal import CHyphen
internal import Glibc

/// Hyphenation patterns of one language, in the format of libhyphen, UTF-8 only.
final class HyphenationDictionary {
  let fileName: String
  let bytes: [UInt8]
  private let dictionary: OpaqueDictionary
  private typealias OpaqueDictionary = UnsafeMutablePointer<HyphenDict>

  /// The largest pattern file read; German's, the largest in use, has 1.1 MB.
  static let maximumFileSize = 8 << 20
  /// Longer words are left whole: nobody writes them, and the time grows with the length.
  static let maximumWordLength = 100
  /// Shorter words are left whole.
  static let minimumWordLength = 5

  /// Reads the patterns; `nil` where the file cannot be read or is not in UTF-8.
  init?(path: String, fileName: String) {
    guard let file = OpenedFile(path: path, limit: HyphenationDictionary.maximumFileSize), let bytes = file.bytes(at: 0, count: file.size),
      bytes.starts(with: Array("UTF-8".utf8))
    else { return nil }
    var copy = bytes
    let loaded = copy.withUnsafeMutableBytes { buffer -> OpaqueDictionary? in
      guard let base = buffer.baseAddress, let stream = fmemopen(base, buffer.count, "r") else { return nil }
      defer { fclose(stream) }
      return hnj_hyphen_load_file(stream)
    }
    guard let loaded else { return nil }
    dictionary = loaded
    self.bytes = bytes
    self.fileName = fileName
  }

  deinit { hnj_hyphen_free(dictionary) }

  /// The language of `hyph_de_AT.dic` as a lower-case tag; `nil` for other names.
  static func language(ofFile path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard name.hasPrefix("hyph_"), name.hasSuffix(".dic") else { return nil }
    return String(name.dropFirst(5).dropLast(4).map { $0 == "_" ? "-" : $0 }).lowercased()
  }

  /// Where a word may be parted: offsets in bytes. `word` is letters only, in lower case and with as many bytes as the text it stands for.
  func breaks(in word: [UInt8]) -> [Int] {
    let length = word.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    guard (HyphenationDictionary.minimumWordLength...HyphenationDictionary.maximumWordLength).contains(length) else { return [] }
    // libhyphen marks by character and wants five bytes beyond the word.
    var marks = [CChar](repeating: 0, count: word.count + 5)
    var replacements: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var positions: UnsafeMutablePointer<Int32>?
    var cuts: UnsafeMutablePointer<Int32>?
    let failed = (word + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        hnj_hyphen_hyphenate2(dictionary, chars.baseAddress, Int32(word.count), &marks, nil, &replacements, &positions, &cuts)
      }
    }
    defer {
      if let replacements {
        for index in 0..<word.count { free(replacements[index]) }
        free(replacements)
      }
      free(positions)
      free(cuts)
    }
    guard failed == 0 else { return [] }
    var result: [Int] = []
    var character = -1
    for offset in 0..<word.count where word[offset] & 0xC0 != 0x80 {
      // A mark on a character allows a break behind it; one that would change the spelling is not used.
      if character >= 0, marks[character] & 1 != 0, replacements == nil || replacements?[character] == nil { result.append(offset) }
      character += 1
    }
    return result
  }
}

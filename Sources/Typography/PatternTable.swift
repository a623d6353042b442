internal import CHyphen
internal import Glibc

/// A pattern file as libhyphen has read it.
final class PatternTable {
  private let dictionary: UnsafeMutablePointer<HyphenDict>

  /// Reads the file's bytes; `nil` where libhyphen cannot. Takes seconds for a file of tens of thousands of lines.
  init?(_ bytes: [UInt8]) {
    var copy = bytes
    let loaded = copy.withUnsafeMutableBytes { buffer -> UnsafeMutablePointer<HyphenDict>? in
      guard let base = buffer.baseAddress, let stream = fmemopen(base, buffer.count, "r") else { return nil }
      defer { fclose(stream) }
      return hnj_hyphen_load_file(stream)
    }
    guard let loaded else { return nil }
    dictionary = loaded
  }

  deinit { hnj_hyphen_free(dictionary) }

  /// Where a word may be parted: offsets in bytes.
  func breaks(in word: [UInt8]) -> [Int] {
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

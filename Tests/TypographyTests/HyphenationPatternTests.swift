import Foundation
import TestSupport
import Testing

@testable import Typography

/// Patterns picked for one word say the same as the whole file.
@Suite struct HyphenationPatternTests {
  private static let folder = Project.url("Fonts/Hyphenation")

  /// Words of the language: those its own file spells out, and all made by putting two of its patterns' letters together.
  private static func words(_ bytes: [UInt8]) -> [[UInt8]] {
    let letters = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst(40).map { line in
      line.filter { $0.isLetter && $0.isLowercase }
    }.filter { !$0.isEmpty }
    var words: [[UInt8]] = []
    for place in stride(from: 0, to: letters.count, by: max(1, letters.count / 1_500)) {
      words.append(Array(letters[place].utf8))
      words.append(Array((letters[place] + letters[(place * 7 + 13) % letters.count]).utf8))
    }
    return words
  }

  @Test(arguments: ["de", "en_US", "es", "fr", "sr", "sr_Latn"])
  func wordIsPartedAsByTheWholeFile(language: String) throws {
    let path = HyphenationPatternTests.folder.appendingPathComponent("hyph_\(language).dic").path
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let whole = try #require(PatternTable(bytes))
    let dictionary = try #require(HyphenationDictionary(path: path, fileName: "x"))
    var parted = 0
    for word in HyphenationPatternTests.words(bytes) {
      let length = String(decoding: word, as: UTF8.self).unicodeScalars.count
      guard (HyphenationDictionary.minimumWordLength...HyphenationDictionary.maximumWordLength).contains(length) else { continue }
      let breaks = dictionary.breaks(in: word)
      #expect(breaks == whole.breaks(in: word), "\(String(decoding: word, as: UTF8.self))")
      if !breaks.isEmpty { parted += 1 }
    }
    #expect(parted > 200)
  }
}

/// The white space at the beginning of the lines of a plain text, as far as it is that of the file: what all lines of an element have in common.
struct PlainGaps {
  private let common: Int
  private let isPlain: Bool

  /// Of a text whose white space is not kept.
  init() { (common, isPlain) = (0, false) }

  /// Of an element in a plain text.
  init(_ element: XMLElement) {
    var common: Int?
    for (index, child) in element.children.enumerated() {
      guard case .text(let text, _) = child else { continue }
      for start in PlainGaps.lines(of: text.bytes) {
        let gap = PlainGaps.gap(text.bytes, at: start)
        let end = start + gap
        // The line of the end tag says nothing, nor does an empty one.
        if end < text.bytes.count ? text.bytes[end] == UInt8(ascii: "\n") : index == element.children.count - 1 { continue }
        common = min(common ?? gap, gap)
      }
    }
    (self.common, isPlain) = (common ?? 0, true)
  }

  /// The text without it.
  func trimmed(_ text: SourceText) -> SourceText {
    guard isPlain, common > 0 else { return text }
    var result = text.slice(0..<0)
    var kept = 0
    for start in PlainGaps.lines(of: text.bytes) {
      if kept < start { result.append(text.slice(kept..<start)) }
      kept = start + min(common, PlainGaps.gap(text.bytes, at: start))
    }
    if kept < text.bytes.count { result.append(text.slice(kept..<text.bytes.count)) }
    return result
  }

  /// Where lines begin behind a line end.
  private static func lines(of bytes: [UInt8]) -> [Int] { bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 } }

  private static func gap(_ bytes: [UInt8], at start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    return end - start
  }
}

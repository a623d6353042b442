internal import Billing
internal import JSON

/// White space in texts of an invoice: XML pretty-printers break lines where the author did not.
enum InvoiceText {
  /// The text with every run of white space made one space, and none at its ends.
  static func collapsed(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isGap = false
    for byte in bytes {
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        isGap = true
        continue
      }
      if isGap, !result.isEmpty { result.append(0x20) }
      isGap = false
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The lines of a text, each collapsed, those over the length of a record's text cut at spaces into several; an empty one for the blank lines
  /// between two that are not.
  static func paragraphs(_ bytes: ArraySlice<UInt8>) -> [String] {
    var result: [String] = []
    var hasGap = false
    for line in lines(bytes) {
      let text = collapsed(line)
      if text.isEmpty {
        hasGap = !result.isEmpty
        continue
      }
      if hasGap { result.append("") }
      hasGap = false
      result += text.utf8.count <= RecordLimits.text ? [text] : cut(text)
    }
    return result
  }

  /// The lines of a text in one, LF between them, each collapsed; blank lines at the ends are left out, several in a row are one.
  static func prose(_ bytes: ArraySlice<UInt8>) -> String {
    let lines = lines(bytes)
    return lines.count == 1 ? collapsed(bytes) : TextCheck.joined(lines.map(collapsed))
  }

  /// The stretches between line ends: LF, CR LF, CR, NEL, LS, PS (UAX #14).
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var (start, index) = (bytes.startIndex, bytes.startIndex)
    while index < bytes.endIndex {
      let length = lineEnd(bytes[index...])
      if length > 0 {
        lines.append(bytes[start..<index])
        start = index + length
      }
      index += max(1, length)
    }
    lines.append(bytes[start...])
    return lines
  }

  /// How many bytes the line end takes with which the text begins; 0 where it begins with none.
  private static func lineEnd(_ bytes: ArraySlice<UInt8>) -> Int {
    let next = { (offset: Int) -> UInt8? in
      let index = bytes.startIndex + offset
      return index < bytes.endIndex ? bytes[index] : nil
    }
    switch bytes.first {
    case 0x0A, 0x0B, 0x0C: return 1
    case 0x0D: return next(1) == 0x0A ? 2 : 1
    case 0xC2: return next(1) == 0x85 ? 2 : 0
    case 0xE2: return next(1) == 0x80 && (next(2) == 0xA8 || next(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }

  private static func cut(_ text: String) -> [String] {
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var lastSpace: String.UnicodeScalarView.Index?
    for scalar in text.unicodeScalars {
      part.append(scalar)
      if scalar == " " { lastSpace = part.index(before: part.endIndex) }
      guard part.count >= RecordLimits.text else { continue }
      if let space = lastSpace {
        parts.append(String(part[..<space]))
        part = String.UnicodeScalarView(part[part.index(after: space)...])
      } else {
        parts.append(String(part))
        part = String.UnicodeScalarView()
      }
      lastSpace = nil
    }
    if !part.isEmpty { parts.append(String(part)) }
    return parts
  }
}

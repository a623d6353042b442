internal import Billing

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

  /// The lines of a text that are not empty, each collapsed, those over the length of a record's text cut at spaces into several.
  static func paragraphs(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).flatMap { line -> [String] in
      let text = collapsed(line)
      return text.isEmpty ? [] : text.utf8.count <= RecordLimits.text ? [text] : cut(text)
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

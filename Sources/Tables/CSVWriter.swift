/// Writes rows of CSV (RFC 4180): UTF-8, rows end in CRLF, and nothing in them is run by the spreadsheet that opens them.
///
/// Every CSV the program writes comes from here.
package struct CSVWriter: Sendable {
  /// What is written so far.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Writes a row.
  package mutating func row(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(CellText.shielded(field))
    }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }

  /// Gives away what is written so far.
  package mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func append(_ text: String) {
    let quote = UInt8(ascii: "\"")
    // In some languages spreadsheets part fields by semicolons or tabs.
    let needsQuotes = text.utf8.contains {
      [UInt8(ascii: ","), UInt8(ascii: ";"), quote, 0x09, 0x0A, 0x0D, UInt8(ascii: "'")].contains($0)
    }
    guard needsQuotes else {
      bytes += text.utf8
      return
    }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}

/// The text of a cell as a spreadsheet takes it for a text.
package enum CellText {
  /// Where a text begins with one of these, spreadsheets take it for a formula, also behind a tab or line end.
  private static let runs = Set("=+-@\t\r\n".utf8)
  private static let mark = UInt8(ascii: "'")

  /// The text with an apostrophe before it where a spreadsheet would run it, by which spreadsheets know a text.
  ///
  /// A text that has such an apostrophe already gets one more, so that ``opened(_:)`` gives every text back.
  package static func shielded(_ text: String) -> String { isRun(behindMarks: text[...].utf8) ? "'" + text : text }

  /// The text that ``shielded(_:)`` was given.
  package static func opened(_ text: String) -> String {
    guard text.utf8.first == mark, isRun(behindMarks: text.dropFirst().utf8) else { return text }
    return String(decoding: text.utf8.dropFirst(), as: UTF8.self)
  }

  private static func isRun(behindMarks text: Substring.UTF8View) -> Bool { text.first { $0 != mark }.map(runs.contains) ?? false }
}

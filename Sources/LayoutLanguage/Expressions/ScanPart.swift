/// How a value stands in a scan line.
struct ScanPart: Sendable {
  enum Form: Sendable {
    /// So many characters.
    case width(Int)
    /// The letters yyyy, yy, MM and dd in some order.
    case date([DatePart])
  }
  enum DatePart: String, Sendable, CaseIterable {
    case year = "yyyy"
    case shortYear = "yy"
    case month = "MM"
    case day = "dd"
  }
  var form: Form
  var check: CheckDigit

  /// The parts of a date's form such as `MMddyy`; `nil` where it has anything else or says nothing.
  static func dateParts(_ form: String) -> [DatePart]? {
    var parts: [DatePart] = []
    var rest = Substring(form)
    while !rest.isEmpty {
      guard parts.count < 4, let part = DatePart.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else { return nil }
      parts.append(part)
      rest = rest.dropFirst(part.rawValue.count)
    }
    return parts.isEmpty ? nil : parts
  }

  /// Signs that only group what is read by people.
  static let grouping: Set<Character> = ["-", ".", "/", " ", "\u{A0}", "\u{202F}"]
  /// Signs of OCR-B (ISO 1073-2) that may stand between the parts of a line.
  static let signs: Set<Character> = ["<", ">", "+", "#", "-", ".", "/", " "]

  static func isCounted(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

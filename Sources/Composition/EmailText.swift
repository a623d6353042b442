/// What becomes of words on their way into a message.
enum EmailText {
  /// A value as it may stand among words: control characters are taken out, and marks that turn the direction of what follows; line ends are spaces.
  static func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnwanted) else { return text }
    var result = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where isAfterReturn: break
      case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
      default: if !isUnwanted(scalar) { result.append(scalar) }
      }
      isAfterReturn = scalar.value == 0x0D
    }
    return String(result)
  }

  /// Controls (C0, C1), line and paragraph separators, embeddings, overrides and isolates, and what is no character.
  private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// The text in one line: cleaned, runs of white space one space, none at the ends.
  static func line(_ text: String) -> String {
    clean(text).split(whereSeparator: { $0 == " " }).joined(separator: " ")
  }

  /// Words of layout, strings and campaign, which keep their own line ends, and the isolates that their author has set.
  static func words(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result.append(scalar)
      case 0x09: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0: break
      default: if scalar.value & 0xFFFE != 0xFFFE { result.append(scalar) }
      }
    }
    return String(result)
  }

  /// Text as it stands in HTML, in an element or between double quotes.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27 }) else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a letter of it is written from right to left.
  static func hasRightToLeft(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      (0x590...0x8FF).contains($0.value) || (0xFB1D...0xFEFC).contains($0.value) || (0x10800...0x10FFF).contains($0.value)
        || (0x1E800...0x1EEFF).contains($0.value)
    }
  }

  /// How a value is set apart from the direction around it; `nil` where nothing could go wrong.
  enum Isolation {
    /// By its own first letter.
    case own
    case leftToRight
  }

  static func isolation(of value: String, inRightToLeft: Bool) -> Isolation? {
    if inRightToLeft { return hasRightToLeft(value) ? .own : .leftToRight }
    return SpanBuilder.isPlain(value) ? nil : .own
  }
}

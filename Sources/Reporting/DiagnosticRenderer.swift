public import Diagnostics

/// Turns findings into text for people or into JSON, one object a line, for programs.
public enum DiagnosticRenderer {
  /// The finding with file, line and column, an excerpt with a caret, and its notes; no line end after the last line.
  public static func text(_ diagnostic: Diagnostic) -> String {
    var lines: [String] = []
    let more = (diagnostic.count ?? 1) - 1
    let tail =
      "\(diagnostic.severity.rawValue): \(visible(diagnostic.message)) [\(diagnostic.id)]"
      + (more > 0 ? " and in \(more) more record\(more == 1 ? "" : "s")" : "")
    if let range = diagnostic.range {
      let (line, column) = range.file.position(of: range.bytes.lowerBound)
      lines.append("\(range.file.name):\(line):\(column): \(tail)")
      lines += excerpt(range, suggestion: diagnostic.suggestion)
      if let place = diagnostic.place { lines.append("   while reading \(text(place))") }
    } else if let place = diagnostic.place {
      lines.append("\(text(place)): \(tail)" + (diagnostic.suggestion.map { " (\($0))" } ?? ""))
    } else {
      lines.append(tail + (diagnostic.suggestion.map { " (\($0))" } ?? ""))
    }
    for note in diagnostic.notes {
      guard let range = note.range else {
        lines.append("   note: \(visible(note.message))")
        continue
      }
      let (line, column) = range.file.position(of: range.bytes.lowerBound)
      lines.append("\(range.file.name):\(line):\(column): note: \(visible(note.message))")
      lines += excerpt(range, suggestion: nil)
    }
    return lines.joined(separator: "\n")
  }

  /// The finding as one JSON object with severity, id, message, file, line, column, end_line, end_column, record, path (null where unknown),
  /// and count where equal findings are told once.
  public static func json(_ diagnostic: Diagnostic) -> String {
    var fields: [(String, String)] = [
      ("severity", quoted(diagnostic.severity.rawValue)), ("id", quoted(diagnostic.id)),
      ("message", quoted(diagnostic.message + (diagnostic.suggestion.map { " (\($0))" } ?? ""))),
    ]
    if let range = diagnostic.range {
      let start = range.file.position(of: range.bytes.lowerBound)
      let end = range.file.position(of: range.bytes.upperBound)
      fields += [
        ("file", quoted(range.file.name)), ("line", "\(start.line)"), ("column", "\(start.column)"), ("end_line", "\(end.line)"),
        ("end_column", "\(end.column)"),
      ]
    } else {
      fields.append(("file", diagnostic.place.map { quoted($0.file) } ?? "null"))
      fields += ["line", "column", "end_line", "end_column"].map { ($0, "null") }
    }
    fields.append(("record", diagnostic.place?.record.map { "\($0)" } ?? "null"))
    fields.append(("path", diagnostic.place?.path.map(quoted) ?? "null"))
    if let count = diagnostic.count { fields.append(("count", "\(count)")) }
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func text(_ place: DataPlace) -> String {
    visible(place.file) + (place.record.map { ":\($0)" } ?? "") + (place.path.map { ": \(visible($0))" } ?? "")
  }

  /// Excerpt and caret lines; a long line is cut to a window round the range.
  private static func excerpt(_ range: SourceRange, suggestion: String?) -> [String] {
    let (line, column) = range.file.position(of: range.bytes.lowerBound)
    let end = range.file.position(of: range.bytes.upperBound)
    let tabsOut = { (text: Substring) -> String in String(text.flatMap { $0 == "\t" ? Array("    ") : [$0] }) }
    let full = Substring(range.file.text(ofLine: line))
    let windowStart = column > 100 ? column - 60 : 1
    let shown = full.dropFirst(windowStart - 1).prefix(140)
    let before = tabsOut(shown.prefix(column - windowStart))
    let marked = tabsOut(shown.dropFirst(column - windowStart).prefix(end.line == line ? max(1, end.column - column) : Int.max))
    let number = String(line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
    let caret = "^" + String(repeating: "~", count: max(0, marked.count - 1))
    return [
      gutter + visible(tabsOut(shown)),
      String(repeating: " ", count: gutter.count - 2) + "| " + String(repeating: " ", count: before.count) + caret
        + (suggestion.map { " " + visible($0) } ?? ""),
    ]
  }

  /// Replaces control characters, which data could use to forge terminal output.
  static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.map { isHidden($0) ? "\\u{\(String($0.value, radix: 16, uppercase: true))}" : String($0) }.joined()
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A JSON string literal with everything below U+0020, quotes and backslashes escaped.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

public import Diagnostics

/// Turns findings into text for people or into JSON, one object a line, for programs.
public enum DiagnosticRenderer {
  /// The finding with file, line and column, an excerpt with a caret, and its notes; no line end after the last line.
  public static func text(_ diagnostic: Diagnostic) -> String {
    var lines = [headline(diagnostic)]
    if let range = diagnostic.range {
      lines += shown(excerpt(of: range), suggestion: diagnostic.suggestion)
      if let place = diagnostic.place { lines.append("   while reading \(text(place))") }
    } else if let suggestion = diagnostic.suggestion {
      lines[0] += " (\(suggestion))"
    }
    for note in diagnostic.notes {
      guard let range = note.range else {
        lines.append("   note: \(visible(note.message))")
        continue
      }
      let (line, column) = range.file.position(of: range.bytes.lowerBound)
      lines.append("\(range.file.name):\(line):\(column): note: \(visible(note.message))")
      lines += shown(excerpt(of: range), suggestion: nil)
    }
    return lines.joined(separator: "\n")
  }

  /// Findings one after the other; neighbours on one line share an excerpt with a caret each, and say behind their sentence what to write
  /// instead.
  public static func text(_ diagnostics: [Diagnostic]) -> String {
    var parts: [String] = []
    var rest = diagnostics[...]
    while let first = rest.first {
      let (group, marks) = neighbours(rest)
      rest = rest.dropFirst(max(1, group.count))
      guard group.count > 1, let line = marks.first else {
        parts.append(text(first))
        continue
      }
      parts += group.map { headline($0) + ($0.suggestion.map { " (\(visible($0)))" } ?? "") }
      parts += [gutter(line.line) + line.text, margin(line.line) + carets(marks)]
    }
    return parts.joined(separator: "\n")
  }

  /// The findings at the beginning of a list that are on one line and shown with the same part of it, and what is shown of each.
  private static func neighbours(_ list: ArraySlice<Diagnostic>) -> (ArraySlice<Diagnostic>, [SourceExcerpt]) {
    var marks: [SourceExcerpt] = []
    for finding in list {
      // What has more to show than its line stands by itself.
      guard let range = finding.range, finding.notes.isEmpty, finding.place == nil, range.file == list.first?.range?.file else { break }
      let excerpt = excerpt(of: range)
      if let first = marks.first, first.line != excerpt.line || first.text != excerpt.text { break }
      marks.append(excerpt)
    }
    return (list.prefix(marks.count), marks)
  }

  /// The carets of several places of one line; where they overlap each still begins with its own.
  private static func carets(_ marks: [SourceExcerpt]) -> String {
    var line = [Character](repeating: " ", count: marks.map { $0.start + $0.length }.max() ?? 0)
    for mark in marks { for place in mark.start..<mark.start + mark.length { line[place] = "~" } }
    for mark in marks { line[mark.start] = "^" }
    return String(line)
  }

  /// Place, severity, sentence and name.
  private static func headline(_ diagnostic: Diagnostic) -> String {
    let more = (diagnostic.count ?? 1) - 1
    let tail =
      "\(diagnostic.severity.rawValue): \(visible(diagnostic.message))\(diagnostic.rule.map { " (\(visible($0.text)))" } ?? "") [\(diagnostic.id)]"
      + (more > 0 ? " and in \(more) more record\(more == 1 ? "" : "s")" : "")
    if let range = diagnostic.range {
      let (line, column) = range.file.position(of: range.bytes.lowerBound)
      return "\(range.file.name):\(line):\(column): \(tail)"
    }
    return diagnostic.place.map { "\(text($0)): \(tail)" } ?? tail
  }

  /// The finding as one JSON object with severity, id, message, file, line, column, end_line, end_column, record, path (null where unknown),
  /// count where equal findings are told once, and rule, source, confirmed where it goes back to a rule.
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
      fields.append(("line", diagnostic.place?.line.map { "\($0)" } ?? "null"))
      fields.append(("column", diagnostic.place?.column.map { "\($0)" } ?? "null"))
      fields += ["end_line", "end_column"].map { ($0, "null") }
    }
    fields.append(("record", diagnostic.place?.record.map { "\($0)" } ?? "null"))
    fields.append(("path", diagnostic.place?.path.map(quoted) ?? "null"))
    if let count = diagnostic.count { fields.append(("count", "\(count)")) }
    if let rule = diagnostic.rule {
      fields += [("rule", quoted(rule.id)), ("source", quoted(rule.source)), ("confirmed", rule.isConfirmed ? "true" : "false")]
    }
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  /// File, record and path. In a file of XML line and column stand for the record, of which there is one: a record's number would be taken
  /// for the line.
  private static func text(_ place: DataPlace) -> String {
    var number = place.record.map { ":\($0)" } ?? ""
    if place.file.lowercased().hasSuffix(".xml"), let line = place.line, let column = place.column { number = ":\(line):\(column)" }
    return visible(place.file) + number + (place.path.map { ": \(visible($0))" } ?? "")
  }

  /// What is shown of a text at a range, without characters that could forge terminal output.
  package static func excerpt(of range: SourceRange) -> SourceExcerpt {
    var excerpt = SourceExcerpt(range)
    excerpt.text = visible(excerpt.text)
    return excerpt
  }

  /// Excerpt and caret, each a line.
  private static func shown(_ excerpt: SourceExcerpt, suggestion: String?) -> [String] {
    [
      gutter(excerpt.line) + excerpt.text,
      margin(excerpt.line) + String(repeating: " ", count: excerpt.start) + excerpt.mark + (suggestion.map { " " + visible($0) } ?? ""),
    ]
  }

  private static func gutter(_ line: Int) -> String {
    let number = String(line)
    return String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
  }

  private static func margin(_ line: Int) -> String { String(repeating: " ", count: gutter(line).count - 2) + "| " }

  /// Replaces control characters, which data could use to forge terminal output.
  package static func visible(_ text: String) -> String {
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

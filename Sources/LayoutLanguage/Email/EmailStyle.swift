package import Geometry

/// Declarations of CSS as an attribute `style` or a rule has them.
package struct EmailStyle: Sendable {
  /// One declaration.
  package struct Declaration: Sendable, Hashable {
    /// In lower case.
    package var property: String
    /// Without `!important`, white space round it taken off.
    package var value: String
    package var isImportant: Bool
  }

  package var declarations: [Declaration]

  /// Reads declarations; what has no colon is left out.
  package init(_ text: String) {
    declarations = EmailStyle.parts(text, at: ";").compactMap { part in
      guard let colon = part.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let property = part[..<colon].lowercased().trimmed
      var value = String(part[part.utf8.index(after: colon)...]).trimmed
      var isImportant = false
      if let mark = value.lastIndex(of: "!"), value[mark...].dropFirst().lowercased().trimmed == "important" {
        isImportant = true
        value = String(value[..<mark]).trimmed
      }
      guard !property.isEmpty, !value.isEmpty else { return nil }
      return Declaration(property: property, value: value, isImportant: isImportant)
    }
  }

  /// The text between separators that stand in no quotes and no brackets.
  package static func parts(_ text: String, at separator: Character) -> [String] {
    guard let separator = separator.asciiValue else { return [text] }
    var parts: [String] = []
    var quote: UInt8?
    var depth = 0
    let bytes = text.utf8
    var start = bytes.startIndex
    var at = start
    while at < bytes.endIndex {
      let byte = bytes[at]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        depth = max(0, depth - 1)
      } else if byte == separator, depth == 0 {
        parts.append(String(text[start..<at]))
        start = bytes.index(after: at)
      }
      at = bytes.index(after: at)
    }
    parts.append(String(text[start...]))
    return parts
  }

  /// The last declaration of a property that counts.
  package subscript(property: String) -> Declaration? {
    declarations.last { $0.property == property && $0.isImportant } ?? declarations.last { $0.property == property }
  }

  /// Why the text must not stand in a message; `nil` where nothing in it takes anything from elsewhere or runs.
  package static func danger(in text: String) -> String? {
    let lower = text.lowercased()
    if lower.contains("\\") { return "'\\' hides what is written in CSS" }
    if lower.contains("/*") { return "comments hide what is written in CSS" }
    for (mark, reason) in [
      ("url(", "a message takes nothing from elsewhere"), ("@import", "a message takes nothing from elsewhere"),
      ("image-set(", "a message takes nothing from elsewhere"), ("src(", "a message takes nothing from elsewhere"),
      ("@font-face", "a message takes nothing from elsewhere"),
      ("expression(", "a message runs no program"), ("javascript:", "a message runs no program"),
      ("-moz-binding", "a message runs no program"), ("behavior:", "a message runs no program"),
    ] where lower.contains(mark) {
      return "'\(mark)': \(reason)"
    }
    return nil
  }

  // MARK: Values

  /// The colour of a value; `nil` for what is none, or one that is not known here.
  package static func color(_ value: String) -> Color? {
    let word = value.trimmed.lowercased()
    if let color = Color(hex: word) { return color }
    if let hex = names[word] { return Color(hex: hex) }
    guard word.hasPrefix("rgb("), word.hasSuffix(")") else { return nil }
    let channels = word.dropFirst(4).dropLast().split(whereSeparator: { $0 == "," || $0 == " " }).compactMap { UInt8($0) }
    guard channels.count == 3 else { return nil }
    return Color(red: channels[0], green: channels[1], blue: channels[2])
  }

  private static let names: [String: String] = [
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff", "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000", "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00",
    "navy": "#000080", "blue": "#0000ff", "teal": "#008080", "aqua": "#00ffff", "orange": "#ffa500", "whitesmoke": "#f5f5f5",
    "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3", "darkgray": "#a9a9a9", "darkgrey": "#a9a9a9", "dimgray": "#696969",
    "dimgrey": "#696969",
  ]

  /// What stands behind the text: a colour, or that nothing is set; `nil` where it is neither.
  package var background: Color? {
    for name in ["background-color", "background"] {
      guard let declaration = self[name] else { continue }
      for word in EmailStyle.parts(declaration.value, at: " ") { if let color = EmailStyle.color(word) { return color } }
    }
    return nil
  }

  /// Pixels of a length: `12px`, or a number that is 0.
  package static func pixels(_ value: String) -> Double? {
    let word = value.trimmed.lowercased()
    if word == "0" { return 0 }
    guard word.hasSuffix("px") else { return nil }
    return Double(word.dropLast(2).trimmed)
  }

  /// The pixels of a length that may be a share of a type size: `1.5em`, `120%`, `12pt`.
  package static func pixels(_ value: String, of size: Double) -> Double? {
    let word = value.trimmed.lowercased()
    if let pixels = pixels(word) { return pixels }
    if word.hasSuffix("rem") { return Double(word.dropLast(3)).map { $0 * 16 } }
    if word.hasSuffix("em") { return Double(word.dropLast(2)).map { $0 * size } }
    if word.hasSuffix("%") { return Double(word.dropLast()).map { $0 / 100 * size } }
    if word.hasSuffix("pt") { return Double(word.dropLast(2)).map { $0 * 4 / 3 } }
    return nil
  }

  /// The padding above and below, in pixels.
  package var verticalPadding: Double {
    var (top, bottom) = (0.0, 0.0)
    for declaration in declarations {
      switch declaration.property {
      case "padding":
        let values = declaration.value.split(separator: " ").map { EmailStyle.pixels(String($0)) ?? 0 }
        top = values.first ?? 0
        bottom = values.count > 2 ? values[2] : top
      case "padding-top": top = EmailStyle.pixels(declaration.value) ?? 0
      case "padding-bottom": bottom = EmailStyle.pixels(declaration.value) ?? 0
      default: break
      }
    }
    return top + bottom
  }
}

extension StringProtocol {
  /// Without white space at either end.
  package var trimmed: String { String(trimmingWhiteSpace) }
}

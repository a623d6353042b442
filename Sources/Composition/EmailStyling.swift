internal import LayoutLanguage

/// What becomes of an inline style in a message: sides change places where it is read from right to left, and type grows in large print.
struct EmailStyling {
  let isRightToLeft: Bool
  let isLarge: Bool
  /// How much larger type is in large print.
  static let growth = 1.25

  /// The declarations as they are written.
  func written(_ text: String) -> String {
    EmailStyle(text).declarations.map { declaration in
      let (property, value) = changed(declaration.property, declaration.value)
      return "\(property):\(value)" + (declaration.isImportant ? " !important" : "")
    }.joined(separator: ";")
  }

  /// The value of an attribute that names a side.
  func side(_ value: String) -> String { isRightToLeft ? EmailStyling.mirrored(word: value) : value }

  private func changed(_ property: String, _ value: String) -> (String, String) {
    var (property, value) = (property, value)
    if isLarge, ["font-size", "line-height", "font"].contains(property) { value = EmailStyling.grown(value) }
    if isRightToLeft { (property, value) = EmailStyling.mirrored(property, value) }
    return (property, value)
  }

  // MARK: Large print

  /// The value with each number of pixels in it grown.
  static func grown(_ value: String) -> String {
    var result = ""
    var number = ""
    var rest = value[...]
    while let character = rest.first {
      if character.isASCII, character.isNumber || character == "." {
        number.append(character)
        rest = rest.dropFirst()
        continue
      }
      if !number.isEmpty, rest.prefix(2).lowercased() == "px", let pixels = Double(number) {
        result += text(pixels * growth)
      } else {
        result += number
      }
      number = ""
      result.append(character)
      rest = rest.dropFirst()
    }
    return result + number
  }

  private static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, part) = (hundredths / 100, hundredths % 100)
    if part == 0 { return "\(whole)" }
    return part % 10 == 0 ? "\(whole).\(part / 10)" : "\(whole).\(part < 10 ? "0" : "")\(part)"
  }

  // MARK: Right to left

  private static func mirrored(word: String) -> String {
    switch word.lowercased() {
    case "left": "right"
    case "right": "left"
    default: word
    }
  }

  private static func mirrored(_ property: String, _ value: String) -> (String, String) {
    switch property {
    case "text-align", "float", "clear", "caption-side":
      return (property, mirrored(word: value))
    // Four values go round from the top: right and left change places.
    case "padding", "margin", "border-width", "border-style", "border-color", "inset":
      let parts = EmailStyle.parts(value, at: " ").filter { !$0.isEmpty }
      return (property, parts.count == 4 ? [parts[0], parts[3], parts[2], parts[1]].joined(separator: " ") : value)
    // From the corner at the top left, round.
    case "border-radius":
      let parts = EmailStyle.parts(value, at: " ").filter { !$0.isEmpty }
      return (property, parts.count == 4 ? [parts[1], parts[0], parts[3], parts[2]].joined(separator: " ") : value)
    default:
      let names = property.split(separator: "-", omittingEmptySubsequences: false).map { mirrored(word: String($0)) }
      return (names.joined(separator: "-"), value)
    }
  }
}

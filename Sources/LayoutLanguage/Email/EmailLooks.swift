package import Diagnostics
package import Geometry

/// How words of an e-mail look at their place: what its element and those around it set inline, in light and in dark mode.
///
/// The lint of templates and the measure of a composed message walk with the same.
package struct EmailLooks: Sendable {
  /// What a mail program shows in dark mode where nothing is set.
  package static let darkCanvas = Color(red: 0x12, green: 0x12, blue: 0x12)
  /// The colour of links where none is set.
  private static let link = Color(red: 0, green: 0, blue: 0xEE)

  /// Colours in one mode; `nil` for what nothing sets.
  package struct Scheme: Sendable, Hashable {
    package var color: Color?
    package var background: Color?
  }

  package var light = Scheme()
  package var dark = Scheme()
  /// Pixels.
  package var size = 16.0
  /// Pixels; `nil` for the program's own.
  package var lineHeight: Double?
  /// A line height that is a share of whatever the size is.
  private var lineShare: Double?
  package var isHidden = false
  /// Where a colour was set last.
  package var range: SourceRange?
  /// The elements around, the innermost last.
  private var path: [EmailPlace] = []
  private let declaresDark: Bool

  package init(_ sheet: EmailSheet) { declaresDark = sheet.declaresDark }

  /// The looks inside an element.
  ///
  /// - Parameters:
  ///   - attribute: What an attribute of it says; `nil` where it has none, or one that differs from message to message.
  ///   - range: Where it is.
  package func inside(_ tag: EmailTag, _ sheet: EmailSheet, _ attribute: (EmailAttributeName) -> String?, range: SourceRange?) -> EmailLooks
  {
    var inner = self
    let style = EmailStyle(attribute(.style) ?? "")
    inner.path.append(
      EmailPlace(
        tag: tag, classes: (attribute(.class) ?? "").split(whereSeparator: \.isWhitespace).map(String.init), id: attribute(.id) ?? ""))
    inner.setSize(tag, style)
    let color = style["color"].flatMap { EmailStyle.color($0.value) }
    let isInherited = style["color"]?.value.lowercased() == "inherit"
    let background = style.background ?? attribute(.bgcolor).flatMap { EmailStyle.color($0) }
    if let color {
      (inner.light.color, inner.dark.color, inner.range) = (color, color, range)
    } else if tag == .a, !isInherited {
      (inner.light.color, inner.dark.color, inner.range) = (EmailLooks.link, EmailLooks.link, range)
    }
    if let background { (inner.light.background, inner.dark.background, inner.range) = (background, background, range) }
    if let color = sheet.value(["color"], inner.path, isInline: color != nil) { inner.dark.color = color }
    if let color = sheet.value(["background", "background-color"], inner.path, isInline: background != nil) {
      inner.dark.background = color
    }
    if style["display"]?.value.lowercased() == "none" || style["visibility"]?.value.lowercased() == "hidden"
      || style["max-height"].flatMap({ EmailStyle.pixels($0.value) }) == 0 || inner.size <= 1
    {
      inner.isHidden = true
    }
    return inner
  }

  private mutating func setSize(_ tag: EmailTag, _ style: EmailStyle) {
    switch tag {
    case .h1: size *= 2
    case .h2: size *= 1.5
    case .h3: size *= 1.17
    case .h5: size *= 0.83
    case .h6: size *= 0.67
    case .small, .sub, .sup: size *= 0.83
    default: break
    }
    let outer = EmailLooks.size(before: tag, size)
    for declaration in style.declarations {
      switch declaration.property {
      case "font-size": if let value = EmailStyle.pixels(declaration.value, of: outer) { size = value }
      case "font":
        guard let word = declaration.value.split(separator: " ").first(where: { $0.first?.isNumber == true && !$0.allSatisfy(\.isNumber) })
        else { continue }
        let parts = word.split(separator: "/")
        if let value = EmailStyle.pixels(String(parts[0]), of: outer) { size = value }
        if parts.count > 1 { setLineHeight(String(parts[1])) }
      case "line-height": setLineHeight(declaration.value)
      default: break
      }
    }
    if let lineShare { lineHeight = lineShare * size }
  }

  /// The size around an element whose own size is told by its tag.
  private static func size(before tag: EmailTag, _ size: Double) -> Double {
    switch tag {
    case .h1: size / 2
    case .h2: size / 1.5
    case .h3: size / 1.17
    case .h5: size / 0.83
    case .h6: size / 0.67
    case .small, .sub, .sup: size / 0.83
    default: size
    }
  }

  private mutating func setLineHeight(_ value: String) {
    if let share = Double(value.trimmed) {
      lineShare = share
    } else {
      lineShare = nil
      lineHeight = EmailStyle.pixels(value, of: size)
    }
  }

  /// The contrast of words here on white, and on what dark mode shows; each with its two colours.
  package var contrasts: [(ratio: Double, color: Color, background: Color, isDark: Bool)] {
    [(light, false), (dark, true)].map { scheme, isDark in
      let background = scheme.background ?? (isDark ? EmailLooks.darkCanvas : .white)
      // Where nothing sets a colour, dark mode turns it: always on its own canvas, elsewhere where the message says that it knows dark mode.
      let turns = isDark && (scheme.background == nil || declaresDark)
      let color = scheme.color ?? (turns ? .white : .black)
      return (Color.contrast(color, background), color, background, isDark)
    }
  }
}

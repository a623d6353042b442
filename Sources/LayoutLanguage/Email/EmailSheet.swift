internal import Geometry

/// The rules of an e-mail's `<style>`, read as far as they tell how the message looks in dark mode.
///
/// Counted are rules in `@media (prefers-color-scheme: dark)` whose selectors are an element, a class, or both (`p`, `.card`, `td.card`). As in mail
/// programs they win over an inline style only with `!important`.
package struct EmailSheet: Sendable {
  /// One selector of a rule, with what it sets.
  struct Rule: Sendable {
    /// Empty for any element.
    var tag: String
    /// Empty for any class.
    var className: String
    var style: EmailStyle
  }

  private(set) var dark: [Rule] = []
  /// Whether a `meta` says that the message has colours for dark mode.
  package var declaresDark = false

  package init() {}

  /// A rule that programs without `<style>` miss: selector, and the bytes of it in the text.
  struct Plain {
    var selector: String
    var place: Range<Int>
  }

  /// Reads rules.
  ///
  /// - Parameters:
  ///   - css: Without comments.
  ///   - plain: Gains the rules that stand outside of `@media` and could stand inline.
  ///   - unread: Gains the selectors for dark mode that are none of the forms that count.
  mutating func read(_ css: [UInt8], plain: inout [Plain], unread: inout [Plain]) {
    var at = 0
    var stack: [Bool] = []
    var start = 0
    while at < css.count {
      switch css[at] {
      case UInt8(ascii: "{"):
        let head = String(decoding: css[start..<at], as: UTF8.self).trimmed
        var first = start
        while first < at, Lexer.isSpace(css[first]) { first += 1 }
        if head.hasPrefix("@") {
          let words = head.lowercased().filter { !$0.isWhitespace }
          stack.append(words.contains("prefers-color-scheme:dark"))
          at += 1
          start = at
          continue
        }
        let end = css[at...].firstIndex(of: UInt8(ascii: "}")) ?? css.count
        let body = EmailStyle(String(decoding: css[at + 1..<end], as: UTF8.self))
        let place = first..<max(first, at)
        if stack.last == true {
          for selector in head.split(separator: ",") {
            if !add(String(selector).trimmed, body) { unread.append(Plain(selector: String(selector).trimmed, place: place)) }
          }
        } else if stack.isEmpty, EmailSheet.couldStandInline(head, body) {
          plain.append(Plain(selector: head, place: place))
        }
        at = end
        start = end + 1
      case UInt8(ascii: "}"):
        _ = stack.popLast()
        start = at + 1
      case UInt8(ascii: ";"): start = at + 1
      default: break
      }
      at += 1
    }
  }

  /// Whether a rule says what an inline style could say: not a state (`:hover`), not what only one program knows (`[data-ogsc]`), not the schemes
  /// of the whole message.
  private static func couldStandInline(_ selector: String, _ style: EmailStyle) -> Bool {
    if selector.contains(":") || selector.contains("[") || selector.contains("#outlook") { return false }
    return !style.declarations.allSatisfy { $0.property.hasSuffix("color-scheme") || $0.property.hasPrefix("-") }
  }

  private mutating func add(_ selector: String, _ style: EmailStyle) -> Bool {
    // What only one program knows is left to it.
    if selector.hasPrefix("[data-og") || selector.hasPrefix(":root") { return true }
    guard selector.utf8.allSatisfy({ Lexer.isNamePart($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "*") }) else { return false }
    let parts = selector.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, !selector.isEmpty else { return false }
    let tag = parts[0] == "*" ? "" : parts[0].lowercased()
    dark.append(Rule(tag: tag, className: parts.count > 1 ? parts[1] : "", style: style))
    return true
  }

  /// What dark mode's rules set of an element.
  ///
  /// - Parameter isInline: Whether an inline style sets the same, which only `!important` wins over.
  func value(_ property: [String], _ tag: EmailTag, _ classes: [Substring], isInline: Bool) -> Color? {
    var found: Color?
    for rule in dark where rule.tag.isEmpty || rule.tag == tag.name {
      guard rule.className.isEmpty || classes.contains(where: { $0 == rule.className }) else { continue }
      for name in property {
        guard let declaration = rule.style[name], declaration.isImportant || !isInline else { continue }
        for word in EmailStyle.parts(declaration.value, at: " ") { if let color = EmailStyle.color(word) { found = color } }
      }
    }
    return found
  }
}

internal import Geometry

/// The rules of an e-mail's `<style>`, read as far as they tell how the message looks in dark mode.
///
/// Counted are rules in `@media (prefers-color-scheme: dark)` whose selectors are elements, classes and ids, also within each other (`p`, `.card`,
/// `td.card`, `.card a`). As in mail programs they win over an inline style only with `!important`; of several rules the last counts.
package struct EmailSheet: Sendable {
  /// One selector of a rule, with what it sets.
  struct Rule: Sendable {
    /// What the element and those around it must be, the element last.
    var parts: [Part]
    var style: EmailStyle
  }

  /// What a selector asks of one element.
  struct Part: Sendable {
    /// Empty for any element.
    var tag = ""
    var classes: [String] = []
    /// Empty for any.
    var id = ""

    func fits(_ place: EmailPlace) -> Bool {
      (tag.isEmpty || tag == place.tag.name) && (id.isEmpty || id == place.id) && classes.allSatisfy { place.classes.contains($0) }
    }
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
    var parts: [Part] = []
    for word in selector.split(whereSeparator: \.isWhitespace) {
      guard let part = EmailSheet.part(word) else { return false }
      parts.append(part)
    }
    guard !parts.isEmpty, dark.count < LanguageLimits.declarations else { return false }
    dark.append(Rule(parts: parts, style: style))
    return true
  }

  /// One part of a selector, such as `td.card`; `nil` for what is not counted.
  private static func part(_ word: Substring) -> Part? {
    var part = Part()
    var rest = word
    var mark: Character?
    while !rest.isEmpty || mark != nil {
      let name = rest.prefix { $0 != "." && $0 != "#" }
      rest = rest.dropFirst(name.count)
      let isName = name.utf8.allSatisfy { Lexer.isNamePart($0) }
      switch mark {
      case nil:
        guard name.isEmpty || name == "*" || isName else { return nil }
        part.tag = name == "*" ? "" : name.lowercased()
      case ".":
        guard !name.isEmpty, isName else { return nil }
        part.classes.append(String(name))
      default:
        guard !name.isEmpty, isName else { return nil }
        part.id = String(name)
      }
      mark = rest.first
      if mark != nil { rest = rest.dropFirst() }
    }
    return part
  }

  /// What dark mode's rules set of an element.
  ///
  /// - Parameters:
  ///   - path: The element and those around it, the element last.
  ///   - isInline: Whether an inline style sets the same, which only `!important` wins over.
  func value(_ properties: [String], _ path: [EmailPlace], isInline: Bool) -> Color? {
    var found: Color?
    for rule in dark where EmailSheet.fits(rule, path) {
      for name in properties {
        guard let declaration = rule.style[name], declaration.isImportant || !isInline else { continue }
        for word in EmailStyle.parts(declaration.value, at: " ") { if let color = EmailStyle.color(word) { found = color } }
      }
    }
    return found
  }

  private static func fits(_ rule: Rule, _ path: [EmailPlace]) -> Bool {
    guard let element = path.last, let last = rule.parts.last, last.fits(element) else { return false }
    var outer = path.dropLast()
    for part in rule.parts.dropLast().reversed() {
      while let place = outer.last, !part.fits(place) { outer = outer.dropLast() }
      guard !outer.isEmpty else { return false }
      outer = outer.dropLast()
    }
    return true
  }
}

/// What selectors know of an element.
struct EmailPlace: Sendable {
  var tag: EmailTag
  var classes: [String]
  var id: String
}

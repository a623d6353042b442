internal import Diagnostics
internal import Money
internal import Vocabulary

/// A string of one language, parsed: words, placeholders, plurals and choices.
struct Message: Sendable {
  indirect enum Piece: Sendable {
    case literal(String)
    /// An argument, by its slot within the key's argument list.
    case argument(Int)
    case late(LateName)
    /// The number of the innermost plural.
    case pound
    case plural(Int, exact: [(value: Amount, pieces: [Piece])], categories: [[Piece]?])
    /// `other` is the last.
    case select(Int, cases: [(name: String, pieces: [Piece])], other: [Piece])
  }

  var pieces: [Piece]
  /// The words, where it is nothing but words.
  var constant: String? {
    if pieces.isEmpty { return "" }
    if pieces.count == 1, case .literal(let words) = pieces[0] { return words }
    return nil
  }
}

/// The strings of one language, by key number.
public final class StringTable: Sendable {
  /// The canonical BCP 47 tag.
  public let language: String
  let messages: [Message?]
  private let words: [String: String]

  /// - Parameter keys: By key number, as many as messages.
  init(language: String, messages: [Message?], keys: [String] = []) {
    (self.language, self.messages) = (language, messages)
    words = Dictionary(
      zip(keys, messages).compactMap { key, message in message?.constant.map { (key, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// The string of a key that is nothing but words, for what the program itself prints (`specimen`); `nil` for any other.
  public func words(_ key: String) -> String? { words[key] }

  /// A table without strings, for campaign words compiled apart from a layout.
  public static func empty(language: String) -> StringTable { StringTable(language: language, messages: []) }
}

/// A string put into a text: its key and what its placeholders are set to.
public struct StringUse: Sendable {
  enum Argument: Sendable {
    case value(Expression)
    case text(TextTemplate)
    case late(LateName)
    /// A picture, by its number among those of the use.
    case mark(Int)
  }

  /// The key as written.
  public let key: String
  let number: Int
  /// By argument slot; `nil` for a placeholder that is set nowhere (already reported).
  let arguments: [Argument?]
  /// Whether it reads the same on every bill of one language.
  let isConstant: Bool

  /// Appends its words and values to a paragraph.
  func append(to buffer: inout TextBuffer, in environment: borrowing Environment) throws(Diagnostic) {
    guard number < environment.strings.messages.count, let message = environment.strings.messages[number] else { return }
    if let words = message.constant {
      buffer.append(words: words)
    } else {
      try append(message.pieces, pound: nil, to: &buffer, in: environment)
    }
  }

  private func append(
    _ pieces: [Message.Piece], pound: Amount?, to buffer: inout TextBuffer, in environment: borrowing Environment
  ) throws(Diagnostic) {
    for piece in pieces {
      switch piece {
      case .literal(let words): buffer.append(words: words)
      case .late(let name): buffer.append(late: name)
      case .pound:
        if let pound { buffer.append(token: environment.formatter.number(pound, decimals: nil, grouping: true), .whole) }
      case .argument(let slot):
        switch arguments[slot] {
        case .value(let expression): try expression.print(to: &buffer, in: environment)
        case .text(let template): try template.append(to: &buffer, in: environment)
        case .late(let name): buffer.append(late: name)
        case .mark(let number): buffer.append(mark: number)
        case nil: break
        }
      case .plural(let slot, let exact, let categories):
        guard case .value(let expression) = arguments[slot] else { continue }
        guard case .number(let number) = try expression.evaluate(in: environment) else { continue }
        let category = environment.formatter.pluralCategory(of: number)
        let index = PluralCategory.allCases.firstIndex(of: category) ?? 5
        let chosen = exact.first { $0.value == number }?.pieces ?? categories[index] ?? categories[5] ?? []
        try append(chosen, pound: number, to: &buffer, in: environment)
      case .select(let slot, let cases, let other):
        var name = ""
        switch arguments[slot] {
        case .value(let expression):
          let value = try expression.evaluate(in: environment)
          if case .flag(let flag) = value { name = flag ? "yes" : "no" } else if case .text(let text) = value { name = text }
        case .text(let template): name = try template.string(in: environment)
        case .late, .mark, nil: break
        }
        let chosen = cases.first { $0.name.utf8.elementsEqual(name.utf8) }?.pieces ?? other
        try append(chosen, pound: pound, to: &buffer, in: environment)
      }
    }
  }

  /// The string as one text, for comparisons and filters; late values left out.
  func string(in environment: borrowing Environment) throws(Diagnostic) -> String {
    var buffer = TextBuffer()
    try append(to: &buffer, in: environment)
    return buffer.plainText
  }
}

/// How a printed value may be parted at a line's end.
///
/// It follows from the filter that made the text (``FilterName/tokenKind``), else from the type of what is printed: numbers, amounts and dates
/// are whole, texts that the schema calls identifiers break at their joints, all other texts like words.
public enum TokenKind: Hashable, Sendable {
  /// Nowhere.
  case whole
  /// At its plain spaces only: no-break spaces hold its parts together, such as the two days of a period.
  case parts
  /// Between its groups, where it does not fit on a line.
  case groups
  /// After white space and after `- / . _ : @`.
  case identifier
  /// An IBAN between its groups, any other account like an identifier.
  case account
}

extension FilterName {
  /// How the filter's result may be parted; `nil` for filters whose result is like other text.
  public var tokenKind: TokenKind? {
    switch rawValue {
    case "money", "number", "percent", "date", "scan-part", "scan-line": .whole
    case "range": .parts
    case "group": .groups
    case "iban": .account
    default: nil
    }
  }

  /// Whether what the filter makes of an identifier is one still.
  var keepsIdentifiers: Bool {
    switch self {
    case .upper, .lower, .title, .first, .last, .join, .digits: true
    default: false
    }
  }
}

/// What kind of token an expression prints.
indirect enum TokenRule: Sendable {
  case plain
  case token(TokenKind)
  /// That of the first value where it is there, else that of the second.
  case fallback(TokenRule, TokenRule)

  /// The kind, where it does not depend on the bill.
  var kind: TokenKind? { if case .token(let kind) = self { kind } else { nil } }
}

internal import Money

/// An expression as written. Ranges are offsets into the ``SourceText`` it was read from.
struct Syntax: Sendable {
  indirect enum Kind: Sendable {
    case number(Amount)
    case text(String)
    case flag(Bool)
    case name(String)
    /// `page-of('name')`, with the place of the name.
    case pageOf(String, Range<Int>)
    case member(Syntax, String, Range<Int>)
    case negate(Syntax)
    case not(Syntax)
    case binary(BinaryOperator, Range<Int>, Syntax, Syntax)
    case filter(Syntax, FilterCall)
  }
  var kind: Kind
  var range: Range<Int>
}

enum BinaryOperator: Sendable {
  case or, and, compare(Comparison), add, subtract, multiply, divide
}

/// `name('x', key: 1)` behind a bar.
struct FilterCall: Sendable {
  struct Argument: Sendable {
    var label: String?
    var labelRange: Range<Int>?
    var value: Syntax
  }
  var name: String
  var nameRange: Range<Int>
  var arguments: [Argument]
  /// The closing parenthesis or the name's end, where a missing argument would stand.
  var end: Range<Int>
}

/// `x, i in list`.
struct LoopSyntax: Sendable {
  var name: String
  var nameRange: Range<Int>
  var index: String?
  var indexRange: Range<Int>?
  var list: Syntax
}

internal import Dates
internal import Money
internal import Vocabulary

/// A checked expression: what is evaluated. Paths are slots, field names of filters are slots, constants are folded.
indirect enum Operation: Sendable {
  case constant(Constant)
  case bill
  case campaign
  case local(Int)
  case sum(Int)
  case member(Operation, Int)
  case string(StringUse)
  case negate(Operation)
  case arithmetic(ArithmeticOperator, Operation, Operation)
  /// Money as a plain number: the numerator of money by money.
  case ratioNumerator(Operation)
  /// Numerator, denominator, decimals; the numerator decides whether the result is money.
  case quotient(Operation, Operation, Int, RoundingRule)
  case comparison(Comparison, Operation, Operation)
  case not(Operation)
  case and(Operation, Operation)
  case or(Operation, Operation)
  /// The first, or the second where the first is absent.
  case fallback(Operation, Operation)
  /// A value as `{…}` prints it.
  case printed(Operation)
  case money(Operation, MoneyFormat)
  case number(Operation, ClosedRange<Int>?, grouping: Bool)
  case percent(Operation, ClosedRange<Int>?)
  case date(Operation, DateFormat)
  case letters(Operation, LetterCase)
  case group(Operation, [Int], separator: String)
  /// An account number; what is no IBAN is the other text, where there is one.
  case iban(Operation, other: String?)
  case characters(Operation)
  /// The words of a code, absent where the list has none.
  case code(Operation, CodeList)
  /// The first day and the last, and the words where one of them is absent.
  case range(Operation, Operation, DateFormat, isWhole: Bool, from: Operation?, until: Operation?)
  case join(Operation, separator: Operation, field: Int?)
  /// By ``PluralCategory``, in its order; `other` is the last and always there.
  case plural(Operation, [Operation?])
  case round(Operation, Int, RoundingRule)
  case magnitude(Operation)
  case lesser(Operation, Operation)
  case greater(Operation, Operation)
  case count(Operation)
  case total(Operation, field: Int?, isMoney: Bool)
  case least(Operation, field: Int?)
  case greatest(Operation, field: Int?)
  case first(Operation)
  case last(Operation)
  /// The element at a place, from 1; from the end so many places before the last.
  case element(Operation, Operation, isFromEnd: Bool)
  /// The last so many elements.
  case tail(Operation, Operation)
  case sort(Operation, field: Int?, descending: Bool)
  /// The elements whose field is true (no operand) or compares so with the operand.
  case matching(Operation, field: Int?, Comparison?, Operation?)
  /// Numbers as money of the bill's currency.
  case asMoney(Operation)
  /// From the first day to the last, and whether both of them count.
  case days(Operation, Operation, countsBoth: Bool)
  /// By how many percent the first differs from the second; decimals.
  case percentChange(Operation, Operation, Int)
  /// The sum of the products of two fields.
  case productSum(Operation, Int, Int, isMoney: Bool)
  /// The digits of a text, the last so many of them.
  case digits(Operation, Int?)
  case scanPart(Operation, ScanPart)
  case scanLine([Operation], CheckDigit, separator: String)
  /// The lines of the address in a record, sent from a country.
  case address(Operation, AddressSlots, from: Operation?, isFull: Bool)
}

enum ArithmeticOperator: Sendable { case add, subtract, multiply }

enum Comparison: String, Sendable, CaseIterable {
  case lt, le, gt, ge, eq, ne
  /// Whether it needs an order rather than equality.
  var isOrdering: Bool { self != .eq && self != .ne }
}

enum LetterCase: Sendable { case upper, lower, title }

struct MoneyFormat: Sendable {
  var decimals: ClosedRange<Int>?
  /// Whether a plain number keeps more decimals than the currency has.
  var keepsDecimals = false
  var negative = NegativeStyle.minus
  var display = CurrencyDisplay.symbol
}

/// A literal of an expression.
enum Constant: Sendable {
  case text(String)
  case number(Amount)
  case amount(Amount)
  case flag(Bool)
  case date(PlainDate)
}

extension Operation {
  /// The literal this is, if it is one.
  var constant: Constant? { if case .constant(let constant) = self { constant } else { nil } }
}

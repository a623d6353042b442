public import Dates
public import Money

/// What an expression can be at run time.
///
/// The static type (``ValueType``) is known when the layout is compiled; a value only says which case it is.
public enum Value {
  /// The field is not there (or null).
  case absent
  case text(String)
  /// A plain number: a quantity, a price, a rate, a count.
  case number(Amount)
  /// Money of the bill's currency.
  case amount(Amount)
  case date(PlainDate)
  case flag(Bool)
  case list(any ValueList)
  case record(any RecordValue)

  /// The text, or absent for `nil`.
  @inlinable public static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .absent }
  /// The number, or absent for `nil`.
  @inlinable public static func optional(number: Amount?) -> Value { number.map { .number($0) } ?? .absent }
  /// The money, or absent for `nil`.
  @inlinable public static func optional(amount: Amount?) -> Value { amount.map { .amount($0) } ?? .absent }
  /// The date, or absent for `nil`.
  @inlinable public static func optional(_ date: PlainDate?) -> Value { date.map { .date($0) } ?? .absent }
  /// The flag, or absent for `nil`.
  @inlinable public static func optional(_ flag: Bool?) -> Value { flag.map { .flag($0) } ?? .absent }

  /// Whether there is no value.
  @inlinable public var isAbsent: Bool { if case .absent = self { true } else { false } }

  /// What an `if` makes of it: a flag itself, everything else by being there; an empty text and an empty list count as not there.
  public var isTrue: Bool {
    switch self {
    case .absent: false
    case .flag(let flag): flag
    case .text(let text): !text.utf8.isEmpty
    case .list(let list): list.count > 0
    case .number, .amount, .date, .record: true
    }
  }
}

/// A list the language can walk. Elements are made on demand.
public protocol ValueList {
  /// How many elements there are.
  var count: Int { get }
  /// The element at `index`, `0 ..< count`.
  func value(at index: Int) -> Value
}

/// A record the language can read. Paths are compiled to slots, so that nothing is looked up by name at run time.
public protocol RecordValue {
  /// The field at `slot`, its index in the ``RecordType`` the layout was compiled against; `.absent` where the record has none.
  func value(at slot: Int) -> Value
}

/// A list held as an array of values.
public struct ValueArray: ValueList {
  /// The elements.
  public let values: [Value]
  /// Holds `values`.
  public init(_ values: [Value]) { self.values = values }
  /// How many elements there are.
  public var count: Int { values.count }
  /// The element at `index`.
  public func value(at index: Int) -> Value { values[index] }
}

/// A list that turns the elements of an array into values when they are asked for.
public struct MappedList<Element>: ValueList {
  @usableFromInline let elements: [Element]
  @usableFromInline let make: (Element) -> Value
  /// Holds `elements`; `make` turns one into a value.
  @inlinable public init(_ elements: [Element], _ make: @escaping (Element) -> Value) { (self.elements, self.make) = (elements, make) }
  /// How many elements there are.
  @inlinable public var count: Int { elements.count }
  /// The element at `index`, made now.
  @inlinable public func value(at index: Int) -> Value { make(elements[index]) }
}

/// A record held as an array of values, one per slot; slots beyond it are absent.
public struct ValueRecord: RecordValue {
  /// By slot.
  public let values: [Value]
  /// Holds `values` in slot order.
  public init(_ values: [Value]) { self.values = values }
  /// The field at `slot`.
  public func value(at slot: Int) -> Value { slot < values.count ? values[slot] : .absent }
}

package import Dates
package import Money

extension Bool: Fielded {
  package static var blank: Bool { false }
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) { try walker.flag(&self) }
}

extension Int: Fielded {
  package static var blank: Int { 0 }
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) { try walker.int(&self) }
}

extension Double: Fielded {
  package static var blank: Double { 0 }
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) { try walker.double(&self) }
}

extension String: Fielded {
  package static var blank: String { "" }
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) { try walker.text(&self) }
}

extension Optional: Fielded where Wrapped: Fielded {
  package static var blank: Wrapped? { nil }
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) { try walker.optional(&self) }
}

extension Array: Fielded where Element: Fielded {
  package static var blank: [Element] { [] }
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) { try walker.list(&self) }
}

/// A word out of a fixed list.
package protocol FieldedWord: Fielded, RawRepresentable, CaseIterable where RawValue == String {}

extension FieldedWord {
  package static var blank: Self {
    guard let first = allCases.first else { preconditionFailure("a list of words has one at least") }
    return first
  }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var word = rawValue
    try walker.text(&word)
    guard let value = Self(rawValue: word) else { throw .malformed }
    self = value
  }
}

extension PlainDate: Fielded {
  package static var blank: PlainDate {
    guard let date = PlainDate(daysSinceEpoch: 0) else { preconditionFailure("1970 had a first day") }
    return date
  }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var days = daysSinceEpoch
    try walker.int(&days)
    guard let date = PlainDate(daysSinceEpoch: days) else { throw .malformed }
    self = date
  }
}

extension Currency: Fielded {
  package static var blank: Currency { .none }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var read = code
    try walker.text(&read)
    // The code for none is written, but no reader of a bill's facts takes it.
    if walker.isReading {
      guard let currency = Currency(code: read) else { throw .malformed }
      self = currency
    }
  }
}

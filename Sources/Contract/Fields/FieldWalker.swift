package import Money

/// Goes through the fields of a value in their one fixed order, and writes them, reads them, or tells them.
///
/// A value names its fields once, in ``Fielded/walk(_:)``; the pipe between parent and worker, the journal, the manifest and the preview's
/// page are walkers over that list.
package protocol FieldWalker {
  /// Whether values come out of the walk, instead of going into it.
  var isReading: Bool { get }
  /// Comes before a field's value.
  ///
  /// - Parameters:
  ///   - name: As the manifest calls it, with its unit where it has one.
  ///   - uses: Who wants the field.
  /// - Returns: Whether the value is to follow.
  mutating func begin(_ name: String, _ uses: FieldUses) -> Bool
  mutating func flag(_ value: inout Bool) throws(FieldFailure)
  mutating func int(_ value: inout Int) throws(FieldFailure)
  /// A measured number; told with three decimals.
  mutating func double(_ value: inout Double) throws(FieldFailure)
  mutating func text(_ value: inout String) throws(FieldFailure)
  mutating func blob(_ value: inout [UInt8]) throws(FieldFailure)
  /// An exact amount; told with at least so many decimals.
  mutating func amount(_ value: inout Amount, decimals: Int) throws(FieldFailure)
  mutating func optional<Value: Fielded>(_ value: inout Value?) throws(FieldFailure)
  mutating func list<Value: Fielded>(_ values: inout [Value]) throws(FieldFailure)
  /// A value that has fields itself.
  mutating func record(_ body: (inout Self) throws(FieldFailure) -> Void) throws(FieldFailure)
}

/// What was read is no such value: the other end is broken.
package enum FieldFailure: Error {
  case truncated
  case malformed
}

/// Who wants a field.
package struct FieldUses: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The pipe from a worker to its parent.
  package static let pipe = FieldUses(rawValue: 1)
  /// The run's journal.
  package static let journal = FieldUses(rawValue: 2)
  /// The piece's line of `manifest.jsonl`.
  package static let manifest = FieldUses(rawValue: 4)
  /// The page of the preview.
  package static let page = FieldUses(rawValue: 8)
  package static let all: FieldUses = [.pipe, .journal, .manifest, .page]
}

/// A value that a ``FieldWalker`` can go through.
package protocol Fielded {
  /// What a reading walk begins with; every field of it is overwritten.
  static var blank: Self { get }
  /// Goes through all fields in their order.
  mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure)
}

extension FieldWalker {
  /// Goes through one field.
  ///
  /// - Throws: ``FieldFailure``, where what is read is no such value.
  package mutating func field(_ name: String, _ value: inout some Fielded, _ uses: FieldUses = .all) throws(FieldFailure) {
    if begin(name, uses) { try value.walk(&self) }
  }

  /// Goes through a field of plain bytes.
  ///
  /// - Throws: ``FieldFailure``, where what is read is no such value.
  package mutating func field(_ name: String, bytes value: inout [UInt8], _ uses: FieldUses = .all) throws(FieldFailure) {
    if begin(name, uses) { try blob(&value) }
  }

  /// Goes through an amount.
  ///
  /// - Throws: ``FieldFailure``, where what is read is no such value.
  package mutating func field(
    _ name: String, _ value: inout Amount, decimals: Int, _ uses: FieldUses = .all
  ) throws(FieldFailure) {
    if begin(name, uses) { try amount(&value, decimals: decimals) }
  }

  /// Goes through a field that follows from others: it is told, never read.
  ///
  /// - Throws: ``FieldFailure``, where what is read is no such value.
  package mutating func derived(_ name: String, _ value: some Fielded, _ uses: FieldUses) throws(FieldFailure) {
    var value = value
    try field(name, &value, uses.subtracting([.pipe, .journal]))
  }
}

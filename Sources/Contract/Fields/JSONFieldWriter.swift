package import JSON
package import Money

/// Tells the fields of a value as a JSON object, for the manifest or for the preview's page.
package struct JSONFieldWriter: FieldWalker {
  private var json: JSONWriter
  private let uses: FieldUses

  private init(_ json: consuming JSONWriter, _ uses: FieldUses) { (self.json, self.uses) = (json, uses) }

  /// Writes a value's fields that are told there.
  ///
  /// - Parameter uses: Who reads it: ``FieldUses/manifest`` or ``FieldUses/page``.
  package static func write(_ value: some Fielded, for uses: FieldUses, to json: inout JSONWriter) {
    var value = value
    var writer = JSONFieldWriter(json, uses)
    // Telling asks for nothing that can be missing.
    do throws(FieldFailure) { try value.walk(&writer) } catch { assertionFailure("a value refused to be told: \(error)") }
    json = writer.json
  }

  package var isReading: Bool { false }
  package mutating func begin(_ name: String, _ uses: FieldUses) -> Bool {
    guard !uses.isDisjoint(with: self.uses) else { return false }
    json.key(name)
    return true
  }

  package mutating func flag(_ value: inout Bool) { json.value(value) }
  package mutating func int(_ value: inout Int) { json.value(value) }
  package mutating func double(_ value: inout Double) { json.value(digits: value.threeDecimals) }
  package mutating func text(_ value: inout String) { json.value(value) }
  package mutating func blob(_ value: inout [UInt8]) { json.value(utf8: value) }
  package mutating func amount(_ value: inout Amount, decimals: Int) { json.value(value, decimals: decimals) }

  package mutating func optional<Value: Fielded>(_ value: inout Value?) throws(FieldFailure) {
    if value == nil { json.null() } else { try value?.walk(&self) }
  }

  package mutating func list<Value: Fielded>(_ values: inout [Value]) throws(FieldFailure) {
    json.beginList()
    for var value in values { try value.walk(&self) }
    json.endList()
  }

  package mutating func record(_ body: (inout JSONFieldWriter) throws(FieldFailure) -> Void) throws(FieldFailure) {
    json.beginObject()
    try body(&self)
    json.endObject()
  }
}

extension Double {
  /// With three decimals, halves away from zero, as measured numbers are told; what is not finite becomes 0.
  package var threeDecimals: String {
    guard isFinite, magnitude < 1e12 else { return "0.000" }
    let scaled = Int((self * 1000).rounded())
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return (scaled < 0 ? "-" : "") + padded.dropLast(3) + "." + padded.suffix(3)
  }
}

/// A line of an address as a rule has it: fields, and what stands between them.
struct AddressLine: Hashable, Sendable {
  /// A part of an address.
  enum Field: String, Hashable, Sendable, CaseIterable { case street, city, code, region }

  private struct Part: Hashable, Sendable {
    /// What stands before the field.
    var mark: String
    var field: Field
  }

  private let parts: [Part]

  /// Whether all street lines stand here.
  let isStreet: Bool

  /// Reads `{city}, {region} {code}`; `nil` where a field is not known, the street is among others, or a mark stands behind the last.
  init?(_ written: String) {
    var parts: [Part] = []
    var rest = Substring(written)
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}"), let field = Field(rawValue: String(rest[rest.index(after: open)..<close])) else {
        return nil
      }
      parts.append(Part(mark: String(rest[..<open]), field: field))
      rest = rest[rest.index(after: close)...]
    }
    isStreet = parts.map(\.field) == [.street]
    guard rest.isEmpty, !parts.isEmpty, isStreet || !parts.contains(where: { $0.field == .street }) else { return nil }
    self.parts = parts
  }

  /// The line with the fields that are there; `nil` where none is. A mark stands before its field where another comes before that, the first
  /// field's wherever that field is.
  func text(of values: inout PostalAddress.Parts) -> String? {
    var result = ""
    for (index, part) in parts.enumerated() {
      guard let value = values.take(part.field) else { continue }
      if !result.isEmpty || index == 0 { result += part.mark }
      result += value
    }
    return result.isEmpty ? nil : result
  }
}

internal import PostalAddresses

/// Where in a record the parts of an address are.
struct AddressSlots: Sendable, Hashable {
  var street: [Int]
  var city: Int?
  var code: Int?
  var region: Int?
  var country: Int?

  var isEmpty: Bool { street.isEmpty && city == nil && code == nil && region == nil && country == nil }

  /// The address in `record`.
  func address(in record: any RecordValue) -> PostalAddress {
    func text(_ slot: Int?) -> String? {
      guard let slot, case .text(let text) = record.value(at: slot) else { return nil }
      return text
    }
    return PostalAddress(
      street: street.compactMap(text), city: text(city), code: text(code), region: text(region), country: text(country))
  }
}

extension Operation {
  /// The lines of the address in a record; absent where there is no record.
  static func addressLines(
    _ operand: Operation, _ slots: AddressSlots, from sender: Operation?, isFull: Bool, in environment: borrowing Environment
  ) throws(EvaluationFault) -> Value {
    guard case .record(let record) = try operand.value(in: environment) else { return .absent }
    var country: String?
    if case .text(let text)? = try sender?.value(in: environment), !text.isEmpty { country = text }
    let lines = slots.address(in: record).lines(isFull ? .full : .post, from: country)
    return .list(ValueArray(lines.map { .text($0) }))
  }
}

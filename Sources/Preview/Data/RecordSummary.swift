/// What a list says of a record.
enum RecordSummary: Sendable, Hashable {
  /// It is a bill: the customer's name, and the amount due with its currency.
  case bill(customer: String, due: String)
  /// It cannot become one: what is wrong, and the code of the fault.
  case fault(message: String, code: String)

  /// Whether the record cannot become a bill.
  var isFault: Bool { if case .fault = self { true } else { false } }
}

package import LayoutLanguage

/// What a postcard knows of its customer: to whom it goes, the language and the format, in the slots the layout language compiles paths to.
/// Everything else is withheld by the compiler, and absent here.
package struct PostcardRecord: RecordValue {
  /// The parts of an address as the record has them; `nil` for what it does not say.
  package struct Postal: Sendable {
    package var city, region, code, country, routing: String?

    /// - Parameter routing: The digits of the delivery point for an Intelligent Mail barcode.
    package init(city: String? = nil, region: String? = nil, code: String? = nil, country: String? = nil, routing: String? = nil) {
      (self.city, self.region, self.code, self.country, self.routing) = (city, region, code, country, routing)
    }
  }

  private let customer: ValueRecord
  private let language: String
  private let format: String

  /// - Parameters:
  ///   - address: The lines below the name.
  ///   - language: The customer's, in canonical case.
  ///   - format: As the record says it.
  package init(name: String, address: [String], postal: Postal, language: String, format: String) {
    (self.language, self.format) = (language, format)
    let parts: [Value] = [
      .optional(postal.city), .optional(postal.region), .optional(postal.code), .optional(postal.country), .optional(postal.routing),
    ]
    // A record without any of them has no such part, as on a bill.
    let isEmpty = [postal.city, postal.region, postal.code, postal.country, postal.routing].allSatisfy { $0 == nil }
    customer = ValueRecord([
      .text(name), .list(MappedList(address) { .text($0) }), isEmpty ? .absent : .record(ValueRecord(parts)), .absent,
    ])
  }

  package func value(at slot: Int) -> Value {
    switch BillSchema.Slot(rawValue: slot) {
    case .customer: .record(customer)
    case .language: .text(language)
    case .format: .text(format)
    default: .absent
    }
  }
}

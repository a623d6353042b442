/// A party of the invoice: seller (BG-4), buyer (BG-7), payee (BG-10), the seller's tax representative (BG-11).
struct TradeParty {
  /// BT-27, BT-44, BT-59, BT-62: the name.
  var name: Term?
  /// BT-28, BT-45: the trading name.
  var tradeName: Term?
  /// BT-29, BT-46, BT-60: identifiers.
  var ids: [Identifier] = []
  /// BT-30, BT-47, BT-61: the number in the register of companies.
  var registration: Identifier?
  /// BT-31, BT-48, BT-63: the VAT number.
  var vat: Term?
  /// BT-32: the number at the tax office.
  var tax: Term?
  /// BT-33: further legal information.
  var legal: [String] = []
  /// BT-34, BT-49: the electronic address.
  var endpoint: Identifier?
  /// BG-5, BG-8, BG-12.
  var address = TradeAddress()
  /// BT-41, BT-56: the person or department.
  var contact: Term?
  /// BT-42, BT-57.
  var phone: Term?
  /// BT-43, BT-58.
  var email: Term?
}

/// An address: BG-5 of the seller, BG-8 of the buyer, BG-12 of the representative, BG-15 of the delivery.
struct TradeAddress {
  /// BT-35, BT-50, BT-64, BT-75: usually street and number.
  var line1: Term?
  /// BT-36, BT-51, BT-65, BT-76.
  var line2: Term?
  /// BT-162, BT-163, BT-164, BT-165.
  var line3: Term?
  /// BT-37, BT-52, BT-66, BT-77.
  var city: Term?
  /// BT-38, BT-53, BT-67, BT-78.
  var code: Term?
  /// BT-39, BT-54, BT-68, BT-79.
  var region: Term?
  /// BT-40, BT-55, BT-69, BT-80: ISO 3166-1.
  var country: Term?
}

/// Delivery (BG-13).
struct TradeDelivery {
  /// BT-70: who receives the goods.
  var name: Term?
  /// BT-71: the place's identifier.
  var location: Identifier?
  /// BT-72: the day of delivery.
  var date: Day?
  /// BG-15.
  var address = TradeAddress()
}

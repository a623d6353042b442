internal import Money

/// A reduction or a surcharge: BG-20 and BG-21 of the invoice, BG-27 and BG-28 of a line.
struct AllowanceCharge {
  /// Whether it is a charge (BG-21, BG-28), not an allowance.
  var isCharge: Bool
  /// BT-92, BT-99, BT-136, BT-141; never with a sign of its own.
  var amount: Figure
  /// BT-93, BT-100, BT-137, BT-142: what the percentage applies to.
  var base: Figure?
  /// BT-94, BT-101, BT-138, BT-143.
  var percent: Figure?
  /// BT-95, BT-102: the VAT category; on the invoice's own only.
  var category: Term?
  /// BT-96, BT-103: the VAT rate.
  var rate: Figure?
  /// BT-97, BT-104, BT-139, BT-144.
  var reason: Term?
  /// BT-98, BT-105, BT-140, BT-145.
  var reasonCode: Term?
}

/// What stands between the gross price and the net price of an item: BT-147 and its reason.
struct PriceChange {
  /// Whether it raises the price; a discount otherwise.
  var isCharge: Bool
  /// BT-147, of one item; never with a sign of its own.
  var amount: Figure?
  /// In percent of the gross price.
  var percent: Figure?
  /// Why.
  var reason: Term?
  /// Why, as a code of UNTDID 5189, or 7161 for a charge.
  var reasonCode: Term?
}

/// A line of the invoice (BG-25), or one below it: a sub-line of the XRechnung extension (BG-DEX-01), a line with a parent of the Extended
/// profile (BT-X-304).
struct InvoiceLine {
  /// What a line is that does not count in BT-106.
  enum Role: String {
    /// The heading of the lines below it; its amount is their subtotal.
    case group
    /// Says something only.
    case information
    /// A part of the line above, whose amount holds its own.
    case part
  }

  /// BT-126.
  var id: Term?
  /// BT-127, in paragraphs.
  var note: [String] = []
  /// BT-128: what the line is about, such as a meter.
  var object: Identifier?
  /// BT-129.
  var quantity: Figure?
  /// BT-130: UN/ECE recommendation 20 and 21.
  var unit: String?
  /// BT-131: the net amount.
  var amount: Figure
  /// BT-132: the line of the order.
  var orderLine: Term?
  /// BT-133: where the buyer books it.
  var accounting: Term?
  /// BG-26.
  var period = InvoicePeriod()
  /// BG-27 and BG-28.
  var allowances: [AllowanceCharge] = []
  /// BT-146: the net price of BT-149 units.
  var price: Figure?
  /// BT-147: what was taken off the gross price or put on it, in the order of the invoice.
  var priceChanges: [PriceChange] = []
  /// BT-148: the gross price.
  var grossPrice: Figure?
  /// BT-149: how many units the price is for; one where absent.
  var baseQuantity: Figure?
  /// BT-150.
  var baseUnit: String?
  /// BT-151: the VAT category.
  var category: Term?
  /// BT-152: the VAT rate.
  var rate: Figure?
  /// BT-153: the item's name.
  var name: Term?
  /// BT-154: the item's description, in paragraphs.
  var description: [String] = []
  /// BT-155.
  var sellerItem: Term?
  /// BT-156.
  var buyerItem: Term?
  /// BT-157: such as a GTIN.
  var standardItem: Identifier?
  /// BT-158: classification codes, each with list and version.
  var classes: [(id: Term, list: String?, version: String?)] = []
  /// BT-159: the country of origin.
  var origin: Term?
  /// BG-32: BT-160 and BT-161.
  var attributes: [(name: Term, value: Term?)] = []
  /// How many lines it is below.
  var level = 0
  /// `nil` for one that counts.
  var role: Role?
  /// Whether it states BT-131, which only one that counts must; else ``amount`` is 0.
  var hasAmount = true
  /// The line it says it belongs to (BT-X-304).
  var parent: Term?
  /// Its status (BT-X-7: UNTDID 4405).
  var status: Term?
  /// Documents beyond BT-128 and BT-132.
  var references: [TradeReference] = []

  /// Whether its price is for another quantity than one.
  var hasBaseQuantity: Bool { baseQuantity.map { $0.value != .one } ?? false }
}

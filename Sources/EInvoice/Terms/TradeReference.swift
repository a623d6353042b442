/// A document that has to do with the invoice or a line of it, beyond those EN 16931 has terms for.
struct TradeReference {
  /// What the document is: the words of a layout go by it.
  enum Kind: String {
    case order
    case salesOrder = "sales-order"
    /// The order of the customer's customer (BG-X-22).
    case ultimateOrder = "ultimate-order"
    case blanketOrder = "blanket-order"
    case requisition
    case quotation
    case contract
    case priceList = "price-list"
    case despatch
    case deliveryNote = "delivery-note"
    case receipt
    case consumptionReport = "consumption-report"
    case invoice
    /// Any other, told by its type code or name.
    case document
  }

  var kind: Kind
  /// Its number.
  var id: Term?
  /// The line of it.
  var line: Term?
  var date: Day?
  /// UNTDID 1001.
  var type: Term?
  /// Its number's scheme: UNTDID 1153.
  var scheme: Term?
  /// Its name, in paragraphs.
  var name: [String] = []
  var link: Term?

  /// Whether it says anything but the number alone.
  var isMoreThanNumber: Bool { line != nil || date != nil || type != nil || scheme != nil || link != nil || !name.isEmpty }
  var isEmpty: Bool { id == nil && !isMoreThanNumber }
}

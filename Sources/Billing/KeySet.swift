internal import Diagnostics

/// The keys an object of the record may have, and which of them it must.
struct KeySet: Sendable {
  /// What the object is, for messages: `the record`, `a charge line`.
  let owner: String
  let names: [String]
  let lengths: [Int]
  /// A bit for each key that must be there.
  let required: UInt32
  private let words: [(low: UInt64, high: UInt64, lowMask: UInt64, highMask: UInt64)]

  var count: Int { names.count }

  /// Makes a set of at most 32 keys of at most 15 ASCII characters; `!` behind a name says it is required.
  init(_ owner: String, _ keys: String...) {
    self.owner = owner
    names = keys.map { $0.hasSuffix("!") ? String($0.dropLast()) : $0 }
    lengths = names.map(\.utf8.count)
    required = keys.enumerated().reduce(0) { $1.element.hasSuffix("!") ? $0 | 1 << UInt32($1.offset) : $0 }
    words = names.map { name in
      var (low, high): (UInt64, UInt64) = (0, 0)
      var (lowMask, highMask): (UInt64, UInt64) = (0, 0)
      // The closing quote is compared along with the name.
      for (index, byte) in (Array(name.utf8) + [UInt8(ascii: "\"")]).enumerated() {
        if index < 8 {
          low |= UInt64(byte) << UInt64(8 * index)
          lowMask |= 0xFF << UInt64(8 * index)
        } else {
          high |= UInt64(byte) << UInt64(8 * (index - 8))
          highMask |= 0xFF << UInt64(8 * (index - 8))
        }
      }
      return (low, high, lowMask, highMask)
    }
  }

  /// Whether the 16 bytes at `bytes` begin with that key and a closing quote.
  @inline(__always)
  func matches(_ index: Int, _ bytes: UnsafePointer<UInt8>) -> Bool {
    let word = words[index]
    let raw = UnsafeRawPointer(bytes)
    return UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) & word.lowMask == word.low
      && UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) & word.highMask == word.high
  }

  /// The first required key that was not met; `nil` if all are there.
  func firstMissing(_ members: Members) -> String? {
    let missing = required & ~members.seen
    return missing == 0 ? nil : names[missing.trailingZeroBitCount]
  }

  /// `did you mean 'account'?`
  func suggestion(for name: String) -> String? {
    // A giant key is no misspelling, and edit distance is quadratic.
    name.utf8.count <= 64 ? Suggestion.didYouMean(name, among: names) : nil
  }
}

/// The objects of a record, version 1. The tests hold the JSON Schema against these.
enum RecordKeys {
  static let record = KeySet(
    "the record", "v!", "account!", "invoice!", "series", "kind!", "issued!", "due!", "period", "currency!", "language!", "segment",
    "jurisdiction", "customer!", "delivery!", "consent", "format!", "balance", "sections!", "taxes", "totals!", "payment", "usage", "extra")
  static let period = KeySet("the period", "from", "to")
  static let customer = KeySet("the customer", "name!", "address!", "postal", "email")
  static let postal = KeySet("the postal address", "city", "region", "code", "country", "imb_routing")
  static let consent = KeySet("the consent", "date", "source", "scope", "evidence")
  static let balance = KeySet("the balance", "previous", "payments", "adjustments")
  static let section = KeySet("a section", "title!", "lines!", "subtotal")
  static let line = KeySet("a charge line", "date", "description", "quantity", "unit", "price", "amount")
  static let tax = KeySet("a tax", "label", "rate", "base", "amount")
  static let totals = KeySet("the totals", "charges!", "due!")
  static let payment = KeySet("the payment", "iban", "name", "reference", "scan_line")
  static let usage = KeySet("a usage figure", "label", "value")
}

/// Which bill is meant: one of the data, or one made up.
enum BillName: Sendable, Hashable {
  /// The record at that place, from 0.
  case data(Int)
  /// The made-up bill at that place, from 0.
  case made(Int)

  /// Reads `12` or `s3`; `nil` for anything else.
  init?(_ text: String) {
    let digits = text.hasPrefix("s") ? text.dropFirst() : text[...]
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
      return nil
    }
    self = text.hasPrefix("s") ? .made(number) : .data(number)
  }

  /// As ``init(_:)`` reads it.
  var text: String {
    switch self {
    case .data(let number): String(number)
    case .made(let number): "s\(number)"
    }
  }
}

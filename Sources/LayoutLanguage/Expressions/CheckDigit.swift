/// How the digit is made that proves a scan line.
enum CheckDigit: String, Sendable, CaseIterable {
  case none
  /// Modulus 10 with doubled digits (ISO/IEC 7812-1, annex B); a letter counts as two digits, A as 10 (as in ISO 6166).
  case luhn
  /// Modulus 10 with the weights 7, 3, 1 from the right, as of ABA routing numbers and Finnish references.
  case mod10Weights731 = "mod10-731"

  /// The digit for what `text` has of digits and letters; everything else in it does not count.
  ///
  /// - Returns: `nil` for ``none``, for letters where the scheme has digits only, and where nothing counts.
  func digit(of text: String) -> UInt8? {
    var values: [Int] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): values.append(Int(byte - UInt8(ascii: "0")))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        guard self == .luhn else { return nil }
        let value = Int(byte - UInt8(ascii: "A")) + 10
        values += [value / 10, value % 10]
      default: break
      }
    }
    guard !values.isEmpty else { return nil }
    let sum: Int
    switch self {
    case .none: return nil
    case .luhn:
      sum = values.reversed().enumerated().reduce(0) { total, next in
        let product = next.offset.isMultiple(of: 2) ? next.element * 2 : next.element
        return total + product / 10 + product % 10
      }
    case .mod10Weights731:
      sum = values.reversed().enumerated().reduce(0) { total, next in total + next.element * [7, 3, 1][next.offset % 3] }
    }
    return UInt8(ascii: "0") + UInt8((10 - sum % 10) % 10)
  }
}

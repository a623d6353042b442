import Foundation

/// Records of version 1 for tests, whose sums are right.
struct TestRecord {
  var account = "4400-1182-07"
  var language = "en-US"
  var currency = "USD"
  var name = "Ana Petrović"
  var address = ["18 Larkspur Ave Apt 4", "Portland OR 97204"]
  var email: String?
  /// Description and amount in minor units.
  var lines: [(String, Int)] = [("Peak energy", 3064), ("Delivery", 1806)]
  var imb: String?

  var json: String {
    let sum = lines.reduce(0) { $0 + $1.1 }
    let written = lines.map { "{\"description\":\(quoted($0.0)),\"amount\":\"\(Self.amount($0.1))\"}" }.joined(separator: ",")
    return """
      {"v":1,"account":\(quoted(account)),"invoice":"2026-11-1","kind":"bill","issued":"2026-11-23","due":"2026-12-14",\
      "currency":"\(currency)","language":"\(language)","customer":{"name":\(quoted(name)),"address":[\(address.map(quoted).joined(separator: ","))]\
      \(imb.map { ",\"postal\":{\"imb_routing\":\"\($0)\"}" } ?? "")\(email.map { ",\"email\":\(quoted($0))" } ?? "")},\
      "delivery":"paper","format":"standard","sections":[{"title":"Charges","lines":[\(written)]}],\
      "totals":{"charges":"\(Self.amount(sum))","due":"\(Self.amount(sum))"}}
      """
  }

  static func amount(_ minor: Int) -> String {
    let part = abs(minor) % 100
    return (minor < 0 ? "-" : "") + "\(abs(minor) / 100)." + (part < 10 ? "0" : "") + "\(part)"
  }

  /// Minor units of a printed English amount such as `1,204.50` or `-3.00`.
  static func minor(_ printed: some StringProtocol) -> Int? {
    let digits = String(printed.filter { ("0"..."9").contains($0) })
    guard printed.contains("."), let value = Int(digits) else { return nil }
    return printed.contains("-") || printed.contains("\u{2212}") ? -value : value
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

internal import Money

/// A line of BT-20 after rule BR-DE-18 of XRechnung: `#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=50.00#`, and the same with `VERZUG` for
/// late payment.
///
/// Capitals, order and number signs are as the rule has them, and a decimal point; of decimals there may be fewer or more than its two, which
/// says the same.
struct SkontoLine {
  /// What it offers and asks, at least one.
  private(set) var conditions: [(isPenalty: Bool, condition: PaymentCondition)] = []
  /// Words before or behind it.
  private(set) var text: String?

  /// - Parameter decimals: How many the currency has.
  /// - Returns: `nil` for a line that holds none, or one that is not after the rule: that is text as it stands.
  init?(_ line: String, at element: InvoiceElement, decimals: Int) {
    guard line.utf8.contains(UInt8(ascii: "#")) else { return nil }
    var words = line.split(separator: " ")[...]
    func take(_ word: Substring?) -> [(isPenalty: Bool, condition: PaymentCondition)]? {
      guard let word, word.utf8.first == UInt8(ascii: "#"), word.utf8.last == UInt8(ascii: "#") else { return nil }
      return SkontoLine.conditions(word, at: element, decimals: decimals)
    }
    while let found = take(words.first) {
      conditions += found
      words.removeFirst()
    }
    var last: [[(isPenalty: Bool, condition: PaymentCondition)]] = []
    while let found = take(words.last) {
      last.append(found)
      words.removeLast()
    }
    conditions += last.reversed().flatMap { $0 }
    guard !conditions.isEmpty, !words.contains(where: { $0.utf8.first == UInt8(ascii: "#") }) else { return nil }
    if !words.isEmpty { text = words.joined(separator: " ") }
  }

  /// The conditions of a word that is nothing but such: one, or several right behind each other.
  private static func conditions(
    _ word: Substring, at element: InvoiceElement, decimals: Int
  ) -> [(isPenalty: Bool, condition: PaymentCondition)]? {
    var result: [(isPenalty: Bool, condition: PaymentCondition)] = []
    // Between its number signs; two that touch are one's end and the next one's beginning.
    var segments = word.dropFirst().dropLast().split(separator: "#", omittingEmptySubsequences: false)[...]
    while let name = segments.popFirst() {
      guard name == "SKONTO" || name == "VERZUG", let days = segments.popFirst().flatMap({ figure($0, "TAGE=", isWhole: true) }),
        let percent = segments.popFirst().flatMap({ figure($0, "PROZENT=") }), percent > .zero,
        name == "VERZUG" || percent <= Amount(mantissa: 100)
      else { return nil }
      var condition = PaymentCondition(percent: Figure(value: percent, element: element), count: days, unit: "DAY", isOfText: true)
      if let next = segments.first, !next.isEmpty {
        guard let base = figure(next, "BASISBETRAG=", isSigned: true), base.decimals <= decimals else { return nil }
        condition.setBase(Figure(value: base, element: element))
        segments.removeFirst()
      }
      result.append((name == "VERZUG", condition))
      if let gap = segments.popFirst() { guard gap.isEmpty, !segments.isEmpty else { return nil } }
    }
    return result.isEmpty ? nil : result
  }

  private static func figure(_ segment: Substring, _ key: String, isWhole: Bool = false, isSigned: Bool = false) -> Amount? {
    guard segment.hasPrefix(key) else { return nil }
    let digits = Array(segment.utf8.dropFirst(key.utf8.count))
    guard isSigned || digits.first != UInt8(ascii: "-"), !isWhole || !digits.contains(UInt8(ascii: ".")) else { return nil }
    return try? Amount(parsing: digits)
  }
}

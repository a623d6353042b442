/// The margin that the numbers of clauses hang in.
enum NumberMargin {
  /// The widest there is, in ems: a longer number stands in the text.
  ///
  /// - Stops: a heading that begins with a line of figures, and leaves no room for the text of all clauses.
  static let widest = 5.0

  /// How wide a number with the space behind it is, in ems of its type, by figures of one width.
  ///
  /// Text may be set anew when its page is known, so that the margin must not depend on shaping; sans serifs stay within these widths.
  static func ems(_ number: String) -> Double {
    let hundredths = number.reduce(66) { sum, sign in
      switch sign {
      case ".", ":", ",", " ", "\u{A0}": sum + 30
      case "(", ")": sum + 38
      case _ where sign.isNumber: sum + 64
      default: sum + 72
      }
    }
    return Double(hundredths) / 100
  }
}

import Contract
import Dates
import Testing

@testable import Pipeline

/// What a post makes of a card, and how its size is told.
@Suite struct CardPostageTests {
  private static func card(_ width: Double, _ height: Double, post: String = "") throws -> CardFacts {
    let day: PlainDate = try #require(PlainDate("2027-01-22"))
    return CardFacts(width: width, height: height, post: post, recipient: CardFacts.Recipient(name: "", address: []), issued: day)
  }

  /// Points, and what is told; a manifest has three decimals of them.
  private static let sizes: [(Double, Double, String)] = [
    (648, 432, "9 x 6 in"), (432, 306, "6 x 4.25 in"), (419.528, 297.638, "148 x 105 mm"), (595.276, 419.528, "210 x 148 mm"),
    (360, 252, "5 x 3.5 in"), (301.5, 432, "4.1875 x 6 in"), (400, 300, "141.1 x 105.8 mm"), (666.142, 453.543, "235 x 160 mm"),
  ]

  @Test(arguments: sizes.indices) func sizeIsToldInTheUnitOfItsTrade(_ index: Int) throws {
    let (width, height, expected) = Self.sizes[index]
    #expect(try CardPostage.size(of: Self.card(width, height)) == expected)
  }

  /// Size, post, the day of the mailing, and the class.
  private static let classes: [(Double, Double, String, String, String?)] = [
    (648, 432, "usps", "2027-01-25", "usps card"), (648, 432, "usps", "2021-08-12", "usps letter"),
    (432, 306, "usps", "2021-08-12", "usps card"),
    (648, 432, "", "2027-01-25", nil), (648, 432, "pony-express", "2027-01-25", nil), (1_200, 432, "usps", "2027-01-25", nil),
  ]

  @Test(arguments: classes.indices) func classIsThatOfTheDayOfTheMailing(_ index: Int) throws {
    let (width, height, post, day, expected) = Self.classes[index]
    let mailed: PlainDate = try #require(PlainDate(day))
    let found = try CardPostage(mailed: mailed).postalClass(of: Self.card(width, height, post: post))
    #expect(found.map { "\($0.post) \($0.name)" } == expected)
  }
}

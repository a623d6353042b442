import Dates
import Diagnostics
import Geometry
import PostalProfiles
import Testing

/// The profiles of posts: that they are read, what class a piece is, and where the areas lie.
@Suite struct PostalProfileTests {
  private func inches(_ number: Double) -> Double { Length.inches(number).points }
  private func day(_ text: String) throws -> PlainDate { try #require(PlainDate(text)) }

  @Test func theProgramsOwnFilesAreSound() throws {
    #expect(PostalProfile.names == ["usps", "deutsche-post"])
    for name in PostalProfile.names {
      let profile = try PostalProfile.named(name)
      #expect(!profile.classes.isEmpty && !profile.areas.isEmpty)
      for source in profile.classes.map(\.source) + profile.areas.map(\.source) {
        #expect(!source.text.isEmpty && source.seen.year >= 2026)
      }
    }
    #expect(PostalProfile.areaNames.contains("usps read-area") && PostalProfile.areaNames.contains("deutsche-post read-area"))
  }

  @Test func anUnknownPostIsToldWithThoseThereAre() {
    let error = #expect(throws: DiagnosticList.self) { try PostalProfile.named("royal-mail") }
    #expect(error?.diagnostics.map(\.id) == ["unknown-post"])
    #expect(error?.diagnostics.first?.message == "there is no profile of a post named 'royal-mail'; known are 'usps', 'deutsche-post'")
  }

  /// Width and height in inches, day, class; the card rate reached 6 by 4.25 in before it reached 9 by 6.
  @Test(
    arguments: [
      (6, 4.25, "2021-08-12", "card"), (6, 4.25, "2026-11-28", "card"), (5, 3.5, "2026-11-28", "card"),
      (9, 6, "2021-08-12", "letter"), (9, 6, "2021-08-13", "card"), (9, 6, "2026-11-28", "card"),
      (9.01, 6, "2026-11-28", "letter"), (9, 6.05, "2026-11-28", "letter"), (11.5, 6.125, "2026-11-28", "letter"),
      (12, 6, "2026-11-28", nil), (4.99, 3.5, "2026-11-28", nil), (5, 3.49, "2026-11-28", nil),
      // Upright, and too long for its height.
      (6, 9, "2026-11-28", nil), (9, 3.55, "2026-11-28", nil),
    ] as [(Double, Double, String, String?)])
  func classesOfTheUnitedStates(_ width: Double, _ height: Double, _ day: String, _ name: String?) throws {
    let profile = try PostalProfile.named("usps")
    #expect(profile.postalClass(width: inches(width), height: inches(height), on: try self.day(day))?.name == name)
    #expect(profile.takes(width: inches(width), height: inches(height)) == (name != nil))
  }

  @Test func sizesAreSaidInTheUnitsOfThePost() throws {
    let usps = try PostalProfile.named("usps")
    let card = try #require(usps.postalClass(width: inches(9), height: inches(6), on: try day("2026-11-28")))
    #expect(card.sizeRange == "5 to 9 by 3.5 to 6 in, 1.3 to 2.5 times as wide as high" && card.title == "Card" && card.source.isConfirmed)
    #expect(usps.words(width: inches(9), height: inches(4.25)) == "9 by 4.25 in")
    let german = try PostalProfile.named("deutsche-post")
    let a6 = try #require(german.postalClass(width: Length.mm(148).points, height: Length.mm(105).points, on: try day("2026-11-28")))
    #expect(a6.sizeRange == "140 to 235 by 90 to 125 mm, 1.4 times as wide as high or more" && !a6.source.isConfirmed)
    #expect(german.postalClass(width: Length.mm(210).points, height: Length.mm(148).points, on: try day("2026-11-28")) == nil)
  }

  @Test func areasLieWhereThePostMeasuresThem() throws {
    let usps = try PostalProfile.named("usps")
    let large = Size(width: .inches(9), height: .inches(6))
    #expect(usps.area("read-area", on: large) == Rect(x: .inches(0.5), y: .inches(3.25), width: .inches(8), height: .inches(2.125)))
    #expect(usps.area("barcode-zone", on: large) == Rect(x: .inches(4.25), y: .inches(5.375), width: .inches(4.75), height: .inches(0.625)))
    #expect(usps.area("window", on: large) == nil)
    // No room for it.
    #expect(usps.area("barcode-zone", on: Size(width: .inches(4), height: .inches(3))) == nil)
    #expect(usps.area("read-area", on: Size(width: .inches(4), height: .inches(2))) == nil)
    let a6 = Size(width: .mm(148), height: .mm(105))
    let area = try #require(try PostalProfile.named("deutsche-post").area("read-area", on: a6))
    for (found, expected) in [
      (area.minX, Length.mm(15)), (area.minY, .mm(40)), (area.maxX, .mm(133)), (area.maxY, .mm(90)),
    ] { #expect(abs(found.points - expected.points) < 1e-6) }
  }
}

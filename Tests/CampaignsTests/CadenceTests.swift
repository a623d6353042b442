import Campaigns
import Dates
import Testing

/// The days of cycles to come.
@Suite struct CadenceTests {
  private static let cases: [(cadence: Cadence, after: String, before: String, limit: Int, days: String)] = [
    (.monthly, "2026-11-23", "2027-03-01", 99, "2026-12-23 2027-01-23 2027-02-23"),
    (.monthly, "2026-11-23", "2027-02-23", 99, "2026-12-23 2027-01-23"),
    (.monthly, "2026-11-23", "2027-02-24", 99, "2026-12-23 2027-01-23 2027-02-23"),
    // The day of the month is that of the first, however short a month between was.
    (.monthly, "2027-01-31", "2027-06-01", 99, "2027-02-28 2027-03-31 2027-04-30 2027-05-31"),
    (.monthly, "2028-01-30", "2028-04-01", 99, "2028-02-29 2028-03-30"), (.monthly, "2026-12-31", "2027-02-01", 99, "2027-01-31"),
    (.monthly, "2026-11-23", "2026-12-23", 99, ""), (.monthly, "2026-11-23", "2026-11-01", 99, ""),
    (.monthly, "2026-11-23", "2027-12-01", 2, "2026-12-23 2027-01-23"), (.monthly, "9999-11-30", "9999-12-31", 99, "9999-12-30"),
    (.monthly, "9999-12-30", "9999-12-31", 99, ""), (.weeks(1), "2027-02-15", "2027-03-01", 99, "2027-02-22"),
    (.weeks(1), "2027-02-15", "2027-03-02", 99, "2027-02-22 2027-03-01"),
    (.weeks(4), "2026-12-07", "2027-03-02", 99, "2027-01-04 2027-02-01 2027-03-01"), (.weeks(52), "2026-11-23", "2027-11-22", 99, ""),
    (.weeks(52), "2026-11-23", "2027-11-23", 99, "2027-11-22"),
  ]

  @Test(arguments: cases.indices) func cyclesLieBetweenTheDays(_ index: Int) throws {
    let (cadence, after, before, limit, expected) = Self.cases[index]
    let (start, end) = (try #require(PlainDate(after)), try #require(PlainDate(before)))
    #expect(cadence.days(after: start, before: end, limit: limit).map(\.iso).joined(separator: " ") == expected)
  }
}

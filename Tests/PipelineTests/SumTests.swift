import Money
import TestSupport
import Testing

@testable import Pipeline

@Suite struct SumTests {
  private func sum(_ texts: [String], decimals: Int = 2) throws -> String {
    var sum = ExactSum()
    for text in texts { sum.add(try Amount(text)) }
    return sum.description(decimals: decimals)
  }

  @Test func sumsAreExactAcrossSignsAndDecimals() throws {
    #expect(try sum([]) == "0.00")
    #expect(try sum(["0.1", "0.2"]) == "0.30")
    #expect(try sum(["1", "-0.5"]) == "0.50")
    #expect(try sum(["-1", "0.25"]) == "-0.75")
    #expect(try sum(["-0.005"]) == "-0.005")
    #expect(try sum(["5", "-5.00"], decimals: 0) == "0")
    #expect(try sum(["9223372036854775807", "9223372036854775807", "0.000000000000000001"]) == "18446744073709551614.000000000000000001")
    #expect(try sum(["-9.223372036854775807", "-9.223372036854775807", "0.000000000000000001"]) == "-18.446744073709551613")
  }

  @Test func sumsAgreeWithAmountsWhereThoseReach() throws {
    var lottery = SeededNumbers(seed: 7)
    for _ in 0..<200 {
      var (exact, plain) = (ExactSum(), Amount.zero)
      for _ in 0..<20 {
        let amount = Amount(mantissa: Int64(lottery.next(below: 2_000_001) - 1_000_000), scale: lottery.next(below: 5))
        exact.add(amount)
        plain = try plain.adding(amount)
      }
      #expect(exact.description(decimals: 2) == plain.description(decimals: 2))
    }
  }
}

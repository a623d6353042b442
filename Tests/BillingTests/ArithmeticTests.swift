import Billing
import Diagnostics
import JSON
import Money
import Testing

@Suite struct ArithmeticTests {
  @Test func sumsThatDoNotAddUpNameBothFigures() throws {
    let subtotal = try #require(Fixture.fault(#""subtotal":"30.64""#, #""subtotal":"30.65""#))
    #expect(subtotal.code == .sumMismatch && subtotal.path == "$.sections[0].subtotal")
    #expect(subtotal.message == "the lines add up to 30.64, but subtotal is 30.65")
    let charges = try #require(Fixture.fault(#""charges":"31.56""#, #""charges":"31.5""#))
    #expect(charges.path == "$.totals.charges")
    #expect(charges.message == "sections and taxes add up to 31.56, but totals.charges is 31.50")
    let due = try #require(Fixture.fault(#""due":"31.56""#, #""due":"-31.56""#))
    #expect(due.path == "$.totals.due")
    #expect(due.message == "balance and charges add up to 31.56, but totals.due is -31.56")
  }

  @Test func balanceCountsTowardsDue() throws {
    let fault = Fixture.fault(#""payments":"-82.10""#, #""payments":"-82.00""#)
    #expect(fault?.message == "balance and charges add up to 31.66, but totals.due is 31.56")
    let bytes = Fixture.record(#""payments":"-82.10","adjustments":"0.00""#, #""adjustments":"-82.10""#)
    #expect(try BillReader().read(bytes).bill.balance.payments.isZero)
  }

  @Test func absentSubtotalIsTheSumOfTheLines() throws {
    let bill = try BillReader().read(Fixture.record(#","subtotal":"30.64""#, "")).bill
    #expect(try bill.sections[0].subtotal == Amount("30.64"))
    #expect(Fixture.fault(#","subtotal":"30.64""#, #","subtotal":null"#) == nil)
    #expect(Fixture.fault(#""lines":["#, #""lines":[{"amount":"0.01","description":"x"},"#)?.path == "$.sections[0].subtotal")
  }

  @Test func subtotalWithoutLinesStandsForItself() throws {
    let text = ReadingTests.smallest.replacing(#""sections":[]"#, with: #""sections":[{"title":"t","lines":[],"subtotal":"120"}]"#)
    let right = text.replacing(#""charges":"0","due":"0""#, with: #""charges":"120","due":"120""#)
    #expect(try BillReader().read(Array(right.utf8)).bill.sections[0].subtotal == Amount("120"))
    let wrong = text.replacing(#""charges":"0","due":"0""#, with: #""charges":"100","due":"100""#)
    #expect(Fixture.fault(Array(wrong.utf8))?.path == "$.totals.charges")
    let cents = right.replacing(#""subtotal":"120""#, with: #""subtotal":"120.5""#)
    #expect(Fixture.fault(Array(cents.utf8))?.path == "$.sections[0].subtotal")
  }

  @Test func sumsAreExactBeyondBinaryFractions() throws {
    let lines = Array(repeating: #"{"description":"x","amount":"0.10"}"#, count: 1000).joined(separator: ",")
    var text = ReadingTests.smallest.replacing(#""JPY""#, with: #""EUR""#)
    text = text.replacing(#""sections":[]"#, with: #""sections":[{"title":"t","lines":[\#(lines)],"subtotal":"100"}]"#)
    text = text.replacing(#""charges":"0","due":"0""#, with: #""charges":"100.00","due":100"#)
    #expect(Fixture.fault(Array(text.utf8)) == nil)
  }

  static let decimals: [(String, String, String)] = [
    (#""amount":"30.64""#, #""amount":"30.641""#, "$.sections[0].lines[0].amount"),
    (#""subtotal":"30.64""#, #""subtotal":"30.641""#, "$.sections[0].subtotal"),
    (#""base":"30.64""#, #""base":"30.6401""#, "$.taxes[0].base"),
    (#""amount":"0.92""#, #""amount":"0.921""#, "$.taxes[0].amount"),
    (#""previous":"82.10""#, #""previous":"82.101""#, "$.balance.previous"),
    (#""charges":"31.56""#, #""charges":"31.561""#, "$.totals.charges"),
    (#""due":"31.56""#, #""due":"31.561""#, "$.totals.due"),
  ]

  @Test(arguments: decimals) func moreDecimalsThanTheCurrencyHasAreAFault(_ old: String, _ new: String, _ path: String) throws {
    let fault = try #require(Fixture.fault(old, new))
    #expect(fault.code == .tooManyDecimals)
    #expect(fault.path == path)
  }

  @Test func trailingZerosAndFinePricesAreNoFault() {
    #expect(Fixture.fault(#""amount":"30.64""#, #""amount":"30.640000""#) == nil)
    #expect(Fixture.fault(#""price":"0.1432""#, #""price":"0.143200001""#) == nil)
    #expect(Fixture.fault(#""quantity":"214""#, #""quantity":"213.9999""#) == nil)
  }

  @Test func decimalsFollowTheCurrencyWhereverItStands() {
    let yen = Fixture.record.replacing(#""currency":"USD","#, with: "").replacing(#""extra":{}"#, with: #""extra":{},"currency":"JPY""#)
    #expect(Fixture.fault(Array(yen.utf8))?.code == .tooManyDecimals)
    let dinar = Fixture.record.replacing(#""currency":"USD""#, with: #""currency":"KWD""#)
    #expect(Fixture.fault(Array(dinar.replacing("30.64", with: "30.645").replacing("31.56", with: "31.565").utf8)) == nil)
  }

  @Test func lineArithmeticBeyondOneMinorUnitIsAWarning() throws {
    // 214 × 0.1432 = 30.6448
    #expect(try BillReader().read(Fixture.record(#""price":"0.1432""#, #""price":"0.14322""#)).warnings.isEmpty)
    let bytes = Fixture.record(#""price":"0.1432""#, #""price":"0.1433""#)
    let warnings = try BillReader().read(bytes).warnings
    #expect(warnings.map(\.code) == [.lineArithmetic])
    #expect(warnings.map(\.path) == ["$.sections[0].lines[0].amount"])
    #expect(warnings.first?.message == "quantity 214 × price 0.1433 is not the amount 30.64")
    let fault = try #require(Fixture.fault(bytes, strictLines: true))
    #expect(fault.code == .lineArithmetic && fault.path == "$.sections[0].lines[0].amount")
  }

  @Test func taxArithmeticBeyondOneMinorUnitIsAWarning() throws {
    #expect(try BillReader().read(Fixture.record(#""rate":"3""#, #""rate":"3.03""#)).warnings.isEmpty)
    let bytes = Fixture.record(#""rate":"3""#, #""rate":"3.04""#)
    #expect(try BillReader().read(bytes).warnings.map(\.code) == [.taxArithmetic])
    #expect(Fixture.fault(bytes, strictLines: true)?.path == "$.taxes[0].amount")
  }

  @Test func figuresTooLargeToReckonAreFaultsOrWarningsButNeverTraps() throws {
    let huge = "9223372036854775807"
    let bytes = Fixture.record(
      #""quantity":"214","unit":"kWh","price":"0.1432""#, #""quantity":"\#(huge)","price":"0.\#(huge.dropLast())""#)
    #expect(try BillReader().read(bytes).warnings.map(\.code) == [.lineArithmetic])
    let line = #"{"description":"x","amount":"\#(huge)"}"#
    let fault = try #require(Fixture.fault(#""lines":["#, #""lines":[\#(line),\#(line),"#))
    #expect(fault.code == .outOfRange)
    #expect(Fixture.fault(#""previous":"82.10""#, #""previous":"-9223372036854775808""#)?.code != nil)
  }

  @Test func manyOddLinesAreToldByTheFirstHundred() throws {
    let odd = Array(repeating: #"{"description":"x","quantity":"1","price":"1","amount":"0"}"#, count: 500).joined(separator: ",")
    let text = Fixture.record.replacing(#""lines":["#, with: #""lines":[\#(odd),"#).replacing(#""rate":"3""#, with: #""rate":"9""#)
    let warnings = try BillReader().read(Array(text.utf8)).warnings
    #expect(warnings.count == WarningList.limit + 1)
    #expect(warnings.last?.code == .taxArithmetic)
  }

  @Test func acceptedSumsStayAsTheyAreGivenAndAreWarnings() throws {
    let text = String(decoding: Fixture.record(#""subtotal":"30.64""#, #""subtotal":"30.65""#), as: UTF8.self)
      .replacing(#""due":"31.56""#, with: #""due":"99.00""#)
    let reader = BillReader(acceptsSumMismatch: true)
    let (bill, warnings) = try reader.read(Array(text.utf8))
    #expect(bill.sections[0].subtotal.description == "30.65" && bill.totals.due.description == "99.00")
    #expect(bill.totals.charges.description == "31.56")
    #expect(warnings.map(\.code) == [.sumMismatch, .sumMismatch, .sumMismatch])
    #expect(warnings.map(\.path) == ["$.sections[0].subtotal", "$.totals.charges", "$.totals.due"])
    // The same words as those of the reject.
    #expect(throws: RecordFault(.sumMismatch, warnings[0].message, path: warnings[0].path)) { try BillReader().read(Array(text.utf8)) }
    // Nothing else is let pass.
    let decimals = Fixture.record(#""subtotal":"30.64""#, #""subtotal":"30.645""#)
    #expect(throws: RecordFault.self) { try reader.read(decimals) }
    #expect(throws: RecordFault.self) {
      try BillReader(strictLines: true, acceptsSumMismatch: true).read(Fixture.record(#""price":"0.1432""#, #""price":"0.2432""#))
    }
  }
}

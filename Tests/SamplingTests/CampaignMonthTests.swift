import Foundation
import TestSupport
import Testing

/// The months of the sample company's campaign, which `Scripts/demo` walks through: made by `Samples/larkspur/bills.py`.
@Suite(.needs(Tool.schemaValidator)) struct CampaignMonthTests {
  private typealias Fields = [String: Any]
  private static let script = Project.path("Samples/larkspur/bills.py")

  private static func lines(_ month: String) throws -> String {
    let made = try Tool.run([Tool.python, "-B", script, month])
    guard made.code == 0 else { throw TestFailure(made.output) }
    return made.output
  }

  private static func records(_ text: String) throws -> [Fields] {
    try text.split(separator: "\n").compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? Fields }
  }

  private static func amount(_ value: Any?) throws -> Decimal { try #require((value as? String).flatMap { Decimal(string: $0) }) }

  /// What a script must not change unseen: the bills that are in the repository.
  @Test func billsOfNovemberAreThoseOfTheScript() throws {
    let made = try Self.lines("2026-11")
    #expect(try Project.text("Samples/larkspur/bills.jsonl") == made)
  }

  @Test(arguments: ["2027-01", "2027-02", "2027-03"]) func billsAddUp(month: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bills.jsonl", try Self.lines(month))
    let run = try Tool.run([Tool.python, Project.path("Tests/Readers/metered_bills.py"), file])
    #expect(run.code == 0 && run.output.contains("38 bills"), "\(run.output)")
    for record in try Self.records(try folder.text("bills.jsonl")) {
      let totals = try #require(record["totals"] as? Fields)
      let charges = try Self.amount(totals["charges"])
      let parts =
        try ((record["sections"] as? [Fields]) ?? []).map { try Self.amount($0["subtotal"]) }
        + ((record["taxes"] as? [Fields]) ?? []).map { try Self.amount($0["amount"]) }
      let balance = try ((record["balance"] as? Fields) ?? [:]).values.map { try Self.amount($0) }
      let due = try Self.amount(totals["due"])
      #expect(parts.reduce(0, +) == charges && balance.reduce(charges, +) == due, "\(record["invoice"] ?? "")")
    }
  }

  /// Customers stay, but for those who had their last bill; meters and histories go on; who agreed in time is billed without paper.
  @Test func monthsGoOn() throws {
    let months = try ["2026-11", "2027-01", "2027-02", "2027-03"].map { try Self.records(try Self.lines($0)) }
    func accounts(_ records: [Fields]) -> [String] { records.compactMap { $0["account"] as? String } }
    let leaving = months[0].filter { ["final", "termination"].contains($0["kind"] as? String ?? "") }
    #expect(leaving.count == 2)
    for records in months.dropFirst() { #expect(accounts(records) == accounts(months[0]).filter { !accounts(leaving).contains($0) }) }
    for (month, next) in [(months[1], months[2]), (months[2], months[3])] {
      for (before, after) in zip(month, next) {
        guard let then = before["extra"] as? Fields, let now = after["extra"] as? Fields else { continue }
        let readings = [then, now].compactMap { ($0["readings"] as? [Fields])?.first }
        #expect(readings[0]["current"] as? String == readings[1]["previous"] as? String)
        #expect((now["last_bill"] as? Fields)?["use"] as? String == readings[0]["use"] as? String)
        #expect((now["last_bill"] as? Fields)?["charges"] as? String == (before["totals"] as? Fields)?["charges"] as? String)
        let bars = [before, after].map { (($0["usage"] as? [Fields]) ?? []).compactMap { $0["value"] as? String } }
        if bars[0].count == 13 { #expect(bars[0].dropFirst() == bars[1].dropLast()) }
      }
    }
    let names = ["2026-11", "2027-01", "2027-02", "2027-03"]
    let electronic = months.map { records in
      records.filter { $0["delivery"] as? String == "electronic" }.compactMap { ($0["invoice"] as? String)?.suffix(4) }.joined(
        separator: " ")
    }
    // 4700 agreed too late for January and thought better of it; 4705 agreed by phone first, which is none; 4708 and 4739 came back to paper when
    // an e-mail did.
    #expect(
      Dictionary(uniqueKeysWithValues: zip(names, electronic)) == [
        "2026-11": "4708 4730", "2027-01": "4710 4713 4714 4720 4730 4739", "2027-02": "4710 4713 4714 4720 4721 4730 4737 4739",
        "2027-03": "4701 4705 4710 4713 4714 4720 4721 4730 4737",
      ])
  }
}

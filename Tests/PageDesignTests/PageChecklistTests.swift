import Foundation
import TestSupport
import Testing

/// The samples' pages against the designer's checklist, measured by `Check/page_checklist.py`, which shares no code with the program.
@Suite(.needs("mutool", "pdftoppm", Tool.barcodeReader), .serialized)
struct PageChecklistTests {
  private static let check = Project.path("Tests/PageDesignTests/Check")

  /// Runs the checklist on a finished output folder.
  private func measure(_ out: String, house: String, _ options: [String] = []) throws -> (code: Int32, lines: [String]) {
    let run = try Tool.run([Tool.python, "-B", Self.check + "/page_checklist.py", "--house", house] + options + [out])
    return (run.code, run.output.split(separator: "\n").map(String.init))
  }

  /// What failed, and the last line, which counts.
  private func faults(_ lines: [String]) -> String {
    (lines.filter { $0.contains(" FAIL: ") } + lines.suffix(1)).joined(separator: "\n")
  }

  /// Ordinary in both languages, 300 lines, credit, nothing to pay, overdue, large print in both languages.
  private static let kinds = ["4700", "4702", "4701", "4703", "4704", "4705", "4706", "4707"]

  @Test(arguments: ["2026-11-23", "2027-02-05"])
  func larkspurHoldsTheChecklist(asOf day: String) throws {
    let accounts = try Self.accounts(ofInvoicesEnding: Self.kinds)
    let cycle = try PrintedCycle.larkspur(asOf: day, only: accounts)
    let found = try measure(cycle.out, house: "larkspur", ["--data", Project.path("Samples/larkspur/bills.jsonl")])
    #expect(found.code == 0, "\(faults(found.lines))")
    #expect(found.lines.last?.hasPrefix("\(Self.kinds.count) bills measured") == true)
  }

  @Test func invoicesHoldTheChecklist() throws {
    let folder = try TemporaryFolder()
    let made = try Tool.run([Tool.python, "-B", Self.check + "/invoice_cases.py", folder.path])
    try #require(made.code == 0, "\(made.output)")
    let cycle = try PrintedCycle(layout: Project.path("Layouts/e-invoice"), data: [folder.path], options: ["--language", "de"])
    let found = try measure(cycle.out, house: "e-invoice")
    #expect(found.code == 0, "\(faults(found.lines))")
    #expect(found.lines.last?.hasPrefix("5 bills measured") == true)
  }

  /// A layout made worse in one point each: the checklist sees what it is there to see.
  @Test(arguments: [
    ("2", "<style name=\"amount-due\"", "size", "15pt"), ("11", "<style name=\"foot\"", "size", "6.5pt"),
    ("19", "<color name=\"grey\"", "value", "#9A9A9A"), ("21", "<style name=\"notice-heading\"", "size", "11pt"),
    ("12", "<style name=\"terms\"", "line-height", "9.5pt"),
  ])
  func worseLayoutFails(_ point: String, _ element: String, _ attribute: String, _ value: String) throws {
    let folder = try TemporaryFolder()
    let layout = folder.path("larkspur")
    try FileManager.default.copyItem(atPath: Project.path("Layouts/larkspur"), toPath: layout)
    let text = try folder.text("larkspur/layout.xml")
    let start = try #require(text.range(of: element))
    let place = try #require(text.range(of: attribute + "=\"", range: start.upperBound..<text.endIndex))
    let end = try #require(text.range(of: "\"", range: place.upperBound..<text.endIndex))
    try folder.write("larkspur/layout.xml", text.replacingCharacters(in: place.upperBound..<end.lowerBound, with: value))
    let cycle = try PrintedCycle.larkspur(asOf: "2026-11-23", only: try Self.accounts(ofInvoicesEnding: ["4700"]), layout: layout)
    let found = try measure(cycle.out, house: "larkspur", ["--data", Project.path("Samples/larkspur/bills.jsonl")])
    #expect(found.code == 1 && found.lines.contains { $0.contains(" point \(point) FAIL: ") }, "\(found.lines.joined(separator: "\n"))")
  }

  /// Accounts of the sample's bills, by the last digits of their invoices.
  private static func accounts(ofInvoicesEnding endings: [String]) throws -> [String] {
    try Project.records("Samples/larkspur/bills.jsonl").compactMap { line in
      let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let invoice = fields?["invoice"] as? String, endings.contains(where: { invoice.hasSuffix($0) }) else { return nil }
      return fields?["account"] as? String
    }
  }
}

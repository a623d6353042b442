import Foundation
import TestSupport
import Testing

/// The samples' pages against the designer's checklist, measured by `Check/page_checklist.py`, which shares no code with the program.
@Suite(.needs("mutool", "pdftoppm", Tool.barcodeReader), .serialized, .onOwnThreads)
struct PageChecklistTests {
  private static let check = Project.path("Tests/PageDesignTests/Check")

  /// Runs the checklist on a finished output folder.
  private static func measure(_ out: String, house: String, _ options: [String] = []) throws -> (code: Int32, lines: [String]) {
    let run = try Tool.run([Tool.python, "-B", check + "/page_checklist.py", "--house", house] + options + [out])
    return (run.code, run.output.split(separator: "\n").map(String.init))
  }

  /// What failed, and the last line, which counts.
  private func faults(_ lines: [String]) -> String {
    (lines.filter { $0.contains(" FAIL: ") } + lines.suffix(1)).joined(separator: "\n")
  }

  /// Ordinary in both languages, 300 lines, credit, nothing to pay, overdue, large print in both languages, sent electronically, an address of
  /// eight lines, a last bill of five lines.
  private static let kinds = ["4700", "4702", "4701", "4703", "4704", "4705", "4706", "4707", "4730", "4712", "4716"]

  @Test(arguments: ["2026-11-23", "2027-02-05"])
  func larkspurHoldsTheChecklist(asOf day: String) async throws {
    let accounts = try Self.accounts(ofInvoicesEnding: Self.kinds)
    let found = try await Tool.waiting {
      let cycle = try PrintedCycle.larkspur(asOf: day, only: accounts)
      return try Self.measure(cycle.out, house: "larkspur", ["--data", Project.path("Samples/larkspur/bills.jsonl")])
    }
    #expect(found.code == 0, "\(faults(found.lines))")
    #expect(found.lines.last?.hasPrefix("\(Self.kinds.count) bills measured") == true)
  }

  @Test func invoicesHoldTheChecklist() async throws {
    let found = try await Tool.waiting {
      let folder = try TemporaryFolder()
      let cycle = try Self.printedInvoices(in: folder)
      return try Self.measure(cycle.out, house: "e-invoice")
    }
    #expect(found.code == 0, "\(faults(found.lines))")
    #expect(found.lines.last?.hasPrefix("5 bills measured") == true)
  }

  /// Opt-in codes, scan lines, Intelligent Mail barcodes and addresses in every position of the sheet, read back from pictures.
  @Test(.needs("tesseract")) func codesAreReadBackFromPages() async throws {
    let accounts = try Self.accounts(ofInvoicesEnding: ["4700", "4702", "4703", "4720", "4725"])
    let run = try await Tool.waiting {
      let cycle = try PrintedCycle.larkspur(asOf: "2026-11-23", only: accounts)
      return try Tool.run([
        Tool.python, "-B", Self.check + "/page_codes.py", "larkspur", cycle.out, Project.path("Samples/larkspur/bills.jsonl"),
        Project.path("Samples/larkspur/campaign/campaign.yaml"), cycle.key ?? "",
      ])
    }
    #expect(run.code == 0 && run.output.contains("'opt-in': 5, 'scan': 4, 'IMb': 5, 'address': 5"), "\(run.output)")
  }

  /// GiroCodes against the XML; where the payee's name is longer than the code may hold, there is none.
  @Test func payCodesAreReadBackFromPages() async throws {
    let run = try await Tool.waiting {
      let folder = try TemporaryFolder()
      let cycle = try Self.printedInvoices(in: folder)
      let invoices = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xml") }.sorted()
      return try Tool.run(
        [Tool.python, "-B", Self.check + "/page_codes.py", "e-invoice", cycle.out] + invoices.map { folder.path($0) })
    }
    #expect(run.code == 0 && run.output.contains("read back: 2 GiroCodes, 0 faults"), "\(run.output)")
  }

  private static func printedInvoices(in folder: TemporaryFolder) throws -> PrintedCycle {
    let made = try Tool.run([Tool.python, "-B", check + "/invoice_cases.py", folder.path])
    guard made.code == 0 else { throw TestFailure(made.output) }
    return try PrintedCycle(layout: Project.path("Layouts/e-invoice"), data: [folder.path], options: ["--language", "de"])
  }

  /// A layout made worse in one point each: the checklist sees what it is there to see.
  @Test(arguments: [
    ("2", "<style name=\"amount-due\"", "size", "15pt"), ("11", "<style name=\"foot\"", "size", "6.5pt"),
    ("19", "<color name=\"grey\"", "value", "#9A9A9A"), ("3", "<style name=\"due-date\"", "size", "12pt"),
    ("12", "<style name=\"terms\"", "line-height", "9.5pt"),
  ])
  func worseLayoutFails(_ point: String, _ element: String, _ attribute: String, _ value: String) async throws {
    let folder = try TemporaryFolder()
    let layout = folder.path("larkspur")
    try FileManager.default.copyItem(atPath: Project.path("Layouts/larkspur"), toPath: layout)
    let text = try folder.text("larkspur/layout.xml")
    let start = try #require(text.range(of: element))
    let place = try #require(text.range(of: attribute + "=\"", range: start.upperBound..<text.endIndex))
    let end = try #require(text.range(of: "\"", range: place.upperBound..<text.endIndex))
    try folder.write("larkspur/layout.xml", text.replacingCharacters(in: place.upperBound..<end.lowerBound, with: value))
    let accounts = try Self.accounts(ofInvoicesEnding: ["4700"])
    let found = try await Tool.waiting {
      let cycle = try PrintedCycle.larkspur(asOf: "2026-11-23", only: accounts, layout: layout)
      return try Self.measure(cycle.out, house: "larkspur", ["--data", Project.path("Samples/larkspur/bills.jsonl")])
    }
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

import Billing
import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// Records with and without what is optional make decent pages in both layouts. `Scripts/soak records` tries four hundred.
@Suite(.serialized) struct OddRecordTests {
  /// Why a record may be refused that is right in itself: its language, or its digits in a currency, are none of the layout's.
  static let limits: Set<String> = ["language-not-offered"]

  @Test(.needs(Tool.python, "pdftotext"), arguments: ["larkspur", "e-invoice"])
  func recordsMakePages(layout: String) throws {
    let made = try Tool.run(
      [Tool.python, Project.path("Tests/Readers/odd_records.py"), "16", "5"])
    let records = made.output.split(separator: "\n").map(String.init)
    try #require(made.code == 0 && records.count == 16)
    let campaign = layout == "larkspur" ? Project.path("Samples/larkspur/campaign") : nil
    let job = try LayoutJob(
      JobOptions(
        layout: Project.path("Layouts/\(layout)"), campaign: campaign,
        tokenKey: campaign == nil ? nil : Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key"), fonts: [Project.fonts]))
    let maker = BillMaker(job)
    let folder = try TemporaryFolder()
    var count = 0
    for (index, record) in records.enumerated() {
      let input = RecordInput(file: "odd.jsonl", input: 0, number: index + 1, offset: 0, identity: nil, bytes: Array(record.utf8))
      switch maker.render(input) {
      case .pieces(let pieces, _, _):
        _ = try folder.write("\(index).pdf", try #require(pieces.first).bytes)
        count += 1
      case .reject(let fault, _):
        #expect(Self.limits.contains(fault.code.rawValue), "record \(index + 1): \(fault.code) \(fault.fullMessage)")
      }
    }
    #expect(count >= 8)
    let seen = try Tool.run([Tool.python, Project.path("Tests/Readers/odd_pages.py"), folder.url.path])
    #expect(seen.code == 0, "\(seen.output)")
  }
}

import Billing
import Contract
import Diagnostics
import Foundation
import Geometry
import Layout
import Painting
import TestSupport
import Testing

@testable import Billmaking

/// Findings of bills keep their places from where they arise to the preview.
@Suite struct FindingPlaceTests {
  private func shown(_ layout: TrialLayout, _ record: String, _ output: PreviewRequest.Output = .findings) -> [PreviewFinding] {
    shown(layout.job, record, output)
  }

  private func shown(_ job: LayoutJob, _ record: String, _ output: PreviewRequest.Output = .findings) -> [PreviewFinding] {
    BillPreviewer(job).render(PreviewRequest(record: Array(record.utf8), file: "bills.jsonl", number: 1, output: output)).findings
  }

  @Test func blockThatDoesNotFitIsShownWhereItStands() throws {
    let layout = try TrialLayout(
      TrialLayout.xml(
        "<each each=\"s in sections\"><box each=\"line in s.lines\" name=\"slot\" height=\"10pt\"><text>{line.description}</text></box></each>"
      ))
    let record = TestRecord(lines: [("a", 1), ("b", 2)]).json
    let fault = try #require(layout.fault(record))
    guard case .block(let block)? = fault.statement.origin else {
      Issue.record("\(fault)")
      return
    }
    #expect(block.element == "box" && block.label == "slot" && fault.path == "$.sections[0].lines[0]")
    #expect(fault.statement.page == 1 && fault.statement.figures?.hasSuffix("10 pt available") == true)
    #expect(fault.message.hasPrefix("<box> 'slot' (layout.xml:5:37) does not fit into its place on page 1: height "), "\(fault.message)")
    let finding = try #require(shown(layout, record).first)
    let place = try #require(finding.place)
    #expect(finding.message == fault.message && finding.page == 1 && finding.recordPath == "$.sections[0].lines[0]")
    #expect(place.file == layout.folder.path + "/layout.xml" && place.line == 5 && place.column == 37)
    #expect(place.absolutePath?.hasSuffix("/layout.xml") == true)
    let excerpt = place.excerpt
    #expect(Array(excerpt.text)[excerpt.start..<excerpt.start + excerpt.length].map(String.init).joined() == "box")
  }

  @Test func expressionIsMarkedAsAWhole() throws {
    let layout = try TrialLayout(TrialLayout.xml("<text>{totals.due * 999999999999 * 999999999999 | number}</text>"))
    let fault = try #require(layout.fault(TestRecord().json))
    #expect(fault.code == "number-overflow" && fault.message.contains(" (layout.xml:5:"), "\(fault.message)")
    let place = try #require(shown(layout, TestRecord().json).first?.place)
    let marked = Array(place.excerpt.text)[place.excerpt.start..<place.excerpt.start + place.excerpt.length].map(String.init).joined()
    #expect(marked.contains("999999999999 * 999999999999"), "\(marked)")
  }

  /// What a record says is never taken for a place: such a link would lead anywhere.
  @Test func dataThatLooksLikeAPlaceIsNone() throws {
    let layout = try TrialLayout(TrialLayout.xml("<text>{customer.name}</text>"))
    for key in ["(layout.xml:1:2)", "(strings/en-US.yaml:1:1)", "(layout.xml:5:10) x"] {
      let record = TestRecord().json.replacing("{\"v\":1,", with: "{\"v\":1,\"\(key)\":1,")
      let finding = try #require(shown(layout, record).first)
      #expect(finding.id == "unknown-key" && finding.message.contains(key) && finding.place == nil, "\(finding)")
    }
  }

  /// Two files of one name, in the layout's folder and in the campaign's: the finding is about the one it arose in.
  @Test func filesOfOneNameAreTheirOwn() throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("billfold-places-\(UUID().uuidString)")
    defer { try? files.removeItem(at: folder) }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let (layout, campaign) = (folder.appendingPathComponent("layout"), folder.appendingPathComponent("campaign"))
    try files.copyItem(at: Project.root.appendingPathComponent("Layouts/larkspur"), to: layout)
    try files.copyItem(at: Project.root.appendingPathComponent("Samples/larkspur/campaign"), to: campaign)
    let whole = try Project.text("Samples/larkspur/campaign/campaign.yaml")
    // A postcard, which takes words of the notice, would not say what a bill has to pay.
    let words = String(whole[..<(try #require(whole.firstRange(of: "\nchannels:\n")).lowerBound)])
    let faulty = words.replacing(
      "This is **optional**.", with: "{totals.due * 999999999999 * 999999999999 | number}")
    #expect(faulty != words)
    try Data(faulty.utf8).write(to: campaign.appendingPathComponent("campaign.yaml"))
    try Data((String(repeating: "# a decoy\n", count: 60)).utf8).write(to: layout.appendingPathComponent("campaign.yaml"))
    // The same campaign within the layout's folder is named from there.
    try files.copyItem(at: campaign, to: layout.appendingPathComponent("campaign"))
    for (path, name) in [(campaign.path, "campaign.yaml"), (layout.path + "/campaign", "campaign/campaign.yaml")] {
      let job = try LayoutJob(
        JobOptions(
          layout: layout.path, campaign: path + "/campaign.yaml", fonts: [Project.fonts],
          purpose: .preview))
      let record = try #require(Project.records("Samples/larkspur/bills.jsonl").first { $0.contains("\"en-US\"") })
      let finding = try #require(shown(job, record).first { $0.severity == .error })
      #expect(finding.id == "number-overflow" && finding.message.contains(" (\(name):"), "\(finding)")
      let place = try #require(finding.place)
      #expect(place.file == path + "/campaign.yaml" && place.excerpt.text.contains("999999999999"), "\(place)")
    }
  }

  /// A family that is missing is shown where it is asked for, although the message names every family there is.
  @Test func missingFamilyIsShownWhereItIsAskedFor() throws {
    let xml = TrialLayout.xml("<text style=\"odd\">x</text>", declarations: "<style name=\"odd\" font=\"Nowhere Sans\" size=\"9pt\"/>")
    let error = try #require(throws: DiagnosticList.self) { _ = try TrialLayout(xml) }
    let finding = try #require(error.diagnostics.first)
    #expect(finding.id == "unknown-font-family" && finding.message.contains("'Inter'"))
    let range = try #require(finding.range)
    #expect(String(decoding: range.file.bytes[range.bytes], as: UTF8.self).contains("Nowhere Sans"))
  }

  /// A page that cannot be drawn is told in the painter's own words, in the reject as in the preview.
  @Test func pagesThatCannotBeDrawnAreExplained() throws {
    let layout = try TrialLayout(TrialLayout.xml("<text>x</text>"))
    let maker = layout.maker
    var warnings: [RecordWarning] = []
    var composed = try maker.compose(try maker.read(Array(TestRecord().json.utf8)), maker.occasion, &warnings)
    composed.document.body = ImageNode(image: 99, naturalSize: Size(width: .pt(10), height: .pt(10)), description: nil)
    let laidOut = try maker.layOut(composed)
    let fault = #expect(throws: RecordFault.self) { try maker.finish(laidOut, &warnings, paints: true) }
    #expect(fault?.code == "painting-failed" && fault?.message == "image 99 is not in the image table", "\(String(describing: fault))")
    for error in [.unboundLateText(page: 2), .unknownFont(FontID(3), reason: "r"), .unexpectedStructure("w")] as [PaintingError] {
      let told = RecordFault(painting: error)
      #expect(told.code == "painting-failed" && told.message == error.diagnostic.message && told.message == "\(error)")
      #expect(!told.message.contains("("), "\(told.message)")
    }
  }
}

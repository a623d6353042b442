import Diagnostics
import Foundation
import Geometry
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// What composing hands down and up: a block knows its place in the record however late it is composed, and a bill is the same whatever a worker
/// has made before it.
@Suite struct ComposingTests {
  /// The record paths of the headings of all pages, in painting order.
  private func headingPaths(_ layout: TrialLayout, _ record: String) throws -> [String] {
    try layout.pages(record).flatMap { page in
      PageFacts(page: page).areas.compactMap { area in
        if case .heading = area.tag.role { area.tag.path?.text ?? "none" } else { nil }
      }
    }
  }

  /// Shrunk blocks are composed anew while a page is filled, when the loops around them are long over.
  @Test(arguments: [
    "<box each=\"a in customer.address\" BOX><text heading=\"2\">{a}</text></box>",
    "<each each=\"a in customer.address\"><column BOX><text heading=\"2\">{a}</text></column></each>",
    "<box BOX><text heading=\"2\" each=\"a in customer.address\">{a}</text></box>",
    "<column each=\"a in customer.address\"><box BOX><keep><text heading=\"2\">{a}</text></keep></box></column>",
  ])
  func shrunkBlocksKnowTheirRecordPath(_ body: String) throws {
    let xml = TrialLayout.xml(body.replacing("BOX", with: "width=\"80pt\" height=\"16pt\" fit=\"shrink\" min-size=\"1pt\""))
    let record = TestRecord(address: ["18 Larkspur Avenue, Apartment 4, second floor", "Portland, Oregon, 97204-1182"]).json
    #expect(try headingPaths(TrialLayout(xml), record) == ["$.customer.address[0]", "$.customer.address[1]"])
  }

  /// What a place cannot hold is composed anew for the body.
  @Test func movedBlocksKnowTheirRecordPath() throws {
    let body = """
      <each each="a in customer.address"><place x="10pt" y="10pt" width="40pt" height="14pt" else="body"><text heading="2">{a}</text></place></each>
      """
    let record = TestRecord(address: ["18 Larkspur Avenue, Apartment 4", "Portland, Oregon, 97204-1182"]).json
    let paths = try headingPaths(TrialLayout(TrialLayout.xml(body)), record)
    #expect(Set(paths) == ["$.customer.address[0]", "$.customer.address[1]"] && paths.count == 4, "\(paths)")
  }

  /// A coupon that is the same on every bill is made once, and stands on all of them.
  @Test(arguments: ["<column><coupon><text>Slip</text></coupon></column>", "<keep><coupon><text>Slip</text></coupon><text>x</text></keep>"])
  func couponsOfConstantBlocksStandOnEveryBill(_ body: String) throws {
    let layout = try TrialLayout(TrialLayout.xml(body + "<text>{customer.name}</text>"))
    for name in ["Ana", "Boris", "Cem"] {
      #expect(try layout.pages(TestRecord(name: name).json)[0].words.contains("Slip"), "\(name)")
    }
  }

  /// How small shrunk terms may be follows from the terms, not from whether another bill has had them composed.
  @Test func shrunkTermsAreTheSameOnEveryBill() throws {
    let trace = try TraceTests.record("notice-and-terms")
    let shared = Project.url("Tests/BillmakingTests/Traces/shared")
    let xml = try Project.text("Tests/BillmakingTests/Traces/notice-and-terms.xml").replacing(
      "<terms columns=\"2\"", with: "<terms fit=\"shrink\" min-size=\"5pt\" height=\"150pt\" style=\"body\" columns=\"2\"")
    let layout = try TrialLayout(
      xml, strings: [trace.language: ""], shared: shared, campaign: shared.appendingPathComponent("campaign/campaign.yaml").path,
      tokenKey: shared.appendingPathComponent("campaign/token.key").path)
    let first = try layout.pages(trace.json)
    #expect(try layout.pages(trace.json) == first)
    #expect(first.contains { $0.words.contains("Updated terms") })
  }
}

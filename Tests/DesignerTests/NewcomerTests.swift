import Diagnostics
import Foundation
import LayoutLanguage
import Reporting
import TestSupport
import Testing

@testable import Billmaking

/// Three layouts written from the reference pages alone, by trying things out: between them they use most elements and many filters.
@Suite struct NewcomerTests {
  private struct Expected {
    var record: String
    var pages: Int
    var words: [String]
  }

  private static let german = Desk.bill.replacing("\"language\":\"en-US\"", with: "\"language\":\"de\"")
    .replacing(
      "\"extra\":{\"meter\":\"E-4471-09\"}",
      with: """
        "extra":{"readings":[{"kwh":"12.5","day":"2026-11-01"},{"day":"2026-11-02"}],"plan":{"name":"Basis"}}
        """)
  private static let expected = [
    "letter": Expected(record: Desk.bill, pages: 2, words: ["Due", "$87.02", "Bills by e-mail from March 1, 2027", "Services"]),
    "receipt": Expected(
      record: german, pages: 1,
      words: ["87,02 $", "Bis 14. Dezember", "2 Posten", "42,64 $", "46,84 $", "12,5 kWh", "412", "7,25 $ im Monat", "Seite 1 von 1"]),
    "slip": Expected(
      record: Desk.bill, pages: 1, words: ["Portland OR 97204", "4400-1182-07", "$121.36, one tax", "City tax 3%", "Electricity, Services"]),
  ]

  @Test(arguments: ["letter", "receipt", "slip"]) func layoutWorks(_ name: String) throws {
    let folder = Project.path("Tests/DesignerTests/Newcomer/\(name)")
    let package = LayoutPackage.load(folder: folder)
    #expect(package.diagnostics.map { DiagnosticRenderer.text($0) } == [])
    let expected = try #require(Self.expected[name])
    let campaign = try TemporaryFolder(["campaign.yaml": Desk.campaign, "new.md": Desk.terms.new, "old.md": Desk.terms.old])
    let carries = package.template?.canCarryCampaign == true
    let pages = try Proof(layout: folder, campaign: carries ? campaign.url.path : nil).pages(expected.record)
    #expect(pages.count == expected.pages)
    let words = pages.map(\.words).joined(separator: " ").replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    for text in expected.words { #expect(words.contains(text), "\(name): no '\(text)' in \(words)") }
  }
}

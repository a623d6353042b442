import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// What a notice that is not prominent enough is told: which text, where, and how much is missing.
@Suite struct ProminenceTests {
  private static let notice = """
    <messages><notice fill="#E7F1ED" padding="2mm" style="small"><row gap="4mm"><column width="1fr">\
    <text size="13pt" line-height="15pt" weight="bold"><slot name="heading"/></text><text color="#7A7A7A"><slot name="body"/></text>\
    <slot name="action"/><slot name="keep-paper"/></column><column width="34mm"><opt-in-qr size="22mm" describe="Code"/>\
    <slot name="address"/><slot name="phone"/></column></row></notice></messages>
    """

  /// What the layout with that notice makes of the sample bill.
  private static func message(_ prominence: String, before: String = "") throws -> String {
    let layout = """
      <bill paper="150mm 120mm" style="text" xmlns="urn:billfold:layout:1">
        <style name="text" font="Inter" size="10pt" line-height="14pt"/><style name="small" size="8pt" line-height="10pt"/>
        <page name="next" margin="6mm"/>
        <body><text>Dear customer, these words are the text of the page.</text>\(before)\(notice)<page-break/><messages><terms/></messages></body>
      </bill>
      """
    let bench = try TemporaryFolder(["layout.xml": layout, "strings/en-US.yaml": "{}\n"])
    let campaign = Desk.campaign.replacing("{page: 1, area: 0.05, heading: 1.1, contrast: 4.5}", with: "{\(prominence)}")
    #expect(campaign != Desk.campaign)
    let folder = try TemporaryFolder(["campaign.yaml": campaign, "new.md": Desk.terms.new, "old.md": Desk.terms.old])
    let proof = try Proof(layout: bench.url.path, campaign: folder.url.path)
    guard case .reject(let fault, _) = proof.outcome(Desk.bill) else { return "" }
    #expect(fault.code.rawValue == "notice-not-prominent")
    return fault.message
  }

  @Test func paleTextIsNamedWithItsPlace() throws {
    let message = try Self.message("page: 1, area: 0, heading: 0, contrast: 7")
    #expect(message.hasPrefix("the notice's contrast is 3."), "\(message)")
    #expect(message.contains("'We tell you when each bill is ready.' is #7A7A7A on #E7F1ED"), "\(message)")
    #expect(message.contains("8.0 mm from the left edge") && message.hasSuffix("from the top on page 1"), "\(message)")
  }

  @Test func heightThatWouldDoIsSaid() throws {
    let message = try Self.message("page: 1, area: 0.9, heading: 0, contrast: 1")
    #expect(message.contains("it is 138.0 mm wide and ") && message.hasSuffix(" mm more in height would do"), "\(message)")
    // The box with that much more is as large as asked.
    let numbers = message.matches(of: /([0-9]+\.[0-9]) mm/).compactMap { Double($0.output.1) }
    try #require(numbers.count == 3)
    let area = numbers[0] * (numbers[1] + numbers[2]) / (150 * 120)
    #expect(area >= 0.9 && area < 0.903, "\(message)")
  }

  @Test func headingsSizeIsSaid() throws {
    let message = try Self.message("page: 1, area: 0, heading: 2, contrast: 1")
    #expect(message.contains("its heading is set in 13.0 pt, most text outside it on page 1 in 10.0 pt; 20.0 pt would do"), "\(message)")
  }

  @Test func lateNoticeSaysWhatIsMissingOnThePageBefore() throws {
    let message = try Self.message("page: 1, area: 0, heading: 0, contrast: 1", before: "<space height=\"75mm\"/>")
    #expect(message.hasPrefix("the notice is on page 2; the campaign asks for page 1 at the latest; page 1 has "), "\(message)")
    let numbers = message.matches(of: /([0-9]+\.[0-9]) mm/).compactMap { Double($0.output.1) }
    try #require(numbers.count == 3, "\(message)")
    #expect(abs(numbers[1] - numbers[0] - numbers[2]) < 0.11 && numbers[2] > 0, "\(message)")
    // With as much room as is said to be missing it stands there.
    #expect(try Self.message("page: 1, area: 0, heading: 0, contrast: 1", before: "<space height=\"\(75 - numbers[2] - 0.2)mm\"/>") == "")
  }
}

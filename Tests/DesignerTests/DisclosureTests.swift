import Contract
import Diagnostics
import Foundation
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// Disclosures are found on the pages where they stand, however they are broken there, and a bill without one is a reject with its figure.
@Suite struct DisclosureTests {
  /// What a bill is made from, each part replaced by a case.
  private struct Making {
    var style = ""
    var notice = """
      <text size="13pt" line-height="15pt" weight="bold"><slot name="heading"/></text><slot name="body"/><slot name="action"/>\
      <slot name="keep-paper"/>
      """
    var noticeAttributes = ##"fill="#E7F1ED" padding="2mm""##
    var before = ""
    var page = #"<page name="next" margin="6mm"/>"#
    var terms = #"<page-break/><messages><terms/></messages>"#
    var disclosures = ""
    var prominence = "{page: 2, area: 0, heading: 0, contrast: 1}"
    var words = (body: "We tell you when each bill is ready.", keep: "Prefer paper? Do nothing.")
    var newTerms = Desk.terms.new
    /// A text of the campaign, and what stands there instead.
    var change = (from: "", to: "")

    func outcome() throws -> Outcome {
      let layout = """
        <bill paper="150mm 120mm" style="text" xmlns="urn:billfold:layout:1">
          <style name="text" font="Inter" size="10pt" line-height="14pt"\(style)/><style name="small" size="7pt" line-height="9pt"/>
          \(page)
          <body>\(before)<messages><notice \(noticeAttributes)><row gap="4mm"><column width="1fr">\(notice)</column>\
        <column width="34mm"><opt-in-qr size="22mm" describe="Code"/><slot name="address"/><slot name="phone"/></column></row></notice></messages>\
        \(terms)</body>
        </bill>
        """
      let bench = try TemporaryFolder(["layout.xml": layout, "strings/en-US.yaml": "{}\n"])
      let campaign = Desk.campaign.replacing(
        "prominence: {page: 1, area: 0.05, heading: 1.1, contrast: 4.5}", with: "prominence: \(prominence)"
      )
      .replacing("We tell you when each bill is ready.", with: "\"\(words.body)\"").replacing("Prefer paper? Do nothing.", with: words.keep)
      .replacing("notices:\n", with: disclosures.isEmpty ? "notices:\n" : "disclosures:\n\(disclosures)\nnotices:\n")
      let folder = try TemporaryFolder([
        "campaign.yaml": change.from.isEmpty ? campaign : campaign.replacing(change.from, with: change.to), "new.md": newTerms,
        "old.md": Desk.terms.old,
      ])
      return try Proof(layout: bench.url.path, campaign: folder.url.path).outcome(Desk.bill)
    }

    /// The code and message of the fault; empty where the bill is made.
    func fault() throws -> (code: String, message: String) {
      guard case .reject(let fault, _) = try outcome() else { return ("", "") }
      return (fault.code.rawValue, fault.message)
    }

    func warnings() throws -> [String] {
      guard case .pieces(let pieces, _, _) = try outcome() else { return ["reject"] }
      return pieces[0].facts.warnings.map { "\($0.code.rawValue): \($0.message)" }
    }
  }

  private static func entry(_ text: String, where place: String = "notice", phases: String = "") -> String {
    "  - {id: right-to-paper, where: \(place), \(phases)text: {en-US: \"\(text)\"}}\n"
  }

  @Test(arguments: [
    entry("Prefer paper? Do nothing."), entry("**Prefer** paper? Do _nothing_."), entry("Bills by e-mail from March 1, 2027"),
    entry("e-mail from {campaign.active | date('long')} We tell you"), entry("Paying late costs six dollars a month.", where: "terms"),
    // Neither is due on this bill.
    entry("Never said.", phases: "phases: [final], "), entry("Never said.", where: "terms", phases: "phases: [remind, active], "),
  ])
  func saidDisclosuresPass(_ entry: String) throws {
    #expect(try Making(disclosures: entry).fault() == ("", ""))
  }

  @Test(arguments: [
    (
      entry("If you prefer paper, do nothing."),
      "the notice does not say the point 'right-to-paper' as it is mapped on page 1: looked for 'If you prefer paper, do nothing.', of which not "
        + "even the first word stands there (campaign.yaml:11:5)"
    ),
    (
      entry("Prefer paper? Do nothing: it stays."),
      "the notice does not say the point 'right-to-paper' as it is mapped on page 1: looked for 'Prefer paper? Do nothing: it stays.', of which 4 "
        + "of 6 words stand there: 'Prefer paper? Do nothing' (campaign.yaml:11:5)"
    ),
    (
      // Said, but not where it is mapped.
      entry("Paying late costs six dollars a month."),
      "the notice does not say the point 'right-to-paper' as it is mapped on page 1: looked for 'Paying late costs six dollars a month.', of which "
        + "not even the first word stands there (campaign.yaml:11:5)"
    ),
    (
      entry("Paying late costs five dollars a month.", where: "terms"),
      "the terms do not say the point 'right-to-paper' as it is mapped on page 2: looked for 'Paying late costs five dollars a month.', of which 3 of "
        + "7 words stand there: 'Paying late costs' (campaign.yaml:11:5)"
    ),
  ])
  func paraphrasesAreRejected(_ entry: String, _ message: String) throws {
    let fault = try Making(disclosures: entry).fault()
    #expect(fault.code == "disclosure-missing")
    #expect(fault.message == message)
  }

  /// Fixed heights, slots that are left out, matter that nobody reads: said is what a reader reads.
  @Test func whatIsCutOffIsNotSaid() throws {
    let body =
      "We tell you when each bill is ready, and we remind you five days before it is due; you see the same pages as today, and past bills."
    var making = Making(
      disclosures: Self.entry("you see the same pages as today, and past bills."), words: (body, "Prefer paper? Do nothing."))
    #expect(try making.fault() == ("", ""))
    making.notice = making.notice.replacing(
      #"<slot name="body"/>"#, with: #"<box height="14pt" else="cut"><text><slot name="body"/></text></box>"#)
    let fault = try making.fault()
    #expect(fault.code == "disclosure-missing")
    #expect(fault.message.contains("looked for 'you see the same pages as today, and past bills.', of which"), "\(fault.message)")
  }

  /// Over lines, hyphens, columns and pages.
  @Test(arguments: ["width=\"34mm\"", "width=\"52mm\""])
  func brokenDisclosuresAreFound(_ width: String) throws {
    let clauses = (1...24).map {
      "## \($0). Heading number \($0)\n\nElectronic communication about paragraph number \($0) requires your affirmative acknowledgement beforehand.\n"
    }
    var making = Making(
      style: #" hyphenate="yes""#,
      terms: "<page-break/><messages><box \(width)><terms/></box></messages>", newTerms: clauses.joined(separator: "\n"))
    making.disclosures = (1...24).map {
      "  - {id: point-\($0), where: terms, text: {en-US: \"Electronic communication about paragraph number \($0) requires your affirmative acknowledgement beforehand.\"}}\n"
    }.joined()
    #expect(try making.fault() == ("", ""))
    making.terms = "<page-break/><messages><terms columns=\"3\"/></messages>"
    #expect(try making.fault() == ("", ""))
    making.disclosures += Self.entry("paragraph number 25 requires your affirmative acknowledgement beforehand.", where: "terms")
    let fault = try making.fault()
    #expect(fault.code == "disclosure-missing" && fault.message.hasPrefix("the terms on pages 2 to "), "\(fault.message)")
  }

  /// What a campaign may lack needs no word on that in the words of one that has it.
  @Test func whatTheCampaignHasIsThere() throws {
    let entry = Self.entry("my.example/paperless", phases: "").replacing("my.example/paperless", with: "{campaign.opt-in.open.show}")
    let lacking = #expect(throws: DiagnosticList.self) { try Making(disclosures: entry).fault() }
    #expect(lacking?.diagnostics.map(\.id) == ["optional-value"])
    let open = "phone: \"+1 800 555 0142\", open: {url: \"https://my.example/paperless\", show: my.example/paperless}"
    var making = Making(
      disclosures: entry, words: ("We tell you when each bill is ready: {campaign.opt-in.open.show}", "Prefer paper? Do nothing."))
    making.change = ("phone: \"+1 800 555 0142\"", open)
    #expect(try making.fault() == ("", ""))
  }

  // MARK: Notices nobody could read

  @Test func sevenPointsAreTooSmall() throws {
    var making = Making(prominence: "{page: 1, area: 0, heading: 0, contrast: 1, text: 9.5pt}")
    #expect(try making.fault() == ("", ""))
    making.notice = making.notice.replacing(#"<slot name="action"/>"#, with: #"<text style="small"><slot name="action"/></text>"#)
    let fault = try making.fault()
    #expect(fault.code == "notice-not-prominent")
    #expect(
      fault.message.hasPrefix("the notice's least type size is 7.0 pt; the campaign asks for at least 9.5 pt: 'Scan the code', ")
        && fault.message.hasSuffix(" from the top on page 1; 2.5 pt more would do"), "\(fault.message)")
  }

  @Test func paleYellowIsTooPale() throws {
    let making = Making(
      notice: Making().notice.replacing(#"<slot name="body"/>"#, with: ##"<text color="#FFF7A0"><slot name="body"/></text>"##),
      noticeAttributes: #"fill="white" padding="2mm""#, prominence: "{page: 1, area: 0, heading: 0, contrast: 7}")
    let fault = try making.fault()
    #expect(fault.code == "notice-not-prominent")
    #expect(
      fault.message.hasPrefix("the notice's contrast is 1.1")
        && fault.message.contains("'We tell you when each bill is ready.' is #FFF7A0 on #FFFFFF"),
      "\(fault.message)")
  }

  @Test func laterPagesAreTooLate() throws {
    let fault = try Making(
      before: "<text>One</text><page-break/><text>Two</text><page-break/>", prominence: "{page: 1, area: 0, heading: 0, contrast: 1}"
    ).fault()
    #expect(fault.code == "notice-not-prominent")
    #expect(fault.message.hasPrefix("the notice is on page 3; the campaign asks for page 1 at the latest; page 1 has "), "\(fault.message)")
  }

  @Test(arguments: [
    (#"<zone name="address" kind="window" x="6mm" y="10mm" width="80mm" height="25mm"/>"#, "window 'address'"),
    (#"<zone name="sheet" kind="fold" y="20mm"/>"#, "fold 'sheet'"),
  ])
  func zonesStayClearOfTheNotice(_ zone: String, _ name: String) throws {
    let fault = try Making(page: #"<page name="next" margin="6mm">\#(zone)</page>"#).fault()
    #expect(fault.code == "zone-notice")
    #expect(
      fault.message.contains("the notice's ") && fault.message.contains("the \(name)") && fault.message.contains(" mm "), "\(fault.message)"
    )
  }

  // MARK: Keeping paper

  @Test func keepingPaperIsAsLargeAndDarkAsTheRest() throws {
    #expect(try Making().warnings().filter { $0.hasPrefix("keep-paper-faint") } == [])
    func found(_ attributes: String) throws -> [String] {
      try Making(
        notice: Making().notice.replacing(#"<slot name="keep-paper"/>"#, with: "<text \(attributes)><slot name=\"keep-paper\"/></text>")
      )
      .warnings().filter { $0.hasPrefix("keep-paper-faint") }
    }
    #expect(
      try found(#"style="small""#) == [
        "keep-paper-faint: what the notice says on keeping paper is smaller than the rest: 'Prefer paper? Do nothing.' is set in 7.0 pt, most text of "
          + "the notice in 10.0 pt"
      ])
    let pale = try found(##"color="#777777""##)
    #expect(
      pale.count == 1 && pale.allSatisfy { $0.contains("is paler than the rest: 'Prefer paper? Do nothing.' is #777777 on #E7F1ED") },
      "\(pale)")
    #expect(try found(#"size="12pt" line-height="14pt""#) == [])
  }
}

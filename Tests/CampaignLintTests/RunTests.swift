import Billing
import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// What the lint means to check and render, and what the law of a record's own place means to its bill.
@Suite(.serialized) struct RunTests {
  private static let disclosures = """
    disclosures:
      - {id: mode, where: notice, text: {en-US: "This is optional."}}
      - {id: if-nothing, where: notice, text: {en-US: "Do nothing, and paper stays."}}
      - {id: keep-paper, where: notice, text: {en-US: "Prefer paper? Do nothing."}}
      - {id: paper-cost, where: notice, text: {en-US: "Paper is free."}}

    """

  /// A folder with layout, record and a campaign in which nothing is wrong, but for what is replaced.
  private static func folder(_ changes: [(String, String)]) throws -> TemporaryFolder {
    let shared = Project.url("Tests/GalleryTests/Shared")
    let folder = try TemporaryFolder([:])
    for name in ["layout.xml", "strings", "new.md", "old.md", "record.json"] {
      try FileManager.default.copyItem(at: shared.appendingPathComponent(name), to: URL(fileURLWithPath: folder.path(name)))
    }
    var campaign = try String(contentsOf: shared.appendingPathComponent("campaign.yaml"), encoding: .utf8)
    campaign.replace("body: We tell you when each bill is ready.", with: "body: This is optional. Do nothing, and paper stays.")
    campaign.replace("keep-paper: Prefer paper? Do nothing.", with: "keep-paper: Prefer paper? Do nothing. Paper is free.")
    campaign.replace("notices:\n", with: "paper: {fee: \"0.00\", currency: USD}\n" + disclosures + "notices:\n")
    for (old, new) in changes {
      try #require(campaign.contains(old), "\(old)")
      campaign.replace(old, with: new)
    }
    try folder.write("campaign.yaml", campaign)
    return folder
  }

  private static func options(_ folder: TemporaryFolder, _ purpose: JobOptions.Purpose) -> JobOptions {
    JobOptions(
      layout: folder.path, campaign: folder.path("campaign.yaml"), fonts: [Project.fonts], specimen: purpose == .print, purpose: purpose)
  }

  /// What a command hears: what stops it, else what it tells; codes with their severity.
  private static func heard(_ changes: [(String, String)], _ purpose: JobOptions.Purpose) throws -> (stops: Bool, codes: Set<String>) {
    let folder = try folder(changes)
    func codes(_ findings: [Diagnostic]) -> Set<String> { Set(findings.map { "\($0.severity.rawValue) \($0.id)" }) }
    do throws(DiagnosticList) {
      return (false, codes(try Workshop.prepare(options(folder, purpose)).warnings))
    } catch {
      return (true, codes(error.diagnostics))
    }
  }

  private static let long =
    "action: Scan the code that stands beside these words with the camera of your telephone, and then confirm your e-mail on the page that opens."

  @Test func errorsStopAndWarningsAreTold() throws {
    for purpose in [JobOptions.Purpose.print, .check] {
      #expect(try Self.heard([], purpose) == (false, []))
      #expect(
        try Self.heard([("optional. Do nothing, and paper stays.", "optional. Do nothing, and paper will stay.")], purpose) == (
          true, ["error disclosure-missing"]
        ))
      // Who maps nothing hears of it where law asks, and once something is mapped.
      #expect(try Self.heard([(Self.disclosures, "")], purpose) == (false, []))
      #expect(
        try Self.heard([("consent: before", "consent: before\njurisdictions: [US]"), (Self.disclosures, "")], purpose) == (
          false, ["warning point-unmapped"]
        ))
      #expect(
        try Self.heard([(Self.disclosures, "disclosures:\n  - {id: mode, where: notice, text: {en-US: This is optional.}}\n")], purpose)
          == (
            false, ["warning point-unmapped"]
          ))
      #expect(
        try Self.heard(
          [
            ("mode: optional", "mode: required"),
            ("consent: before", "consent: none\nkeep: {how: {en-US: Call.}, by: 2027-02-01}\njurisdictions: [US]"), (Self.disclosures, ""),
          ], purpose
        )
        .codes.contains("error mode-against-consent"))
    }
    // Style is for those who look for it.
    #expect(try Self.heard([("action: Scan the code and confirm.", Self.long)], .check) == (false, ["note sentence-long"]))
    #expect(try Self.heard([("action: Scan the code and confirm.", Self.long)], .print) == (false, []))
  }

  /// A record with its own place: the campaign, and the code that comes of it.
  private static let records: [(changes: [(String, String)], jurisdiction: String, reject: String?, warning: String?)] = [
    ([], "US-OR", nil, "point-unmapped"), ([(disclosures, "")], "US-OR", nil, nil),
    ([("consent: before", "consent: before\njurisdictions: [US]")], "US-OR", nil, nil), ([], "XX", nil, "not-checked"),
    ([("fee: \"0.00\"", "fee: \"1.00\""), ("Paper is free.", "Paper costs $1.00.")], "US-OR", nil, "point-unmapped"),
    ([("fee: \"0.00\"", "fee: \"1.00\""), ("Paper is free.", "Paper costs $1.00.")], "US-NY", "paper-fee-forbidden", nil),
    (
      [("mode: optional", "mode: required"), ("consent: before", "consent: none\nkeep: {how: {en-US: Call.}, by: 2027-02-01}")], "US-OR",
      "mode-against-consent", nil
    ),
    (
      [("mode: optional", "mode: required"), ("consent: before", "consent: none\nkeep: {how: {en-US: Call.}, by: 2027-02-01}")], "GB", nil,
      "point-unmapped"
    ),
    (
      [
        ("fee: \"0.00\"", "fee: \"1.00\""), ("Paper is free.", "Paper costs $1.00."),
        (
          "notices:\n",
          "audience:\n  - {rule: york, when: \"(jurisdiction | default('')) eq 'US-NY'\", notice: none, terms: none}\n  - {rule: rest, notice: standard}\nnotices:\n"
        ),
      ], "US-NY", nil, nil
    ),
  ]

  @Test(arguments: records.indices) func lawOfTheRecordsOwnPlace(_ index: Int) throws {
    let (changes, jurisdiction, reject, warning) = Self.records[index]
    let folder = try Self.folder(changes)
    let maker = BillMaker(try LayoutJob(Self.options(folder, .check)))
    var text = try String(contentsOfFile: folder.path("record.json"), encoding: .utf8)
    let place = try #require(text.firstIndex(of: "{"))
    text.insert(contentsOf: "\"jurisdiction\":\"\(jurisdiction)\",", at: text.index(after: place))
    let bytes = Array(text.utf8.prefix { $0 != 0x0A })
    switch maker.render(RecordInput(file: "record.json", input: 0, number: 1, offset: 0, identity: nil, bytes: bytes)) {
    case .pieces(_, _, let warnings):
      #expect(reject == nil)
      #expect(warnings.map(\.code.rawValue).filter { ["not-checked", "point-unmapped"].contains($0) } == (warning.map { [$0] } ?? []))
    case .reject(let fault, _):
      #expect(fault.code.rawValue == reject, "\(fault.message)")
      #expect(fault.path == "$.jurisdiction" && fault.message.contains("rule '"))
    }
  }

  /// Whether the audience lets the bill through that tells of nothing, the card beside it tells of the campaign; a rule of its own leaves it out.
  @Test(arguments: [
    ("US-NY", "", "paper-fee-forbidden"), ("US-NY", "audience: [{when: \"(jurisdiction | default('')) ne 'US-NY'\"}]", nil),
    ("US-OR", "", nil),
  ])
  func lawOfTheRecordsOwnPlaceHoldsForItsCard(_ jurisdiction: String, _ rules: String, _ reject: String?) throws {
    let folder = try Self.folder([
      ("fee: \"0.00\"", "fee: \"1.00\""), ("Paper is free.", "Paper costs $1.00."),
      ("  phone:", "  open: {url: \"https://my.larkspur.example/paperless\", show: my.larkspur.example/paperless}\n  phone:"),
      (
        "notices:\n",
        "audience:\n  - {rule: york, when: \"(jurisdiction | default('')) eq 'US-NY'\", notice: none, terms: none}\n  - {rule: rest, notice: standard}\n"
          + "channels: {postcard: {\(rules)}}\nnotices:\n"
      ),
    ])
    try folder.write(
      "postcard.xml",
      """
      <postcard paper="6in 4.25in" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="9pt" line-height="11pt"/>
        <page name="next" margin="20pt"/>
        <body>
          <text><slot name="heading"/></text><slot name="keep-paper"/><slot name="address"/><slot name="phone"/>
          <opt-in-qr size="72pt" describe="code"/>
          <page-break/>
          <text>{customer.name}</text>
        </body>
      </postcard>

      """)
    let options = JobOptions(
      layout: folder.path, campaign: folder.path("campaign.yaml"), fonts: [Project.fonts], pieces: [.bill, .postcard], purpose: .check)
    var text = try String(contentsOfFile: folder.path("record.json"), encoding: .utf8)
    let place = try #require(text.firstIndex(of: "{"))
    text.insert(contentsOf: "\"jurisdiction\":\"\(jurisdiction)\",", at: text.index(after: place))
    var record = RecordInput(
      file: "record.json", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(text.utf8.prefix { $0 != 0x0A }))
    record.isFirst = true
    guard case .pieces(let pieces, let faults, _) = BillMaker(try LayoutJob(options)).render(record) else {
      Issue.record("the bill is rejected")
      return
    }
    #expect(pieces.map(\.facts.kind) == (reject == nil && rules.isEmpty ? [.bill, .postcard] : [.bill]))
    #expect(faults.map { "\($0.kind) \($0.fault.code.rawValue)" } == (reject.map { ["postcard \($0)"] } ?? []))
    #expect(faults.allSatisfy { $0.fault.message.contains("'card: none'") && $0.fault.path == "$.jurisdiction" })
  }
}

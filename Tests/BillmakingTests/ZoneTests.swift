import Billing
import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// What stands where on a sheet of 200 mm by 200 mm, and what is found of it. Lines of body text are 14 pt, some 4.9 mm, high.
@Suite struct ZoneTests {
  /// A page, its record, and what comes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// In `page`.
    var page: String
    var body = ""
    /// The code, and words of the message; `nil` where nothing is found.
    var finds: (code: String, words: String)?
    var isReject = false
    var language = "en-US"
    var testDescription: String { name }
  }

  private static let window =
    "<zone name=\"window\" kind=\"window\" x=\"20mm\" y=\"50mm\" width=\"90mm\" height=\"35mm\" slide=\"6mm 3mm\"/>"
  private static let fold = "<zone name=\"third\" kind=\"fold\" y=\"66mm\"/>"
  private static let scan =
    "<zone name=\"scan\" kind=\"scan-line\" x=\"10mm\" y=\"170mm\" width=\"180mm\" height=\"16mm\"/>"

  private static func place(_ x: Double, _ y: Double, _ content: String, zone: String? = nil, width: Double = 60) -> String {
    "<place x=\"\(x)mm\" y=\"\(y)mm\" width=\"\(width)mm\"\(zone.map { " zone=\"\($0)\"" } ?? "")>\(content)</place>"
  }
  private static let words = "<text>Amount</text>"
  private static let name = "<text>{customer.name}</text>"
  private static let address = "<text each=\"line in customer.address\">{line}</text>"
  private static let code = "<barcode kind=\"qr\" value=\"{account}\" size=\"15mm\" describe=\"code\"/>"
  private static func box(_ fill: String) -> String { "<box fill=\"\(fill)\" width=\"20mm\" height=\"10mm\"/>" }

  static let windowCases: [Case] = [
    Case(name: "text in the window", page: window + place(30, 60, words), finds: ("zone-text", "puts 'Amount' into the window 'window'")),
    // The window ends at 110 mm; the sheet slides by 6 mm.
    Case(name: "text beside it, in its reach", page: window + place(115, 60, words), finds: ("zone-text", "farther right would be clear")),
    Case(name: "text beyond its reach", page: window + place(116.5, 60, words)),
    Case(name: "text above it, in its reach", page: window + place(30, 43.5, words), finds: ("zone-text", "higher would be clear")),
    Case(name: "text above its reach", page: window + place(30, 41, words)),
    Case(name: "member in the core", page: window + place(27, 54, name + address, zone: "window")),
    Case(
      name: "member that slides under the left edge", page: window + place(25, 54, name, zone: "window"),
      finds: ("zone-text", "cannot be seen whole in the window 'window'")),
    Case(
      name: "address that slides under the left edge", page: window + place(25, 54, address, zone: "window"),
      finds: ("zone-notice", "mm at the left beyond"), isReject: true),
    Case(
      name: "address that slides under the lower edge", page: window + place(27, 74, address, zone: "window"),
      finds: ("zone-notice", "at the foot beyond"), isReject: true),
    Case(
      name: "member that slides under the right edge",
      page: window + place(55, 54, "<text align=\"end\">W</text>", zone: "window", width: 50),
      finds: ("zone-text", "at the right beyond")),
    Case(
      name: "address of no zone in the window", page: window + place(30, 60, address), finds: ("zone-notice", "18 Larkspur"), isReject: true
    ),
    Case(name: "code in the window", page: window + place(30, 60, code), finds: ("zone-notice", "puts a code into"), isReject: true),
    Case(name: "fill behind the window", page: window + place(30, 60, box("#DDEEDD"))),
    Case(
      name: "body text in the window", page: window, body: "<space height=\"50mm\"/>" + words,
      finds: ("zone-text", "puts 'Amount' into the window 'window'")),
    Case(
      name: "from right to left", page: window, body: "<space height=\"50mm\"/><text>Amount</text><text width=\"50mm\">x</text>",
      language: "ar-EG"),
    Case(
      name: "from right to left, in the window", page: window, body: "<space height=\"50mm\"/><text align=\"end\">Amount</text>",
      finds: ("zone-text", "puts 'Amount' into the window 'window'"), language: "ar-EG"),
  ]

  static let otherCases: [Case] = [
    Case(name: "text on a fold", page: fold + place(30, 64, words), finds: ("zone-text", "into the fold 'third'")),
    Case(name: "text just below a fold", page: fold + place(30, 68.5, words)),
    Case(name: "text just above a fold", page: fold + place(30, 58, words)),
    Case(name: "code on a fold", page: fold + place(30, 60, code), finds: ("zone-notice", "a code"), isReject: true),
    Case(name: "fill across a fold", page: fold + place(30, 60, box("#DDEEDD"))),
    Case(name: "rule beside a fold", page: fold + place(30, 67, "<rule/>"), finds: ("zone-text", "puts a rule into the fold")),
    Case(name: "rule on the fold", page: fold + place(30, 65.9, "<rule dash=\"2pt 2pt\"/>")),
    Case(
      name: "edge of a box across a fold", page: fold + place(30, 60, "<box border=\"1pt #000000\" width=\"20mm\" height=\"20mm\"/>"),
      finds: ("zone-text", "a rule")),
    Case(
      name: "upright fold", page: "<zone name=\"half\" kind=\"fold\" x=\"100mm\"/>" + place(95, 30, words),
      finds: ("zone-text", "farther right would be clear")),
    Case(
      name: "text in a zone that rejects", page: "<zone name=\"third\" kind=\"fold\" y=\"66mm\" on=\"reject\"/>" + place(30, 64, words),
      finds: ("zone-text", "'Amount'"), isReject: true),
    Case(
      name: "chart on a fold", page: fold,
      body: "<space height=\"50mm\"/><chart kind=\"bars\" each=\"t in taxes\" value=\"t.amount\" height=\"20mm\" describe=\"x\"/>"),
    Case(
      name: "coupon's text beside its edge", page: "<zone name=\"slip\" kind=\"coupon\" y=\"120mm\"/>",
      body: "<coupon at=\"page-end\" edge=\"80mm\" zone=\"slip\">\(words)</coupon>", finds: ("zone-text", "into the coupon's zone 'slip'")),
    Case(
      name: "coupon below its perforation", page: "<zone name=\"slip\" kind=\"coupon\" y=\"120mm\"/>",
      body: "<coupon at=\"page-end\" edge=\"80mm\" perforation=\"0.5pt\" zone=\"slip\">\(words)\(address)</coupon>"),
    Case(
      name: "coupon whose edge is elsewhere", page: "<zone name=\"slip\" kind=\"coupon\" y=\"120mm\"/>",
      body: "<coupon at=\"page-end\" edge=\"82mm\" perforation=\"0.5pt\" zone=\"slip\"><space height=\"12mm\"/>\(words)</coupon>",
      finds: ("zone-text", "a rule")),
    Case(
      name: "place on a coupon", page: "<zone name=\"slip\" kind=\"coupon\" y=\"120mm\"/>" + place(30, 150, words),
      finds: ("zone-text", "into the coupon's zone 'slip'")),
    Case(
      name: "place beside a perforation without a zone", page: place(30, 116, words),
      body: "<coupon at=\"page-end\" edge=\"80mm\" perforation=\"none\">\(words)</coupon>",
      finds: ("zone-text", "the 3 mm that stay clear beside the perforation")),
    Case(name: "scan line in its band", page: scan + place(20, 174, "<text font=\"OCR B\">0123</text>", zone: "scan")),
    Case(
      name: "scan line beyond its band", page: scan + place(20, 183, "<text font=\"OCR B\">0123</text>", zone: "scan"),
      finds: ("zone-text", "has '0123' beyond the band of the scan line")),
    Case(
      name: "other type in the band", page: scan + place(20, 174, "<text>0123</text>", zone: "scan"),
      finds: ("zone-text", "puts '0123' into the band of the scan line")),
    Case(
      name: "another place in the band", page: scan + place(20, 174, "<text font=\"OCR B\">0123</text>"),
      finds: ("zone-text", "puts '0123' into the band")),
    Case(name: "tint under the band", page: scan + place(20, 172, box("#EEEEEE")), finds: ("zone-text", "a coloured ground")),
    Case(name: "white under the band", page: scan + place(20, 172, box("#FFFFFF"))),
    Case(
      name: "text in a clear area",
      page: "<zone name=\"omr\" kind=\"clear\" x=\"0\" y=\"20mm\" width=\"8mm\" height=\"60mm\"/>" + place(4, 30, words),
      finds: ("zone-text", "into the clear area 'omr'")),
    Case(
      name: "marks that belong into a clear area",
      page: "<zone name=\"omr\" kind=\"clear\" x=\"0\" y=\"20mm\" width=\"8mm\" height=\"60mm\"/>"
        + place(1, 30, "<rule/>", zone: "omr", width: 6)),
    Case(
      name: "page number on a fold", page: "<zone name=\"third\" kind=\"fold\" y=\"188mm\"/><footer><text>{page}</text></footer>",
      finds: ("zone-text", "puts '1' into")),
  ]

  /// The window with a condition.
  private static func window(if condition: String) -> String { window.replacing("/>", with: " if=\"\(condition)\"/>") }

  static let conditionalCases: [Case] = [
    Case(
      name: "in force", page: window(if: "totals.due gt 0 and delivery ne 'electronic'") + place(30, 60, words),
      finds: ("zone-text", "into the window 'window'")),
    Case(name: "not in force", page: window(if: "totals.due le 0") + place(30, 60, words)),
    Case(name: "optional value", page: window(if: "customer.email") + place(30, 60, words + code)),
    Case(
      name: "member of a zone that is not in force", page: window(if: "delivery eq 'electronic'") + place(5, 54, address, zone: "window")),
    Case(
      name: "member of a zone that is in force", page: window(if: "delivery eq 'paper'") + place(5, 54, address, zone: "window"),
      finds: ("zone-notice", "at the left beyond"), isReject: true),
    Case(
      name: "one of two in force",
      page: window(if: "totals.due lt 0") + "<zone name=\"other\" kind=\"clear\" x=\"20mm\" y=\"50mm\" width=\"90mm\" height=\"35mm\"/>"
        + place(30, 60, words, zone: "window"), finds: ("zone-text", "into the clear area 'other'")),
    Case(
      name: "perforation whose zone is not in force",
      page: "<zone name=\"slip\" kind=\"coupon\" y=\"120mm\" if=\"totals.due lt 0\"/>"
        + place(30, 116, words),
      body: "<coupon at=\"page-end\" edge=\"80mm\" perforation=\"none\" zone=\"slip\">\(words)</coupon>",
      finds: ("zone-text", "the 3 mm that stay clear beside the perforation")),
  ]

  @Test(arguments: windowCases + otherCases + conditionalCases) func whatStandsInAZoneIsFound(_ one: Case) throws {
    let layout = try TrialLayout(
      """
      <bill paper="200mm 200mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter, Noto Sans Arabic" size="10pt" line-height="14pt"/>
        <page name="next" margin="10mm">\(one.page)</page>
        <body>\(one.body)</body>
      </bill>
      """, strings: [one.language: ""])
    var record = TestRecord()
    record.language = one.language
    switch layout.outcome(record.json) {
    case .reject(let fault, _):
      #expect(one.isReject, "\(fault)")
      #expect(fault.code.rawValue == one.finds?.code && fault.message.contains(one.finds?.words ?? "?"), "\(fault.message)")
      #expect(fault.statement.page == 1)
    case .pieces(_, _, let warnings):
      #expect(!one.isReject)
      let found = warnings.filter { $0.code.rawValue.hasPrefix("zone-") }
      #expect(found.count == (one.finds == nil ? 0 : 1), "\(found)")
      if let finds = one.finds, let warning = found.first {
        #expect(warning.code.rawValue == finds.code && warning.message.contains(finds.words), "\(warning.message)")
      }
    }
  }

  /// The same where nothing is painted.
  @Test(arguments: [JobOptions.Purpose.print, .check, .preview]) func everyCommandJudges(purpose: JobOptions.Purpose) throws {
    let layout = try TrialLayout(
      """
      <bill paper="200mm 200mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <page name="next" margin="10mm">\(Self.window)\(Self.place(30, 60, Self.address))</page><body/>
      </bill>
      """, accepts: ["word-broken"], purpose: purpose)
    #expect(layout.fault(TestRecord().json)?.code == "zone-notice")
    let shown = BillPreviewer(layout.job).render(
      PreviewRequest(record: Array(TestRecord().json.utf8), file: "bills.jsonl", number: 1, output: .findings))
    #expect(shown.findings.map(\.id).contains("zone-notice") && !shown.isPiece)
  }

  @Test func millimetresSayHowFarToMove() throws {
    let layout = try TrialLayout(
      """
      <bill paper="200mm 200mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <page name="next" margin="10mm">\(Self.fold)<place x="30mm" y="58mm" width="20mm" name="due">
          <box height="6mm" border="1mm #000000"/></place></page>
        <body/>
      </bill>
      """)
    guard case .pieces(_, _, let warnings) = layout.outcome(TestRecord().json), let warning = warnings.first else {
      Issue.record("no warning")
      return
    }
    // The box's lower edge is a line from 63 to 64 mm; the fold's zone begins at 63.
    #expect(
      warning.message.hasSuffix(
        "puts a rule into the fold 'third' on page 1: it takes 30.0–50.0 mm from the left and 63.0–64.0 mm from the top, "
          + "the zone 0.0–200.0 mm from the left and 63.0–69.0 mm from the top; 1.0 mm higher would be clear of it"), "\(warning.message)")
    #expect(warning.block?.element == "box")
  }

  /// The notice's words, code and edge, by what is in the way.
  @Test(arguments: [("<zone name=\"f\" kind=\"fold\" y=\"48pt\"/>", "zone-notice"), ("<zone name=\"f\" kind=\"fold\" y=\"167pt\"/>", nil)])
  func noticeOnAFoldRejects(zone: String, code: String?) throws {
    let folder = Project.url("Tests/BillmakingTests/Traces")
    let xml = try Project.text("Tests/BillmakingTests/Traces/notice-and-terms.xml").replacing(
      "<page name=\"next\" margin=\"10pt\"/>",
      with: "<page name=\"first\" margin=\"10pt\">\(zone)</page><page name=\"next\" margin=\"10pt\"/>")
    let (record, language) = try TraceTests.record("notice-and-terms")
    let layout = try TrialLayout(
      xml, strings: [language: ""], shared: folder.appendingPathComponent("shared"),
      campaign: folder.appendingPathComponent("shared/campaign/campaign.yaml").path,
      tokenKey: folder.appendingPathComponent("shared/campaign/token.key").path)
    #expect(layout.fault(record)?.code.rawValue == code, "\(String(describing: layout.fault(record)))")
  }

  /// A variant moves a window, makes an area of a fold, leaves a zone out and adds one; members follow.
  @Test(arguments: [
    (
      "en-US",
      ["'Amount' into the window 'window'", "the zone 14.0–116.0 mm", "'Side' into the clear area 'tall'", "'Low' into the fold 'fold'"]
    ),
    (
      "de-DE",
      ["'Amount' into the window 'window'", "the zone 34.0–116.0 mm", "'Low' into the clear area 'fold'", "'Foot' into the fold 'foot'"]
    ),
  ])
  func variantsHaveZonesOfTheirOwn(language: String, expected: [String]) throws {
    func place(_ x: Double, _ y: Double, _ words: String, zone: String? = nil) -> String {
      Self.place(x, y, "<text>\(words)</text>", zone: zone, width: 30)
    }
    let layout = try TrialLayout(
      """
      <bill paper="200mm 200mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <variant language="de">
          <page name="next">
            <zone name="window" x="40mm" width="70mm"/><zone name="fold" kind="clear" x="20mm" y="95mm" width="40mm" height="20mm"/>
            <zone name="tall" show="no"/><zone name="foot" kind="fold" y="182mm" if="totals.due gt 0"/>
          </page>
        </variant>
        <page name="next" margin="10mm">
          <zone name="window" kind="window" x="20mm" y="50mm" width="90mm" height="35mm" slide="6mm 3mm"/>
          <zone name="fold" kind="fold" y="100mm"/><zone name="tall" kind="clear" x="150mm" y="30mm" width="40mm" height="100mm"/>
          \(place(30, 60, "Amount"))\(place(160, 60, "Side"))\(place(30, 98, "Low"))\(place(30, 180, "Foot"))
          \(place(47, 60, "Own", zone: "window"))
        </page>
        <body/>
      </bill>
      """, strings: ["en-US": "", "de-DE": ""])
    var record = TestRecord()
    record.language = language
    guard case .pieces(_, _, let warnings) = layout.outcome(record.json) else {
      Issue.record("\(String(describing: layout.fault(record.json)))")
      return
    }
    let found = warnings.map(\.message)
    #expect(found.count == 3, "\(found)")
    for words in expected { #expect(found.contains { $0.contains(words) }, "\(words): \(found)") }
  }

  /// The preview draws what the bill is held against.
  @Test(arguments: [("kind eq 'bill'", ["window", "third"]), ("kind eq 'final'", ["third"])])
  func previewShowsWhatIsInForce(condition: String, names: [String]) throws {
    let layout = try TrialLayout(
      """
      <bill paper="200mm 200mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <page name="next" margin="10mm">\(Self.window(if: condition))\(Self.fold)</page><body><text>x</text></body>
      </bill>
      """, purpose: .preview)
    let reply = BillPreviewer(layout.job).render(
      PreviewRequest(record: Array(TestRecord().json.utf8), file: "bills.jsonl", number: 1, output: .sourceMap(page: 1)))
    let part = try #require(reply.parts.first)
    let map = try JSONSerialization.jsonObject(with: Data(part.bytes)) as? [String: Any]
    let zones = try #require((map?["pages"] as? [[String: Any]])?.first?["zones"] as? [[String: Any]])
    #expect(zones.compactMap { $0["name"] as? String } == names)
  }

  /// Bills that are laid out a second time while they are painted are judged then.
  @Test func longBillsAreJudgedOnAllTheirPages() throws {
    let layout = try TrialLayout(
      """
      <bill paper="60mm 40mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <page name="first" margin="5mm"/>
        <page name="next" margin="5mm"><zone name="corner" kind="clear" x="0" y="20mm" width="20mm" height="20mm"/></page>
        <body><each each="section in sections"><each each="line, i in section.lines"><text>{line.description}</text>
          <if test="i eq 205"><space height="14mm"/><text>low</text></if><page-break/></each></each></body>
      </bill>
      """)
    var record = TestRecord()
    record.lines = (1...210).map { ("line \($0)", 1) }
    guard case .pieces(let pieces, _, let warnings) = layout.outcome(record.json) else {
      Issue.record("\(String(describing: layout.fault(record.json)))")
      return
    }
    #expect((pieces.first?.facts.pages ?? 0) > 200)
    #expect(warnings.map(\.code.rawValue) == ["zone-text"] && warnings.first?.page == 205)
  }
}

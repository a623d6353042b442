import Billing
import Consents
import Contract
import Dates
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// E-mails with the direct link: who gets one, what its facts are, what the message is, and what becomes of those that cannot be made.
@Suite struct EmailTests {
  private static let bill =
    "<messages><notice padding=\"4pt\"><text size=\"15pt\" line-height=\"18pt\"><slot name=\"heading\"/></text><slot name=\"body\"/>"
    + "<slot name=\"action\"/><slot name=\"keep-paper\"/><slot name=\"address\"/><slot name=\"phone\"/><opt-in-qr size=\"60pt\"/></notice>"
    + "</messages><messages><terms/></messages>"

  private static let html = """
    <html><body style="font-size:16px">
      <div style="display:none">{campaign.email.preheader}</div>
      <h1 style="font-size:24px"><slot name="heading"/></h1>
      <p>{customer.name}, {account | digits(4)}</p><slot name="body"/><slot name="action"/>
      <a href="{campaign.opt-in.link}" style="display:inline-block;padding:14px;line-height:20px;background-color:#084F3B;color:#FFFFFF">Go</a>
      <slot name="keep-paper"/><p><slot name="address"/> <slot name="phone"/></p>
      <p>{campaign.email.postal-address}</p><a href="{campaign.email.unsubscribe}">Stop</a>
    </body></html>
    """
  private static let text = """
    <text>
    <slot name="heading"/>
    {customer.name}, {account | digits(4)}
    <slot name="body"/>
    <slot name="action"/>
    {campaign.opt-in.link}
    <slot name="keep-paper"/>
    <slot name="address"/> <slot name="phone"/>
    {campaign.email.postal-address}
    {campaign.email.unsubscribe}
    </text>
    """

  private static func channel(once: String = "campaign", audience: String = "", subject: String = "Paper stops") -> String {
    """
    channels:
      email:
        from: "Larkspur Light & Power <bills@larkspur.example>"
        return-path: bounces@larkspur.example
        postal-address: "1 Main St, Portland OR 97204"
        list-unsubscribe: {https: "https://my.example/u/{token}", mailto: "stop@larkspur.example"}
        once: \(once)
    \(audience)    words: {announce: {en-US: {subject: "\(subject)", preheader: "Or do nothing."}}}

    """
  }

  private static func layout(
    _ html: String? = html, channel: String = channel(), pieces: [PieceKind] = [.bill, .email], purpose: JobOptions.Purpose = .print
  ) throws -> TrialLayout {
    let campaign = try NamedNotices(thanks: "{prominence: none, announce: {en-US: {body: Thank you.}}}", keys: channel)
    let shared = try TemporaryFolder(html.map { ["email.html": $0, "email.txt": text] } ?? [:])
    return try TrialLayout(
      TrialLayout.xml(bill, paper: "400pt 500pt"), shared: shared.url, campaign: campaign.file, tokenKey: campaign.tokenKey, pieces: pieces,
      purpose: purpose)
  }

  private static func record(email: String? = "ana@mail.example") -> TestRecord {
    var record = TestRecord()
    record.email = email
    return record
  }

  private static func made(
    _ layout: TrialLayout, _ record: TestRecord, isFirst: Bool = true, facts: AccountFacts = AccountFacts()
  ) throws -> (pieces: [Piece], faults: [PieceFault]) {
    var input = RecordInput(file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(record.json.utf8))
    (input.isFirst, input.facts) = (isFirst, facts.bytes)
    switch layout.maker.render(input) {
    case .pieces(let pieces, let faults, _): return (pieces, faults)
    case .reject(let fault, _): throw TestFailure("\(fault.code): \(fault.fullMessage)")
    }
  }

  private static func kinds(
    _ layout: TrialLayout, _ record: TestRecord = record(), isFirst: Bool = true, facts: AccountFacts = AccountFacts()
  ) throws -> [PieceKind] {
    let (pieces, faults) = try made(layout, record, isFirst: isFirst, facts: facts)
    #expect(faults.isEmpty)
    return pieces.map(\.facts.kind)
  }

  @Test func undecidedCustomersGetOneWithTheirFirstRecord() throws {
    let layout = try Self.layout()
    let day = try #require(PlainDate("2026-11-02"))
    #expect(try Self.kinds(layout) == [.bill, .email])
    #expect(try Self.kinds(layout, isFirst: false) == [.bill])
    #expect(try Self.kinds(layout, facts: AccountFacts(events: [CustomerEvent(.consent, day, source: "web")])) == [.bill])
    // Once in the campaign: the ledger knows of one. A postcard is none.
    #expect(try Self.kinds(layout, facts: AccountFacts(emails: [day])) == [.bill])
    #expect(try Self.kinds(layout, facts: AccountFacts(postcards: [day])) == [.bill, .email])
    #expect(try Self.kinds(try Self.layout(channel: Self.channel(once: "cycle")), facts: AccountFacts(emails: [day])) == [.bill, .email])
    #expect(try Self.kinds(try Self.layout(pieces: [.bill])) == [.bill])
  }

  @Test func rulesOfTheEmailDecide() throws {
    let audience = """
          audience:
            - {rule: nowhere, when: "(customer.email | default('')) eq ''", email: none}
            - {rule: rich, when: "totals.due gt 40"}

      """
    let layout = try Self.layout(channel: Self.channel(audience: audience))
    var poor = Self.record()
    poor.lines = [("Energy", 999)]
    #expect(try Self.kinds(layout, Self.record(email: nil)) == [.bill])
    #expect(try Self.kinds(layout, poor) == [.bill])
    #expect(try Self.made(layout, Self.record()).pieces.last?.facts.rule == "rich")
  }

  @Test(arguments: [
    (nil, "the record has no address for it"), ("nobody", "has no '@'"), ("ana@b.example, c@d.example", "is more than one address"),
    ("Ana <ana@home.example>", "has the character ' ' before the '@'"), ("ana@home.exampleBcc: x@y.example", "is more than one address"),
    ("ана@mail.example", "RFC 6531"),
    ("ana@mail.example\r\n", "holds a line end"),
  ]) func withoutAnAddressThereIsARejectAndABill(_ address: String?, _ reason: String) throws {
    let (pieces, faults) = try Self.made(try Self.layout(), Self.record(email: address))
    #expect(pieces.map(\.facts.kind) == [.bill])
    #expect(faults.map(\.kind) == [.email] && faults.map(\.fault.code) == [.emailAddress], "\(faults)")
    #expect(faults.first?.fault.path == "$.customer.email" && faults.first?.fault.message.contains(reason) == true, "\(faults)")
    // What was given is not told on: a reject's line has the record.
    if let address { #expect(faults.first?.fault.message.contains(address) == false) }
  }

  @Test func factsAndMessage() throws {
    let layout = try Self.layout()
    let (pieces, _) = try Self.made(layout, Self.record(email: "ana@bücher.example"))
    let (bill, email) = (pieces[0].facts, try #require(pieces.last))
    let facts = email.facts
    #expect((facts.kind, facts.channel, facts.pages, facts.language) == (.email, .electronic, 1, "en-US"))
    #expect((facts.account, facts.invoice, facts.campaign) == (bill.account, bill.invoice, bill.campaign))
    #expect((facts.rule, facts.state, facts.phase, facts.terms) == ("undecided", "undecided", "announce", nil))
    let notice = try #require(facts.notice)
    #expect((notice.name, notice.page, notice.area, notice.headingRatio, notice.textSize) == ("email", 1, 1, 1.5, 12))
    #expect(notice.wordsDigest != bill.notice?.wordsDigest && notice.contrast > 1)
    #expect(facts.email?.returnPath == "bounces@larkspur.example" && facts.mailing == nil && facts.warnings.isEmpty)
    let message = String(decoding: email.bytes, as: UTF8.self)
    for line in [
      "To: =?UTF-8?B?QW5hIFBldHJvdmnEhw==?= <ana@xn--bcher-kva.example>", "Subject: Paper stops", "Date: Mon, 23 Nov 2026 00:00:00 +0000",
      "Message-Id: <\(facts.email?.messageID ?? "")>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Content-Language: en-US",
    ] {
      #expect(message.contains("\r\n\(line)\r\n") || message.hasPrefix(line), "\(line)")
    }
    #expect(facts.email?.messageID.hasSuffix("@larkspur.example") == true)
    // The same each time, in another worker, too.
    #expect(try Self.made(try Self.layout(), Self.record(email: "ana@bücher.example")).pieces.last == email)
  }

  @Test func twoAccountsWithOneAddressGetOneEachWithTheirOwnToken() throws {
    let layout = try Self.layout()
    var other = Self.record()
    other.account = "77"
    let messages = try [Self.record(), other].map { try #require(try Self.made(layout, $0).pieces.last) }
    let links = messages.map {
      String(decoding: $0.bytes, as: UTF8.self).matches(of: /https:\/\/my\.example\/p\/[0-9A-Z]{16}/).map(\.output)
    }
    #expect(links.allSatisfy { Set($0).count == 1 } && links[0].first != nil && links[0].first != links[1].first, "\(links)")
    #expect(messages[0].facts.email?.messageID != messages[1].facts.email?.messageID)
    // For another phase it is another message, for the same one the same.
    var occasion = Occasion()
    func id(_ record: TestRecord) throws -> String? {
      var warnings: [RecordWarning] = []
      let composed = try layout.maker.compose(try layout.maker.read(Array(record.json.utf8)), occasion, &warnings)
      return try layout.maker.email(of: composed, occasion)?.facts.email?.messageID
    }
    #expect(try id(other) == messages[1].facts.email?.messageID)
    occasion.asOf = PlainDate("2027-02-10")
    #expect(try id(other) != messages[1].facts.email?.messageID)
  }

  @Test(arguments: [
    (
      html.replacing("{campaign.email.postal-address}", with: "{campaign.email.postal-address}<a href=\"{customer.name}\">x</a>"),
      "email-link"
    ),
    (html.replacing("<p>{customer", with: "<p style=\"color:{account}\">{customer"), nil),
    (html.replacing("<p>{customer", with: "<p style=\"color:{customer.name | default('')}\">{customer"), "email-attribute"),
  ]) func messageThatCannotBeMadeLeavesItsBill(_ html: String, _ code: String?) throws {
    var record = Self.record()
    record.name = "javascript:alert(1)"
    let (pieces, faults) = try Self.made(try Self.layout(html), record)
    #expect(pieces.map(\.facts.kind) == (code == nil ? [.bill, .email] : [.bill]))
    #expect(faults.map(\.kind) == (code == nil ? [] : [.email]) && faults.first?.fault.code.rawValue == code, "\(faults)")
  }

  @Test func whatTheLawOfTheCustomersPlaceForbidsIsNotTold() throws {
    let fee = "paper: {fee: \"1.00\", currency: USD}\naudience: [{rule: quiet, notice: none, terms: none}]\n"
    let layout = try Self.layout(channel: Self.channel() + fee)
    func faults(_ place: String) throws -> [PieceFault] {
      var input = RecordInput(
        file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil,
        bytes: Array(Self.record().json.replacing("\"delivery\"", with: "\"jurisdiction\":\"\(place)\",\"delivery\"").utf8))
      input.isFirst = true
      guard case .pieces(_, let faults, _) = layout.maker.render(input) else { throw TestFailure("no bill") }
      return faults
    }
    #expect(try faults("US-OR").isEmpty)
    let told = try faults("US-NY")
    #expect(told.map(\.kind) == [.email] && told.first?.fault.code == "paper-fee-forbidden", "\(told)")
    #expect(told.first?.fault.message.contains("the e-mail tells of a campaign with a fee for paper") == true, "\(told)")
  }

  @Test func aLongSubjectIsAWarning() throws {
    let layout = try Self.layout(channel: Self.channel(subject: String(repeating: "{customer.name} ", count: 6)))
    let (pieces, _) = try Self.made(layout, Self.record())
    #expect(pieces.last?.facts.warningCodes == ["subject-long"])
  }

  @Test func whatIsMissingIsTold() throws {
    func findings(_ make: @autoclosure () throws -> TrialLayout) -> [String] {
      do { return try make().job.warnings.map(\.id) } catch let error as DiagnosticList { return error.diagnostics.map(\.id) } catch {
        return ["\(error)"]
      }
    }
    #expect(findings(try Self.layout(nil)) == ["email-missing"])
    #expect(findings(try Self.layout(nil, purpose: .check)).contains("email-missing"))
    #expect(findings(try Self.layout(channel: "")) == ["channel-missing"])
    #expect(!findings(try Self.layout(nil, pieces: [.bill])).contains("email-missing"))
  }

  @Test func whatOnlyOneFormSaysIsFound() throws {
    let layout = try Self.layout(Self.html.replacing("Go</a>", with: "Go</a><p>By 5 May 2028, or call 555-0199-777.</p>"), purpose: .check)
    let found = EmailSurvey.findings(layout.job)
    #expect(found.map(\.id) == ["email-forms-differ"], "\(found.map(\.message))")
    #expect(
      found.first?.message.contains("the plain text does not say what the HTML says: '5 May 2028', '555-0199-777'") == true, "\(found)")
    #expect(EmailSurvey.findings(try Self.layout(purpose: .check).job).isEmpty)
  }
}

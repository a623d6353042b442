import Billing
import Campaigns
import Composition
import Consents
import Diagnostics
import Foundation
import Languages
import LayoutLanguage
import TestSupport

@testable import Billmaking

/// Templates of e-mails in a layout with a campaign, whose messages are composed in this process.
struct EmailBench {
  private let layout: TrialLayout
  private let campaign: TemporaryFolder
  let template: EmailTemplate
  private let binding: CampaignBinding
  private let maker: BillMaker
  private let fields: [String]

  static let languages = ["ar", "en-US"]

  /// - Parameters:
  ///   - body: The words of the notice's body, on one line.
  ///   - fields: Names of fields below `extra`, all texts.
  init(
    html: String = EmailSample.html, text: String = EmailSample.text, body: String = "Your bill can come **by e-mail**, {customer.name}.",
    heading: String = "Paper stops on {campaign.active | date('long')}", fields: [String] = [], strings: String = ""
  ) throws {
    self.fields = fields
    let declared = fields.map { "<field path=\"extra.\($0)\" type=\"text\"/>" }.joined()
    let notice =
      "<messages><notice padding=\"4pt\"><slot name=\"heading\"/><slot name=\"body\"/><slot name=\"action\"/><slot name=\"keep-paper\"/>"
      + "<slot name=\"address\"/><slot name=\"phone\"/><opt-in-qr size=\"60pt\"/></notice></messages><messages><terms/></messages>"
    let shared = try TemporaryFolder(["email.html": html, "email.txt": text])
    try shared.write("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let words = Self.languages.map { language in
      """
          \(language):
            heading: "\(heading)"
            body: \(body)
            action: "**Tap the button** and [confirm](https://my.example/confirm/{account})."
            keep-paper: "Prefer paper? Do nothing."
            benefits: ["A reminder before each due date", "Less clutter"]

      """
    }.joined()
    let subjects = Self.languages.map { "\($0): {subject: \"{customer.name}: your bills\", preheader: Paper stops soon}" }
    campaign = try TemporaryFolder([
      "campaign.yaml": """
      billfold: 1
      id: mail-2027
      languages: [\(Self.languages.joined(separator: ", "))]
      mode: optional
      consent: before
      phases: {announce: 2026-11-01, remind: 2027-01-01, final: 2027-02-01, active: 2027-03-01}
      opt-in: {url: "https://my.example/p/{token}", show: "my.example/p", phone: "+1 800 555 0142", hours: {ar: "8-18", en-US: "Mon–Fri 8–6"}}
      terms: {version: "2027-03", effective: 2027-03-01, files: {ar: new.md, en-US: new.md}, previous: {version: "2024-01", files: {ar: old.md, en-US: old.md}}}
      prominence: {page: 1, area: 0.01, heading: 1, contrast: 4.5}
      channels:
        email:
          from: "My Power <bills@my.example>"
          return-path: bounce@my.example
          postal-address: "My Power, 1 Main St, Portland OR 97204"
          list-unsubscribe: {https: "https://my.example/u/{token}", mailto: "leave@my.example?subject={token}"}
          words: {announce: {\(subjects.joined(separator: ", "))}}
      notices:
        announce:
      \(words)  remind: {same-as: announce}
        final: {same-as: announce}
        active: {same-as: announce}

      """, "new.md": "# Terms\n\nNew.\n", "old.md": "# Terms\n\nOld.\n",
      "token.key": "0123456789abcdef0123456789abcdef",
    ])
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: campaign.path("token.key"))
    layout = try TrialLayout(
      TrialLayout.xml(notice, paper: "400pt 500pt", declarations: "<fields>\(declared)</fields>"),
      strings: ["ar": strings, "en-US": strings], shared: shared.url, campaign: campaign.path("campaign.yaml"),
      tokenKey: campaign.path("token.key"))
    maker = layout.maker
    guard let template = LayoutPackage.load(folder: layout.folder.path).email, let binding = maker.job.campaign else {
      throw TestFailure("no templates, or no campaign")
    }
    (self.template, self.binding) = (template, binding)
  }

  /// The message to a record's customer.
  ///
  /// - Parameter values: Of the fields below `extra`, as no reader of records would let them through.
  func message(_ record: TestRecord = TestRecord(), _ values: [String] = [], format: String = "standard") throws -> ComposedEmail {
    let fields = fields.map { "\"\($0)\":\"\"" }.joined(separator: ",")
    let json = record.json.replacing("\"format\":\"standard\"", with: "\"format\":\"standard\",\"extra\":{\(fields)}")
    let bill = try maker.read(Array(json.utf8))
    var warnings: [RecordWarning] = []
    var environment = try maker.compose(bill, maker.occasion, &warnings).environment
    environment.bill = BillRecord(bill, extra: ValueRecord(values.map { .text($0) }))
    guard let decision = try binding.campaign.emailDecision(for: bill, state: .undecided),
      let words = binding.emailWords(decision, account: bill.account),
      let language = template.languages.firstIndex(of: bill.language.text)
    else { throw TestFailure("no e-mail") }
    return try EmailComposer(template).compose(words, binding, decision, language: language, format: format, in: environment)
  }
}

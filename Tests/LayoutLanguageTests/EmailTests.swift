import Diagnostics
import LayoutLanguage
import TestSupport
import Testing

/// The templates of e-mails: what they may hold and name, what must be on every way through them, and what is said of the rest. The exact words stand
/// in the gallery.
@Suite struct EmailTests {
  private static let bill = """
    <bill paper="A4" xmlns="urn:billfold:layout:1"><fields><field path="extra.meter" type="text" sample="E-4471-09"/></fields>
    <page name="next" margin="15mm"/><body><text>{customer.name}</text></body></bill>
    """

  static func load(_ html: String?, _ text: String? = EmailSample.text, strings: String = "{}\n", files: [String: [UInt8]] = [:])
    -> LayoutPackage
  {
    var all = files
    all["layout.xml"] = Array(bill.utf8)
    all["strings/en-US.yaml"] = Array(strings.utf8)
    all["email.html"] = html.map { Array($0.utf8) }
    all["email.txt"] = text.map { Array($0.utf8) }
    return LayoutPackage.load(MemoryFiles(all))
  }

  /// What is found of templates with something more in them.
  private static func ids(_ more: String = "", head: String = "", text: String = "", files: [String: [UInt8]] = [:]) -> [String] {
    load(
      EmailSample.html.replacing("<!--more-->", with: more).replacing("<!--head-->", with: head),
      EmailSample.text.replacing("<!--more-->", with: text), files: files
    ).diagnostics.map(\.id)
  }

  @Test func sampleIsWithoutFinding() throws {
    let package = Self.load(EmailSample.html)
    #expect(package.diagnostics == [])
    let email = try #require(package.email)
    #expect(email.languages == ["en-US"] && email.pictures.isEmpty)
    #expect(package.files.map(\.path) == ["email.html", "email.txt", "layout.xml", "strings/en-US.yaml"])
  }

  @Test func folderWithoutTemplatesHasNoEmail() {
    let package = Self.load(nil, nil)
    #expect(package.email == nil && package.template != nil && package.diagnostics.isEmpty)
  }

  @Test func oneFormAloneIsAnError() {
    #expect(Self.load(EmailSample.html, nil).diagnostics.map(\.id) == ["email-incomplete"])
    #expect(Self.load(nil, EmailSample.text).diagnostics.map(\.id) == ["email-incomplete"])
    #expect(Self.load(nil, EmailSample.text).template == nil)
  }

  /// The namespace may be XHTML's, the layout's, or missing; Billfold's own elements may have a prefix.
  @Test func namespacesAreNoObstacle() {
    let xhtml = " xmlns=\"http://www.w3.org/1999/xhtml\""
    #expect(Self.load(EmailSample.html.replacing(xhtml, with: "")).diagnostics == [])
    #expect(Self.load(EmailSample.html.replacing(xhtml, with: " xmlns=\"urn:billfold:layout:1\"")).diagnostics == [])
    let prefixed = EmailSample.html.replacing(xhtml, with: xhtml + " xmlns:b=\"urn:billfold:layout:1\"").replacing("<slot", with: "<b:slot")
    #expect(Self.load(prefixed).diagnostics == [])
    #expect(Self.load(EmailSample.html.replacing(xhtml, with: " xmlns=\"urn:other\"")).diagnostics.map(\.id) == ["foreign-namespace"])
  }

  /// What templates from elsewhere begin with, and Billfold says itself, is no fault.
  @Test func usualHeadsAreNoObstacle() {
    let head = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"/><meta charset=\"utf-8\"/>"
    #expect(Self.ids(head: head + "<meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\"/>") == [])
    #expect(Self.load(EmailSample.html.replacing("lang=\"en\"", with: "lang=\"en\" xml:lang=\"en\" dir=\"ltr\"")).diagnostics == [])
  }

  /// The record, the campaign with the customer's own link, the strings and variables; nothing that only a page knows.
  @Test func whatAMessageKnowsCanBeNamed() {
    let more = """
      <p if="due" style="{extra.meter}">{account}, {totals.due | money}, {due | date('long')}, {extra.meter}, {t.hello}</p>
      <p each="line in customer.address">{line}</p><each each="s, i in sections"><p>{i} {s.title}</p></each>
      <if test="campaign.opt-in.token"><p>{campaign.opt-in.token} {campaign.email.subject}</p></if><else><p><t key="hi" n="{account}"/></p></else>
      """
    let package = Self.load(EmailSample.html.replacing("<!--more-->", with: more), strings: "hello: Hello\nhi: \"Hi {n}\"\n")
    #expect(package.diagnostics.map(\.id) == [])
    #expect(Self.ids("<p>{page}</p>") == ["late-value"])
    #expect(Self.ids("<p>{campaign.notice}</p>") == ["withheld-field"])
    #expect(Self.ids("<p>{campaign.opt-in.token}</p>") == ["optional-value"])
  }

  /// What only an e-mail has is withheld from bills.
  @Test func billCannotNameAnEmailsOwn() {
    for name in ["campaign.opt-in.link", "campaign.opt-in.token", "campaign.email.subject"] {
      let bill =
        "<bill paper=\"A4\" xmlns=\"urn:billfold:layout:1\"><page name=\"next\" margin=\"9mm\"/><body><text if=\"campaign\">{\(name)}</text></body></bill>"
      let files = MemoryFiles(["layout.xml": bill, "strings/en-US.yaml": "{}\n"])
      #expect(LayoutPackage.load(files).diagnostics.map(\.id) == ["withheld-field"], "\(name)")
    }
  }

  /// What runs, asks or fetches is refused, however it is written.
  @Test(
    arguments: [
      "<script>x</script>", "<form><input/></form>", "<iframe/>", "<object/>", "<link/>", "<base/>", "<svg/>", "<video/>", "<button/>",
      "<p onclick=\"x\">y</p>", "<p ONLOAD=\"x\">y</p>", "<a href=\"javascript:x\">y</a>", "<a href=\"DATA:text/html,x\">y</a>",
      "<a href=\"https://{account}.example/\">y</a>", "<img src=\"https://x.example/a.png\" alt=\"\" width=\"1\"/>",
      "<img src=\"//x.example/a.png\" alt=\"\" width=\"1\"/>", "<img src=\"cid:a\" alt=\"\" width=\"1\"/>",
      "<img src=\"data:image/png;base64,x\" alt=\"\" width=\"1\"/>", "<p style=\"background:url(x)\">y</p>",
      "<p style=\"width:expression(x)\">y</p>", "<p style=\"b\\61ckground:x\">y</p>", "<p style=\"color:/* */red\">y</p>",
      "<table background=\"x\"/>", "<img srcset=\"x\" src=\"a.png\" alt=\"\" width=\"1\"/>",
    ]) func unsafeIsRefused(_ more: String)
  {
    #expect(Self.ids(more).contains("email-unsafe"), "\(more)")
    #expect(Self.load(EmailSample.html.replacing("<!--more-->", with: more)).email == nil)
  }

  @Test(
    arguments: [
      "<style>@import 'x';</style>", "<style>p { background: url(x) }</style>", "<style>@font-face { src: local(x) }</style>",
      "<style>p { color: &lt;/style>red }</style>", "<meta http-equiv=\"refresh\" content=\"0\"/>", "<link rel=\"stylesheet\"/>",
    ]) func unsafeHeadIsRefused(_ head: String)
  { #expect(Self.ids(head: head).contains("email-unsafe"), "\(head)") }

  @Test func whatCannotStandThereIsRefused() {
    #expect(Self.ids("<p><p>x</p></p>") == ["misplaced-element"])
    #expect(Self.ids("<a href=\"tel:1\"><a href=\"tel:2\">x</a></a>") == ["misplaced-element"])
    #expect(Self.ids("<table role=\"none\"><tr>x</tr></table>") == ["misplaced-text"])
    #expect(Self.ids("<marquee>x</marquee>") == ["unknown-element"])
    #expect(Self.ids("<P>x</P>") == ["unknown-element"])
    #expect(Self.ids("<p color=\"red\">x</p>") == ["unknown-attribute"])
    #expect(Self.ids("<a style=\"color:inherit\">x</a>") == ["missing-attribute"])
    #expect(Self.ids("<a style=\"color:inherit\" href=\"http://x.example\">x</a>") == ["wrong-value"])
    #expect(Self.ids("<p><br>x</br></p>") == ["misplaced-text"])
    #expect(Self.ids(text: "<p>x</p>") == ["misplaced-element"])
    #expect(Self.ids("<else><p>x</p></else>") == ["misplaced-else"])
  }

  // MARK: Ways

  /// Each of what must be there, taken out of one form, is missed there.
  @Test func everyPartIsMissedInEitherForm() {
    for (part, id) in [
      ("<slot name=\"heading\"/>", "missing-slot"), ("<slot name=\"body\"/>", "missing-slot"), ("<slot name=\"action\"/>", "missing-slot"),
      ("<slot name=\"keep-paper\"/>", "missing-slot"), ("<slot name=\"address\"/>", "missing-slot"),
      ("<slot name=\"phone\"/>", "missing-slot"), ("{campaign.email.postal-address}", "email-incomplete"),
    ] {
      #expect(Self.load(EmailSample.html.replacing(part, with: "")).diagnostics.map(\.id) == [id], "\(part)")
      #expect(Self.load(EmailSample.html, EmailSample.text.replacing(part, with: "")).diagnostics.map(\.id) == [id], "\(part)")
      // A way without it is a way.
      let sometimes = "<if test=\"due\">\(part)</if>"
      #expect(Self.load(EmailSample.html.replacing(part, with: sometimes)).diagnostics.map(\.id) == [id], "\(part)")
      let always = "<if test=\"due\">\(part)</if><else>\(part)</else>"
      #expect(Self.load(EmailSample.html.replacing(part, with: always)).diagnostics.map(\.id) == [], "\(part)")
      let looped = "<each each=\"s in sections\">\(part)</each>"
      #expect(Self.load(EmailSample.html, EmailSample.text.replacing(part, with: looped)).diagnostics.map(\.id) == [id], "\(part)")
      let unseen = "<span style=\"display:none\">\(part)</span>"
      if !part.contains("\"body\"") {
        #expect(Self.load(EmailSample.html.replacing(part, with: unseen)).diagnostics.map(\.id) == [id], "\(part)")
      }
    }
    for name in ["campaign.opt-in.link", "campaign.email.unsubscribe"] {
      let html = EmailSample.html.replacing("href=\"{\(name)}\"", with: "href=\"https://x.example/\"")
      #expect(Self.load(html).diagnostics.map(\.id) == ["email-incomplete"], "\(name)")
      #expect(Self.load(EmailSample.html, EmailSample.text.replacing("{\(name)}", with: "")).diagnostics.map(\.id) == ["email-incomplete"])
    }
    let silent = EmailSample.html.replacing("{campaign.email.preheader}", with: "x")
    #expect(Self.load(silent).diagnostics.map { "\($0.severity) \($0.id)" } == ["warning email-preheader"])
  }

  // MARK: Looks

  @Test func contrastIsHeldAgainstWhatIsAround() {
    // On the card, which has colours for both modes.
    #expect(Self.ids("<p style=\"color:#888888\">x</p>") == ["email-contrast"])
    #expect(Self.ids("<p style=\"color:#666666\">x</p>") == ["email-contrast"])
    #expect(Self.ids("<p style=\"color:#777777\">x</p>") == ["email-contrast", "email-contrast"])
    #expect(Self.ids("<p style=\"color:#eeeeee;background-color:#222222\">x</p>") == [])
    #expect(Self.ids("<p style=\"color:#767676;background:white\"><b style=\"color:black\">x</b></p>") == [])
    // A link without a colour is blue, which dark mode does not lighten.
    #expect(Self.ids("<p><a href=\"tel:1\">x</a></p>") == ["email-contrast"])
    #expect(Self.ids("<p><a href=\"tel:1\" style=\"color:inherit\">x</a></p>") == [])
    // What is not shown is not read.
    #expect(Self.ids("<p style=\"color:#888888;display:none\">x</p>") == [])
  }

  /// Without a background the words stand on white and on a dark canvas; a class with colours for dark mode is how a designer passes on both.
  @Test func darkModeCounts() {
    func ids(_ body: String, _ css: String, _ paragraph: String) -> [String] {
      let html = EmailSample.html.replacing("background-color:#f2f4f3;color:#222222;", with: body)
        .replacing(".page { background-color: #121212 !important }", with: css)
        .replacing(".quiet { color: #c9d2cd !important }", with: "")
        .replacing("font-size:14px;line-height:20px;color:#3c4a44", with: paragraph)
      return Self.load(html).diagnostics.map(\.id)
    }
    #expect(ids("", "", "color:#333333") == ["email-contrast"])
    #expect(ids("", "", "color:#777777") == ["email-contrast", "email-contrast"])
    // #757575 on white has 4.6, on #121212 4.07; a rule for dark mode helps, and only an important one does.
    #expect(ids("", "p { color: #dddddd !important }", "color:#333333") == [])
    #expect(ids("", "p { color: #dddddd }", "color:#333333") == ["email-contrast"])
    #expect(ids("background-color:#ffffff;", "", "color:#333333") == [])
    // Nothing set: programs turn the colour with the canvas.
    #expect(ids("", "", "") == [])
    // With a background and no colour, a message that knows dark mode has white words on white.
    #expect(ids("background-color:#ffffff;", "", "") == ["email-contrast"])
  }

  @Test func selectorsThatAreNotCountedAreTold() {
    func ids(_ css: String) -> [String] { Self.ids(head: "<style>\(css)</style>") }
    #expect(ids("@media (prefers-color-scheme:dark) { table > td { color: red } }") == ["email-style"])
    #expect(ids("p { color: red }") == ["email-style"])
    #expect(ids(":root { color-scheme: light dark } a:hover { color: red } [data-ogsc] p { color: red }") == [])
    #expect(ids("@media (max-width:600px) { .card td { padding: 8px !important } }") == [])
  }

  @Test func buttonsAreHighEnough() {
    let style = "padding:12px 24px;line-height:20px;"
    func ids(_ other: String) -> [String] { Self.load(EmailSample.html.replacing(style, with: other)).diagnostics.map(\.id) }
    #expect(ids("padding:11px 24px;line-height:20px;") == ["email-button"])
    #expect(ids("padding-top:12px;padding-bottom:12px;line-height:1.25;") == [])
    #expect(ids("padding:14px;") == [])
    #expect(
      Self.load(EmailSample.html.replacing("display:inline-block;" + style, with: "background-color:#fff;")).diagnostics.map(\.id) == [
        "email-button"
      ])
    let plain = EmailSample.html.replacing("display:inline-block;\(style)background-color:#0b5e46;color:#ffffff", with: "color:inherit")
    #expect(Self.load(plain).diagnostics.map(\.id) == ["email-button"])
  }

  @Test func tablesWidthsAndPictures() {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    #expect(Self.ids("<table><tr><td>x</td></tr></table>") == ["email-table"])
    #expect(Self.ids("<table><tr><th>x</th></tr></table>") == [])
    #expect(Self.ids("<table role=\"presentation\" width=\"601\"><tr><td>x</td></tr></table>") == ["email-width"])
    #expect(Self.ids("<div style=\"min-width:640px\">x</div>") == ["email-width"])
    #expect(Self.ids("<img src=\"a.png\" width=\"80\" alt=\"A\"/>", files: ["a.png": png]) == [])
    #expect(Self.ids("<img src=\"a.png\" width=\"80\"/>", files: ["a.png": png]) == ["missing-attribute"])
    #expect(Self.ids("<img src=\"a.png\" alt=\"\"/>", files: ["a.png": png]) == ["email-width"])
    #expect(Self.ids("<img src=\"a.png\" width=\"8\" alt=\"\"/>") == ["file-not-found"])
    #expect(Self.ids("<img src=\"../a.png\" width=\"8\" alt=\"\"/>") == ["invalid-path"])
    #expect(Self.ids("<img src=\"{account}.png\" width=\"8\" alt=\"\"/>") == ["wrong-value"])
    #expect(Self.ids("<img src=\"a.png\" width=\"8\" alt=\"\"/>", files: ["a.png": Array("<svg/>".utf8)]) == ["wrong-value"])
    let heavy = png + [UInt8](repeating: 0, count: LanguageLimits.emailPictureBytes)
    #expect(Self.ids("<img src=\"a.png\" width=\"8\" alt=\"\"/>", files: ["a.png": heavy]) == ["email-too-large"])
  }

  @Test func picturesGoWithTheMessageUnderAName() throws {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let twice =
      "<img src=\"a.png\" width=\"80\" alt=\"A\"/><img src=\"a.png\" width=\"40\" alt=\"\"/><img src=\"b.jpg\" width=\"9\" alt=\"\"/>"
    let package = Self.load(
      EmailSample.html.replacing("<!--more-->", with: twice), files: ["a.png": png, "b.jpg": [0xFF, 0xD8, 0xFF, 0xE0]])
    let pictures = try #require(package.email).pictures
    #expect(pictures.map(\.path) == ["a.png", "b.jpg"] && pictures.map(\.mediaType) == ["image/png", "image/jpeg"])
    #expect(Set(pictures.map(\.contentID)).count == 2 && pictures.allSatisfy { $0.contentID.wholeMatch(of: /[a-z0-9.]+@[a-z.]+/) != nil })
    #expect(package.files.map(\.path).contains("a.png"))
  }

  @Test func linkThatSaysAnotherAddressIsAnError() {
    #expect(Self.ids("<p><a style=\"color:inherit\" href=\"https://evil.example/\">www.bank.example</a></p>") == ["email-link-text"])
    #expect(Self.ids("<p><a style=\"color:inherit\" href=\"https://bank.example/p\">https://<b>bank.example</b>/p</a></p>") == [])
    #expect(Self.ids("<p><a style=\"color:inherit\" href=\"mailto:a@x.example\">b@x.example</a></p>") == ["email-link-text"])
    #expect(Self.ids("<p><a style=\"color:inherit\" href=\"mailto:a@x.example?subject=Hi\">a@x.example</a></p>") == [])
    #expect(Self.ids("<p><a style=\"color:inherit\" href=\"https://x.example/\">Read this. And that</a></p>") == [])
  }

  @Test func stringsOfAMessageAreUsed() {
    let strings = "hello: Hello\nother: Other\n"
    let html = EmailSample.html.replacing("<!--more-->", with: "<p>{t.hello}</p>")
    let text = EmailSample.text.replacing("<!--more-->", with: "<t key=\"other\"/>")
    #expect(Self.load(html, text, strings: strings).diagnostics.map(\.id) == [])
    #expect(Self.load(html, strings: strings).diagnostics.map(\.id) == ["unused-string"])
  }

  /// White space says something in them.
  @Test func formattingLeavesTemplatesAlone() throws {
    for (name, text) in [("x/email.html", EmailSample.html), ("x/email.txt", EmailSample.text)] {
      #expect(try LayoutFormatter.format(Array(text.utf8), name: name) == Array(text.utf8))
      #expect(throws: DiagnosticList.self) { try LayoutFormatter.format(Array((text + "<").utf8), name: name) }
    }
  }

  /// Whatever is cut out of a template, it is read to its end and the findings have places.
  @Test func damagedTemplatesAreTold() {
    var random = SeededNumbers(seed: 19)
    let whole = Array(EmailSample.html.utf8)
    for _ in 0..<150 {
      var bytes = whole
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 1...40, using: &random))
      bytes.removeSubrange(start..<end)
      let package = Self.load(String(decoding: bytes, as: UTF8.self))
      for finding in package.diagnostics { #expect(!finding.message.isEmpty) }
      #expect(package.email != nil || package.diagnostics.contains { $0.severity == .error })
    }
  }
}

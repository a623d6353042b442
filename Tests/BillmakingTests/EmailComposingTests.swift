import Composition
import Diagnostics
import Foundation
import LayoutLanguage
import TestSupport
import Testing

/// E-mails from their templates: both forms, directions, large print, bounds; and that nothing of a record breaks out of its place.
@Suite(.serialized) struct EmailComposingTests {
  /// Unsafe by itself: the suite's tests run one after the other.
  private nonisolated(unsafe) static let sample = Result { try EmailBench() }

  // MARK: Forms

  @Test func messageSaysTheSameInBothForms() throws {
    let message = try Self.sample.get().message()
    #expect(message.subject == "Ana Petrović: your bills" && message.preheader == "Paper stops soon" && message.pictures.isEmpty)
    #expect(message.html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-US\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n"))
    #expect(message.html.hasSuffix("</body>\n</html>\n"))
    let token = try #require(message.text.firstMatch(of: #/https://my\.example/p/([0-9A-Z]{16})\n/#)).output.1
    #expect(message.html.contains("href=\"https://my.example/p/\(token)\""))
    for words in [
      "Paper stops on March\u{A0}1, 2027", "Prefer paper? Do nothing.", "my.example/p", "+1 800 555 0142", "Mon–Fri 8–6",
      "https://my.example/u/\(token)", "My Power, 1 Main St, Portland OR 97204", "Ana Petrović",
    ] {
      #expect(message.html.contains(words) && message.text.contains(words), "\(words)")
    }
    #expect(message.html.contains("<p style=\"margin:0 0 1em\">Your bill can come <strong>by e-mail</strong>, Ana Petrović.</p>"))
    #expect(message.html.contains("<title>Ana Petrović: your bills</title>"))
    #expect(message.html.contains("<a href=\"tel:+18005550142\""))
    #expect(message.html.contains("prefers-color-scheme: dark"))
    // The same bytes each time.
    #expect(try Self.sample.get().message().html == message.html)
  }

  @Test func plainTextKeepsTheTemplatesLines() throws {
    let text = """
      <text>
        <slot name="heading"/>

        <if test="account eq 'x'">
          Not this line.
        </if>
        <else>
          This one, indented less,
            and this one more.
        </else>

        <each each="line in customer.address">
          - {line}
        </each>


        <slot name="body"/> <slot name="action"/>
        {campaign.opt-in.link} <slot name="address"/> <slot name="phone"/>
        <slot name="label"/>
        Benefits:
          <slot name="benefits"/>
        <slot name="keep-paper"/> {campaign.email.postal-address} {campaign.email.unsubscribe}
      </text>
      """
    let message = try EmailBench(text: text, body: "One.").message()
    let token = try #require(message.text.firstMatch(of: #/p/([0-9A-Z]{16})/#)).output.1
    let grouped = stride(from: 0, to: 16, by: 4).map { String(Array(token)[$0..<$0 + 4]) }.joined(separator: "-")
    #expect(
      message.text == """
        Paper stops on March\u{A0}1, 2027

        This one, indented less,
          and this one more.

        - 18 Larkspur Ave Apt 4
        - Portland OR 97204

        One. Tap the button and confirm (https://my.example/confirm/4400-1182-07).
        https://my.example/p/\(token) my.example/p \(grouped)
        +1 800 555 0142 Mon–Fri 8–6
        Benefits:
          - A reminder before each due date
          - Less clutter
        Prefer paper? Do nothing. My Power, 1 Main St, Portland OR 97204
        https://my.example/u/\(token)

        """)
  }

  @Test func longLinesArePartedAtSpacesAndAddressesNever() throws {
    let address = "https://my.example/" + String(repeating: "long/", count: 30)
    let body = (1...60).map { "word\($0)" }.joined(separator: " ") + " \(address) end"
    let message = try EmailBench(body: body).message()
    let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.contains { $0.contains(address) })
    for line in lines where !line.contains("https://") { #expect(line.count <= 76) }
    #expect(lines.filter { $0.hasPrefix("word") }.count > 5)
  }

  @Test func markdownBecomesElements() throws {
    let body = """
      |
              First.

              - one
              - **two**

              1. A
              2. B

              > Quoted [here](https://x.example/).
      """
    let message = try EmailBench(body: body).message()
    for part in [
      "<ul style=", "<li>one</li>", "<li><strong>two</strong></li>", "<ol style=", "<blockquote style=", "href=\"https://x.example/\"",
    ] {
      #expect(message.html.contains(part), "\(part)")
    }
    for part in ["First.\n\n- one\n- two\n\n1. A\n2. B\n\n> Quoted here (https://x.example/)."] { #expect(message.text.contains(part)) }
  }

  /// A slot among words has no blocks, and one in a link no links.
  @Test func slotsFitTheirPlace() throws {
    let more = "<p style=\"margin:0\"><slot name=\"body\"/></p><p><a href=\"tel:1\" style=\"color:inherit\"><slot name=\"action\"/></a></p>"
    let message = try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: more), body: "One [link](https://x.example/).")
      .message()
    #expect(message.html.contains("<p style=\"margin:0\">One <a href=\"https://x.example/\""))
    #expect(message.html.contains("<a href=\"tel:1\" style=\"color:inherit\"><strong>Tap the button</strong> and confirm.</a>"))
  }

  // MARK: Directions and large print

  @Test func rightToLeftIsMirrored() throws {
    var record = TestRecord()
    record.language = "ar"
    let more =
      "<p style=\"margin:0;text-align:left;border-left:1px solid #000000;padding:1px 2px 3px 4px\">{totals.due | money} {customer.name}</p>"
    let message = try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: more)).message(record)
    #expect(message.html.contains("<html lang=\"ar\" dir=\"rtl\">"))
    #expect(message.html.contains("style=\"margin:0;text-align:right;border-right:1px solid #000000;padding:1px 4px 3px 2px\""))
    #expect(message.html.contains("padding:24px 32px 8px 24px"))
    #expect(message.html.contains("<bdi dir=\"ltr\">Ana Petrović</bdi>"))
    #expect(message.text.contains("\u{2066}Ana Petrović\u{2069}"))
    // An address has nothing round it that a program would take for a part of it.
    #expect(message.text.contains(#/\nhttps://my\.example/p/[0-9A-Z]{16}\n/#))
    // In a message from left to right a name is set apart only where it needs it.
    record.language = "en-US"
    record.name = "محمد"
    let other = try Self.sample.get().message(record)
    #expect(other.html.contains("<bdi>محمد</bdi>") && other.text.contains("\u{2068}محمد\u{2069}"))
  }

  @Test func largePrintGrowsTypeAndItsLines() throws {
    let bench = try Self.sample.get()
    let (usual, large) = (try bench.message(), try bench.message(format: "large-print"))
    #expect(usual.html.contains("font-size:26px;line-height:32px") && large.html.contains("font-size:32.5px;line-height:40px"))
    #expect(large.html.contains("font-size:20px;line-height:30px") && large.html.contains("padding:12px 24px"))
    #expect(usual.look.textSize == 14 && large.look.textSize == 17.5)
    #expect(usual.look.headingRatio == 1.625 && large.look.headingRatio == 1.625)
    #expect(usual.look.contrast == large.look.contrast && usual.look.contrast >= 4.5)
    // A template that says no size has one in large print.
    let bare = EmailSample.html.replacing("font-size:16px;line-height:24px", with: "")
    #expect(try EmailBench(html: bare).message(format: "large-print").html.contains("Arial, sans-serif;font-size:20px"))
  }

  @Test func lookIsOfWhatIsShown() throws {
    let more = "<p style=\"color:#777777;font-size:9px\">{account}</p>"
    #expect(try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: more)).message().look.textSize == 9)
    let hidden = "<p style=\"color:#777777;font-size:9px;display:none\">{account}</p>"
    #expect(try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: hidden)).message().look.textSize == 14)
  }

  /// What a link says and where it leads is known only once both are evaluated.
  @Test func linkThatSaysAnotherAddressIsTold() throws {
    let message = try EmailBench(body: "See [www.bank.example](https://evil.example/), [my.example](https://my.example/x).").message()
    #expect(message.misleading.map { "\($0.words) \($0.address)" } == ["www.bank.example https://evil.example/"])
    #expect(try Self.sample.get().message().misleading.isEmpty)
  }

  // MARK: Bounds

  @Test func messageHasAnEnd() throws {
    let line = String(repeating: "all work and no play ", count: 20)
    var record = TestRecord()
    record.lines = (0..<3_000).map { _ in ("x", 1) }
    let loop = "<each each=\"s in sections\"><each each=\"l in s.lines\"><p>\(line)</p></each></each>"
    #expect(
      Self.fault { try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: loop)).message(record) }?.id == "email-too-large")
    let plain = "<each each=\"s in sections\"><each each=\"l in s.lines\">\(line)</each></each>"
    #expect(
      Self.fault { try EmailBench(text: EmailSample.text.replacing("<!--more-->", with: plain)).message(record) }?.id == "email-too-large")
  }

  private static func fault(_ body: () throws -> ComposedEmail) -> Diagnostic? {
    do { _ = try body() } catch { return error as? Diagnostic }
    return nil
  }

  // MARK: Injection

  private static let nasty = [
    "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "</title><script>x</script>", "</style><script>x</script>", "-->",
    "<!--",
    "]]>", "javascript:alert(1)", "data:text/html,<script>x</script>", "&lt;b&gt;", "&#60;script&#62;", "{{account}}",
    "\u{0}\u{8}\u{1B}[31m",
    "a\r\nBcc: x@y.example", "\u{202E}gnp.exe", "\u{2066}\u{2069}\u{2069}x", "a\u{2028}b\u{85}c", "\" style=\"background:url(x)", "\\3c b",
    "``",
    "=`onload", "x\u{FEFF}y", "../../etc", "?a=1&b=2#c", "@evil.example/", "%3Cscript%3E", "\u{FFFE}", "<", ">", "\"", "'", "&", "</",
  ]

  /// Values in every place that takes any words, and in parts of addresses.
  private static let places = """
    <h2 title="{extra.x}" style="margin:0">{extra.x}</h2><ul><li>{extra.x}</li></ul>
    <p aria-label="{extra.x}"><b>{extra.x}</b><br/>{extra.x} <a style="color:inherit" href="https://x.example/{extra.x}?q={extra.x}#{extra.x}">{extra.x}</a></p>
    <p><a style="color:inherit" title="{extra.x}" href="mailto:x{extra.x}">m</a><a style="color:inherit" href="tel:1{extra.x}">t</a></p>
    <p><t key="say" what="{extra.x}"/><img src="a.png" width="1" alt="{extra.x}"/></p>
    <table role="presentation"><tr><td>{extra.x}</td><td if="extra.x">{extra.x}</td></tr></table>
    """

  /// Unsafe by itself: the suite's tests run one after the other.
  private nonisolated(unsafe) static let hostile = Result {
    try EmailBench(
      html: EmailSample.html.replacing("<!--more-->", with: places).replacing("<title>", with: "<title>{extra.x} "),
      text: EmailSample.text.replacing("<!--more-->", with: " {extra.x}"),
      body: "\"Hi {extra.x}, **{extra.x}** [{extra.x}](https://x.example/{extra.x})\"", heading: "{extra.x}", fields: ["x"],
      strings: "say: \"I say {what}\"\n")
  }

  /// Reads every document with Python's own parser and with libxml2's, and compares each with the first: the same elements with the same attributes in
  /// the same order, no script, no address but of the allowed kinds, and in its words the value as it is.
  private static let reader = #"""
    import html.parser, json, sys
    from lxml import html as lxml_html
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True); self.shape = []; self.words = ""; self.hrefs = []; self.titles = []
        def handle_starttag(self, tag, attributes):
            if tag == "bdi": return
            self.shape.append([tag, [name for name, _ in attributes]])
            for name, value in attributes:
                if name == "href": self.hrefs.append(value)
                if name in ("title", "aria-label", "alt"): self.titles.append(value)
        def handle_endtag(self, tag):
            if tag != "bdi": self.shape.append(["/" + tag])
        def handle_data(self, data): self.words += data
        def handle_comment(self, data): self.shape.append(["comment"])
        def handle_decl(self, data): self.shape.append(["decl", data])
        def unknown_decl(self, data): self.shape.append(["unknown"])
    def tree(text):
        return [[e.tag, list(e.attrib)] if isinstance(e.tag, str) else ["?"] for e in lxml_html.document_fromstring(text).iter() if e.tag != "bdi"]
    first = None
    for line in open(sys.argv[1], encoding="utf-8"):
        item = json.loads(line)
        reader = Reader(); reader.feed(item["html"]); reader.close()
        found = (reader.shape, tree(item["html"]), len(reader.hrefs))
        if first is None: first = found
        if found != first: print("shape", repr(item["value"])); continue
        if any(not h.startswith(("https://x.example/", "https://my.example/", "mailto:", "tel:")) for h in reader.hrefs): print("link", repr(item["value"]))
        if any(ord(c) < 32 and c != "\n" or 0x7f <= ord(c) < 0xa0 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in item["html"]): print("control", repr(item["value"]))
        if item["clean"] not in reader.words: print("words", repr(item["value"]))
        if any(t != item["clean"] for t in reader.titles): print("title", repr(item["value"]))
    print("read", sum(1 for _ in open(sys.argv[1], encoding="utf-8")))
    """#

  private static func findings(of values: [String]) throws -> String {
    struct Item: Encodable { var value: String, clean: String, html: String }
    let bench = try hostile.get()
    let encoder = JSONEncoder()
    var lines = ""
    for value in ["harmless"] + values {
      let message = try bench.message(TestRecord(), [value])
      // What is left of a value, worked out anew.
      var clean = ""
      for scalar in value.replacing("\r\n", with: " ").unicodeScalars {
        switch scalar.value {
        case 9...13, 0x85, 0x2028, 0x2029: clean += " "
        case 0..<32, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: break
        default: clean.unicodeScalars.append(scalar)
        }
      }
      lines += String(decoding: try encoder.encode(Item(value: value, clean: clean, html: message.html)), as: UTF8.self) + "\n"
      #expect(!message.subject.contains("\n") && !message.text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }
    let folder = try TemporaryFolder(["messages.jsonl": lines])
    return try Tool.run([Tool.python, "-B", "-c", reader, folder.path("messages.jsonl")]).output
  }

  @Test(.needs(Tool.xmlReader)) func nothingOfAValueBreaksOut() throws {
    let found = try Self.findings(of: Self.nasty)
    #expect(found == "read \(Self.nasty.count + 1)\n")
  }

  /// The same of values put together at random.
  @Test(.needs(Tool.xmlReader)) func nothingOfAnyValueBreaksOut() throws {
    var random = SeededNumbers(seed: 2027)
    let pieces = Self.nasty + ["a", " ", "é", "日本", "=", ";", ":", "/", "\n", "url(", "style=", "😀", "\u{301}"]
    let values = (0..<120).map { _ in
      (0..<random.next(below: 9) + 1).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
    #expect(try Self.findings(of: values) == "read \(values.count + 1)\n")
  }

  /// Where a value decides how something looks or where it leads, what it may hold is bounded.
  @Test func valuesThatAreNoneAreRejects() throws {
    let bad = ["\"", "<", "x;y:z", "url(x)", "javascript:x", "a\nb", "é", "\u{202E}", "/*", "\\", "&"]
    let places = [
      "<p style=\"color:{extra.x}\">y</p>", "<p class=\"{extra.x}\">y</p>", "<p id=\"a{extra.x}\">y</p>", "<p align=\"{extra.x}\">y</p>",
      "<p dir=\"{extra.x}\">y</p>", "<div style=\"{extra.x}\">y</div>",
      "<table role=\"presentation\" width=\"{extra.x}\" bgcolor=\"{extra.x}\"><tr><td>y</td></tr></table>",
      "<p><a style=\"color:inherit\" rel=\"{extra.x}\" href=\"tel:1\">y</a></p>",
    ]
    for place in places {
      let bench = try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: place), fields: ["x"])
      for value in bad {
        #expect(Self.fault { try bench.message(TestRecord(), [value]) }?.id == "email-attribute", "\(place) \(value)")
      }
    }
    let colour = try EmailBench(html: EmailSample.html.replacing("<!--more-->", with: places[0]), fields: ["x"])
    #expect(try colour.message(TestRecord(), ["#123456"]).html.contains("style=\"color:#123456\""))
    // Parts that are harmless and a whole that is not.
    let split = try EmailBench(
      html: EmailSample.html.replacing("<!--more-->", with: "<p style=\"background:u{extra.x}l(x)\">y</p>"), fields: ["x"])
    #expect(Self.fault { try split.message(TestRecord(), ["r"]) }?.id == "email-attribute")
    let link = try EmailBench(
      html: EmailSample.html.replacing("<!--more-->", with: "<p><a style=\"color:inherit\" href=\"{extra.x}\">y</a></p>"), fields: ["x"])
    for value in [
      "", "javascript:x", " JavaScript:x", "data:x", "http://x.example", "//x.example", "https://", "https:x", "https:///x", "mailto:", "x",
    ] {
      #expect(Self.fault { try link.message(TestRecord(), [value]) }?.id == "email-link", "\(value)")
    }
    #expect(try link.message(TestRecord(), ["https://x.example/\"><b>"]).html.contains("href=\"https://x.example/%22%3E%3Cb%3E\""))
    // The words of a link may hold a value in their address; its host is the campaign's.
    let host = try EmailBench(body: "\"[x](https://{extra.x}/)\"", fields: ["x"])
    #expect(Self.fault { try host.message(TestRecord(), ["evil.example"]) }?.id == "email-link")
  }
}

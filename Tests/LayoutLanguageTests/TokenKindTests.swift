import Diagnostics
import LayoutLanguage
import Testing

/// Which printed values lines must not part, and how far they may.
@Suite struct TokenKindTests {
  private func segments(
    _ body: String, declarations: String = "", strings: String = "a: '{x}'\n", files: [String: String] = [:], extra: [Value] = []
  )
    throws -> [TextSegment]
  {
    let package = Layout(body: body, declarations: declarations, strings: strings, files: files).load()
    #expect(package.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    let template = try #require(package.template)
    var environment = Environment.sample(template, bill: SampleBill.bill(extra: extra))
    var buffer = TextBuffer()
    try append(template.plain.body.children, &environment, &buffer)
    return buffer.segments
  }

  private func append(_ contents: [TemplateContent], _ environment: inout Environment, _ buffer: inout TextBuffer) throws {
    for content in contents {
      switch content {
      case .text(let template): try template.append(to: &buffer, in: environment)
      case .node(let node): try append(node.children, &environment, &buffer)
      case .repeat(let loop, let contents):
        let (list, path) = try environment.list(of: loop)
        for index in 0..<list.count {
          try environment.enter(loop, element: index, of: list, path: path)
          try append(contents, &environment, &buffer)
        }
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        try append(contents, &environment, &buffer)
      case .choice: break
      }
    }
  }

  @Test(arguments: [
    ("{totals.due | money}", TextSegment.token("$87.02", .whole)), ("{1234.5 | number}", .token("1,234.5", .whole)),
    ("{3 | percent}", .token("3%", .whole)), ("{issued | date('long')}", .token("November 23, 2026", .whole)),
    ("{totals.due}", .token("$87.02", .whole)), ("{issued}", .token("Nov 23, 2026", .whole)),
    ("{sections | count}", .token("2", .whole)), ("{totals.due + totals.charges}", .token("$134.78", .whole)),
    ("{account | group('4')}", .token("4400-1182-07", .groups)), ("{account | group('2')}", .token("44\u{A0}00-11\u{A0}82-07", .groups)),
    ("{account}", .token("4400-1182-07", .identifier)),
    ("{invoice | upper}", .token("2026-11-004711", .identifier)), ("{customer.name}", .data("Ana Petrović")),
    ("{customer.name | upper}", .data("ANA PETROVIĆ")), ("{customer.email | default('none')}", .data("none")),
    ("{due | default(issued)}", .token("Dec 14, 2026", .whole)),
    ("{customer.email | default(account)}", .token("4400-1182-07", .identifier)),
    ("{customer.email | default(issued | date('short'))}", .token("11/23/26", .whole)),
    ("{sections | sum('subtotal')}", .token("$46.84", .whole)),
    ("{2 | plural(one: 'bill', other: 'bills')}", .data("bills")),
    ("{sections | join(', ', field: 'title')}", .data("Electricity, Services")),
  ]) func valueSaysHowItMayBeParted(_ words: String, _ segment: TextSegment) throws {
    #expect(try segments("<text>\(words)</text>") == [segment])
  }

  @Test func argumentsOfStringsStayWhatTheyAre() throws {
    #expect(
      try segments("<text><t key=\"a\" x=\"{totals.due | money}\"/></text>", strings: "a: 'Pay {x} now'\n")
        == [.words("Pay "), .token("$87.02", .whole), .words(" now")])
    #expect(
      try segments("<text><t key=\"a\" x=\"{sections | count}\"/></text>", strings: "a: '{x, plural, other {# parts}}'\n")
        == [.token("2", .whole), .words(" parts")])
  }

  @Test func declaredIdentifiersAreTextsInAllElse() throws {
    let fields = "<fields><field path=\"extra.order\" type=\"identifier\"/><field path=\"extra.codes[]\" type=\"identifier\"/></fields>"
    let body =
      "<text if=\"extra.order eq 'A/7'\">{extra.order}</text><each each=\"c in extra.codes\"><text>{c}</text></each><text>{extra.codes | join('; ')}</text>"
    #expect(
      try segments(body, declarations: fields, extra: [.text("A/7"), SampleBill.list(.text("x.1"), .text("y_2"))])
        == [.token("A/7", .identifier), .token("x.1", .identifier), .token("y_2", .identifier), .token("x.1; y_2", .identifier)])
  }

  @Test func partialsKnowWhatTheyAreGiven() throws {
    let partial = """
      <partial xmlns="urn:billfold:layout:1"><param name="what" type="text"/><param name="sum" type="amount"/><text>{what}</text><text>{sum}</text>\
      </partial>
      """
    #expect(
      try segments("<include src=\"p.xml\" what=\"{account}\" sum=\"{totals.due}\"/>", files: ["p.xml": partial])
        == [.token("4400-1182-07", .identifier), .token("$87.02", .whole)])
    #expect(
      try segments("<include src=\"p.xml\" what=\"{totals.due | money}\" sum=\"{totals.due}\"/>", files: ["p.xml": partial]).first
        == .token("$87.02", .whole))
  }

  @Test func attributesAreChecked() {
    #expect(Layout(body: "<text nowrap=\"maybe\">a</text>").findings().count == 1)
    #expect(Layout(body: "<text nowrap=\"yes\">a <span nowrap=\"no\">b</span><span nowrap=\"auto\">c</span></text>").findings() == [])
    #expect(Layout(body: "<place x=\"1mm\" y=\"1mm\" else=\"drop\"><text>a</text></place>").findings().count == 1)
    for value in ["reject", "cut", "body"] {
      #expect(Layout(body: "<place x=\"1mm\" y=\"1mm\" else=\"\(value)\"><text>a</text></place>").findings() == [])
    }
  }
}

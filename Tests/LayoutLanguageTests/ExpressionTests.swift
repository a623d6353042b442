import Diagnostics
import LayoutLanguage
import Money
import Reporting
import Testing

@testable import struct LayoutLanguage.ExpressionParser
@testable import class LayoutLanguage.Findings
@testable import struct LayoutLanguage.Syntax

/// What `{expression}` prints for the sample bill, or the ids of what is wrong with it.
func printed(_ expression: String, fields: String = "", extra: [Value] = [], campaign: Value = .absent) throws -> String {
  let layout = Layout(
    body: "<text>{\(expression.replacing("<", with: "&lt;"))}</text>", declarations: fields, files: FilterRegistry.exampleFiles)
  let package = layout.load()
  guard let template = package.template else {
    return package.diagnostics.filter { $0.severity == .error }.map(\.id).joined(separator: " ")
  }
  let environment = Environment.sample(template, bill: SampleBill.bill(extra: extra), campaign: campaign)
  let outline = try Outline.text(template, environment)
  return outline.dropFirst(5).dropLast().replacing("⟨", with: "").replacing("⟩", with: "").trimmingPrefix(" ").description
}

@Suite struct ExpressionTests {
  private func tree(_ text: String) -> String {
    let source = SourceText(file: SourceFile(name: "x", bytes: Array(text.utf8)), range: 0..<text.utf8.count)
    let findings = Findings()
    var parser = ExpressionParser(source, findings: findings)
    guard let syntax = parser.expression() else { return findings.all.map(\.message).joined() }
    return Self.show(syntax)
  }

  private static func show(_ syntax: Syntax) -> String {
    switch syntax.kind {
    case .number(let number): return "\(number)"
    case .text(let text): return "'\(text)'"
    case .flag(let flag): return "\(flag)"
    case .name(let name): return name
    case .member(let base, let name, _): return show(base) + "." + name
    case .negate(let operand): return "-(\(show(operand)))"
    case .not(let operand): return "not(\(show(operand)))"
    case .binary(let symbol, _, let left, let right): return "(\(show(left)) \(symbol) \(show(right)))"
    case .filter(let input, let call):
      let arguments = call.arguments.map { ($0.label.map { $0 + ": " } ?? "") + show($0.value) }.joined(separator: ", ")
      return "\(show(input))|\(call.name)(\(arguments))"
    }
  }

  @Test(arguments: [
    ("a | f or b", "'or' stands where an operator or the end of the expression was expected"),
    ("a or b and not c eq d + e * -f.g", "(a or (b and not((c compare(LayoutLanguage.Comparison.eq) (d add (e multiply -(f.g)))))))"),
    ("a or b | f", "(a or b)|f()"),
    ("a - b - c", "((a subtract b) subtract c)"),
    ("a * b / c", "((a multiply b) divide c)"),
    ("a + b | f | g('x', k: 1 + 2)", "(a add b)|f()|g('x', k: (1 add 2))"),
    ("(a | f) + b", "(a|f() add b)"),
    ("a-b", "a-b"),
    ("'it''s'", "'it's'"),
    ("a lt b lt c", "'lt' stands where 'and' or 'or' (comparisons do not chain) was expected"),
    ("a < b", "(a compare(LayoutLanguage.Comparison.lt) b)"),
    ("x | where('a', ge: 3)", "x|where('a', ge: 3)"),
    ("t.and", "t.and"),
    ("-1", "-(1)"),
    ("a - -1", "(a subtract -(1))"),
    ("not not a", "not(not(a))"),
    ("a -b", "a minus needs white space on both sides"),
    ("a- b", "'b' stands where an operator or the end of the expression was expected"),
  ]) func precedence(_ text: String, _ expected: String) { #expect(tree(text) == expected) }

  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("10 - 4 - 3", "3"), ("-2 * 3", "−6"), ("0.1 + 0.2", "0.3"),
    ("totals.due - balance.previous | money", "$4.92"), ("totals.due * 2 | money", "$174.04"), ("2 * totals.due | money", "$174.04"),
    ("10 / 4 | round(1)", "2.5"), ("1 / 3 | round(4)", "0.3333"), ("2 / 3 | round(2, 'down')", "0.66"),
    ("totals.due * 100 / totals.charges | round(0)", "182"), ("(totals.due / 3) * 2 | round(2) | money", "$58.01"),
    ("balance.payments | abs | round(0) | money(decimals: 0)", "$82"),
    ("9000000000000000000 * 9", "number-overflow"), ("1 / v | round(2)", "1.00"),
    ("totals.due", "$87.02"), ("issued", "Nov 23, 2026"), ("v", "1"), ("'a'", "a"), ("currency | lower | upper", "USD"),
    ("period.to | date | default('')", "Nov 19, 2026"), ("customer.postal.city | default('nowhere')", "nowhere"),
    ("segment | default(jurisdiction) | default('x')", "residential"),
    ("usage | sum('value') | number(decimals: 1)", "823.0"),
    ("sections | first | default(sections | last)", "optional-value"),
  ]) func values(_ expression: String, _ expected: String) throws {
    do {
      #expect(try printed(expression) == expected)
    } catch let diagnostic as Diagnostic {
      #expect(diagnostic.id == expected)
    }
  }

  @Test(arguments: [
    ("totals.due + v", "wrong-type"), ("totals.due / totals.charges", "unrounded-division"), ("v / totals.due | round(2)", "wrong-type"),
    ("1 / 0 | round(2)", "wrong-type"), ("customer.name | money", "filter-input"), ("due", "optional-value"),
    ("due | date", "optional-value"), ("sections", "not-printable"), ("campaign.active", "optional-value"), ("t", "unknown-name"),
    ("sum", "unknown-name"), ("page + 1", "late-value"), ("page | number", "late-value"),
    ("kind eq 'x' | upper", "wrong-value filter-input"),
    ("'a' + 'b'", "wrong-type"), ("customer.name.first", "unknown-field"), ("sections.count", "unknown-field"),
    ("issued gt 'soon'", "wrong-type"), ("account | default(1)", ""), ("due | default(1)", "filter-argument"),
    ("customer.address | join", "filter-argument"), ("sections | join(', ')", "filter-argument"),
    ("sections | sort('lines') | count", "filter-argument"), ("customer.address | sum", "filter-argument"),
    ("sections | where('title') | count", "2"), ("sections | where('subtotal') | count", "filter-argument"),
    ("sections | where('title', eq: 'a', ne: 'b') | count", "filter-argument"), ("totals.due | min | money", "filter-argument"),
    ("v | number(min: 3, max: 2)", "filter-argument"), ("v | plural(one: 'a')", "filter-argument"),
  ]) func types(_ expression: String, _ expected: String) throws {
    let result = try printed(expression)
    #expect(expected.isEmpty || result == expected)
  }

  @Test func conditionsNarrow() throws {
    let cases: [(String, String)] = [
      ("<text if=\"due\">{due | date}</text>", "[text ⟨Dec 14, 2026⟩]"),
      ("<text if=\"due and due gt issued\">{due | date}</text>", "[text ⟨Dec 14, 2026⟩]"),
      ("<if test=\"not due\"><rule/></if><else><text>{due | date}</text></else>", "[text ⟨Dec 14, 2026⟩]"),
      ("<if test=\"not due or due lt issued\"><rule/></if><else><text>{due | date}</text></else>", "[text ⟨Dec 14, 2026⟩]"),
      (
        "<if test=\"period.from\"><text>{period.from | date} {period.to | default(issued) | date}</text></if>",
        "[text ⟨Oct 20, 2026⟩ ⟨Nov 19, 2026⟩]"
      ),
      ("<text if=\"period\">{period.from | date | default('?')}</text>", "[text ⟨Oct 20, 2026⟩]"),
      ("<text each=\"l in s.lines\" if=\"l.date\">{l.date | date}</text>", "[text ⟨Nov 19, 2026⟩]"),
      ("<text if=\"campaign\">{campaign.active | date}</text>", ""),
    ]
    for (body, expected) in cases {
      let layout = Layout(body: "<each each=\"s in sections | where('title', 'Electricity')\">\(body)</each>")
      let package = layout.load()
      #expect(package.diagnostics.filter { $0.severity == .error } == [], "\(body)")
      if let template = package.template { #expect(try Outline.text(template, .sample(template)) == expected) }
    }
    for body in [
      "<if test=\"due\"><rule/></if><else><text>{due | date}</text></else>", "<text if=\"due or v eq 1\">{due | date}</text>",
      "<if test=\"due\"><rule/></if><text>{due | date}</text>", "<text if=\"not (due and v eq 1)\">{due | date}</text>",
      "<each each=\"l in customer.address\"><if test=\"due\"><rule/></if></each><text>{due | date}</text>",
    ] { #expect(Layout(body: body).load().diagnostics.map(\.id).contains("optional-value"), "\(body)") }
  }

  @Test func plainPathKnowsItsPlaceInTheRecord() throws {
    let layout = Layout(body: "<each each=\"s in sections\"><text each=\"l in s.lines\">{l.amount | money}{l.description}</text></each>")
    let template = try #require(layout.load().template)
    guard case .repeat(let outer, let contents) = template.plain.body.children[0], case .node(let text) = contents[0],
      let inner = text.each,
      case .text(let words) = text.children[0], case .value(let money) = words.pieces[0], case .value(let description) = words.pieces[1]
    else {
      Issue.record("not the layout that was written")
      return
    }
    var environment = Environment.sample(template)
    let sections = try environment.list(of: outer)
    #expect(sections.path?.text == "$.sections")
    try environment.enter(outer, element: 0, of: sections.list, path: sections.path)
    let lines = try environment.list(of: inner)
    try environment.enter(inner, element: 1, of: lines.list, path: lines.path)
    #expect(description.path(in: environment)?.text == "$.sections[0].lines[1].description")
    #expect(money.path(in: environment) == nil)
    #expect(try description.string(in: environment) == "Basic charge")
  }

  @Test func faultsAtRunTimeNameTheExpression() throws {
    let layout = Layout(body: "<text>{totals.due * 999999999999999999 | money}</text>\n<text>{1 / (v - 1) | round(2)}</text>")
    let template = try #require(layout.load().template)
    let environment = Environment.sample(template)
    var found: [String] = []
    for case .node(let node) in template.plain.body.children {
      guard case .text(let words) = node.children[0] else { continue }
      do { _ = try words.string(in: environment) } catch { found.append(DiagnosticRenderer.text(error)) }
    }
    #expect(
      found == [
        """
        layout.xml:5:8: error: 'totals.due * 999999999999999999 | money' gives a number beyond 18 digits [number-overflow]
            5 | <text>{totals.due * 999999999999999999 | money}</text>
              |        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        """,
        """
        layout.xml:6:8: error: '1 / (v - 1) | round(2)' divides by zero [division-by-zero]
            6 | <text>{1 / (v - 1) | round(2)}</text>
              |        ^~~~~~~~~~~~~~~~~~~~~~
        """,
      ])
  }

  @Test func loopsOfOneBillShareTheirSteps() throws {
    let many = Value.list(ValueArray(Array(repeating: .text("x"), count: 3_000)))
    let fields = "<fields><field path=\"extra.list[]\" type=\"text\"/></fields>"
    let layout = Layout(body: "<each each=\"a in extra.list\"><text each=\"b in extra.list\">{b}</text></each>", declarations: fields)
    let template = try #require(layout.load().template)
    guard case .repeat(let outer, let contents) = template.plain.body.children[0], case .node(let node) = contents[0], let inner = node.each
    else {
      Issue.record("not the layout that was written")
      return
    }
    var turns = 0
    let fault = #expect(throws: Diagnostic.self) {
      var environment = Environment.sample(template, bill: SampleBill.bill(extra: [many]))
      try environment.forEach(outer) { (environment) throws(Diagnostic) in try environment.forEach(inner) { _ in turns += 1 } }
    }
    #expect(fault?.id == "too-many-steps")
    #expect(turns < LanguageLimits.steps && turns > LanguageLimits.steps - 2 * 3_000)
  }

  @Test func campaignWordsCompileApartFromALayout() throws {
    let file = SourceFile(
      name: "campaign.yaml", bytes: Array("  On {campaign.active | date('long')} for {customer.nmae}, {{page {terms-page}".utf8))
    var diagnostics: [Diagnostic] = []
    let template = TextTemplate.compile(
      SourceText(file: file, range: 0..<file.bytes.count), schema: BillSchema.standard, into: &diagnostics)
    #expect(
      diagnostics.map { DiagnosticRenderer.text($0) } == [
        """
        campaign.yaml:1:53: error: 'customer' has no field 'nmae' [unknown-field]
            1 |   On {campaign.active | date('long')} for {customer.nmae}, {{page {terms-page}
              |                                                     ^~~~ did you mean 'name'?
        """
      ])
    var buffer = TextBuffer()
    try template.append(to: &buffer, in: .sample(campaign: SampleBill.campaign))
    #expect(buffer.segments == [.words("On "), .token("March 1, 2027", .whole), .words(" for "), .words(", {page "), .late(.termsPage)])
  }
}

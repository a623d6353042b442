import Campaigns
import Testing

@Suite struct MarkdownTests {
  private func parse(_ text: String, expressions: Bool = true) throws -> [MarkdownBlock.Content] {
    try MarkdownDocument(parsing: text, expressions: expressions).blocks.map(\.content)
  }

  @Test func blocksAndInlinesBecomeValues() throws {
    let text = """
      ## Head *one*

      A **bold [link](https://x.example/a?b "t")** `code`
      next\\
      line

      3. three
      4. four

      - a

        b
      > quoted

      ---
      """
    let blocks = try MarkdownDocument(parsing: text, expressions: false).blocks
    #expect(blocks.map(\.line) == [1, 3, 7, 10, 13, 15])
    #expect(blocks[0].content == .heading(level: 2, [.text("Head "), .emphasis([.text("one")])]))
    #expect(
      blocks[1].content
        == .paragraph([
          .text("A "),
          .strong([.text("bold "), .link(address: [.text("https://x.example/a?b")], title: [.text("t")], [.text("link")])]), .text(" "),
          .code([.text("code")]), .softBreak, .text("next"), .lineBreak, .text("line"),
        ]))
    guard case .list(let ordered) = blocks[2].content, case .list(let loose) = blocks[3].content else {
      Issue.record("expected two lists")
      return
    }
    #expect(ordered.isOrdered && ordered.start == 3 && ordered.isTight && ordered.items.count == 2)
    #expect(!loose.isOrdered && !loose.isTight && loose.items[0].map(\.plainText) == ["a", "b"])
    guard case .quote(let inner) = blocks[4].content else {
      Issue.record("expected a quote")
      return
    }
    #expect(inner.map(\.plainText) == ["quoted"])
    #expect(blocks[5].content == .thematicBreak)
  }

  @Test func quotesAndDashesStayAsWritten() throws {
    #expect(try parse(#""a" -- 'b'..."#) == [.paragraph([.text(#""a" -- 'b'..."#)])])
  }

  @Test func expressionsStandApartWithTheirPlaces() throws {
    let text = "é {a.b | default('}*_')} **{c}**, {{x} {d < e * f}"
    let blocks = try parse(text)
    guard case .paragraph(let inlines)? = blocks.first else {
      Issue.record("expected a paragraph")
      return
    }
    func expression(_ source: String) throws -> MarkdownInline {
      let place = try #require(text.utf8.firstRange(of: Array(source.utf8)))
      let start = text.utf8.distance(from: text.utf8.startIndex, to: place.lowerBound)
      return .expression(MarkdownExpression(source: source, range: start..<start + source.utf8.count))
    }
    #expect(
      try inlines == [
        .text("é "), expression("a.b | default('}*_')"), .text(" "), .strong([expression("c")]), .text(", {x} "), expression("d < e * f"),
      ])
  }

  @Test func expressionsMayStandInAddresses() throws {
    guard case .paragraph(let inlines)? = try parse("[see](https://x.example/{token}?a) <https://y.example/{b}>").first,
      case .link(let address, _, _)? = inlines.first, case .link(let second, _, _)? = inlines.last
    else {
      Issue.record("expected two links")
      return
    }
    #expect(address.plainText == "https://x.example/{token}?a")
    #expect(second.plainText == "https://y.example/{b}")
  }

  @Test func emphasisOpensAndClosesBesideAnExpression() throws {
    #expect(try parse("bis**{x}**heute").first.map { "\($0)" }?.contains("strong") == true)
  }

  @Test func withoutExpressionsBracesAreText() throws {
    #expect(try parse("{a} {{b", expressions: false) == [.paragraph([.text("{a} {{b")])])
  }

  @Test(arguments: ["{a", "{}", "{ }", "x {'a}'", "\u{E001}"]) func oddBracesAreFaults(text: String) {
    #expect(throws: MarkdownFault.self) { try MarkdownDocument(parsing: text, expressions: true) }
  }

  @Test(arguments: [
    ("<b>x</b>", "markdown-html"), ("<div>\nx\n</div>", "markdown-html"), ("a <!-- b -->", "markdown-html"), ("![a](b)", "markdown-image"),
    ("```\nx\n```", "markdown-code"), (String(repeating: "> ", count: 40) + "x", "too-deep"),
    (String(repeating: "*a ", count: 0) + String(repeating: "[", count: 20) + "![x](y)", "markdown-image"),
  ]) func whatAPageCannotShowIsRefused(text: String, id: String) {
    do {
      _ = try MarkdownDocument(parsing: text, expressions: true)
      Issue.record("parsed")
    } catch {
      #expect(error.id == id)
    }
  }

  @Test func hugeAndDeepTextsEndInTime() throws {
    #expect(throws: MarkdownFault.self) {
      try MarkdownDocument(parsing: String(repeating: "> ", count: 100_000), expressions: false)
    }
    #expect(throws: MarkdownFault.self) {
      try MarkdownDocument(parsing: String(repeating: "x", count: MarkdownDocument.maximumLength + 1), expressions: false)
    }
    _ = try MarkdownDocument(parsing: String(repeating: "*a **b ", count: 20_000), expressions: false)
  }
}

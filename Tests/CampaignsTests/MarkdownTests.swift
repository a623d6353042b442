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

  @Test func tablesBecomeValues() throws {
    let text =
      "Above.\n| A | *B* | C |\n|:--|:-:|--:|\n| 1 | a \\| b |\n| **x** | | {y} |\n\n> | Q |\n> |---|\n> | r |\n\n- | L |\n  |---|\n  | m |\n"
    let blocks = try parse(text, expressions: false)
    #expect(
      blocks == [
        .paragraph([.text("Above.")]),
        .table(
          MarkdownTable(
            alignments: [.start, .center, .end], header: [[.text("A")], [.emphasis([.text("B")])], [.text("C")]],
            rows: [[[.text("1")], [.text("a | b")], []], [[.strong([.text("x")])], [], [.text("{y}")]]])), blocks[2], blocks[3],
      ])
    for block in blocks[2...] {
      let inner: MarkdownBlock? =
        switch block {
        case .quote(let blocks): blocks.first
        case .list(let list): list.items.first?.first
        default: nil
        }
      guard case .table(let table)? = inner?.content else {
        Issue.record("no table in \(block)")
        continue
      }
      #expect(table.header.count == 1 && table.rows.count == 1 && table.alignments == [nil])
    }
  }

  /// All else is CommonMark as ever: nothing of GitHub's other extensions, and no table by accident.
  @Test(arguments: [
    "~~a~~", "www.a.example", "https://a.example", "a | b\n\nc | d", "Head\n---", "a[^1]", "| a | b |\n|---|\n| c | d |",
  ]) func nothingElseOfTheExtensionsIsRead(text: String) throws {
    for block in try parse(text, expressions: false) {
      switch block {
      case .table: Issue.record("a table")
      case .heading(_, let inlines), .paragraph(let inlines):
        #expect(inlines.allSatisfy { if case .text = $0 { true } else { $0 == .softBreak } }, "\(inlines)")
      default: Issue.record("\(block)")
      }
    }
  }

  @Test(
    arguments: [
      ("a | b\n--|--\nc | d", false, "markdown-table", 1), ("x\n\n| a | b |\n|---|---|\n| c | d | e |", true, "markdown-table", 5),
      ("> | a |\n> |---|\n> | b | c |", true, "markdown-table", 3),
      ("|a" + String(repeating: "|a", count: 12) + "\n|-" + String(repeating: "|-", count: 12), true, "too-long", 1),
      (String(repeating: "|", count: 200_000) + "\n|-|", true, "too-long", 1),
      (String(repeating: "a\n", count: 100_000) + "|-|", true, "too-long", 1),
      ("x\n\n|-|\n" + String(repeating: "|-|-|\n", count: 400), true, "too-long", 3),
      (
        String(repeating: "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n" + String(repeating: "|\n", count: 400) + "\n", count: 200), true, "too-long", nil
      ),
      (String(repeating: "![[]()", count: 50_000), true, "markdown-image", 1),
    ] as [(String, Bool, String, Int?)]) func tablesThatCannotBeAreRefusedInTime(text: String, allows: Bool, id: String, line: Int?)
  {
    do throws(MarkdownFault) {
      _ = try MarkdownDocument(parsing: text, expressions: false, allowsTables: allows)
      Issue.record("parsed")
    } catch {
      #expect(error.id == id && (line == nil || error.line == line), "\(error)")
    }
  }

  @Test func severalTextsAtOnceAreRead() async throws {
    await withTaskGroup(of: Int.self) { group in
      for number in 0..<32 {
        group.addTask {
          let text = "| a |\n|---|\n" + String(repeating: "| b |\n", count: number)
          guard case .table(let table)? = try? MarkdownDocument(parsing: text, expressions: false).blocks.first?.content else { return -1 }
          return table.rows.count - number
        }
      }
      for await difference in group { #expect(difference == 0) }
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

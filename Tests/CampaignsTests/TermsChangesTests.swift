import Campaigns
import TestSupport
import Testing

/// What differs between two versions of the terms: by cases, and by clauses changed by seeds whose changes are known.
@Suite struct TermsChangesTests {
  private static func compare(_ old: String, _ new: String) throws -> TermsChanges {
    try TermsChanges.between(
      MarkdownDocument(parsing: old, expressions: false), and: MarkdownDocument(parsing: new, expressions: false))
  }

  /// One letter a block, one a part in brackets where it has parts: `.` unchanged, `c`, `n`.
  private static func line(_ changes: TermsChanges) -> String {
    func letter(_ mark: ChangeMark) -> String { mark == .unchanged ? "." : String(mark.rawValue.prefix(1)) }
    return changes.blocks.map { $0.items.isEmpty ? letter($0.mark) : "[" + $0.items.map(letter).joined() + "]" }.joined()
  }

  private static func list(_ changes: TermsChanges) -> [String] { changes.clauses.map { "\($0.kind.rawValue): \($0.name)" } }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var old: String
    var new: String
    var marks: String
    var clauses: [String]
    var testDescription: String { name }
    init(_ name: String, _ old: String, _ new: String, _ marks: String, _ clauses: String...) {
      (self.name, self.old, self.new, self.marks, self.clauses) = (name, old, new, marks, clauses)
    }
  }

  private static let pay = "You pay by the date printed on your bill, in full."
  private static let end = "Either of us may end this agreement with thirty days of notice."

  static let cases: [Case] = [
    Case("same", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)", "...."),
    Case(
      "two clauses swap and are renumbered", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)",
      "## 1. Ending\n\n\(end)\n\n## 2. Paying\n\n\(pay)", "...."),
    Case(
      "moved and a little changed", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)\n\n## 3. Rest\n\nWords that stay.",
      "## 1. Rest\n\nWords that stay.\n\n## 2. Paying\n\n\(pay)\n\n## 3. Ending\n\n\(end.replacing("thirty", with: "sixty"))", ".....c",
      "changed: 3. Ending"),
    Case(
      "same heading, wholly other words", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)",
      "## 1. Paying\n\nNothing is owed before spring.\n\n## 2. Ending\n\n\(end)", ".c..", "changed: 1. Paying"),
    Case(
      "another heading, same words", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)",
      "## 1. When you pay\n\n\(pay)\n\n## 2. Ending\n\n\(end)", "c...", "changed: 1. When you pay"),
    Case(
      "new and removed", "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)",
      "## 1. Your consent\n\nPaper stops once you agree.\n\n## 2. Ending\n\n\(end)",
      "nn..", "new: 1. Your consent", "removed: Paying"),
    Case(
      "two clauses with equal text", "A rule of words.\n\nA rule of words.", "A rule of words.\n\nA rule of words.\n\nA rule of words.",
      "..n", "new: A rule of words."),
    Case(
      "one of two equal clauses goes", "A rule of words.\n\nA rule of words.\n\nMore.", "A rule of words.\n\nMore.", "..",
      "removed: A rule of words."),
    Case(
      "clauses are items of one list", "1. **Paying.** \(pay)\n2. **Ending.** \(end)\n3. **Rest.** Words that stay.",
      "1. **Rest.** Words that stay.\n2. **Consent.** Paper stops once you agree.\n3. **Ending.** \(end)\n4. **Paying.** \(pay) Or later.",
      "[.n.c]",
      "new: 2. Consent", "changed: 4. Paying"),
    Case(
      "items without headings", "1. \(pay)\n2. \(end)\n3. Words that stay.", "1. Words that stay.\n2. \(end) Call us.\n3. Short.", "[.cn]",
      "changed: 2. Either of us may end this agreement with thirty…", "new: 3. Short.",
      "removed: You pay by the date printed on your bill, in…"),
    Case("a list begins with another number", "4. \(pay)\n5. \(end)", "9. \(pay)\n10. \(end)", "[..]"),
    Case(
      "an item of a clause's list", "## Paying\n\n- By card.\n- By cheque.\n\n## Ending\n\n\(end)",
      "## Paying\n\n- By cheque.\n- By card or phone.\n\n## Ending\n\n\(end)",
      ".[.c]..", "changed: Paying"),
    Case(
      "a clause that lost a paragraph", "## Paying\n\n\(pay)\n\nA late fee of five dollars is due.\n\n## Ending\n\n\(end)",
      "## Paying\n\n\(pay)\n\n## Ending\n\n\(end)", "c...", "changed: Paying"),
    Case(
      "a paragraph that moved to a clause before it", "## Paying\n\n\(pay)\n\n## Ending\n\n\(end)\n\nThese terms replace those of 2024.",
      "## Paying\n\n\(pay)\n\n## Ending\n\n\(end)\n\n## More\n\nWholly fresh words here.\n\nThese terms replace those of 2024.", "....nn.",
      "new: More"),
    Case(
      "a bold beginning became a heading", "**1. Paying.** \(pay)\n\n**2. Ending.** \(end)",
      "## 1. Paying\n\n\(pay)\n\n## 2. Ending\n\n\(end)", "...."),
    Case(
      "numbers without a sign, in order", "## 1 Paying\n\n\(pay)\n\n## 2 Ending\n\n\(end)",
      "## 1 Ending\n\n\(end)\n\n## 2 Paying\n\n\(pay)", "...."),
    Case(
      "a figure of the heading is no number", "## Paying\n\n\(pay)\n\n## 30 days to end\n\n\(end)",
      "## Paying\n\n\(pay)\n\n## 14 days to end\n\n\(end)", "..c.",
      "changed: 14 days to end"),
    Case(
      "levels and letters", "## 1. Paying\n\n### 1.1 Cards\n\nAny card does.\n\n### 1.2 Cash\n\nAt any desk.",
      "## 2. Paying\n\n### 2.1 Cash\n\nAt any desk.\n\n### 2.2 Cards\n\nAny card does.", "....."),
    Case(
      "a row of a table", "## Fees\n\n| What | Fee |\n|---|--:|\n| Visit | $20 |\n| Letter | $1 |\n\n## Ending\n\n\(end)",
      "## Fees\n\n| What | Fee |\n|---|--:|\n| Letter | $2 |\n| Visit | $20 |\n| Call | none at all |\n\n## Ending\n\n\(end)", ".[.c.n]..",
      "changed: Fees"),
    Case(
      "a table's columns change places", "## Fees\n\n| What | Fee |\n|---|---|\n| Visit | $20 |\n\n## Ending\n\n\(end)",
      "## Fees\n\n| Fee | What |\n|---|---|\n| $20 | Visit |\n\n## Ending\n\n\(end)", ".[cc]..", "changed: Fees"),
    Case("a quotation at the head is no part", "> Old news.\n\n\(pay)", "> News of today.\n\n\(pay)", ".."),
    Case(
      "kinds of blocks do not count", "## Paying\n\n\(pay)\n\n## Ending\n\n> \(end)\n\n---",
      "## Paying\n\n- \(pay)\n\n## Ending\n\n***\n\n\(end)", ".[.]..."),
    Case(
      "a clause is parted", "## Paying\n\n\(pay)\n\n\(end)\n\n## Rest\n\nWords that stay.",
      "## Paying\n\n\(pay)\n\n## Ending\n\n\(end)\n\n## Rest\n\nWords that stay.", "..n...", "new: Ending"),
    Case(
      "two clauses become one", "## Paying\n\n\(pay)\n\n## Ending\n\n\(end)\n\n## Rest\n\nWords that stay.",
      "## Paying\n\n\(pay)\n\n\(end)\n\n## Rest\n\nWords that stay.", "....."),
    Case(
      "headings that are the same", "## Note\n\n\(pay)\n\n## Note\n\n\(end)\n\n## Note\n\nWords that stay.",
      "## Note\n\nWords that stay.\n\n## Note\n\n\(end) Or sooner.\n\n## Note\n\n\(pay)", "...c..", "changed: Note"),
    Case(
      "bodies change places under their headings", "## One\n\n\(pay)\n\n## Two\n\n\(end)", "## One\n\n\(end)\n\n## Two\n\n\(pay)", "c.c.",
      "changed: One", "changed: Two"),
    Case(
      "a part of an item", "1. **Paying.** \(pay)\n   - by card\n   - by cheque\n2. **Ending.** \(end)",
      "1. **Ending.** \(end)\n2. **Paying.** \(pay)\n   - by card\n   - by phone", "[.c]", "changed: 2. Paying"),
    Case(
      "few words under another heading", "## Deposits\n\nNone.\n\n## Ending\n\n\(end)", "## Fees\n\nNone.\n\n## Ending\n\n\(end)", "nn..",
      "new: Fees",
      "removed: Deposits"),
    Case("nothing before", "", "## Paying\n\n\(pay)\n\n## Ending\n\n\(end)", "nnnn", "new: Paying", "new: Ending"),
    Case("nothing after", "# Terms\n\n\(pay)", "", "", "removed: Terms", "removed: You pay by the date printed on your bill, in…"),
    Case(
      "right to left", "## ١. الدفع\n\nتدفع حتى التاريخ المطبوع على الفاتورة.\n\n## ٢. الإنهاء\n\nيجوز الإنهاء بإشعار قبل ثلاثين يومًا.",
      "## ١. الإنهاء\n\nيجوز الإنهاء بإشعار قبل ستين يومًا.\n\n## ٢. الدفع\n\nتدفع حتى التاريخ المطبوع على الفاتورة.", ".c..",
      "changed: ١. الإنهاء"),
  ]

  @Test(arguments: cases) func marksAndClausesAre(case: Case) throws {
    let changes = try Self.compare(`case`.old, `case`.new)
    #expect(Self.line(changes) == `case`.marks)
    #expect(Self.list(changes) == `case`.clauses)
  }

  /// Fourteen clauses, two changed, one new, one removed, two moved.
  @Test func fourteenClauses() throws {
    var numbers = SeededNumbers(seed: 14)
    func words(_ count: Int, _ numbers: inout SeededNumbers) -> String {
      (0..<count).map { _ in "w\(numbers.next(below: 4_000))" }.joined(separator: " ")
    }
    let old = (1...14).map { (heading: "Heading \(Character(UnicodeScalar(UInt8(64 + $0))))", body: words(30, &numbers)) }
    var new = old
    new[3].body += " and one thing more"
    new[8].body = new[8].body.replacing(" ", with: ", ", maxReplacements: 3) + " now"
    new.remove(at: 5)
    new.insert(new.remove(at: 1), at: 9)
    new.insert(new.remove(at: 11), at: 0)
    new.insert(("Fresh", words(20, &numbers)), at: 6)
    func text(_ clauses: [(heading: String, body: String)]) -> String {
      clauses.enumerated().map { "## \($0 + 1). \($1.heading)\n\n\($1.body)" }.joined(separator: "\n\n")
    }
    let changes = try Self.compare(text(old), text(new))
    #expect(changes.clauses.count { $0.kind == .changed } == 2 && changes.clauses.count { $0.kind == .new } == 1)
    #expect(Self.list(changes).last == "removed: Heading F" && changes.clauses.count == 4)
    let marked = zip(new.indices, 0...).filter { _, clause in
      changes.blocks[2 * clause].mark != .unchanged || changes.blocks[2 * clause + 1].mark != .unchanged
    }
    #expect(marked.count == 3)
  }

  /// Clauses are made, then each is kept, moved, changed, removed, and others are added. The oracle knows what it did, and counts equal texts.
  @Test(arguments: 0..<60) func marksAreThoseOfTheChangesMade(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let isList = seed % 3 == 1
    let hasHeadings = seed % 3 != 2
    var next = 0
    func sentence(_ numbers: inout SeededNumbers) -> [String] {
      // Enough words of its own to be like no other.
      (0..<(8 + numbers.next(below: 30))).map { _ in
        next += 1
        return numbers.next(below: 4) == 0 ? "the" : "word\(next)"
      }
    }
    struct Clause: Hashable {
      var heading: String
      var body: [[String]]
    }
    func clause(_ numbers: inout SeededNumbers) -> Clause {
      next += 1
      return Clause(
        heading: "Clause name\(next)", body: (0..<(isList || !hasHeadings ? 1 : 1 + numbers.next(below: 3))).map { _ in sentence(&numbers) }
      )
    }
    let old = (0..<(2 + numbers.next(below: 20))).map { _ in clause(&numbers) }
    var marked: [Clause: (kind: String, bodies: Set<Int>)] = [:]
    var new: [Clause] = []
    var removed = 0
    for item in old {
      switch numbers.next(below: 8) {
      case 0: removed += 1
      case 1:
        var other = item
        let place = numbers.next(below: item.body.count)
        other.body[place].insert("hereafter", at: numbers.next(below: item.body[place].count))
        marked[other] = ("changed", [place])
        new.append(other)
      case 2: new.insert(item, at: numbers.next(below: new.count + 1))
      default: new.append(item)
      }
    }
    for _ in 0..<numbers.next(below: 4) {
      let item = clause(&numbers)
      marked[item] = ("new", Set(item.body.indices))
      new.insert(item, at: numbers.next(below: new.count + 1))
    }
    func text(_ clauses: [Clause]) -> String {
      clauses.enumerated().map { number, clause in
        let bodies = clause.body.map { $0.joined(separator: " ") }
        if isList { return "\(number + 1). **\(clause.heading).** \(bodies[0])" }
        return hasHeadings ? "## \(number + 1). \(clause.heading)\n\n" + bodies.joined(separator: "\n\n") : bodies.joined(separator: "\n\n")
      }.joined(separator: "\n\n")
    }
    let changes = try Self.compare(text(old), text(new))
    #expect(changes.clauses.count { $0.kind == .removed } == removed)
    let expected = new.compactMap { marked[$0]?.kind }
    #expect(changes.clauses.filter { $0.kind != .removed }.map(\.kind.rawValue) == expected, "seed \(seed)")
    var marks: [ChangeMark] = []
    for item in new {
      let change = marked[item]
      let mark: ChangeMark = change?.kind == "new" ? .new : .changed
      if hasHeadings, !isList { marks.append(change?.kind == "new" ? .new : .unchanged) }
      marks += item.body.indices.map { change?.bodies.contains($0) == true ? mark : .unchanged }
    }
    #expect(changes.blocks.flatMap { $0.items.isEmpty ? [$0.mark] : $0.items } == marks, "seed \(seed)")
  }

  /// Of random small terms, against the plainest oracle there is: a clause whose words stood somewhere before, as often as they stand now, has no mark.
  @Test(arguments: 0..<60) func whatStoodBeforeHasNoMark(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(1_000 + seed))
    let stock = (0..<6).map { "Clause of sort \($0) says this and that \($0 % 2)." }
    func draw(_ numbers: inout SeededNumbers) -> [String] {
      (0..<numbers.next(below: 9)).map { _ in stock[numbers.next(below: stock.count)] }
    }
    let (old, new) = (draw(&numbers), draw(&numbers))
    let changes = try Self.compare(old.joined(separator: "\n\n"), new.joined(separator: "\n\n"))
    for text in stock {
      let before = old.count { $0 == text }
      let now = new.indices.filter { new[$0] == text }
      #expect(now.count { changes.blocks[$0].mark == .unchanged } == min(before, now.count), "seed \(seed): \(old) → \(new)")
    }
  }

  @Test func longTermsAreComparedInTime() throws {
    // Every clause changed, none in its place, all of the same common words: what would cost the square of their number.
    let old = (0..<500).map { "## \($0 + 1). Name \($0)\n\nThe one and the other of us \($0) and the rest of it." }
    let new = old.indices.reversed().map { "## \(500 - $0). Name \($0)\n\nThe one and the other of us \($0) and the rest of that." }
    let clock = ContinuousClock()
    let took = try clock.measure {
      let changes = try Self.compare(old.joined(separator: "\n\n"), new.joined(separator: "\n\n"))
      #expect(changes.clauses.count == 500 && changes.clauses.allSatisfy { $0.kind == .changed })
    }
    #expect(took < .seconds(20), "\(took)")
  }

  @Test(
    arguments: [
      ("# Terms\n\n## What changes for YOU on March 1\n\n- Less.\n\n## Paying\n\nNow.", 1..<3),
      ("## 1. What changes for you: all\n\nMuch.\n\n1. **Paying.** Now.\n2. **Ending.** Then.", 0..<2),
      ("## What changed for you\n\nMuch.\n\n## Paying\n\nNow.", nil),
      ("Words.\n\n## What changes for you\n\nMuch.\n\n## Paying\n\nNow.", nil),
      ("## What changes for you\n\n### How\n\nSo.\n\n## Paying\n\nNow.", 0..<3),
    ] as [(String, Range<Int>?)]) func ownSectionIsFound(text: String, section: Range<Int>?) throws
  {
    #expect(try MarkdownDocument(parsing: text, expressions: false).section(titled: "What changes for you:") == section)
  }

  @Test func numbersOfHeadingsAreFound() throws {
    let text = """
      # Terms of 2027
      ## 1. One
      ## 2) Two
      ## (3) Three
      ## § 4 Four
      ## 5 Five
      ## 5.1 Part
      ## 5.2. Part
      ## 30 days
      ## 7.
      ## IV. Last
      ## b) Letter
      ## A word
      ## 2027. A year
      ## **8. Bold**
      """
    let document = try MarkdownDocument(parsing: text, expressions: false)
    #expect(document.headingNumbers.sorted { $0.key < $1.key }.map(\.value) == ["1.", "2)", "(3)", "§ 4", "5", "5.1", "5.2.", "IV.", "b)"])
    guard case .heading(_, let inlines) = document.blocks[4].content else { throw TestFailure("no heading") }
    #expect(inlines.withoutNumber("§ 4").plainText == "Four")
  }
}

import Contract
import Diagnostics
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// Updated terms on the page: box, bars, words, numbers, tables and definitions, from left to right and from right to left.
@Suite struct TermsTests {
  private static let filler = [
    "en-US": "we send your bill on paper unless you agree and tell you when it is there to be read".split(separator: " ").map(String.init),
    "ar": "نرسل إليك فاتورتك على الورق ما لم توافق ونخبرك عندما تكون جاهزة للقراءة".split(separator: " ").map(String.init),
  ]
  private static let names = [
    "en-US": [
      "Bills", "Consent", "Paper", "Needs", "Payment", "Late fees", "Meters", "Estimates", "Deposits", "Moving", "Outages", "Data",
      "Complaints", "Law",
    ],
    "ar": [
      "الفواتير", "الموافقة", "الورق", "اللوازم", "الدفع", "التأخير", "العدادات", "التقدير", "الودائع", "الانتقال", "الانقطاع", "البيانات",
      "الشكاوى", "القانون",
    ],
  ]

  private struct Clause: Equatable {
    var name: String
    var body: [String]
  }

  /// Fourteen clauses before and after: two changed, one new, one removed, two moved. A word of each paragraph tells its clause.
  private static func fourteen(_ language: String) throws -> (old: String, new: String, now: [String], marked: [String: String]) {
    var numbers = SeededNumbers(seed: 5)
    let filler = try #require(filler[language])
    let old = try #require(names[language]).enumerated().map { number, name in
      Clause(
        name: name,
        body: (0..<(1 + number % 2)).map { paragraph in
          (0..<(20 + numbers.next(below: 12))).map {
            $0 == 0 ? "k\(number)p\(paragraph)" : filler[numbers.next(below: filler.count)] + "\(numbers.next(below: 90))"
          }
          .joined(separator: " ")
        })
    }
    var new = old
    new[4].body[0] += " " + filler[0]
    new[9].body[1] += " " + filler[1]
    new.remove(at: 5)
    new.insert(new.remove(at: 1), at: 8)
    new.insert(new.remove(at: 10), at: 2)
    new.insert(Clause(name: filler[2] + "X", body: ["kNp0 " + filler.joined(separator: " ")]), at: 6)
    func text(_ clauses: [Clause]) -> String {
      clauses.enumerated().map { "## \($0 + 1). \($1.name)\n\n\($1.body.joined(separator: "\n\n"))" }.joined(separator: "\n\n") + "\n"
    }
    return (text(old), text(new), new.map(\.name), ["k4p0": "changed", "k9p1": "changed", "kNp0": "new"])
  }

  @Test(arguments: ["en-US", "ar"]) func boxBarsAndWordsAreRight(language: String) throws {
    let terms = try Self.fourteen(language)
    let bench = try TermsBench(terms.new, previous: terms.old, language: language)
    let isRightToLeft = language == "ar"
    let pages = try bench.pages()
    let texts = TermsBench.texts(pages)
    let bars = TermsBench.bars(pages)
    let strings = Dictionary(
      uniqueKeysWithValues: try #require(TermsBench.strings[language]).split(separator: "\n").map {
        let parts = $0.split(separator: ":", maxSplits: 1)
        return (String(parts[0]), parts[1].trimmingPrefix(" "))
      })
    let (changed, new) = (try #require(strings["changed"]), try #require(strings["new"]))

    // Bars and words: each marked paragraph, and no other. Runs of a line are painted from left to right, whichever way it is read.
    var marked: [String: Bool] = [:]
    var key = ""
    var wordsBeside: [String] = []
    for line in texts.lines {
      if let found = line.lazy.compactMap({ $0.text.firstMatch(of: #/k[0-9N]+p[0-9]/#) }).first { key = String(found.output) }
      guard !key.isEmpty else { continue }
      let words = line.map { $0.text.undirected }
      wordsBeside += words.map { $0.filter { !$0.isWhitespace } }.filter { $0 == changed || $0 == new }
      guard words.contains(where: { $0.contains(#/[0-9]{2}|k/#) }), !words.contains(where: { $0.contains(".") }) else { continue }
      let isBeside = line.allSatisfy { $0.stands(beside: bars, isRightToLeft: isRightToLeft) }
      #expect(isBeside == (terms.marked[key] != nil), "\(key): \(words)")
      marked[key] = isBeside
    }
    #expect(marked.values.count { $0 } == 3 && marked.count == 20)
    #expect(wordsBeside == [changed, new, changed].map(String.init))
    // A bar goes on in the next column where its passage does.
    #expect((3...5).contains(bars.count))

    // The box: changed, new, removed, by heading and number.
    let structure = try #require(try bench.layout.structure(bench.record)).undirected.filter { !$0.isWhitespace && $0 != "\"" }
    let names = try #require(Self.names[language])
    func number(_ name: String) throws -> Int { 1 + (try #require(terms.now.firstIndex(of: name))) }
    let listed = [
      changed + "", Substring("\(try number(names[4])). \(names[4])"), Substring("\(try number(names[9])). \(names[9])"), new,
      Substring("\(try number(terms.now[6])). \(terms.now[6])"), try #require(strings["removed"]), Substring(names[5]),
    ]
    var rest = structure[...]
    for words in listed {
      let place = rest.firstRange(of: words.filter { !$0.isWhitespace })
      #expect(place != nil, "\(words) not behind what stands before it")
      if let place { rest = rest[place.upperBound...] }
    }
    #expect(try bench.layout.print(bench.record).facts.warnings.isEmpty)

    // Numbers hang, and all text aligns.
    for column in [0.0, 250.0] {
      let own = texts.filter { (column..<column + 250).contains(isRightToLeft ? $0.right - 1 : $0.left) }
      let edges = own.filter { $0.text.contains(#/k[0-9N]+p/#) && !$0.text.contains("k9p1") }.map { isRightToLeft ? $0.right : $0.left }
      let first = try #require(edges.first)
      #expect(edges.allSatisfy { abs($0 - first) < 0.01 })
    }
  }

  /// The words and bars beside the passages of one clause: one letter a run of text, upper case for a word.
  @Test func everyPassageThatDiffersHasItsWord() throws {
    let old = """
      ## Paying

      First words that stay as they are, always.

      Second words that will be changed a little.

      Third words that stay as they are, always.

      - one item of the list stays
      - two items of the list will be changed
      - three items stay in the list

      ## Ending

      Words of the end, which stay as they are.
      """
    let new = """
      ## Paying

      First words that stay as they are, always.

      Second words that were changed a little.

      Fresh stuff never printed before, at all.

      Third words that stay as they are, always.

      - one item of the list stays
      - two items of the list were changed
      - wholly other and fresh
      - three items stay in the list

      ## Ending

      Words of the end, which now differ here.

      ## Quite new

      Nothing like it stood in what came before.
      """
    let bench = try TermsBench(new, previous: old, columns: 1)
    let pages = try bench.pages()
    let bars = TermsBench.bars(pages)
    let texts = TermsBench.texts(pages).drop { !$0.text.hasPrefix("First") }
    let line = texts.map { text in
      (text.stands(beside: bars) ? "|" : "")
        + text.text.split(separator: " ").prefix(text.text.hasSuffix(" ") || text.text.count < 9 ? 9 : 1).joined(separator: " ")
    }
    #expect(
      line == [
        "First", "|Changed", "|Second", "|New", "|Fresh", "Third", "•", "one", "|•", "|Changed", "|two", "|•", "|New", "|wholly", "•",
        "three", "|Ending", "|Changed",
        "|Words", "|Quite", "|New", "|Nothing",
      ])
    // Beside what stands together one bar, without a gap, over items and clauses.
    #expect(bars.count == 3)
    let ending = try #require(bars.last)
    #expect(ending.bottom - ending.top > 4 * 14)
  }

  @Test func termsSayThemselvesWhatTheyChange() throws {
    let old = "## Paying\n\nBy the date that is printed on it.\n\n## Ending\n\nAt any time you like."
    let own = "## What changes for you in March\n\n- You may pay later.\n\n"
    let new = "## Paying\n\nBy the end of the month that is printed on it.\n\n## Ending\n\nAt any time you like."
    func words(_ bench: TermsBench) throws -> (words: String, bars: Int) {
      let pages = try bench.pages()
      return (pages.map(\.words).joined(separator: " "), TermsBench.bars(pages).count)
    }
    let computed = try words(TermsBench(new, previous: old))
    #expect(computed.words.contains("What changes for you") && computed.words.contains("Changed") && computed.bars == 1)
    let written = try words(TermsBench(own + new, previous: old))
    // Once, above, unmarked; the word stands beside the changed clause alone.
    #expect(
      written.words.ranges(of: "What changes for you").count == 1 && written.words.ranges(of: "Changed").count == 1 && written.bars == 1)
    #expect(!written.words.contains("New"))
    let quoted = try words(TermsBench("> You may pay later.\n\n" + new, previous: old))
    #expect(!quoted.words.contains("What changes for you") && quoted.bars == 1)
    // Without previous terms, or where nothing differs, there is no box, and no room for one.
    for previous in [nil, new] {
      let bench = try TermsBench(new, previous: previous)
      let first = try #require(TermsBench.texts(try bench.pages()).first)
      #expect(first.text == "Paying" && first.baseline < 35)
    }
    let same = try words(TermsBench(new, previous: new, changes: "unchanged=\"{t.nothing}\""))
    #expect(same.words.contains("What changes for you") && same.words.contains("Nothing changes"))
  }

  @Test(arguments: ["start", "end"], ["en-US", "ar"]) func rowsThatDifferHaveTheirBars(side: String, language: String) throws {
    let head = "## 1. Fees\n\nThese are all:\n\n| Service | Fee |\n|:--|--:|\n"
    let rows = (1...14).map { "| Visit number\($0) at your house | \($0)0.50 |\n" }
    var now = rows
    now[2] = "| Visit number3 at your house | 99.00 |\n"
    now.insert("| Quite another thing | 1.00 |\n", at: 3)
    now.remove(at: 9)
    let tail = "\n## 2. Ending\n\nAt any time you like.\n"
    let bench = try TermsBench(
      head + now.joined() + tail, previous: head + rows.joined() + tail, language: language, paper: "500pt 260pt", bar: side)
    let pages = try bench.pages()
    let bars = TermsBench.bars(pages)
    let texts = TermsBench.texts(pages)
    let isRightBar = (side == "start") == (language == "ar")
    func isMarked(_ text: TermsBench.Text) -> Bool {
      bars.contains { bar in
        bar.page == text.page && bar.top < text.baseline && text.baseline <= bar.bottom && (bar.x < 250) == (text.left < 250)
          && (isRightBar ? bar.x > text.right : bar.x < text.left)
      }
    }
    for text in texts where text.text.contains("at your house") || text.text.contains("another thing") {
      #expect(isMarked(text) == (text.text.contains("number3") || text.text.contains("another")), "\(text.text)")
    }
    #expect(bars.count == 1, "two rows that stand together have one bar")
    // The heads stand again where the table goes on in the next column.
    #expect(texts.count { $0.text == "Service" } > 1)
    let structure = try #require(try bench.layout.structure(bench.record))
    #expect(structure.contains("THead") && structure.contains("TH") && structure.contains("TBody"), "\(structure)")
    // Read once, under the table's own heads.
    #expect(structure.ranges(of: "TH column").count == 2)
    #expect(try bench.layout.print(bench.record).facts.warnings.isEmpty)
  }

  @Test func wordsAreDefinedInBoldAndHang() throws {
    let text =
      "## 1. Words\n\n- **Account** means the page on which your bills stand, for as long as you are a customer of ours at all.\n- **Bill** means what you pay.\n"
    let bench = try TermsBench(text, previous: nil)
    let texts = TermsBench.texts(try bench.pages())
    #expect(!texts.contains { $0.text.contains("•") })
    let term = try #require(texts.first { $0.text.hasPrefix("Account") })
    let other = try #require(texts.first { $0.text.hasPrefix("Bill") })
    let second = try #require(texts.first { $0.baseline > term.baseline && $0.baseline < other.baseline })
    #expect(term.left == other.left && abs(second.left - term.left - 10) < 0.01)
    // A list of which not every item defines a word keeps its bullets.
    let plain = try TermsBench("- **Account** means the page.\n- Nothing bold.\n", previous: nil)
    #expect(TermsBench.texts(try plain.pages()).count { $0.text.contains("•") } == 2)
  }

  @Test func numbersOfItemsHang() throws {
    let items = (1...14).map {
      "\($0). **Name\($0).** Words of the clause that take more than a line of the column they stand in, here.\n\n   - a part of it\n"
    }
    let bench = try TermsBench(items.joined(separator: "\n"), previous: nil, columns: 1)
    let texts = TermsBench.texts(try bench.pages())
    let numbers = texts.filter { $0.text.wholeMatch(of: #/[0-9]+\./#) != nil }
    #expect(numbers.count == 14 && Set(numbers.map(\.left)).count == 1)
    let names = texts.filter { $0.text.hasPrefix("Name") }
    #expect(names.count == 14 && Set(names.map { ($0.left * 100).rounded() }).count == 1)
    let bullets = texts.filter { $0.text.contains("•") }
    #expect(
      bullets.count == 14 && bullets.allSatisfy { abs($0.left - (names.first?.left ?? 0)) < 0.01 }, "sub-clauses stand once further in")
    #expect(zip(numbers, names).allSatisfy { $0.right < $1.left })
  }

  @Test func tenThousandWordsFlowOverPages() throws {
    var text = ""
    var written: [String] = []
    var count = 0
    for clause in 1...80 {
      text += "## \(clause). Clause\(clause)\n\n"
      written += ["\(clause).", "Clause\(clause)"]
      for _ in 0..<2 {
        let words = (0..<62).map { _ in
          count += 1
          return count % 5 == 0 ? "w\(count)" : ["the", "bill", "of", "yours"][count % 4]
        }
        text += words.joined(separator: " ") + "\n\n"
        written += words
      }
    }
    #expect(count > 9_900)
    let bench = try TermsBench(text, previous: nil, paper: "612pt 792pt")
    let printed = try bench.layout.print(bench.record)
    #expect(printed.facts.warnings.isEmpty && printed.facts.pages > 8)
    let read = TermsBench.texts(try bench.pages()).flatMap { $0.text.split(separator: " ").map(String.init) }
    #expect(read == written)
  }
}

extension [TermsBench.Text] {
  /// The runs by lines, in the order they are painted.
  fileprivate var lines: [[TermsBench.Text]] {
    reduce(into: []) { lines, text in
      if let last = lines.last?.last, last.page == text.page, last.baseline == text.baseline, abs(last.left - text.left) < 220 {
        lines[lines.count - 1].append(text)
      } else {
        lines.append([text])
      }
    }
  }
}

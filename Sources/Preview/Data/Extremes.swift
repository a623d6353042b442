internal import Billing
internal import JSON
internal import Languages
internal import Money

/// The records of a file that try a layout most, found while they pass by.
struct Extremes: Sendable {
  /// What a record is extreme in.
  enum Kind: String, Sendable, CaseIterable {
    case longestName = "longest-name"
    case mostLines = "most-lines"
    case largest, smallest, credit, zero
    case longestWord = "longest-word"
    case rightToLeft = "right-to-left"
    case language
    case largePrint = "large-print"
    case faulty
  }

  /// One of them.
  struct Found: Sendable {
    var kind: Kind
    /// What is extreme about it, for people: the name, the count, the amount.
    var detail: String
    /// The record, from 0.
    var index: Int
  }

  /// More languages than any company prints.
  ///
  /// - Stops: data with a language in each record.
  private static let languageLimit = 50

  private var longestName: (Int, Found)?
  private var mostLines: (Int, Found)?
  private var largest: (Amount, Found)?
  private var smallest: (Amount, Found)?
  private var credit: (Amount, Found)?
  private var longestWord: (Int, Found)?
  private var single: [Kind: Found] = [:]
  private var languages: [String: Found] = [:]

  /// All of them in the order of ``Kind``, languages by their tags.
  var found: [Found] {
    let ranked: [Kind: Found?] = [
      .longestName: longestName?.1, .mostLines: mostLines?.1, .largest: largest?.1, .smallest: smallest?.1, .credit: credit?.1,
      .longestWord: longestWord?.1,
    ]
    return Kind.allCases.flatMap { kind in
      kind == .language
        ? languages.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
        : [ranked[kind].flatMap { $0 } ?? single[kind]].compactMap { $0 }
    }
  }

  /// Looks at one more bill. Of two that are alike the first counts. Complexity: O(texts).
  ///
  /// - Parameter isDerived: Whether the bill comes from an e-invoice, which says no language and has all its terms once more in `extra`.
  mutating func add(_ bill: Bill, index: Int, isDerived: Bool = false) {
    let name = bill.customer.name
    // A character has a byte at least: most names need no counting.
    if name.utf8.count > longestName?.0 ?? 0, name.count > longestName?.0 ?? 0 {
      longestName = (name.count, Found(kind: .longestName, detail: name, index: index))
    }
    let lines = bill.sections.reduce(0) { $0 + $1.lines.count }
    if lines > mostLines?.0 ?? -1 {
      mostLines = (lines, Found(kind: .mostLines, detail: "\(lines) line\(lines == 1 ? "" : "s")", index: index))
    }
    addAmount(bill, index)
    let language = bill.language.text
    if !isDerived, languages[language] == nil, languages.count < Extremes.languageLimit {
      languages[language] = Found(kind: .language, detail: language, index: index)
    }
    if bill.format == .largePrint, single[.largePrint] == nil {
      single[.largePrint] = Found(kind: .largePrint, detail: "large print", index: index)
    }
    look(at: name, index)
    for line in bill.customer.address { look(at: line, index) }
    for section in bill.sections {
      look(at: section.title, index)
      for line in section.lines { look(at: line.description, index) }
    }
    for tax in bill.taxes { look(at: tax.label, index) }
    for usage in bill.usage { look(at: usage.label, index) }
    if !isDerived { look(at: bill.extra, index) }
  }

  private mutating func addAmount(_ bill: Bill, _ index: Int) {
    let amount = bill.totals.due
    func found(_ kind: Kind) -> Found {
      Found(kind: kind, detail: "\(amount.description(decimals: bill.currency.decimals)) \(bill.currency.code)", index: index)
    }
    if amount.signum > 0 {
      if largest.map({ $0.0 < amount }) ?? true { largest = (amount, found(.largest)) }
      if smallest.map({ amount < $0.0 }) ?? true { smallest = (amount, found(.smallest)) }
    } else if amount.isNegative {
      if credit.map({ amount < $0.0 }) ?? true { credit = (amount, found(.credit)) }
    } else if single[.zero] == nil {
      single[.zero] = found(.zero)
    }
  }

  /// Notes a record that cannot become a bill.
  mutating func addFaulty(_ what: String, index: Int) {
    if single[.faulty] == nil { single[.faulty] = Found(kind: .faulty, detail: what, index: index) }
  }

  /// Adds the extremes of records behind all those looked at so far.
  mutating func merge(_ later: Extremes) {
    func take<Rank>(_ old: inout (Rank, Found)?, _ new: (Rank, Found)?, _ isMore: (Rank, Rank) -> Bool) {
      guard let new, old.map({ isMore(new.0, $0.0) }) ?? true else { return }
      old = new
    }
    take(&longestName, later.longestName, >)
    take(&mostLines, later.mostLines, >)
    take(&largest, later.largest, >)
    take(&smallest, later.smallest, <)
    take(&credit, later.credit, <)
    take(&longestWord, later.longestWord, >)
    single.merge(later.single) { old, _ in old }
    for (language, found) in later.languages.sorted(by: { $0.value.index < $1.value.index })
    where languages[language] == nil && languages.count < Extremes.languageLimit {
      languages[language] = found
    }
  }

  // MARK: Texts

  private mutating func look(at value: JSONValue, _ index: Int) {
    switch value {
    // Addresses of the web stand in codes and links, the same in every bill, and would hide the words.
    case .text(let text): if !text.utf8.contains(UInt8(ascii: ":")) || !text.contains("://") { look(at: text, index) }
    case .list(let list): for element in list { look(at: element, index) }
    case .object(let members): for member in members { look(at: member.value, index) }
    case .null, .flag, .number: break
    }
  }

  private mutating func look(at text: String, _ index: Int) {
    var text = text
    let (bound, isPlain, mayRunLeft) = text.withUTF8 { Extremes.longestRun($0) }
    if bound > longestWord?.0 ?? 0 {
      let word = isPlain ? (bound, nil) : LongestWord.find(in: text).map { ($0.count, $0) } ?? (0, nil)
      if word.0 > longestWord?.0 ?? 0 {
        let detail = word.1 ?? LongestWord.find(in: text) ?? text
        longestWord = (word.0, Found(kind: .longestWord, detail: detail, index: index))
      }
    }
    if mayRunLeft, single[.rightToLeft] == nil, text.unicodeScalars.contains(where: { Extremes.isRightToLeft($0.value) }) {
      single[.rightToLeft] = Found(kind: .rightToLeft, detail: text, index: index)
    }
  }

  /// The most bytes in a row without a space, hyphen or slash to break at, and whether all are ASCII. Where they are, it is the length of
  /// the longest word; else a bound of it, since a character has a byte at least. Whether letters may run from right to left shows in the
  /// bytes too: U+0590 begins with D6, U+08FF with E0, the presentation forms with EF, the historic scripts with F0.
  private static func longestRun(_ text: UnsafeBufferPointer<UInt8>) -> (count: Int, isPlain: Bool, mayRunLeft: Bool) {
    var (run, longest, all): (Int, Int, UInt8) = (0, 0, 0)
    var mayRunLeft = false
    for place in text.indices {
      let byte = text[place]
      all |= byte
      if byte >= 0xD6, byte <= 0xE0 || byte >= 0xEF { mayRunLeft = true }
      if byte == 0x20 {
        run = 0
        continue
      }
      run += 1
      if run > longest { longest = run }
      // Behind a hyphen or slash, unless a digit follows.
      if byte == 0x2D || byte == 0x2F, place + 1 < text.count, text[place + 1] &- 0x30 >= 10 { run = 0 }
    }
    return (longest, all < 0x80, mayRunLeft)
  }

  /// The blocks whose letters run from right to left (Hebrew to Arabic Extended-A, their presentation forms, and the historic ones).
  private static func isRightToLeft(_ value: UInt32) -> Bool {
    (0x0590...0x08FF).contains(value) || (0xFB1D...0xFDFF).contains(value) || (0xFE70...0xFEFC).contains(value)
      || (0x10800...0x10FFF).contains(value) || (0x1E800...0x1EFFF).contains(value)
  }
}

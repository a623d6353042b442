internal import Billing
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

  /// Looks at one more bill. Complexity: O(texts).
  mutating func add(_ bill: Bill, index: Int) {
    let name = bill.customer.name
    let due = "\(bill.totals.due.description(decimals: bill.currency.decimals)) \(bill.currency.code)"
    if name.count > longestName?.0 ?? 0 { longestName = (name.count, Found(kind: .longestName, detail: name, index: index)) }
    let lines = bill.sections.reduce(0) { $0 + $1.lines.count }
    if lines > mostLines?.0 ?? -1 {
      mostLines = (lines, Found(kind: .mostLines, detail: "\(lines) line\(lines == 1 ? "" : "s")", index: index))
    }
    let amount = bill.totals.due
    if amount.signum > 0 {
      if largest.map({ $0.0 < amount }) ?? true { largest = (amount, Found(kind: .largest, detail: due, index: index)) }
      if smallest.map({ amount < $0.0 }) ?? true { smallest = (amount, Found(kind: .smallest, detail: due, index: index)) }
    } else if amount.isNegative {
      if credit.map({ amount < $0.0 }) ?? true { credit = (amount, Found(kind: .credit, detail: due, index: index)) }
    } else if single[.zero] == nil {
      single[.zero] = Found(kind: .zero, detail: due, index: index)
    }
    let language = bill.language.text
    if languages[language] == nil, languages.count < Extremes.languageLimit {
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
  }

  /// Notes a record that cannot become a bill.
  mutating func addFaulty(_ what: String, index: Int) {
    if single[.faulty] == nil { single[.faulty] = Found(kind: .faulty, detail: what, index: index) }
  }

  private mutating func look(at text: String, _ index: Int) {
    var isPlain = true
    var (run, longest) = (0, 0)
    for byte in text.utf8 {
      if byte >= 0x80 { isPlain = false }
      run = byte == 0x20 ? 0 : run + 1
      longest = max(longest, run)
    }
    // Bytes are at least as many as characters, so that most texts need no closer look.
    if longest > longestWord?.0 ?? 0 {
      let word = text.split(separator: " ").max { $0.count < $1.count } ?? ""
      if word.count > longestWord?.0 ?? 0 { longestWord = (word.count, Found(kind: .longestWord, detail: String(word), index: index)) }
    }
    if !isPlain, single[.rightToLeft] == nil, text.unicodeScalars.contains(where: { Extremes.isRightToLeft($0.value) }) {
      single[.rightToLeft] = Found(kind: .rightToLeft, detail: text, index: index)
    }
  }

  /// The blocks whose letters run from right to left (Hebrew to Arabic Extended-A, their presentation forms, and the historic ones).
  private static func isRightToLeft(_ value: UInt32) -> Bool {
    (0x0590...0x08FF).contains(value) || (0xFB1D...0xFDFF).contains(value) || (0xFE70...0xFEFC).contains(value)
      || (0x10800...0x10FFF).contains(value) || (0x1E800...0x1EFFF).contains(value)
  }
}

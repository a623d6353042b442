/// How a passage of the terms stands to the previous version.
public enum ChangeMark: String, Sendable, Hashable {
  case unchanged
  /// It stands where a similar passage stood.
  case changed
  /// Nothing like it stood there.
  case new
}

/// What changed in one top-level block of the terms.
public struct BlockChange: Sendable, Hashable {
  /// The whole block: of a list, `unchanged` if all its items are, `new` if all are, else `changed`.
  public let mark: ChangeMark
  /// One mark an item if the block is a list; else empty.
  public let items: [ChangeMark]

  /// Compares current terms with previous ones.
  ///
  /// Passages are top-level blocks, and the items of top-level lists. Those with the same words (white space folded, marks ignored) are matched
  /// by a longest common subsequence; what is left between two matches is `changed` where it shares half its words with an unmatched previous
  /// passage there (one of the next 24), in order, else `new`.
  ///
  /// - Returns: One change a block of `current`.
  /// - Complexity: O(passages² + words), at most ``maximumPassages`` passages each side; beyond that, matched by equality alone.
  public static func between(_ previous: MarkdownDocument, and current: MarkdownDocument) -> [BlockChange] {
    let (old, new) = (passages(previous), passages(current))
    var marks = TermsComparison(old: old.map { normalized($0) }, new: new.map { normalized($0) }).marks[...]
    return current.blocks.map { block in
      guard case .list(let list) = block.content else { return BlockChange(mark: marks.popFirst() ?? .unchanged, items: []) }
      let items = list.items.map { _ in marks.popFirst() ?? .unchanged }
      let whole: ChangeMark =
        items.allSatisfy { $0 == .unchanged } ? .unchanged : items.allSatisfy { $0 == .new } ? .new : .changed
      return BlockChange(mark: whole, items: items)
    }
  }

  /// The most passages compared in order on each side: the table takes the product of both.
  ///
  /// - Stops: terms of very many passages, compared each with each.
  public static let maximumPassages = 2_000

  private static func passages(_ document: MarkdownDocument) -> [String] {
    document.blocks.flatMap { block -> [String] in
      guard case .list(let list) = block.content else { return [block.plainText] }
      return list.items.map { $0.map(\.plainText).joined(separator: "\n") }
    }
  }

  private static func normalized(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}

/// Matches two rows of passages, each given as its words.
struct TermsComparison {
  let old: [[Substring]]
  let new: [[Substring]]

  /// One mark a new passage.
  var marks: [ChangeMark] {
    guard old.count <= BlockChange.maximumPassages, new.count <= BlockChange.maximumPassages else {
      let known = Set(old)
      return new.map { known.contains($0) ? .unchanged : .changed }
    }
    var marks = [ChangeMark](repeating: .new, count: new.count)
    var (i, j) = (0, 0)
    for match in commonSubsequence() + [(old.count, new.count)] {
      pair(i..<match.0, j..<match.1, &marks)
      if match.1 < new.count { marks[match.1] = .unchanged }
      (i, j) = (match.0 + 1, match.1 + 1)
    }
    return marks
  }

  private func commonSubsequence() -> [(Int, Int)] {
    // Equal passages get equal numbers, so that the table compares numbers only.
    var numbers: [[Substring]: Int] = [:]
    func number(_ passage: [Substring]) -> Int {
      let next = numbers.count
      if let known = numbers[passage] { return known }
      numbers[passage] = next
      return next
    }
    let old = self.old.map(number)
    let new = self.new.map(number)
    // lengths[i][j]: of the suffixes from i and j on.
    let width = new.count + 1
    var lengths = [UInt16](repeating: 0, count: (old.count + 1) * width)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        lengths[i * width + j] =
          old[i] == new[j] ? lengths[(i + 1) * width + j + 1] + 1 : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var matches: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      if old[i] == new[j] {
        matches.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return matches
  }

  /// How many unmatched previous passages a new one is held against: words are compared, which is slow.
  ///
  /// - Stops: terms in which no passage matches, compared word by word.
  private static let window = 24

  /// Pairs what is left between two matches by likeness, keeping the order.
  private func pair(_ olds: Range<Int>, _ news: Range<Int>, _ marks: inout [ChangeMark]) {
    var next = olds.lowerBound
    for j in news {
      guard let found = (next..<olds.upperBound).prefix(TermsComparison.window).first(where: { isAlike(old[$0], new[j]) }) else { continue }
      marks[j] = .changed
      next = found + 1
    }
  }

  /// A word without the punctuation round it, which moves with its neighbours.
  private func bare(_ word: Substring) -> Substring {
    var word = word
    while word.last?.isPunctuation == true { word.removeLast() }
    while word.first?.isPunctuation == true { word.removeFirst() }
    return word
  }

  /// Whether two passages share at least half of the longer one's words.
  private func isAlike(_ a: [Substring], _ b: [Substring]) -> Bool {
    var counts: [Substring: Int] = [:]
    for word in a { counts[bare(word), default: 0] += 1 }
    var shared = 0
    for word in b.map(bare) where counts[word, default: 0] > 0 {
      counts[word, default: 0] -= 1
      shared += 1
    }
    return 2 * shared >= max(a.count, b.count) && shared > 0
  }
}

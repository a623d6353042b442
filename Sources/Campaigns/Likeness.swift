/// How often each word stands in a text, without the punctuation round it, which moves with its neighbours.
struct WordBag {
  let counts: [String: Int]
  let total: Int

  init(_ words: [String]) {
    var counts: [String: Int] = [:]
    for word in words { counts[WordBag.bare(word), default: 0] += 1 }
    (self.counts, total) = (counts, words.count)
  }

  /// The words of a text in small letters, without the punctuation round them.
  static func words(of text: String) -> [String] {
    text.lowercased().split(whereSeparator: \.isWhitespace).map(bare).filter { !$0.isEmpty }
  }

  private static func bare(_ word: some StringProtocol) -> String {
    var bare = word[...]
    while bare.last?.isPunctuation == true { bare.removeLast() }
    while bare.first?.isPunctuation == true { bare.removeFirst() }
    return String(bare)
  }

  /// How many words two texts share.
  func shared(with other: WordBag) -> Int {
    if counts.count > other.counts.count { return other.shared(with: self) }
    return counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) }
  }

  /// Whether they share at least half of the longer one's words.
  func isAlike(_ other: WordBag) -> Bool {
    let shared = shared(with: other)
    return shared > 0 && 2 * shared >= max(total, other.total)
  }
}

/// Finds what is alike among two rows of texts.
enum Likeness {
  /// How many texts of the other row each is held against.
  ///
  /// - Stops: terms in which every passage was changed, compared each with each, word by word.
  static let candidates = 24
  /// In how many texts a word may stand and still lead to them.
  ///
  /// - Stops: words such as "the", which lead everywhere.
  private static let commonWord = 48

  /// Pairs of texts that share at least half their words, the likeliest first and each text in one of them at most.
  ///
  /// Each new text is held against those that share most of their rarer words, and against those about its own place.
  ///
  /// - Complexity: O(words).
  static func matches(_ olds: [WordBag], _ news: [WordBag]) -> [(old: Int, new: Int)] {
    guard !olds.isEmpty, !news.isEmpty else { return [] }
    var places: [String: [Int]] = [:]
    for (index, bag) in olds.enumerated() {
      for word in bag.counts.keys where places[word, default: []].count <= commonWord { places[word, default: []].append(index) }
    }
    var found: [(old: Int, new: Int, share: Double, distance: Int)] = []
    for (index, bag) in news.enumerated() {
      var hits: [Int: Int] = [:]
      for word in bag.counts.keys {
        guard let olds = places[word], olds.count <= commonWord else { continue }
        for old in olds { hits[old, default: 0] += 1 }
      }
      let likely = hits.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(candidates / 2).map(\.key)
      let own = index * olds.count / news.count
      let near = max(0, own - candidates / 4)..<min(olds.count, own + candidates / 4)
      for old in Set(likely).union(near) {
        let shared = bag.shared(with: olds[old])
        let longer = max(bag.total, olds[old].total)
        guard shared > 0, 2 * shared >= longer else { continue }
        found.append((old, index, Double(shared) / Double(longer), abs(old - own)))
      }
    }
    found.sort { ($1.share, $0.distance, $0.new, $0.old) < ($0.share, $1.distance, $1.new, $1.old) }
    var (isOldTaken, isNewTaken) = ([Bool](repeating: false, count: olds.count), [Bool](repeating: false, count: news.count))
    return found.compactMap { match in
      guard !isOldTaken[match.old], !isNewTaken[match.new] else { return nil }
      (isOldTaken[match.old], isNewTaken[match.new]) = (true, true)
      return (match.old, match.new)
    }
  }
}

/// The longest common subsequence of two rows of passages.
enum CommonSubsequence {
  /// The most cells of its table.
  ///
  /// - Stops: two clauses of very many passages; they are matched by equality alone.
  private static let maximumCells = 4_000_000

  /// The places of equal passages in both rows, in order; none where either has too many.
  ///
  /// - Complexity: O(passages²).
  static func of(_ olds: [[String]], _ news: [[String]]) -> [(old: Int, new: Int)] {
    guard (olds.count + 1) * (news.count + 1) <= maximumCells else { return [] }
    // Equal passages get equal numbers, so that the table compares numbers only.
    var numbers: [[String]: Int] = [:]
    func number(_ passage: [String]) -> Int {
      let next = numbers.count
      if let known = numbers[passage] { return known }
      numbers[passage] = next
      return next
    }
    let old = olds.map(number)
    let new = news.map(number)
    // lengths[i][j]: of the suffixes from i and j on.
    let width = new.count + 1
    var lengths = [UInt16](repeating: 0, count: (old.count + 1) * width)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        lengths[i * width + j] =
          old[i] == new[j] ? lengths[(i + 1) * width + j + 1] + 1 : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var matches: [(old: Int, new: Int)] = []
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
}

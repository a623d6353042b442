/// Matches the clauses of two versions of the terms, and the passages in them.
struct TermsComparison {
  let old: TermsOutline
  let new: TermsOutline
  /// One a passage of the new terms.
  private(set) var marks: [ChangeMark]
  /// The old clause that each new one was.
  private var clausePairs: [Int?]
  private var isOldClauseMatched: [Bool]
  /// The old passages that stand in the new terms, as they were or changed.
  private var isOldPassageKept: [Bool]
  private var isNewPassageMarked: [Bool]

  /// The least words that are known for what they were under another heading: "Free." says something else there.
  private static let movedWords = 4

  init(old: TermsOutline, new: TermsOutline) {
    (self.old, self.new) = (old, new)
    marks = [ChangeMark](repeating: .new, count: new.passages.count)
    isNewPassageMarked = [Bool](repeating: false, count: new.passages.count)
    isOldPassageKept = [Bool](repeating: false, count: old.passages.count)
    clausePairs = [Int?](repeating: nil, count: new.clauses.count)
    isOldClauseMatched = [Bool](repeating: false, count: old.clauses.count)
  }

  /// Sets ``marks``.
  mutating func run() {
    matchClauses()
    // Most certain first: a passage that found its like is no candidate for another.
    for (clause, pair) in clausePairs.enumerated() { if let pair { keepEqualPassages(old.clauses[pair], new.clauses[clause]) } }
    keepMovedPassages()
    for (clause, pair) in clausePairs.enumerated() { if let pair { markPassages(old.clauses[pair], new.clauses[clause]) } }
    for (passage, content) in new.passages.enumerated() where content.words.isEmpty { marks[passage] = .unchanged }
  }

  /// The clauses that differ; to be asked for once ``marks`` are set.
  var clauses: [ClauseChange] {
    var changes: [ClauseChange] = []
    for (clause, pair) in zip(new.clauses, clausePairs) {
      let marks = marks[clause.passages]
      guard marks.contains(where: { $0 != .unchanged }) else { continue }
      changes.append(ClauseChange(kind: pair == nil ? .new : .changed, name: clause.name))
    }
    for (clause, isMatched) in zip(old.clauses, isOldClauseMatched) where !isMatched {
      // What was said under a heading that is gone may all stand elsewhere.
      let body = clause.isHeaded && clause.passages.count > 1 ? clause.passages.dropFirst() : clause.passages
      let isLost = body.contains { !isOldPassageKept[$0] && !old.passages[$0].words.isEmpty }
      if isLost { changes.append(ClauseChange(kind: .removed, name: clause.bareName)) }
    }
    return changes
  }

  // MARK: Clauses

  private mutating func matchClauses() {
    let oldWords = old.clauses.map { old.words(of: $0) }
    let newWords = new.clauses.map { new.words(of: $0) }
    pair(oldWords, newWords)
    let isBounded = max(old.clauses.count, new.clauses.count) <= TermsChanges.maximumPassages
    let oldBags = isBounded ? oldWords.map(WordBag.init) : []
    let newBags = isBounded ? newWords.map(WordBag.init) : []
    pairHeadings { isBounded && oldBags[$0].isAlike(newBags[$1]) }
    // A clause under another heading; a word or two may stand under any.
    func bodies(_ outline: TermsOutline) -> [[String]] {
      outline.clauses.map { clause in
        let body = clause.isHeaded ? Array(outline.words(of: clause).dropFirst(clause.heading.count)) : []
        return body.count < Self.movedWords ? [] : body
      }
    }
    pair(bodies(old), bodies(new))
    pairHeadings { _, _ in true }
    guard isBounded else { return }
    let free = (
      old: isOldClauseMatched.indices.filter { !isOldClauseMatched[$0] }, new: clausePairs.indices.filter { clausePairs[$0] == nil }
    )
    for match in Likeness.matches(free.old.map { oldBags[$0] }, free.new.map { newBags[$0] }) {
      pair(free.old[match.old], free.new[match.new])
    }
  }

  private mutating func pair(_ oldClause: Int, _ newClause: Int) {
    clausePairs[newClause] = oldClause
    isOldClauseMatched[oldClause] = true
  }

  /// Pairs unmatched clauses with the same words, in their order; none without words.
  private mutating func pair(_ olds: [[String]], _ news: [[String]]) {
    var free: [[String]: ArraySlice<Int>] = [:]
    for (index, words) in olds.enumerated() where !isOldClauseMatched[index] && !words.isEmpty { free[words, default: []].append(index) }
    for (index, words) in news.enumerated() where clausePairs[index] == nil {
      if let found = free[words]?.popFirst() { pair(found, index) }
    }
  }

  /// Pairs unmatched clauses with the same heading of which `isMatch` says so: each with the first that is left.
  private mutating func pairHeadings(_ isMatch: (Int, Int) -> Bool) {
    var free: [[String]: [Int]] = [:]
    for (index, clause) in old.clauses.enumerated() where !isOldClauseMatched[index] && !clause.heading.isEmpty {
      free[clause.heading, default: []].append(index)
    }
    for (index, clause) in new.clauses.enumerated() where clausePairs[index] == nil {
      // Headings are seldom the same more than a few times.
      guard let olds = free[clause.heading]?.prefix(Likeness.candidates), let place = olds.firstIndex(where: { isMatch($0, index) }) else {
        continue
      }
      free[clause.heading]?.remove(at: place)
      pair(olds[place], index)
    }
  }

  // MARK: Passages

  private mutating func keep(_ oldPassage: Int, _ newPassage: Int, _ mark: ChangeMark) {
    isOldPassageKept[oldPassage] = true
    isNewPassageMarked[newPassage] = true
    marks[newPassage] = mark
  }

  private mutating func keepEqualPassages(_ oldClause: TermsClause, _ newClause: TermsClause) {
    // The same words parted otherwise, such as a bold beginning that became a heading, are the same words.
    if old.words(of: oldClause) == new.words(of: newClause) {
      for passage in newClause.passages {
        marks[passage] = .unchanged
        isNewPassageMarked[passage] = true
      }
      for passage in oldClause.passages { isOldPassageKept[passage] = true }
      return
    }
    var (olds, news) = (oldClause.passages, newClause.passages)
    if oldClause.isHeaded, newClause.isHeaded, let first = olds.first, let other = news.first {
      let isSame = old.passages[first].words == new.passages[other].words
      keep(first, other, isSame ? .unchanged : .changed)
      (olds, news) = (olds.dropFirst(), news.dropFirst())
    }
    let matches = CommonSubsequence.of(olds.map { old.passages[$0].words }, news.map { new.passages[$0].words })
    for match in matches { keep(olds.lowerBound + match.old, news.lowerBound + match.new, .unchanged) }
    keepEqual(Array(olds), Array(news))
  }

  /// What only moved from clause to clause: rows of tables do not, for a row is what its table says of it.
  private mutating func keepMovedPassages() {
    func canMove(_ passage: TermsPassage) -> Bool { passage.words.count >= Self.movedWords && !passage.isRow }
    keepEqual(old.passages.indices.filter { canMove(old.passages[$0]) }, new.passages.indices.filter { canMove(new.passages[$0]) })
  }

  private mutating func keepEqual(_ olds: [Int], _ news: [Int]) {
    var free: [[String]: ArraySlice<Int>] = [:]
    for index in olds where !isOldPassageKept[index] { free[old.passages[index].words, default: []].append(index) }
    guard !free.isEmpty else { return }
    for index in news where !isNewPassageMarked[index] {
      if let found = free[new.passages[index].words]?.popFirst() { keep(found, index, .unchanged) }
    }
  }

  /// Marks what is left of two matched clauses.
  private mutating func markPassages(_ oldClause: TermsClause, _ newClause: TermsClause) {
    let body = newClause.isHeaded && oldClause.isHeaded ? newClause.passages.dropFirst() : newClause.passages
    let isReplaced = !body.contains { isNewPassageMarked[$0] }
    let olds = oldClause.passages.filter { !isOldPassageKept[$0] && !old.passages[$0].words.isEmpty }
    let news = newClause.passages.filter { !isNewPassageMarked[$0] && !new.passages[$0].words.isEmpty }
    var isAlike = false
    if max(olds.count, news.count) <= TermsChanges.maximumPassages {
      for match in Likeness.matches(olds.map { WordBag(old.passages[$0].words) }, news.map { WordBag(new.passages[$0].words) }) {
        keep(olds[match.old], news[match.new], .changed)
        isAlike = true
      }
    }
    // A clause that says wholly other things is a changed one; and so, at its head, is one that only says less.
    if isReplaced, !isAlike, !olds.isEmpty {
      for passage in news { marks[passage] = .changed }
    }
    let isLess = olds.contains { !isOldPassageKept[$0] }
    if isLess, newClause.passages.allSatisfy({ marks[$0] == .unchanged || new.passages[$0].words.isEmpty }),
      let head = newClause.passages.first
    {
      marks[head] = .changed
    }
  }
}

extension TermsOutline {
  /// A clause's words, those of its heading first, without the punctuation that closes it.
  func words(of clause: TermsClause) -> [String] {
    let all = passages[clause.passages].flatMap(\.words)
    guard clause.isHeaded, all.count >= clause.heading.count else { return all }
    return clause.heading + all.dropFirst(clause.heading.count)
  }
}

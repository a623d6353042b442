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
  /// The whole block: of a list or table, `unchanged` if all its parts are, `new` if all are, else `changed`.
  public let mark: ChangeMark
  /// One mark an item if the block is a list, one a row, its header first, if it is a table; else empty.
  public let items: [ChangeMark]
}

/// A clause that differs from the previous terms.
public struct ClauseChange: Sendable, Hashable {
  /// What became of it.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case changed, new, removed
  }

  /// What became of it.
  public let kind: Kind
  /// Its heading, with the number it has now, or none if it was removed; a clause without a heading is named by its first words.
  public let name: String
}

/// What differs between two versions of the terms.
public struct TermsChanges: Sendable, Hashable {
  /// One a top-level block of the current terms.
  public let blocks: [BlockChange]
  /// The clauses that are changed or new, in the order of the current terms, then those removed, in the order of the previous ones.
  public let clauses: [ClauseChange]

  /// The most passages and clauses compared for likeness on each side.
  ///
  /// - Stops: terms of very many passages, compared each with each.
  public static let maximumPassages = 2_000

  /// Compares current terms with previous ones.
  ///
  /// Clauses are matched first, wherever they stand: those with the same words, then those with the same heading, then those that share half their
  /// words. A clause that only moved, or has another number, differs in nothing. Within two matched clauses, and then wherever they stand,
  /// passages with the same words (white space folded, marks and numbers ignored) are `unchanged`; what shares half its words with a passage of the
  /// same clause is `changed`, what else is left is `new`. A clause that only lost a passage is `changed` at its head. A quotation
  /// that opens the terms is no part of them.
  ///
  /// - Complexity: O(words), and O(passages²) within matched clauses of up to ``maximumPassages`` passages; beyond that many, by equality alone.
  public static func between(_ previous: MarkdownDocument, and current: MarkdownDocument) -> TermsChanges {
    var comparison = TermsComparison(old: TermsOutline(previous), new: TermsOutline(current))
    comparison.run()
    var marks = [ChangeMark?](repeating: nil, count: current.blocks.count)
    var items = [[ChangeMark]](repeating: [], count: current.blocks.count)
    for (passage, mark) in zip(comparison.new.passages, comparison.marks) {
      if passage.item == nil { marks[passage.block] = mark } else { items[passage.block].append(mark) }
    }
    let blocks = zip(marks, items).map { mark, items in
      let whole: ChangeMark =
        items.allSatisfy { $0 == .unchanged } ? .unchanged : items.allSatisfy { $0 == .new } ? .new : .changed
      return BlockChange(mark: mark ?? whole, items: items)
    }
    return TermsChanges(blocks: blocks, clauses: comparison.clauses)
  }
}

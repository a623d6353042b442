// Words of the language that engine and formats do not know. An attribute that takes one of a few words is registered with the type of the
// words, so that a word that is added or goes is missed by the compiler wherever it must be known.

/// What to do where content does not fit a stated size.
public enum FitRule: String, CaseIterable, Hashable, Sendable {
  /// Shrink the text down to `min-size`.
  case shrink
  /// Let the block grow.
  case grow
  /// Reject the bill.
  case reject
}

/// What to do where the ``FitRule`` of a block does not help.
public enum BlockExcess: String, CaseIterable, Hashable, Sendable {
  case reject
  /// Show what has room.
  case cut
}

/// What to do where the ``FitRule`` of a place does not help.
public enum PlaceExcess: String, CaseIterable, Hashable, Sendable {
  case reject
  /// Show what has room.
  case cut
  /// The same, with all of it at the beginning of the body.
  case body
}

/// What a `keep` keeps together.
public enum KeepReach: String, CaseIterable, Hashable, Sendable {
  /// Its blocks.
  case together
  /// Its blocks, and what follows.
  case next
}

/// What lines must not break.
public enum NoWrap: String, CaseIterable, Hashable, Sendable {
  /// Any of the text.
  case yes
  /// Identifiers are broken at last.
  case no
  /// What the values say of themselves.
  case auto
}

/// Whether type is upright.
public enum SlantWord: String, CaseIterable, Hashable, Sendable { case upright, italic }

/// Whether figures have one width.
public enum FigureWord: String, CaseIterable, Hashable, Sendable { case tabular, proportional }

/// Which marks of a chart show their values.
public enum ShownValues: String, CaseIterable, Hashable, Sendable {
  case none, all, highlight, first, last
  /// Twelve marks before the last: of months the same one a year before.
  case yearBefore = "year-before"
  /// The greatest value, the first of several that are equal.
  case peak
  /// The least value, the first of several that are equal.
  case lowest
}

/// Where a coupon stands.
public enum CouponEdge: String, CaseIterable, Hashable, Sendable { case pageEnd = "page-end" }

/// Where a page's footer stands on the page of a coupon.
public enum CouponFooter: String, CaseIterable, Hashable, Sendable {
  /// Between the body and the coupon.
  case above
  /// At the foot of the sheet.
  case below
}

/// How the line along which a coupon is torn off is drawn.
public enum PerforationLine: String, CaseIterable, Hashable, Sendable { case solid, dashed, dotted }

/// How far that line reaches.
public enum PerforationReach: String, CaseIterable, Hashable, Sendable {
  /// Over the whole sheet.
  case sheet
  /// As wide as the body.
  case text
}

/// Which words of the campaign a slot shows.
public enum Slot: String, CaseIterable, Hashable, Sendable {
  case heading, body, action
  case keepPaper = "keep-paper"
  case address, phone, label, benefits

  /// What every notice must show.
  static let required: [Slot] = [.heading, .body, .action, .keepPaper, .address, .phone]
}

/// The types that fields and parameters are declared with.
public enum DeclaredType: String, CaseIterable, Hashable, Sendable {
  case text, identifier, number, amount, date, flag, list, record

  /// Those a parameter may have: whether a text is an identifier is told by what it is set to.
  static let parameters = allCases.filter { $0 != .identifier }
}

/// What decides which of several alternatives stands.
public enum AlternativesChoice: String, CaseIterable, Hashable, Sendable {
  /// The first that fits the room there is.
  case room
  /// The first; the last where the bill is set smaller to save a sheet.
  case fitSheet = "fit-sheet"
}

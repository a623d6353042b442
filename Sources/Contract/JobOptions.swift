public import Dates
public import Diagnostics

/// The options of a command that decide what a bill looks like; what each worker gets.
public struct JobOptions: Sendable, Hashable {
  /// The layout's folder, as the user wrote it.
  public var layout: String
  /// The campaign's file or folder, as the user wrote it.
  public var campaign: String?
  /// The file of the token key. Its bytes never stand on a command line.
  public var tokenKey: String?
  /// The ledger's file. It is read by the parent only, whose records bring the facts along; all others know only that there is one.
  public var ledger: String?
  /// The folder with rules of law of the company's own.
  public var rules: String?
  /// The folders of fonts that were named, the first of which wins; the nearest `Fonts/` follows them.
  public var fonts: [String]
  /// Decides the phase instead of the bill's issue date.
  public var asOf: PlainDate?
  /// Set every bill in this language; in canonical case.
  public var language: String?
  /// Are prices and rates that do not multiply out faults?
  public var strictLines: Bool
  /// Is everything marked as a specimen?
  public var specimen: Bool
  /// The codes of `--accept`, sorted, each once: such rejects become warnings, and the bill is made.
  public private(set) var accepts: [String]
  /// The kinds of pieces whose files are wanted, in their order. Bills always bring the leaflets that their rules ask for.
  public private(set) var pieces: [PieceKind]
  /// Are crop marks printed outside the sheet?
  public var hasMarks: Bool
  /// What the bills are made for.
  public var purpose: Purpose

  /// What bills are made for.
  public enum Purpose: String, Sendable, CaseIterable {
    /// To be mailed: files are painted, and customers' codes need their key.
    case print
    /// To find faults: nothing is painted, and what the layout does not show is told.
    case check
    /// To be looked at: painted on demand, with specimen codes where there is no key.
    case preview
    /// To be counted before they are made, each with a ``BillOutlook``: laid out where there is a layout, never painted.
    case plan
    /// To be counted in a cycle to come: only decided.
    case forecast
    /// To know whom they make a customer whom the campaign must have told: not even decided.
    case coverage
  }

  /// Makes options; everything but the layout may be left out.
  ///
  /// - Parameters:
  ///   - accepts: Codes in any order, also repeated.
  ///   - pieces: Kinds in any order, also repeated; without bills, each record's bill is laid out and judged, and not written.
  public init(
    layout: String, campaign: String? = nil, tokenKey: String? = nil, ledger: String? = nil, rules: String? = nil, fonts: [String] = [],
    asOf: PlainDate? = nil, language: String? = nil, strictLines: Bool = false, specimen: Bool = false, accepts: [String] = [],
    pieces: [PieceKind] = [.bill], hasMarks: Bool = false, purpose: Purpose = .print
  ) {
    (self.layout, self.campaign, self.tokenKey, self.fonts, self.asOf) = (layout, campaign, tokenKey, fonts, asOf)
    (self.ledger, self.rules) = (ledger, rules)
    (self.language, self.strictLines, self.specimen, self.purpose) = (language, strictLines, specimen, purpose)
    self.hasMarks = hasMarks
    self.accepts = Set(accepts).sorted()
    let wanted = pieces.contains(.bill) ? pieces + [.terms] : pieces
    self.pieces = PieceKind.allCases.filter(wanted.contains)
  }

  /// Cycles a plan looks ahead: ten years of weekly bills.
  ///
  /// - Stops: a plan of centuries, each week of which is decided for every bill.
  public static let maximumCycles = 520

  /// Whether bills are only counted.
  package var isPlan: Bool { [.plan, .forecast, .coverage].contains(purpose) }

  /// Whether a layout was named; only commands that make no bills can do without.
  public var hasLayout: Bool { !layout.isEmpty }

  /// Whether accounts get pieces of their own, with their first records.
  public var makesAccountPieces: Bool { pieces.contains(where: \.isOfAccount) }

  /// Whether what would be a reject of that code is to be a warning instead.
  public func isAccepted(_ code: RecordFault.Code) -> Bool { accepts.contains(code.rawValue) }
}

extension JobOptions: Fielded {
  package static var blank: JobOptions { JobOptions(layout: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("layout", &layout)
      try walker.field("campaign", &campaign)
      try walker.field("token_key", &tokenKey)
      try walker.field("ledger", &ledger)
      try walker.field("rules", &rules)
      try walker.field("fonts", &fonts)
      try walker.field("as_of", &asOf)
      try walker.field("language", &language)
      try walker.field("strict_lines", &strictLines)
      try walker.field("specimen", &specimen)
      try walker.field("accept", &accepts)
      try walker.field("pieces", &pieces)
      try walker.field("marks", &hasMarks)
      try walker.field("purpose", &purpose)
    }
  }
}

extension JobOptions.Purpose: FieldedWord {}

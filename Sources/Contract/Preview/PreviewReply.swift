/// What a worker made of a bill, or of another piece of its record.
public struct PreviewReply: Sendable, Hashable {
  /// A made-up bill that is extreme in one respect.
  public struct Extreme: Sendable, Hashable {
    /// What it is extreme in, kebab-case.
    public var kind: String
    /// The same for people, with the figures.
    public var detail: String
    /// The record as JSON, without a line end.
    public var record: [UInt8]
    /// Makes one.
    public init(kind: String, detail: String, record: [UInt8]) { (self.kind, self.detail, self.record) = (kind, detail, record) }
  }

  /// One picture, file or map.
  public struct Part: Sendable, Hashable {
    /// The whole of it.
    public var bytes: [UInt8]
    /// Makes one.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
  }

  /// Whether `render` would write the piece; if not, ``findings`` has an error, or ``why`` a reason.
  public var isPiece: Bool
  /// Why there is no such piece of this record, or why the one shown does not go with its bill; empty where it does.
  public var why = ""
  /// How many pages the piece has; 0 where it could not be laid out, or there is none.
  public var pageCount: Int
  /// The paper's width in points, ``bleed`` included.
  public var width: Double
  /// The paper's height in points, ``bleed`` included.
  public var height: Double
  /// How much of each side of a picture lies beyond the trim, in points; 0 where pictures end there.
  public var bleed = 0.0
  /// What was asked for, one after the other: PNGs, an SVG, the file, or the source map as JSON.
  public var parts: [Part]
  /// What the manifest would say of the piece; `nil` where there is none.
  public var facts: PieceFacts?
  /// What an e-mail says; `nil` for other pieces, and where there is none to show.
  public var message: PreviewMessage?
  /// What is put in with the bill: paths below the output folder.
  public var enclosures: [String] = []
  /// Errors and warnings, in the order found.
  public var findings: [PreviewFinding]
  /// The made-up bills, where they were asked for.
  public var extremes: [Extreme]

  /// Makes a reply.
  public init(
    isPiece: Bool = false, pageCount: Int = 0, width: Double = 0, height: Double = 0, parts: [Part] = [],
    facts: PieceFacts? = nil, findings: [PreviewFinding] = [], extremes: [Extreme] = []
  ) {
    (self.isPiece, self.pageCount, self.width, self.height, self.parts) = (isPiece, pageCount, width, height, parts)
    (self.facts, self.findings, self.extremes) = (facts, findings, extremes)
  }
}

extension PreviewReply: Fielded {
  package static var blank: PreviewReply { PreviewReply() }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("is_piece", &isPiece)
      try walker.field("why", &why)
      try walker.field("page_count", &pageCount)
      try walker.field("width", &width)
      try walker.field("height", &height)
      try walker.field("bleed", &bleed)
      try walker.field("parts", &parts)
      try walker.field("facts", &facts)
      try walker.field("message", &message)
      try walker.field("enclosures", &enclosures)
      try walker.field("findings", &findings)
      try walker.field("extremes", &extremes)
    }
  }
}

extension PreviewReply.Part: Fielded {
  package static var blank: PreviewReply.Part { PreviewReply.Part([]) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("bytes", bytes: &bytes)
    }
  }
}

extension PreviewReply.Extreme: Fielded {
  package static var blank: PreviewReply.Extreme { PreviewReply.Extreme(kind: "", detail: "", record: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("kind", &kind)
      try walker.field("detail", &detail)
      try walker.field("record", bytes: &record)
    }
  }
}

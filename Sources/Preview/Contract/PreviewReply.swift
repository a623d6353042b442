/// What a worker made of a bill.
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

  /// Whether `render` would write the bill; if not, ``findings`` has an error.
  public var isPiece: Bool
  /// How many pages the bill has; 0 where it could not be laid out.
  public var pageCount: Int
  /// The paper's width in points.
  public var width: Double
  /// The paper's height in points.
  public var height: Double
  /// What was asked for, one after the other: PNGs, an SVG, the PDF, or the source map as JSON.
  public var parts: [[UInt8]]
  /// A JSON object with what was decided: kind, language, format, notice, terms, amounts; `{}` where there is no bill.
  public var facts: [UInt8]
  /// Errors and warnings, in the order found.
  public var findings: [PreviewFinding]
  /// The made-up bills, where they were asked for.
  public var extremes: [Extreme]

  /// Makes a reply.
  public init(
    isPiece: Bool = false, pageCount: Int = 0, width: Double = 0, height: Double = 0, parts: [[UInt8]] = [],
    facts: [UInt8] = Array("{}".utf8), findings: [PreviewFinding] = [], extremes: [Extreme] = []
  ) {
    (self.isPiece, self.pageCount, self.width, self.height, self.parts) = (isPiece, pageCount, width, height, parts)
    (self.facts, self.findings, self.extremes) = (facts, findings, extremes)
  }
}

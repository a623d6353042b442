/// What a worker made of a bill.
public struct PreviewReply: Sendable, Hashable {
  /// Whether `render` would write the bill; if not, ``findings`` has an error.
  public var isPiece: Bool
  /// How many pages the bill has; 0 where it could not be laid out.
  public var pageCount: Int
  /// The paper's width in points.
  public var width: Double
  /// The paper's height in points.
  public var height: Double
  /// The pages asked for as SVG, the one thumbnail as PNG, or the one PDF.
  public var parts: [[UInt8]]
  /// A JSON object with what was decided: kind, language, format, notice, terms, amounts; `{}` where there is no bill.
  public var facts: [UInt8]
  /// A JSON object with the layout elements and, for each page, what was drawn where, from which element and which record path.
  public var sourceMap: [UInt8]
  /// Errors and warnings, in the order found.
  public var findings: [PreviewFinding]

  /// Makes a reply.
  public init(
    isPiece: Bool = false, pageCount: Int = 0, width: Double = 0, height: Double = 0, parts: [[UInt8]] = [],
    facts: [UInt8] = Array("{}".utf8), sourceMap: [UInt8] = Array("{}".utf8), findings: [PreviewFinding] = []
  ) {
    (self.isPiece, self.pageCount, self.width, self.height, self.parts) = (isPiece, pageCount, width, height, parts)
    (self.facts, self.sourceMap, self.findings) = (facts, sourceMap, findings)
  }
}

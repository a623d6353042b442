/// One bill to be shown, as the parent asks a worker for it.
public struct PreviewRequest: Sendable, Hashable {
  /// What is wanted of the bill.
  public enum Output: Sendable, Hashable {
    /// Facts and findings, and the pages of the range as PNG, `scale` pixels to a point.
    case bill(pages: ClosedRange<Int>, scale: Double)
    /// One page as PNG, `scale` pixels to a point.
    case picture(page: Int, scale: Double)
    /// One page as SVG, for zooms at which a picture of pixels would be too large.
    case vector(page: Int)
    /// What was drawn where on one page, from which element and which record path.
    case sourceMap(page: Int)
    /// The PDF that `render` would write.
    case pdf
    /// Only what is found.
    case findings
    /// Made-up bills that try the layout, like this record in currency, days and ways to pay.
    case extremes
  }

  /// The record without its line end.
  public var record: [UInt8]
  /// The data file's name as the user wrote it.
  public var file: String
  /// The record's line, from 1.
  public var number: Int
  /// What is to be otherwise than in the record.
  public var scenario: PreviewScenario
  /// What is wanted.
  public var output: Output

  /// Makes a request.
  public init(record: [UInt8], file: String, number: Int, scenario: PreviewScenario = PreviewScenario(), output: Output) {
    (self.record, self.file, self.number, self.scenario, self.output) = (record, file, number, scenario, output)
  }
}

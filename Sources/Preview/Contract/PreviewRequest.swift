/// One bill to be shown, as the parent asks a worker for it.
public struct PreviewRequest: Sendable, Hashable {
  /// What is wanted of the bill.
  public enum Output: Sendable, Hashable {
    /// Pages as SVG, `count` of them from page `first` (from 1), with facts and the source map.
    case pages(first: Int, count: Int)
    /// One page as PNG, so many dots an inch, with facts.
    case thumbnail(page: Int, dpi: Int)
    /// The PDF that `render` would write.
    case pdf
    /// Only what is found.
    case findings
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

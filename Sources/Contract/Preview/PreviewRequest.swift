public import Diagnostics

/// One record's piece to be shown, as the parent asks a worker for it.
public struct PreviewRequest: Sendable, Hashable {
  /// What is wanted of the piece.
  public enum Output: Sendable, Hashable {
    /// Facts and findings of the piece, and the pages of the range as PNG, `scale` pixels to a point.
    case bill(pages: ClosedRange<Int>, scale: Double)
    /// One page as PNG, `scale` pixels to a point.
    case picture(page: Int, scale: Double)
    /// One page as SVG, for zooms at which a picture of pixels would be too large.
    case vector(page: Int)
    /// What was drawn where on one page, from which element and which record path.
    case sourceMap(page: Int)
    /// The file that `render` would write: a PDF, of an e-mail the message.
    case pdf
    /// Only what is found.
    case findings
    /// Made-up bills that try the layout, like this record in currency, days and ways to pay.
    case extremes
  }

  /// The record without its line end.
  public var record: [UInt8]
  /// What was odd about what a derived record was made from.
  public var warnings: [RecordWarning] = []
  /// What the ledger knows of the account, as in ``RecordInput/facts``.
  public var facts: [UInt8] = []
  /// The data file's name as the user wrote it.
  public var file: String
  /// The record's line, from 1.
  public var number: Int
  /// What is to be otherwise than in the record.
  public var scenario: PreviewScenario
  /// Which of the record's pieces is to be shown: its bill, the leaflet in the bill's language and format, the customer's postcard or
  /// e-mail.
  public var piece = PieceKind.bill
  /// What is wanted.
  public var output: Output

  /// Makes a request.
  public init(record: [UInt8], file: String, number: Int, scenario: PreviewScenario = PreviewScenario(), output: Output) {
    (self.record, self.file, self.number, self.scenario, self.output) = (record, file, number, scenario, output)
  }
}

extension PreviewRequest: Fielded {
  package static var blank: PreviewRequest { PreviewRequest(record: [], file: "", number: 0, output: .findings) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("record", bytes: &record)
      try walker.field("warnings", &warnings)
      try walker.field("facts", bytes: &facts)
      try walker.field("file", &file)
      try walker.field("number", &number)
      try walker.field("scenario", &scenario)
      try walker.field("piece", &piece)
      try walker.field("output", &output)
    }
  }
}

extension PreviewRequest.Output: Fielded {
  /// What is wanted, without its particulars.
  private enum Kind: String, FieldedWord {
    case bill, picture, vector, map, pdf, findings, extremes
  }

  package static var blank: PreviewRequest.Output { .findings }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var (kind, first, last, scale): (Kind, Int, Int, Double) = (.findings, 1, 1, 1)
    switch self {
    case .bill(let pages, let pixels): (kind, first, last, scale) = (.bill, pages.lowerBound, pages.upperBound, pixels)
    case .picture(let page, let pixels): (kind, first, scale) = (.picture, page, pixels)
    case .vector(let page): (kind, first) = (.vector, page)
    case .sourceMap(let page): (kind, first) = (.map, page)
    case .pdf: kind = .pdf
    case .findings: kind = .findings
    case .extremes: kind = .extremes
    }
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("kind", &kind)
      try walker.field("first_page", &first)
      try walker.field("last_page", &last)
      try walker.field("scale", &scale)
    }
    guard first >= 1, scale.isFinite else { throw .malformed }
    switch kind {
    case .bill:
      guard last >= first else { throw .malformed }
      self = .bill(pages: first...last, scale: scale)
    case .picture: self = .picture(page: first, scale: scale)
    case .vector: self = .vector(page: first)
    case .map: self = .sourceMap(page: first)
    case .pdf: self = .pdf
    case .findings: self = .findings
    case .extremes: self = .extremes
    }
  }
}

public import Geometry

/// What a layout run found, as data; the owner turns it into a diagnostic with the layout's source range and the record.
public struct LayoutFinding: Hashable, Sendable {
  public enum Cause: String, Hashable, Sendable {
    /// Unbreakable content is higher than any region: a reject.
    case tooHigh = "content-too-high"
    /// Content is wider than its region: a reject.
    case tooWide = "content-too-wide"
    /// Text was shrunk to fit: noted in the manifest.
    case shrunk = "text-shrunk"
    /// A box with `fit="grow"` became larger than its stated size.
    case grown = "box-grown"
    /// An alternative other than the first was taken.
    case alternative = "alternative-taken"
    /// Content did not fit after the fit policy had done what it could: a reject.
    case doesNotFit = "does-not-fit"
    /// The page limit was reached: a reject.
    case tooManyPages = "too-many-pages"
  }
  public var cause: Cause
  public var origin: Origin
  /// The page on which it happened, from 1; 0 before pagination.
  public var page: Int
  public var wanted: Length
  public var available: Length
  /// Whether the bill can still be used.
  public var isError: Bool {
    switch cause {
    case .tooHigh, .tooWide, .doesNotFit, .tooManyPages: true
    case .shrunk, .grown, .alternative: false
    }
  }
  public init(_ cause: Cause, origin: Origin, page: Int = 0, wanted: Length, available: Length) {
    self.cause = cause
    self.origin = origin
    self.page = page
    self.wanted = wanted
    self.available = available
  }
}

/// What a run of the engine shares: the text setter, the direction, the findings. One per bill, used by one task only.
public final class LayoutContext {
  public let text: any TextSetter
  /// The direction of rows and columns.
  public var direction: Direction
  /// The page being filled, from 1.
  public var page: Int = 0
  public private(set) var findings: [LayoutFinding] = []
  /// While positive, findings are not kept: trial layouts (measuring, alternatives) are not the bill.
  public var trialDepth = 0

  public init(text: any TextSetter, direction: Direction = .leftToRight) { (self.text, self.direction) = (text, direction) }

  /// Notes a finding unless this is a trial; the same finding is kept once.
  public func report(_ cause: LayoutFinding.Cause, _ origin: Origin, wanted: Length, available: Length) {
    guard trialDepth == 0 else { return }
    let finding = LayoutFinding(cause, origin: origin, page: page, wanted: wanted, available: available)
    if !findings.contains(finding) { findings.append(finding) }
  }
}

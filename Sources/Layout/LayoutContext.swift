public import Geometry

/// What a layout run found, as data; the owner turns it into a diagnostic with the layout's source range and the record.
public struct LayoutFinding: Hashable, Sendable {
  /// What was found; the raw value is the diagnostic's id.
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
    /// Words reach beyond their tab stop, so that what follows stands at another or at none.
    case tabPassed = "tab-passed"
    /// A figure of a table stands far from its words, and no rule leads the eye; told once of each table.
    case figureFar = "figure-far"
    /// A chart has no room for all its labels; some were left out.
    case labelsDropped = "chart-labels-dropped"
    /// Words point to a part that is on no page.
    case anchorMissing = "anchor-missing"
    /// A chart has so many marks that its bars are hardly lines.
    case chartCrowded = "chart-crowded"
    /// Content did not fit after the fit policy had done what it could: a reject.
    case doesNotFit = "does-not-fit"
    /// The page limit was reached: a reject.
    case tooManyPages = "too-many-pages"
    /// Content that was to stay together is higher than a page and was broken.
    case keepBroken = "keep-broken"
    /// A word or a value is wider than its room and was broken in the middle: a reject where it is a ``Token``.
    case wordBroken = "word-broken"
    /// A picture among words is higher than its line, and the lines stand on a baseline grid: one of them stays empty.
    case pictureTooHigh = "picture-too-high"
    /// Content of a place did not fit and is shown in part, an ellipsis at each cut.
    case cut = "text-cut"
  }
  /// What ``wanted`` and ``available`` are measures of.
  public enum Measure: Hashable, Sendable { case width, height, pages }
  /// What was found.
  public var cause: Cause
  /// The element and record path concerned.
  public var origin: Origin
  /// The page on which it happened, from 1; 0 before pagination.
  public var page: Int
  /// The size that was wanted (a count of pages for `tooManyPages`).
  public var wanted: Length
  /// The size there was.
  public var available: Length
  /// What both are.
  public var measure: Measure
  /// With ``Cause/wordBroken``: whether what was broken is a firm ``Token``, an amount, a date or a code, not a word.
  public var isToken: Bool
  /// Whether the bill can still be used.
  public var isError: Bool {
    switch cause {
    case .tabPassed, .figureFar, .labelsDropped, .chartCrowded, .anchorMissing, .pictureTooHigh: false
    case .tooHigh, .tooWide, .doesNotFit, .tooManyPages: true
    case .wordBroken: isToken
    case .shrunk, .grown, .alternative, .keepBroken, .cut: false
    }
  }
  /// Makes a finding; without a `measure` it is what the cause is mostly about.
  public init(
    _ cause: Cause, origin: Origin, page: Int = 0, wanted: Length, available: Length, measure: Measure? = nil, isToken: Bool = false
  ) {
    self.cause = cause
    self.origin = origin
    self.page = page
    self.wanted = wanted
    self.available = available
    self.isToken = isToken
    self.measure =
      measure
      ?? {
        switch cause {
        case .tooWide, .wordBroken, .tabPassed, .figureFar, .labelsDropped, .chartCrowded, .anchorMissing: .width
        case .tooManyPages: .pages
        case .tooHigh, .shrunk, .grown, .alternative, .doesNotFit, .keepBroken, .cut, .pictureTooHigh: .height
        }
      }()
  }
}

/// The lines on which text stands, counted from the top of each page's body.
public struct BaselineGrid: Hashable, Sendable {
  /// The distance between two lines of the grid, at least 1 pt.
  public var step: Length
  /// How far the first line lies below the top of the body: the baseline of a line of body text, so that body text is not moved.
  public var phase: Length
  /// Makes a grid.
  public init(step: Length, phase: Length) { (self.step, self.phase) = (max(.pt(1), step), phase) }

  /// How far something at `y` below the body's top must move down to stand on a line.
  func shift(at y: Length) -> Length {
    let off = (y - phase).points / step.points
    let steps = (off - 1e-6).rounded(.up)
    return max(.zero, Length((steps - off) * step.points))
  }
}

/// What a run of the engine shares: the text setter, the direction, the findings. One per bill, used by one task only.
public final class LayoutContext {
  /// Findings kept for one bill; more say nothing new, and each is compared with all before it.
  ///
  /// - Stops: a bill that is wrong in every line, each finding compared with all others.
  public static let findingLimit = 200

  /// Turns paragraphs into lines.
  public let text: any TextSetter
  /// The direction of rows and columns.
  public var direction: Direction
  /// The document's language as a BCP 47 tag, empty where nobody cares: paragraphs in another say so in their tags.
  public let language: String
  /// Finished frames of expression-free subtrees, kept from bill to bill; `nil` lays everything out anew.
  public let cache: FrameCache?
  /// The lines that text stands on; `nil` for none.
  public var grid: BaselineGrid?
  /// Whether anything in the document may point to an anchor: pages are then looked through for it.
  public var looksForAnchors = false
  /// Landmarks that are missed like anchors where words give their page and they stand on none.
  public var expectedLandmarks: Set<Landmark> = []
  /// The page being filled, from 1.
  public var page: Int = 0
  /// The trim size of the page being filled: what ``PlaceNode`` measures from.
  public internal(set) var pageSize: Size = .zero
  /// How far content may reach beyond the page, on each side.
  var bleed = Length.zero
  /// What was found so far, in the order in which it stands on the pages.
  public private(set) var findings: [LayoutFinding] = []
  /// While positive, findings are not kept: trial layouts (measuring, alternatives) are not the bill.
  public var trialDepth = 0
  /// Whether this is a look at whether something fits elsewhere: then nothing that stands above it gives up its end.
  var isProbing = false
  /// How many lines a paragraph may have: fewer than it needs while a place shows its content in part.
  var lineLimit: Int?
  /// Which places have their whole content in the body, by identity.
  var movedPlaces: Set<ObjectIdentifier> = []

  /// How often an error was reported, in trials too, so that a trial can tell whether it went well.
  private(set) var errorsMet = 0
  /// How often content was shown in part, in trials too.
  private(set) var cutsMet = 0
  /// How often a plain word was broken, in trials too.
  private(set) var brokenWordsMet = 0
  /// How often something was met that ties a fragment to this bill or page: a finding, a place, an insert. Equal before and after means
  /// that the fragment is as good for the next bill.
  var bonds = 0
  /// Whether a ``PlaceNode`` was met since the page was begun.
  var hasPlaces = false
  /// Which inserts are shown, by identity, and in which of their sizes; decided by the paginator.
  var insertPlan: [ObjectIdentifier: Int] = [:]
  /// Inserts met but not shown, in order.
  private(set) var insertSlots: [InsertSlot] = []
  private var missing: [MissingGlyph] = []

  /// Makes the context of one bill.
  public init(
    text: any TextSetter, direction: Direction = .leftToRight, language: String = "", cache: FrameCache? = nil, grid: BaselineGrid? = nil
  ) {
    (self.text, self.direction, self.language, self.cache, self.grid) = (text, direction, language, cache, grid)
  }

  /// Notes a finding unless this is a trial; the same finding is kept once, and at most ``findingLimit`` are.
  public func report(
    _ cause: LayoutFinding.Cause, _ origin: Origin, wanted: Length, available: Length, measure: LayoutFinding.Measure? = nil,
    isToken: Bool = false
  ) {
    report(
      LayoutFinding(cause, origin: origin, wanted: wanted, available: available, measure: measure, isToken: isToken))
  }

  /// Notes a finding as one of the present page; see ``report(_:_:wanted:available:measure:isToken:)``.
  func report(_ found: LayoutFinding) {
    var finding = found
    finding.page = page
    bonds += 1
    if finding.isError { errorsMet += 1 } else if finding.cause == .wordBroken { brokenWordsMet += 1 }
    if finding.cause == .cut { cutsMet += 1 }
    guard trialDepth == 0 else { return }
    if finding.cause == .figureFar, findings.contains(where: { $0.cause == .figureFar && $0.origin.element == finding.origin.element }) {
      return
    }
    if findings.count < Self.findingLimit, !findings.contains(finding) { findings.append(finding) }
  }

  /// Clusters without a glyph met since the last call, each once: what the text setter says and what cached subtrees met.
  public func takeMissingGlyphs() -> [MissingGlyph] {
    noteMissingGlyphs()
    defer { missing = [] }
    return missing
  }

  /// Moves the setter's missing glyphs here; whether there were any.
  @discardableResult func noteMissingGlyphs() -> Bool {
    let found = text.takeMissingGlyphs()
    for glyph in found where !missing.contains(glyph) { missing.append(glyph) }
    return !found.isEmpty
  }

  /// Runs `body` without keeping findings; whether it met none that would reject the bill.
  func trial<Result>(_ body: () -> Result) -> (result: Result, isClean: Bool) {
    let errors = errorsMet
    let slots = insertSlots.count
    trialDepth += 1
    let result = body()
    trialDepth -= 1
    insertSlots.removeSubrange(slots...)
    return (result, errors == errorsMet)
  }

  /// Runs `body` and hands its findings back instead of keeping them.
  func collecting<Result>(_ body: () -> Result) -> (result: Result, findings: [LayoutFinding]) {
    let kept = findings
    findings = []
    let result = body()
    defer { findings = kept }
    return (result, findings)
  }

  // MARK: What may be thrown away

  /// A place in a layout loop to go back to: what the loop knew there, and where the findings stood.
  ///
  /// What it knew is only to be had through ``goBack(to:)`` and ``attempt(from:_:)``, so that no one goes back and leaves behind the
  /// findings of what is no longer there.
  struct Waypoint<State> {
    fileprivate let state: State
    fileprivate let mark: Mark

    /// The same place, for a loop that knows `state` there.
    func with<NewState>(_ state: NewState) -> Waypoint<NewState> { Waypoint<NewState>(state: state, mark: mark) }
  }

  fileprivate struct Mark { var findings: Int, slots: Int }

  /// Remembers the present place in a loop that knows `state` there.
  func waypoint<State>(_ state: State) -> Waypoint<State> { Waypoint(state: state, mark: mark) }

  /// Throws away what was found since `point`; what the loop knew there.
  func goBack<State>(to point: Waypoint<State>) -> State {
    rewind(to: point.mark)
    return point.state
  }

  /// Runs `body`, and throws away what it found where its result is not kept.
  func attempt<Result>(_ body: () -> Result, isKept: (Result) -> Bool) -> Result {
    let mark = mark
    let result = body()
    if !isKept(result) { rewind(to: mark) }
    return result
  }

  /// Runs `body`; with `nil` it has found nothing.
  func attempt<Result>(_ body: () -> Result?) -> Result? { attempt(body, isKept: { $0 != nil }) }

  /// Runs `body`; a fragment that is put off has found nothing: it will find the same in another region.
  func attempt(_ body: () -> Fragment) -> Fragment {
    attempt(body) { if case .deferred = $0 { false } else { true } }
  }

  /// Goes back to `point` and on from there by another way; with `nil` all is as it was before, what was found since `point`, too.
  func attempt<State, Result>(from point: Waypoint<State>, _ body: (State) -> Result?) -> Result? {
    let (findings, slots) = (findings, insertSlots)
    if let result = body(goBack(to: point)) { return result }
    (self.findings, insertSlots) = (findings, slots)
    return nil
  }

  private var mark: Mark { Mark(findings: findings.count, slots: insertSlots.count) }
  private func rewind(to mark: Mark) {
    if findings.count > mark.findings { findings.removeSubrange(mark.findings...) }
    if insertSlots.count > mark.slots { insertSlots.removeSubrange(mark.slots...) }
  }

  func noteSlot(_ slot: InsertSlot) { insertSlots.append(slot) }
  func takeSlots() -> [InsertSlot] {
    defer { insertSlots = [] }
    return insertSlots
  }
}

/// An insert that was met while filling, and the width it would have.
struct InsertSlot {
  var insert: InsertNode
  var page: Int
  var width: Length
}

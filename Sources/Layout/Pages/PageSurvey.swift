internal import Geometry
internal import Vocabulary

/// One run over a document's pages.
///
/// A page is held back until the next one is begun: when that turns out to be blank, or when the last page has another master or a payment
/// slip, the page is filled again with what it really is.
struct PageSurvey {
  /// What is remembered of each page, whether its frame is kept or not.
  struct PageNote {
    var number: Int
    /// Height of the body's region.
    var height: Length
    /// Unused height of the body.
    var room: Length
    /// Items that paint, inserts left out: equal counts on every page mean that nothing moved.
    var marks: Int
    /// What parts of its sheet are kept for.
    var zones: [PageZone] = []
    /// What of the body is used, 0…1.
    var use: Double { height > .zero ? min(1, max(0, 1 - room / height)) : 0 }
  }
  struct Result {
    var pages: [PageNote] = []
    /// The unbound pages, while there are few enough.
    var frames: [Frame]? = []
    /// The page on which each landmark of the body begins.
    var landmarks: [Landmark: Int] = [:]
    /// From where each anchor is pointed to first.
    var pointers: [Landmark: (element: Int, page: Int)] = [:]
  }

  /// Blank pages in a row before the body is given up: one for a break to a right-hand page, one for a higher page.
  ///
  /// - Stops: a body that fits on no page.
  private static let blankPages = 2
  /// How often a page is filled with less, until what moves below its folds has room.
  ///
  /// - Stops: a page that needs more room each time it has less.
  private static let clearings = 4
  /// How much room of a page may stay unused because its folds seemed to need it.
  private static let greatestSpare = Length.mm(8)

  let document: Document
  let context: LayoutContext
  let keeping: Int
  /// Called with each finished page in turn; an error ends the run.
  private let deliver: ((Int, Frame) throws -> Void)?
  private var shells: [ShellKey: PageShell] = [:]
  private var result = Result()
  /// Findings of page shells, reported once.
  private var told: Set<LayoutFinding> = []

  private struct ShellKey: Hashable {
    var kind: PageRole
    var isFirst: Bool
    var isLast: Bool
  }

  /// A filled page that may yet turn out to be the last.
  private struct Step {
    var number: Int
    /// What it is filled with.
    var start: LayoutContext.Waypoint<any Node>
    var shell: PageShell
    var body: Frame
  }

  init(document: Document, context: LayoutContext, keeping: Int, deliver: ((Int, Frame) throws -> Void)? = nil) {
    (self.document, self.context, self.keeping, self.deliver) = (document, context, keeping, deliver)
  }

  func run() -> Result {
    var survey = self
    // Without a receiver nothing throws.
    try? survey.fillPages()
    survey.reportMissingAnchors()
    return survey.result
  }

  /// Says what is pointed to and stands on no page.
  private func reportMissingAnchors() {
    let missing = result.pointers.filter { result.landmarks[$0.key] == nil }
    let reached = context.page
    for (_, pointer) in missing.sorted(by: { ($0.value.page, $0.value.element) < ($1.value.page, $1.value.element) }) {
      context.page = pointer.page
      context.report(.anchorMissing, Origin(element: pointer.element), wanted: .zero, available: .zero)
    }
    context.page = reached
  }

  func runDelivering() throws {
    var survey = self
    try survey.fillPages()
  }

  private mutating func shell(_ number: Int, isLast: Bool) -> PageShell {
    let kind = document.masters.kind(page: number, isLast: isLast)
    let key = ShellKey(kind: kind, isFirst: number == 1, isLast: isLast)
    if let shell = shells[key] { return shell }
    let coupons = document.coupons.filter { $0.page == .first ? number == 1 : isLast }
    let shell = PageShell.make(
      document.masters.master(kind), isRunning: document.masters.isRunning(kind), coupons: coupons, in: context)
    shells[key] = shell
    return shell
  }

  private mutating func fillPages() throws {
    context.hasPlaces = false
    context.bleed = document.bleed
    var rest = document.body
    var number = 1
    var pending: Step?
    var blanks = 0
    while true {
      context.page = number
      if number > document.pageLimit {
        context.report(.tooManyPages, .none, wanted: Length(Double(number)), available: Length(Double(document.pageLimit)))
        break
      }
      let shell = shell(number, isLast: false)
      let next = self.shell(number + 1, isLast: false)
      let start = context.waypoint(rest)
      let isHeld = pending != nil
      let fragment = context.attempt {
        fill(rest, shell.region(next: next), next: next, shell)
      } isKept: { fragment in
        // A blank page behind another one is none.
        if isHeld, case .complete(let body) = fragment { !body.isBlank } else { true }
      }
      switch fragment {
      case .complete(let body):
        if let held = pending, body.isBlank {
          pending = nil
          if let more = try finish(held) { (rest, number) = (more, held.number + 1) } else { return }
        } else {
          if let held = pending { try emit(held) }
          pending = nil
          let step = Step(number: number, start: start, shell: shell, body: body)
          if let more = try finish(step) { (rest, number) = (more, number + 1) } else { return }
        }
      case .partial(let body, let more):
        if let held = pending { try emit(held) }
        pending = Step(number: number, start: start, shell: shell, body: body)
        blanks = body.isBlank ? blanks + 1 : 0
        if blanks > Self.blankPages {
          context.report(.tooHigh, .none, wanted: .infinity, available: shell.body.size.height)
          break
        }
        (rest, number) = (more, number + 1)
        continue
      case .deferred(let need):
        // Only a node that breaks the contract refuses an untouched region; the bill is a reject.
        context.report(.tooHigh, .none, wanted: need, available: shell.body.size.height)
        break
      }
      if case .complete = fragment { continue }
      break
    }
    if let held = pending { try emit(held) }
    if result.pages.isEmpty { try emit(1, shell(1, isLast: false), nil) }
  }

  /// Fills an untouched page. A page that is refused because the next one is higher stays blank only if that helps.
  private func fill(_ node: any Node, _ region: Region, next: PageShell, _ shell: PageShell) -> Fragment {
    context.pageSize = shell.size
    let fragment = filled(node, region, shell)
    guard case .deferred(let need) = fragment, region.mayBreak else { return fragment }
    if need.fits(next.body.size.height) { return .partial(Frame(size: .zero), rest: node) }
    var forced = region
    forced.mayBreak = false
    return filled(node, forced, shell)
  }

  /// Fills the body's region, and moves what would stand on a fold that is to be avoided below it: with less in the region, where that needs
  /// room. Where no room is gained so, it stands on the fold.
  private func filled(_ node: any Node, _ region: Region, _ shell: PageShell) -> Fragment {
    guard !shell.folds.isEmpty else { return node.fill(region, in: context) }
    let start = context.waypoint(())
    var lost = Length.zero
    for _ in 0..<Self.clearings {
      switch cleared(node, region, less: lost, shell) {
      case .done(let fragment, let spare):
        // What stood on the fold has gone to the next page, and with it the need of so much room.
        guard spare > Self.greatestSpare else { return fragment }
        let fuller = context.attempt(from: start) { _ -> Fragment? in
          if case .done(let fuller, _) = cleared(node, region, less: lost - spare, shell) { fuller } else { nil }
        }
        return fuller ?? fragment
      case .needs(let more): lost = max(more, lost + .pt(1))
      case .impossible: return node.fill(region, in: context)
      }
    }
    return node.fill(region, in: context)
  }

  private enum Clearing {
    /// All has room; so much more was taken from the region than it moved.
    case done(Fragment, spare: Length)
    /// So much must be taken from the region.
    case needs(Length)
    case impossible
  }

  private func cleared(_ node: any Node, _ region: Region, less lost: Length, _ shell: PageShell) -> Clearing {
    var room = region
    if lost > .zero {
      room.size.height = max(.zero, region.size.height - lost)
      (room.fullHeight, room.mayBreak) = (room.size.height, true)
      room.nextHeight = max(region.nextHeight, region.fullHeight)
    }
    return context.attempt { () -> Clearing in
      let fragment = node.fill(room, in: context)
      guard let frame = fragment.frame else { return lost > .zero ? .impossible : .done(fragment, spare: .zero) }
      if lost > .zero, frame.isBlank { return .impossible }
      var clearing = FoldClearing(frame, folds: shell.folds, grid: context.grid)
      var shift = clearing.height(of: frame) - frame.size.height
      if case .complete = fragment, !(frame.size.height + shift).fits(region.size.height) {
        // Rather part what is kept together than begin a page; but no label from its value.
        let parted = FoldClearing(frame, folds: shell.folds, grid: context.grid, parts: true)
        let less = parted.height(of: frame) - frame.size.height
        if !parted.partsTied, (frame.size.height + less).fits(region.size.height) { (clearing, shift) = (parted, less) }
      }
      // What is too high anyway is a finding already.
      guard !frame.size.height.fits(region.size.height) || (frame.size.height + shift).fits(region.size.height) else {
        return .needs(shift)
      }
      return .done(fragment.with(clearing), spare: max(.zero, lost - shift))
    } isKept: {
      if case .done = $0 { true } else { false }
    }
  }

  /// Makes `step` the last page: with the last page's master and payment slip, if its content still has room beside them.
  ///
  /// - Returns: what has to go to a further page, `nil` when the bill is done.
  private mutating func finish(_ step: Step) throws -> (any Node)? {
    context.page = step.number
    let last = shell(step.number, isLast: true)
    if last.body == step.shell.body {
      try emit(step.number, last, step.body)
      return nil
    }
    let start = context.goBack(to: step.start)
    context.pageSize = last.size
    var region = last.region(next: nil)
    region.mayBreak = true
    region.nextHeight = step.shell.body.size.height
    switch filled(start, region, last) {
    case .complete(let body):
      try emit(step.number, last, body)
      return nil
    case .partial(let body, let more) where !body.isBlank:
      if isVoid(more, region) {
        try emit(step.number, last, body)
        return nil
      }
      try emit(step.number, step.shell, body)
      return more
    case .partial, .deferred:
      // Nothing fits beside the slip: the content keeps its page, and the slip gets one of its own.
      let start = context.goBack(to: step.start)
      let next = shell(step.number + 1, isLast: false)
      if case .complete(let body) = fill(start, step.shell.region(next: next), next: next, step.shell) {
        try emit(step.number, step.shell, body)
      } else {
        try emit(step)
      }
      if last.hasLastCoupon, step.number < document.pageLimit {
        context.page = step.number + 1
        try emit(step.number + 1, shell(step.number + 1, isLast: true), nil)
      }
      return nil
    }
  }

  /// Whether nothing that paints is left.
  private func isVoid(_ node: any Node, _ region: Region) -> Bool {
    var fresh = region
    fresh.mayBreak = false
    let fragment = context.trial { node.fill(fresh, in: context) }.result
    if case .complete(let frame) = fragment { return frame.isBlank }
    return false
  }

  private mutating func emit(_ step: Step) throws { try emit(step.number, step.shell, step.body) }

  private mutating func emit(_ number: Int, _ shell: PageShell, _ body: Frame?) throws {
    // A page is only settled when the next one has been looked at.
    let reached = context.page
    context.page = number
    defer { context.page = reached }
    for finding in shell.findings where !told.contains(finding) {
      context.report(finding)
      told.insert(finding)
    }
    let stretched = body.flatMap { (document.body as? ColumnNode)?.stretched($0, to: shell.body.size.height) }
    var page = shell.page(body: stretched ?? body)
    if context.hasPlaces { page.settlePlaces() }
    if document.bleed > .zero { page = page.bled(by: document.bleed) }
    var note = PageNote(
      number: number, height: shell.body.size.height, room: shell.body.size.height - (body?.size.height ?? .zero), marks: 0)
    if let body {
      let seen = body.survey()
      for landmark in seen.landmarks where result.landmarks[landmark] == nil { result.landmarks[landmark] = number }
      note.marks = seen.marks
    }
    note.zones = shell.zones
    if context.looksForAnchors {
      for pointer in page.pointers(expecting: context.expectedLandmarks) where result.pointers[pointer.anchor] == nil {
        result.pointers[pointer.anchor] = (pointer.element, number)
      }
    }
    result.pages.append(note)
    if let deliver {
      try deliver(number, page)
    } else if result.pages.count <= keeping {
      result.frames?.append(page)
    } else {
      result.frames = nil
    }
  }
}

extension Fragment {
  /// What is placed; `nil` where nothing is.
  fileprivate var frame: Frame? {
    switch self {
    case .complete(let frame), .partial(let frame, _): frame
    case .deferred: nil
    }
  }

  fileprivate func with(_ clearing: FoldClearing) -> Fragment {
    switch self {
    case .complete(let frame): .complete(clearing.applied(to: frame))
    case .partial(let frame, let rest): .partial(clearing.applied(to: frame), rest: rest)
    case .deferred: self
    }
  }
}

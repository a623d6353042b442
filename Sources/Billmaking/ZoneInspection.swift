internal import Billing
internal import Composition
internal import Diagnostics
internal import Geometry
internal import Layout
internal import Typography
internal import Vocabulary

/// Holds what stands on a bill's finished pages against the zones of their sheets.
///
/// Judged is ink: the outlines of glyphs, the modules of codes, pictures, lines; not the room they were given. Fills behind content may lie under
/// windows, folds and coupons, but the notice's not in a window; under scan lines and clear areas only white ones.
struct ZoneInspection {
  /// The first thing that rejects the bill; `nil` where nothing does.
  private(set) var fault: RecordFault?
  /// One for each block and zone.
  private(set) var warnings: [RecordWarning] = []

  private let job: LayoutJob
  private let addressLines: [String]
  private var told: Set<Told> = []
  private lazy var address = AddressWords(addressLines)

  private struct Told: Hashable {
    var zone: String
    var element: Int
    var isNotice: Bool
  }

  init(_ job: LayoutJob, _ bill: Bill) { self.init(job, address: bill.customer.address) }

  /// - Parameter address: The lines of the address that the piece goes to; none where it bears no address.
  init(_ job: LayoutJob, address: [String]) { (self.job, addressLines) = (job, address) }

  /// Something that shows on the page.
  enum Mark {
    case text(GlyphRun)
    case code
    case picture
    /// A line, or the edge of a box.
    case rule
    case fill(Color)
  }

  /// What a mark stands inside.
  private struct Surroundings {
    /// Which zones it belongs to, a bit for each.
    var zones: UInt64 = 0
    var isNotice = false
    var isFigure = false
    var isWatermark = false
    var tag: Tag?
  }

  /// Judges one page. Complexity: O(items × zones), nothing on a page without zones.
  mutating func inspect(_ page: Frame, number: Int, zones: [PageZone]) {
    guard !zones.isEmpty else { return }
    let zones = zones.prefix(UInt64.bitWidth).map { JudgedZone($0) }
    var stack = [Surroundings()]
    FrameWalker.walk(page) { step in
      switch step {
      case .enter(let frame, _):
        guard let tag = frame.tag else { return stack.append(stack[stack.count - 1]) }
        var within = stack[stack.count - 1]
        if tag.source >= 0 { within.tag = tag }
        switch tag.role {
        case .figure: within.isFigure = true
        case .artifact(.watermark): within.isWatermark = true
        default: break
        }
        if let landmark = tag.landmark {
          if landmark == .notice { within.isNotice = true }
          for name in landmark.zones ?? [] {
            for (index, zone) in zones.enumerated() where zone.zone.name == name { within.zones |= 1 << UInt64(index) }
          }
        }
        stack.append(within)
      case .leave: stack.removeLast()
      case .item(let item, let at):
        let within = stack[stack.count - 1]
        if !within.isWatermark { judge(item, at, within, zones, page: number) }
      }
    }
  }

  private mutating func judge(_ item: Item, _ at: Point, _ within: Surroundings, _ zones: [JudgedZone], page: Int) {
    switch item {
    case .run(let run, _):
      // Exact ink only where the room of the type could meet a zone, or must lie in one.
      let height = run.size * 1.5
      let flat = Rect(x: -run.size, y: -height, width: run.advance + run.size * 2, height: height * 2)
      let reach = run.turned(flat)
      let room = Rect(origin: at + reach.origin, size: reach.size)
      guard zones.contains(where: { $0.reach.overlaps(room) }) || within.zones != 0, let ink = job.book.ink(of: run) else { return }
      let mark = run.turned(ink)
      judge(.text(run), Rect(origin: at + mark.origin, size: mark.size), within, zones, page)
    case .symbol(let symbol): judge(.code, Rect(origin: at, size: symbol.size), within, zones, page)
    case .image(let image): judge(.picture, Rect(origin: at, size: image.size), within, zones, page)
    case .shape(let shape):
      for (mark, box) in shape.ink(at: at) { judge(within.isFigure ? .picture : mark, box, within, zones, page) }
    case .frame, .late, .link, .anchor: break
    }
  }

  private mutating func judge(_ mark: Mark, _ ink: Rect, _ within: Surroundings, _ zones: [JudgedZone], _ page: Int) {
    for (index, zone) in zones.enumerated() {
      let isMember = within.zones & (1 << UInt64(index)) != 0
      guard let problem = zone.problem(mark, ink, isMember: isMember, isNotice: within.isNotice, isScanLine: { isScanLine($0) }) else {
        continue
      }
      report(problem, mark, ink, within, zone.zone, page)
    }
  }

  private func isScanLine(_ run: GlyphRun) -> Bool {
    job.book.family(of: run).lowercased().filter { $0.isLetter || $0.isNumber }.hasPrefix("ocrb")
  }

  // MARK: Saying so

  private mutating func report(
    _ problem: JudgedZone.Problem, _ mark: Mark, _ ink: Rect, _ within: Surroundings, _ zone: PageZone, _ page: Int
  ) {
    let isNotice = rejectsAlways(mark, within)
    let element = within.tag?.source ?? -1
    guard told.insert(Told(zone: zone.name, element: element, isNotice: isNotice)).inserted else { return }
    let words = ZoneWords(problem: problem, mark: mark, ink: ink, zone: zone, isNotice: within.isNotice)
    let block = FindingText.block(element, job.template)
    let claim = block == nil ? "the bill " + words.claim : words.claim
    let statement = FindingStatement(claim, origin: block.map { .block($0) }, page: page, figures: words.figures)
    let path = within.tag?.path?.text ?? "$"
    if isNotice {
      fault = fault ?? RecordFault("zone-notice", statement, path: path)
    } else if zone.rejects {
      fault = fault ?? RecordFault("zone-text", statement, path: path)
    } else {
      warnings.append(RecordWarning("zone-text", statement, path: path))
    }
  }

  /// Whether it is of the notice, a code, or the customer's address.
  private mutating func rejectsAlways(_ mark: Mark, _ within: Surroundings) -> Bool {
    switch mark {
    case .code: return true
    case .text(let run): return within.isNotice || address.stands(in: run.text) || AddressWords.isFed(by: within.tag?.path)
    case .picture, .fill: return within.isNotice
    case .rule: return false
    }
  }
}

/// A zone with what is asked of it again and again.
private struct JudgedZone {
  enum Problem {
    /// It stands in the zone.
    case stands(in: Rect)
    /// It belongs into the zone and reaches beyond what is always seen of it.
    case reachesBeyond(Rect)
  }

  let zone: PageZone
  /// What can come to lie in it.
  let reach: Rect
  /// What always lies in it.
  private let core: Rect
  /// Around a coupon's upper edge.
  private let edge: Rect?

  init(_ zone: PageZone) {
    self.zone = zone
    (reach, core) = (zone.reach, zone.core)
    edge =
      zone.kind == .coupon
      ? Rect(
        x: zone.area.minX, y: zone.area.minY - PageZone.foldMargin, width: zone.area.size.width, height: PageZone.foldMargin * 2) : nil
  }

  func problem(
    _ mark: ZoneInspection.Mark, _ ink: Rect, isMember: Bool, isNotice: Bool, isScanLine: (GlyphRun) -> Bool
  ) -> Problem? {
    switch zone.kind {
    case .window:
      if case .fill = mark { return isNotice && !isMember ? standing(ink, reach) : nil }
      return isMember ? beyond(ink, core) : standing(ink, reach)
    case .fold:
      if case .fill = mark { return nil }
      return isMember || isLine(mark, ink, along: zone.area) ? nil : standing(ink, zone.area)
    case .coupon:
      if case .fill = mark { return nil }
      if let edge, ink.overlaps(edge) { return isLine(mark, ink, along: edge) ? nil : .stands(in: edge) }
      return isMember ? nil : standing(ink, zone.area)
    case .scanLine:
      if case .fill(.white) = mark { return nil }
      if isMember, case .text(let run) = mark, isScanLine(run) { return beyond(ink, zone.area) }
      return standing(ink, zone.area)
    case .clear:
      if case .fill(.white) = mark { return nil }
      return isMember ? nil : standing(ink, zone.area)
    }
  }

  private func standing(_ ink: Rect, _ area: Rect) -> Problem? { ink.overlaps(area) ? .stands(in: area) : nil }

  private func beyond(_ ink: Rect, _ area: Rect) -> Problem? {
    let isInside =
      area.minX.fits(ink.minX) && area.minY.fits(ink.minY) && ink.maxX.fits(area.maxX) && ink.maxY.fits(area.maxY)
    return isInside ? nil : .reachesBeyond(area)
  }

  /// Whether it is the line that marks the fold itself: in the middle of the band and along it.
  private func isLine(_ mark: ZoneInspection.Mark, _ ink: Rect, along band: Rect) -> Bool {
    guard case .rule = mark else { return false }
    let isLevel = band.size.width >= band.size.height
    let (found, middle, thickness) =
      isLevel
      ? (ink.minY + ink.size.height / 2, band.minY + band.size.height / 2, ink.size.height)
      : (ink.minX + ink.size.width / 2, band.minX + band.size.width / 2, ink.size.width)
    return abs((found - middle).points) < 1 && thickness <= .mm(1)
  }
}

/// A problem in words.
private struct ZoneWords {
  let problem: JudgedZone.Problem
  let mark: ZoneInspection.Mark
  let ink: Rect
  let zone: PageZone
  let isNotice: Bool

  /// The rest of a sentence whose subject is the block.
  var claim: String {
    switch problem {
    case .stands: "puts \(subject) into \(place)"
    case .reachesBeyond:
      zone.kind == .window
        ? "has \(subject), which cannot be seen whole in \(place) in every position of the sheet" : "has \(subject) beyond \(place)"
    }
  }

  private var place: String {
    if zone.name == "perforation", zone.kind == .fold { return "the 3 mm that stay clear beside the perforation" }
    return switch zone.kind {
    case .window: "the window '\(zone.name)'"
    case .fold: "the fold '\(zone.name)'"
    case .coupon: "the coupon's zone '\(zone.name)'"
    case .scanLine: "the band of the scan line '\(zone.name)'"
    case .clear: "the clear area '\(zone.name)'"
    }
  }

  private var subject: String {
    let owner = isNotice ? "the notice's " : ""
    switch mark {
    case .text(let run):
      var words = run.text.split { $0.isWhitespace }.joined(separator: " ")
      if words.count > 40 { words = words.prefix(40) + "…" }
      return owner + "'\(words)'"
    case .code: return isNotice ? owner + "code" : "a code"
    case .picture: return isNotice ? owner + "picture" : "a picture"
    case .rule: return isNotice ? owner + "edge" : "a rule"
    case .fill: return isNotice ? owner + "ground" : "a coloured ground"
    }
  }

  /// Where both lie, and the shortest way out or in.
  var figures: String {
    let (area, way) =
      switch problem {
      case .stands(let area): (area, wayOut(of: area))
      case .reachesBeyond(let area): (area, wayInto(area))
      }
    return "it takes \(text(ink)), the zone \(text(area)); \(way)"
  }

  private func wayOut(of area: Rect) -> String {
    let ways = [
      (ink.maxY - area.minY, "higher"), (area.maxY - ink.minY, "lower"), (ink.maxX - area.minX, "farther left"),
      (area.maxX - ink.minX, "farther right"),
    ]
    return ways.min { $0.0 < $1.0 }.map { "\(roundedUp($0.0)) mm \($0.1) would be clear of it" } ?? ""
  }

  private func wayInto(_ area: Rect) -> String {
    let excess = [
      (area.minY - ink.minY, "at the top"), (ink.maxY - area.maxY, "at the foot"), (area.minX - ink.minX, "at the left"),
      (ink.maxX - area.maxX, "at the right"),
    ].filter { $0.0 > .slack }
    return "it reaches \(excess.map { "\(roundedUp($0.0)) mm \($0.1)" }.joined(separator: " and ")) beyond"
  }

  private func text(_ rect: Rect) -> String {
    "\(tenths(rect.minX))–\(tenths(rect.maxX)) mm from the left and \(tenths(rect.minY))–\(tenths(rect.maxY)) mm from the top"
  }

  private func tenths(_ length: Length) -> String { decimal(Int((length.millimetres * 10).rounded())) }
  /// What is said to be enough must be.
  private func roundedUp(_ length: Length) -> String { decimal(Int((length.millimetres * 10 - 1e-6).rounded(.up))) }
  private func decimal(_ tenths: Int) -> String { (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)" }
}

/// The customer's address as it may be printed.
private struct AddressWords {
  private let lines: [String]

  init(_ address: [String]) { lines = address.map(AddressWords.folded).filter(AddressWords.isTelling) }

  /// Whether the words are enough to know an address by: three letters stand in too many others.
  private static func isTelling(_ words: String) -> Bool { words.utf8.count > 3 }

  /// Whether the words are a line of the address, hold one, or are a good part of one.
  func stands(in text: String) -> Bool {
    let words = AddressWords.folded(text)
    guard AddressWords.isTelling(words) else { return false }
    return lines.contains { line in
      line == words
        || (words.utf8.count > line.utf8.count ? words.contains(line) : words.utf8.count * 2 >= line.utf8.count && line.contains(words))
    }
  }

  /// Whether a block is fed by a field of the address.
  static func isFed(by path: DataPath?) -> Bool {
    guard let text = path?.text else { return false }
    return text.hasPrefix("$.customer.address") || text.hasPrefix("$.customer.postal")
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace || $0.isPunctuation }.joined(separator: " ")
  }
}

extension Shape {
  /// A filled rectangle that is thinner than this is a line.
  private static let thinnest = Length.pt(2)

  /// What of it shows: where, and as what.
  fileprivate func ink(at: Point) -> [(ZoneInspection.Mark, Rect)] {
    var result: [(ZoneInspection.Mark, Rect)] = []
    let half = (stroke?.width ?? .zero) / 2
    switch outline {
    case .rectangle(let size, _):
      let box = Rect(origin: at, size: size)
      if let fill {
        let isLine = min(size.width, size.height) <= Shape.thinnest && fill != .white
        result.append((isLine ? .rule : .fill(fill), box))
      }
      guard stroke != nil else { break }
      let (width, height) = (size.width + half * 2, size.height + half * 2)
      for edge in [
        Rect(x: box.minX - half, y: box.minY - half, width: width, height: half * 2),
        Rect(x: box.minX - half, y: box.maxY - half, width: width, height: half * 2),
        Rect(x: box.minX - half, y: box.minY - half, width: half * 2, height: height),
        Rect(x: box.maxX - half, y: box.minY - half, width: half * 2, height: height),
      ] { result.append((.rule, edge)) }
    case .path:
      guard let bounds else { break }
      let box = Rect(
        x: at.x + bounds.minX - half, y: at.y + bounds.minY - half, width: bounds.size.width + half * 2,
        height: bounds.size.height + half * 2)
      if let fill { result.append((.fill(fill), box)) }
      if stroke != nil { result.append((.rule, box)) }
    }
    return result
  }
}

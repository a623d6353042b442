public import Geometry

/// What stands on a finished page, for figures about it: areas by meaning, and every run of text with its size, its colour and the colour
/// behind it.
public struct PageFacts {
  /// The meanings a run stands inside.
  public struct Surroundings: Hashable, Sendable {
    /// The landmarks around it, the outermost first.
    public internal(set) var landmarks: [Landmark] = []
    /// Whether it stands in a heading.
    public internal(set) var isInHeading = false
    /// What matter it is part of that is not read; `nil` for content.
    public internal(set) var artifact: Artifact?
    /// Whether a landmark of that name is around it.
    public func contains(_ landmark: Landmark) -> Bool { landmarks.contains(landmark) }
  }
  /// A run of text and what surrounds it.
  public struct Text {
    /// The shaped run.
    public var run: GlyphRun
    /// The ink.
    public var color: Color
    /// The left end of the baseline, on the page.
    public var at: Point
    /// What lies behind it: the fill under the middle of the run, white where there is none, or a watermark on that which it stands out from less.
    public var background: Color
    /// What it stands inside.
    public var within: Surroundings
    /// The WCAG 2 contrast of text and background.
    public var contrast: Double { Color.contrast(color, background) }
  }
  /// A tagged frame.
  public struct Area {
    /// Its meaning and where it comes from.
    public var tag: Tag
    /// Where it stands on the page.
    public var rect: Rect
  }

  /// All runs, in painting order.
  public private(set) var texts: [Text] = []
  /// Landmarks, headings and figures, in painting order; a broken one has an area on each of its pages.
  public private(set) var areas: [Area] = []

  /// Gathers the facts of a page. Complexity: O(items + runs × filled shapes).
  public init(page: Frame) {
    var grounds = Grounds()
    var stack: [Surroundings] = []
    FrameWalker.walk(page) { step in
      switch step {
      case .enter(let frame, let at):
        var within = stack.last ?? Surroundings()
        if let tag = frame.tag {
          var isListed = tag.landmark != nil
          if let landmark = tag.landmark { within.landmarks.append(landmark) }
          switch tag.role {
          case .heading: (isListed, within.isInHeading) = (true, true)
          case .figure: isListed = true
          case .artifact(let kind): within.artifact = within.artifact ?? kind
          default: break
          }
          if isListed { areas.append(Area(tag: tag, rect: Rect(origin: at, size: frame.size))) }
        }
        stack.append(within)
      case .leave: stack.removeLast()
      case .item(.run(let run, let color), let at):
        let within = stack.last ?? Surroundings()
        texts.append(Text(run: run, color: color, at: at, background: grounds.behind(run, color, at), within: within))
        if within.artifact == .watermark { grounds.add(mark: run, color, at) }
      case .item(.shape(let shape), let at):
        if let fill = shape.fill, case .rectangle(let size, _) = shape.outline { grounds.add(fill: fill, Rect(origin: at, size: size)) }
      case .item: break
      }
    }
  }

  /// The areas of one landmark.
  public func areas(of landmark: Landmark) -> [Area] { areas.filter { $0.tag.landmark == landmark } }

  /// The type size most glyphs have where `isCounted` says so of what is around them; `nil` on a page without any. The larger of two that tie.
  public func commonSize(where isCounted: (Surroundings) -> Bool) -> Length? {
    var counts: [Length: Int] = [:]
    for text in texts where isCounted(text.within) { counts[text.run.size, default: 0] += text.run.glyphs.count }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }
}

/// What lies behind words: fills, and the words of watermarks, in painting order.
private struct Grounds {
  private var all: [(rect: Rect, color: Color, isMark: Bool)] = []

  mutating func add(fill color: Color, _ rect: Rect) { all.append((rect, color, false)) }
  mutating func add(mark run: GlyphRun, _ color: Color, _ at: Point) { all.append((Grounds.box(run, at), color, true)) }

  /// The ground that words of a colour stand out from least.
  func behind(_ run: GlyphRun, _ color: Color, _ at: Point) -> Color {
    let middle = Point(x: at.x + run.advance / 2, y: at.y - run.size * 0.3)
    var worst: Color?
    for ground in all.reversed() {
      guard ground.isMark else {
        if ground.rect.contains(middle) { return Grounds.worse(worst, ground.color, of: color) }
        continue
      }
      if ground.rect.overlaps(Grounds.box(run, at)) { worst = Grounds.worse(worst, ground.color, of: color) }
    }
    return Grounds.worse(worst, .white, of: color)
  }

  private static func worse(_ a: Color?, _ b: Color, of ink: Color) -> Color {
    guard let a else { return b }
    return Color.contrast(ink, a) < Color.contrast(ink, b) ? a : b
  }

  /// What letters cover, from the height of capitals to the depth of descenders.
  private static func box(_ run: GlyphRun, _ at: Point) -> Rect {
    Rect(origin: Point(x: at.x, y: at.y - run.size * 0.75), size: Size(width: run.advance, height: run.size))
  }
}

extension Rect {
  fileprivate func contains(_ point: Point) -> Bool { point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY }
}

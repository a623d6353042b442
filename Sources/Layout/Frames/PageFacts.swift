public import Geometry

/// What stands on a finished page, for the figures that prove a notice prominent: areas by meaning, and every run of text with its size,
/// its colour and the colour behind it.
public struct PageFacts {
  /// Meanings a run stands inside.
  public struct Enclosure: OptionSet, Hashable, Sendable {
    /// One bit a meaning.
    public let rawValue: Int
    /// Makes a set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Inside the notice.
    public static let notice = Enclosure(rawValue: 1)
    /// Inside the notice's heading.
    public static let noticeHeading = Enclosure(rawValue: 2)
    /// Inside the terms.
    public static let terms = Enclosure(rawValue: 4)
    /// Inside a heading.
    public static let heading = Enclosure(rawValue: 8)
    /// Inside repeated or ornamental matter.
    public static let artifact = Enclosure(rawValue: 16)
    /// Inside the word across a specimen.
    public static let specimenMark = Enclosure(rawValue: 32)
  }
  /// A run of text and what surrounds it.
  public struct Text {
    /// The shaped run.
    public var run: GlyphRun
    /// The ink.
    public var color: Color
    /// The left end of the baseline, on the page.
    public var at: Point
    /// The fill under the middle of the run; white where there is none.
    public var background: Color
    /// What it stands inside.
    public var within: Enclosure
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
  /// Notice, notice heading, terms, headings and figures, in painting order; a broken one has an area on each of its pages.
  public private(set) var areas: [Area] = []

  /// Gathers the facts of a page. Complexity: O(items + runs × filled shapes).
  public init(page: Frame) {
    var fills: [(rect: Rect, color: Color)] = []
    var stack: [Enclosure] = []
    FrameWalker.walk(page) { step in
      switch step {
      case .enter(let frame, let at):
        var within = stack.last ?? []
        if let tag = frame.tag {
          let isListed: Bool
          switch tag.role {
          case .notice: (isListed, within) = (true, within.union(.notice))
          case .noticeHeading: (isListed, within) = (true, within.union([.noticeHeading, .heading]))
          case .terms: (isListed, within) = (true, within.union(.terms))
          case .heading: (isListed, within) = (true, within.union(.heading))
          case .figure: isListed = true
          case .artifact: (isListed, within) = (false, within.union(.artifact))
          case .specimenMark: (isListed, within) = (false, within.union(.specimenMark))
          default: isListed = false
          }
          if isListed { areas.append(Area(tag: tag, rect: Rect(origin: at, size: frame.size))) }
        }
        stack.append(within)
      case .leave: stack.removeLast()
      case .item(.run(let run, let color), let at):
        let middle = Point(x: at.x + run.advance / 2, y: at.y - run.size * 0.3)
        let background = fills.last { $0.rect.contains(middle) }?.color ?? .white
        texts.append(Text(run: run, color: color, at: at, background: background, within: stack.last ?? []))
      case .item(.shape(let shape), let at):
        if let fill = shape.fill, case .rectangle(let size, _) = shape.outline { fills.append((Rect(origin: at, size: size), fill)) }
      case .item: break
      }
    }
  }

  /// The areas of one meaning.
  public func areas(where matches: (Tag.Role) -> Bool) -> [Area] { areas.filter { matches($0.tag.role) } }

  /// The type size most glyphs outside `excluded` have; `nil` on a page without any. The larger of two that tie.
  public func commonSize(outside excluded: Enclosure) -> Length? {
    var counts: [Length: Int] = [:]
    for text in texts where text.within.isDisjoint(with: excluded) { counts[text.run.size, default: 0] += text.run.glyphs.count }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }
}

extension Rect {
  fileprivate func contains(_ point: Point) -> Bool { point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY }
}

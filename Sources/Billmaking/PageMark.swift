internal import Composition
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Typography

/// Grey words across each page: a layout's watermark, or its word for a specimen.
struct PageMark {
  /// The words as set, one below the other.
  private let lines: [Frame]
  private let height: Length

  /// A share of the page's width.
  private static let width = 0.86
  /// Light enough for black text on it to keep more than 10:1.
  private static let specimenColor = Color(red: 205, green: 205, blue: 205)
  /// Lighter than a specimen's: this page is for customers to read.
  private static let watermarkColor = Color(red: 222, green: 222, blue: 222)
  /// What is darker stands over the mark: light words on it would not be read on grey.
  private static let darkest = 0.4

  /// The mark of a bill's watermark and of a specimen, the watermark above; `nil` for neither.
  init?(watermark: String?, composer: BillComposer, specimen: String?, _ job: LayoutJob) {
    let size = job.template.paper.size
    var lines: [Frame] = []
    for (words, book, color) in [
      (watermark, composer.book, Self.watermarkColor), (specimen, job.stock.book(format: 0, language: 0), Self.specimenColor),
    ] {
      guard let words else { continue }
      var properties = book.root.text.properties
      properties.weight = 700
      properties.color = color
      if let line = Self.line(words, properties, size, job.setter) { lines.append(line) }
    }
    if lines.isEmpty { return nil }
    self.lines = lines
    height = lines.reduce(.zero) { $0 + $1.size.height }
  }

  /// The words in the size that makes them as wide as a mark is.
  private static func line(
    _ words: String, _ properties: TextStyle.Properties, _ page: Size, _ setter: TypographicSetter
  ) -> Frame? {
    func set(_ size: Length, _ width: Length) -> TextLine? {
      var properties = properties
      properties.size = size
      properties.lineHeight = size
      let style = TextStyle(properties)
      return setter.lines(of: TextContent(spans: [.text(words, style)], style: style), from: .start, width: width).first
    }
    let trialSize = Length.pt(100)
    guard let trial = set(trialSize, .pt(100_000)), trial.width > .zero,
      let line = set(trialSize * (page.width * width / trial.width), page.width)
    else { return nil }
    return Frame(
      size: Size(width: line.width, height: line.height), baseline: line.baseline, items: line.items, tag: Tag(.artifact(.watermark)))
  }

  /// The page with the mark over its tints and under its words, so that neither hides the other; under panels too dark for grey words between
  /// panel and text, and under codes.
  func laid(under page: Frame) -> Frame {
    var fills = Fills()
    var marked = fills.taken(from: page, at: .zero)
    var y = (page.size.height - height) / 2
    let mark = lines.map { line in
      defer { y = y + line.size.height }
      return PlacedItem(at: Point(x: (page.size.width - line.size.width) / 2, y: y), item: .frame(line))
    }
    marked.items = fills.below + mark + marked.items
    return marked
  }

  /// The fills of a page that a mark may lie on.
  private struct Fills {
    /// At their places on the page, in painting order.
    var below: [PlacedItem] = []
    /// Of those that stay above the mark; what is painted over them stays there, too.
    private var above: [Rect] = []

    /// The frame without its filled shapes, but for those that stay.
    mutating func taken(from frame: Frame, at origin: Point) -> Frame {
      var rest = frame
      rest.items = []
      let holdsCode = frame.items.contains { if case .symbol = $0.item { true } else { false } }
      for placed in frame.items {
        let point = origin + placed.at
        switch placed.item {
        case .frame(let inner): rest.items.append(PlacedItem(at: placed.at, item: .frame(taken(from: inner, at: point))))
        case .shape(let shape):
          guard let fill = shape.fill else {
            rest.items.append(placed)
            continue
          }
          let bounds = shape.bounds ?? Rect(origin: .zero, size: .zero)
          let rect = Rect(origin: point + bounds.origin, size: bounds.size)
          if holdsCode || fill.luminance < PageMark.darkest || above.contains(where: { $0.overlaps(rect) }) {
            above.append(rect)
            rest.items.append(placed)
          } else {
            below.append(PlacedItem(at: point, item: placed.item))
          }
        default: rest.items.append(placed)
        }
      }
      return rest
    }
  }
}

extension PageMark? {
  /// A page with the mark under its words; without a mark the page as it is.
  func laid(under page: Frame) -> Frame { self?.laid(under: page) ?? page }
}

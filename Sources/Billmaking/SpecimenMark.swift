internal import Composition
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Typography

/// The grey word across each page of a specimen.
enum SpecimenMark {
  /// A share of the page's width.
  private static let width = 0.86
  /// Light enough for black text on it to keep more than 10:1.
  private static let color = Color(red: 205, green: 205, blue: 205)

  /// The page with the layout's word for a specimen over its panels and under its words, so that neither hides the other.
  static func mark(_ page: Frame, language: String, _ job: LayoutJob) -> Frame {
    guard let word = job.template.strings.first(where: { $0.language == language })?.words("specimen") else { return page }
    var properties = job.stock.book(format: 0, language: 0).root.text.properties
    properties.weight = 700
    properties.color = color
    func line(_ size: Length, _ width: Length) -> TextLine? {
      properties.size = size
      properties.lineHeight = size
      let style = TextStyle(properties)
      return job.setter.lines(of: TextContent(spans: [.text(word, style)], style: style), from: .start, width: width).first
    }
    let trialSize = Length.pt(100)
    guard let trial = line(trialSize, .pt(100_000)), trial.width > .zero,
      let set = line(trialSize * (page.size.width * width / trial.width), page.size.width)
    else { return page }
    let mark = Frame(
      size: Size(width: set.width, height: set.height), baseline: set.baseline, items: set.items, tag: Tag(.artifact(.watermark)))
    let place = Point(x: (page.size.width - set.width) / 2, y: (page.size.height - set.height) / 2)
    var fills: [PlacedItem] = []
    var marked = withoutFills(page, at: .zero, &fills)
    marked.items = fills + [PlacedItem(at: place, item: .frame(mark))] + marked.items
    return marked
  }

  /// The frame without its filled shapes, which go to `fills` at their places on the page, in painting order.
  private static func withoutFills(_ frame: Frame, at origin: Point, _ fills: inout [PlacedItem]) -> Frame {
    var rest = frame
    rest.items = []
    for placed in frame.items {
      let point = origin + placed.at
      switch placed.item {
      case .frame(let inner): rest.items.append(PlacedItem(at: placed.at, item: .frame(withoutFills(inner, at: point, &fills))))
      case .shape(let shape) where shape.fill != nil: fills.append(PlacedItem(at: point, item: placed.item))
      default: rest.items.append(placed)
      }
    }
    return rest
  }
}

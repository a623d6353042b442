public import Geometry
public import Imaging
public import Layout

/// Pages as readable text, one line per drawing step, for goldens: a change of layout becomes a readable diff.
///
/// Coordinates are absolute, in points rounded to a thousandth. Runs are given with face, size, colour, advance and source text, not with
/// their glyphs: a new release of a font that keeps its widths changes nothing here. For digests use ``TraceRecorder``, which is fast and
/// complete.
public final class TraceCanvas: Canvas {
  private let fonts: any FontSource
  private let images: ImageTable
  private let showsMeaning: Bool
  private var depth = 0
  /// What has been painted, with a line end after each line.
  public private(set) var text = ""

  /// Makes a trace. With `showsMeaning` frames with a tag are shown too, and what is in them is indented.
  public init(fonts: any FontSource, images: ImageTable, showsMeaning: Bool = false) {
    (self.fonts, self.images, self.showsMeaning) = (fonts, images, showsMeaning)
  }

  /// Begins the next page.
  public func beginPage(size: Size) {
    depth = 0
    line("page \(pair(size))")
  }
  /// Ends the page; throws the first error met on it.
  public func endPage() throws(PaintingError) {}

  /// Draws a run; `origin` is the left end of its baseline.
  public func draw(_ run: GlyphRun, at origin: Point, color: Color) {
    line(
      "text \(pair(origin)) \(fonts.name(run.font)) \(number(run.size)) \(color.hex) \(number(run.advance))"
        + (run.isRightToLeft ? " rtl" : "") + (run.turn.map { " turned \($0.rawValue) " } ?? " ") + quoted(run.text))
  }

  /// Draws a shape; `origin` is its path's origin.
  public func draw(_ shape: Shape, at origin: Point) {
    var parts: [String] = []
    switch shape.outline {
    case .rectangle(let size, let radius):
      parts.append("rectangle \(pair(origin)) \(pair(size))" + (radius.points > 0 ? " radius \(number(radius))" : ""))
    case .path(let segments):
      parts.append("path \(pair(origin))")
      for segment in segments {
        switch segment {
        case .move(let p): parts.append("M \(pair(p))")
        case .line(let p): parts.append("L \(pair(p))")
        case .curve(let a, let b, let p): parts.append("C \(pair(a)) \(pair(b)) \(pair(p))")
        case .close: parts.append("Z")
        }
      }
    }
    if let fill = shape.fill { parts.append("fill \(fill.hex)") }
    if let stroke = shape.stroke {
      parts.append("stroke \(number(stroke.width)) \(stroke.color.hex)")
      if !stroke.dashes.isEmpty { parts.append("dashes " + stroke.dashes.map(number).joined(separator: " ")) }
    }
    line(parts.joined(separator: " "))
  }

  /// Draws an image with its top left at `origin`.
  public func draw(_ image: ImageItem, at origin: Point) {
    let turn = image.turn.map { " turned \($0.rawValue)" } ?? ""
    line("image \(pair(origin)) \(pair(image.size)) \(quoted(images.path(of: image.image)))\(turn)")
  }

  /// Draws a barcode with its top left at `origin`.
  public func draw(_ item: SymbolItem, at origin: Point) {
    let form =
      switch item.symbol.form {
      case .matrix(let columns, let rows, _): "\(columns)x\(rows) modules"
      case .bars(let bars, _): "\(bars.count) bars"
      }
    line("symbol \(pair(origin)) \(pair(item.size)) \(form) \(item.color.hex) \(quoted(item.symbol.text))")
  }

  /// Makes an area active.
  public func add(_ link: LinkArea, at origin: Point) { line("link \(pair(origin)) \(pair(link.size)) \(quoted(link.uri))") }

  /// Marks where a part begins that links lead to.
  public func mark(_ anchor: Landmark, at origin: Point) { line("anchor \(pair(origin)) \(quoted(anchor.rawValue))") }

  /// Enters a frame that has a meaning.
  public func enter(_ tag: Tag, frame: Rect) {
    guard showsMeaning, let name = name(of: tag) else { return }
    line("\(name) \(pair(frame.origin)) \(pair(frame.size))")
    depth += 1
  }
  /// Leaves the frame entered last.
  public func leave(_ tag: Tag) { if showsMeaning, name(of: tag) != nil { depth -= 1 } }

  private func line(_ content: String) { text += String(repeating: "  ", count: depth) + content + "\n" }
  private func pair(_ point: Point) -> String { number(point.x) + "," + number(point.y) }
  private func pair(_ size: Size) -> String { number(size.width) + "x" + number(size.height) }

  /// A landmark goes by its name, everything else by its role; `nil` for what is only of use to the document's structure.
  private func name(of tag: Tag) -> String? {
    if let landmark = tag.landmark { return landmark.rawValue }
    return switch tag.role {
    case .heading(let level): "heading-\(level)"
    case .paragraph: "paragraph"
    case .table: "table"
    case .tableRow: "table-row"
    case .cell(let place): place.scope == .column ? "header-cell" : "data-cell"
    case .listItem: "list-item"
    case .figure: "figure \(quoted(tag.description ?? ""))"
    case .listItemRest, .quote, .part, .strand: nil
    case .artifact(.watermark): "specimen-mark"
    case .artifact: "artifact"
    case .section: "section"
    case .group: "group"
    }
  }

  /// Points with at most three decimals, trailing zeros left out.
  private func number(_ length: Length) -> String {
    guard let thousandths = TraceRecorder.thousandths(length.points) else { return "?" }
    let (whole, part) = abs(thousandths).quotientAndRemainder(dividingBy: 1000)
    var decimals = String(part + 1000).dropFirst()
    while decimals.last == "0" { decimals = decimals.dropLast() }
    return (thousandths < 0 ? "-" : "") + String(whole) + (decimals.isEmpty ? "" : "." + decimals)
  }

  /// The text in quotation marks; quotation marks, backslashes and invisible characters are escaped.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _
      where scalar.value < 0x20 || scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .lineSeparator
        || scalar == "\u{A0}" || scalar == "\u{202F}":
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

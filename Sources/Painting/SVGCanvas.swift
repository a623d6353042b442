internal import Cairo
public import Geometry
public import Layout

/// One page as SVG, for the preview. Glyphs are symbols inside the file, so it stands alone; show it through an `<img>`, as the symbols' ids
/// collide when several pages are inlined into one document.
public final class SVGCanvas: Canvas {
  private let press: Press
  private var surface: SVGSurface?
  private var context: Context?
  private var brush: Brush?
  private var fault: PaintingError?

  /// Makes a canvas for one page.
  public init(press: Press) { self.press = press }

  /// Begins the next page.
  public func beginPage(size: Size) {
    do throws(CairoError) {
      let surface = try SVGSurface(size: size)
      let context = try Context(surface)
      context.setColor(.white)
      context.paint()
      let brush = Brush(press: press, context: context, medium: .outlines)
      brush.beginPage()
      (self.surface, self.context, self.brush) = (surface, context, brush)
    } catch {
      fault = .drawing(error)
    }
  }
  /// Draws a run; `origin` is the left end of its baseline.
  public func draw(_ run: GlyphRun, at origin: Point, color: Color) { brush?.draw(run, at: origin, color: color) }
  /// Draws a shape; `origin` is its path's origin.
  public func draw(_ shape: Shape, at origin: Point) { brush?.draw(shape, at: origin) }
  /// Draws an image with its top left at `origin`.
  public func draw(_ image: ImageItem, at origin: Point) { brush?.draw(image, at: origin) }
  /// Draws a barcode with its top left at `origin`.
  public func draw(_ symbol: SymbolItem, at origin: Point) { brush?.draw(symbol, at: origin) }
  /// Cairo's SVG has no links; the preview places its own over the picture.
  public func add(_ link: LinkArea, at origin: Point) {}

  /// Ends the page; throws the first error met on it.
  public func endPage() throws(PaintingError) {
    if let fault { throw fault }
    try brush?.endPage("page")
    context?.showPage()
  }

  /// Cairo numbers images and groups by a counter of the whole process; here they are numbered from 0 by their first mention, so that the same
  /// page gives the same file.
  private static func renumbered(_ svg: [UInt8]) -> [UInt8] {
    let marks = ["\"surface", "#surface", "\"image", "#image"].map { Array($0.utf8) }
    var numbers: [Int: Int] = [:]
    var result: [UInt8] = []
    result.reserveCapacity(svg.count)
    var position = 0
    while position < svg.count {
      let byte = svg[position]
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "#"),
        let mark = marks.first(where: { svg[position...].starts(with: $0) })
      else {
        result.append(byte)
        position += 1
        continue
      }
      result += mark
      position += mark.count
      var (number, digits) = (0, 0)
      while position < svg.count, svg[position] >= 0x30, svg[position] <= 0x39, digits < 12 {
        number = number * 10 + Int(svg[position] - 0x30)
        digits += 1
        position += 1
      }
      if digits > 0 {
        let new = numbers[number] ?? numbers.count
        numbers[number] = new
        result += String(new).utf8
      }
    }
    return result
  }

  /// The page as an SVG file. Ends the page: nothing can be drawn afterwards.
  ///
  /// - Throws: ``PaintingError``, where painting or writing has failed.
  public func svgBytes() throws(PaintingError) -> [UInt8] {
    guard let surface else { throw fault ?? .drawing(CairoError(code: .invalidSize, operation: "write SVG")) }
    do {
      try surface.finish()
    } catch {
      throw .drawing(error)
    }
    return SVGCanvas.renumbered(surface.takeBytes())
  }
}

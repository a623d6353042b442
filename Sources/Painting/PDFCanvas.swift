internal import Cairo
public import Geometry
public import Layout

/// A PDF, page after page. What cairo writes still wants finishing: see ``DocumentPainter``, which does both.
public final class PDFCanvas: Canvas {
  private let surface: PDFSurface
  private let context: Context
  private let brush: Brush
  /// How far the sheet that is painted on reaches beyond the page, on each side: its bleed, and room for crop marks.
  private let margin: Length
  private let marks: CropMarks?
  private var pageSize: Size
  private var page = 0
  /// Those marked already: in a file each may stand once.
  private var anchors: Set<Landmark> = []

  /// Begins a document.
  ///
  /// - Parameters:
  ///   - pageSize: Of the first page; each page sets its own.
  ///   - bleed: How far each page is painted beyond its size, on each side. Coordinates stay those of the page.
  ///   - marks: Whether crop marks are printed outside trim and bleed.
  ///   - write: Takes the bytes as they come; without it they are collected. The first error it throws ends the document.
  public init(
    pageSize: Size, bleed: Length = .zero, marks: Bool = false, metadata: DocumentMetadata, press: Press,
    write: ((UnsafeRawBufferPointer) throws -> Void)? = nil
  ) throws(PaintingError) {
    let cropMarks = marks ? CropMarks(bleed: bleed) : nil
    let margin = bleed + (cropMarks?.slug ?? .zero)
    (self.marks, self.margin, self.pageSize) = (cropMarks, margin, pageSize)
    do {
      surface = try PDFSurface(pageSize: PDFCanvas.sheet(pageSize, margin), metadata: metadata.forCairo, write: write)
      context = try Context(surface)
    } catch {
      throw .drawing(error)
    }
    // It holds for all pages.
    if margin > .zero { context.translate(margin.points, margin.points) }
    brush = Brush(press: press, context: context, medium: .vector)
  }

  /// What is painted of a page of that size.
  private static func sheet(_ size: Size, _ margin: Length) -> Size {
    Size(width: size.width + margin * 2, height: size.height + margin * 2)
  }

  /// Whether a picture stands on some page more than once.
  var repeatsPictures: Bool { brush.repeatsPictures }

  /// Begins the next page.
  public func beginPage(size: Size) {
    page += 1
    pageSize = size
    brush.beginPage()
    do { try surface.setPageSize(PDFCanvas.sheet(size, margin)) } catch { brush.keep(.drawing(error)) }
  }
  /// Draws a run; `origin` is the left end of its baseline.
  public func draw(_ run: GlyphRun, at origin: Point, color: Color) { brush.draw(run, at: origin, color: color) }
  /// Draws a shape; `origin` is its path's origin.
  public func draw(_ shape: Shape, at origin: Point) { brush.draw(shape, at: origin) }
  /// Draws an image with its top left at `origin`.
  public func draw(_ image: ImageItem, at origin: Point) { brush.draw(image, at: origin) }
  /// Draws a barcode with its top left at `origin`.
  public func draw(_ symbol: SymbolItem, at origin: Point) { brush.draw(symbol, at: origin) }
  /// Makes an area active.
  public func add(_ link: LinkArea, at origin: Point) { brush.add(link, at: onSurface(origin)) }
  /// Marks where a part begins that links lead to; the first of several of one name.
  public func mark(_ anchor: Landmark, at origin: Point) {
    if anchors.insert(anchor).inserted { brush.mark(anchor, at: onSurface(origin)) }
  }

  /// Cairo 1.16 takes the places of links and of what they lead to as they stand on the surface, whatever the transformation.
  private func onSurface(_ place: Point) -> Point { Point(x: place.x + margin, y: place.y + margin) }

  /// Ends the page; throws the first error met on it.
  public func endPage() throws(PaintingError) {
    let number = page
    for line in marks?.lines(of: pageSize) ?? [] { brush.draw(line.shape, at: line.origin) }
    // The sink's own error first: the context only knows that writing failed.
    do { try surface.checkStream("page \(number)") } catch { throw .drawing(error) }
    try brush.endPage("page \(number)")
    context.showPage()
    do {
      try surface.checkStream("end of page \(number)")
      try context.check("end of page \(number)")
    } catch {
      throw .drawing(error)
    }
  }

  /// Closes the document: its bytes, unless they went to a sink.
  ///
  /// - Throws: ``PaintingError``, where painting or writing has failed.
  public func finish() throws(PaintingError) -> [UInt8] {
    do {
      try surface.finish()
    } catch {
      throw .drawing(error)
    }
    return surface.takeBytes()
  }
}

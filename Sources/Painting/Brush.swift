internal import Cairo
internal import Geometry
internal import Imaging
internal import Layout

/// Draws a page's items on a cairo context: what the PDF, PNG and SVG canvases have in common.
///
/// Left-to-right runs are held back and joined with what follows as long as face, size and colour stay the same, on whatever baseline: each
/// call of `cairo_show_text_glyphs` costs as much as a dozen glyphs (a quarter of a bill's time), and the extracted text is the same.
/// Everything else is drawn at once, after what was held back.
final class Brush {
  /// What the marks end up as.
  enum Medium {
    /// Marks that keep their form, in a PDF.
    case vector
    /// Marks that keep their form, in a file whose reader smooths every image: codes must be outlines there.
    case outlines
    /// Pixels, so many to a point.
    case pixels(scale: Double)
  }

  private let press: Press
  private let context: Context
  private let medium: Medium
  private let scale: Double
  private(set) var fault: PaintingError?

  private var currentColor: Color?
  /// The pictures on the page so far.
  private var pictures: Set<Int> = []
  /// Whether a picture stands on some page more than once.
  private(set) var repeatsPictures = false
  // The runs held back.
  private let held: GlyphBuffer
  private var heldFont: FontID?
  private var heldSize = 0.0
  private var heldColor = Color.black
  private var heldIsBackward = false

  init(press: Press, context: Context, medium: Medium) {
    (self.press, self.context, self.medium) = (press, context, medium)
    held = press.scratch
    held.removeAll()
    if case .pixels(let scale) = medium { self.scale = scale } else { scale = 1 }
  }

  /// To be called at the start of each page: cairo begins it with its own colour.
  func beginPage() {
    currentColor = nil
    pictures.removeAll(keepingCapacity: true)
  }

  /// Draws what is held back; throws the page's first error.
  func endPage(_ operation: @autoclosure () -> String) throws(PaintingError) {
    flush()
    if let fault { throw fault }
    do { try context.check(operation()) } catch { throw .drawing(error) }
  }

  /// Keeps the first error, for the end of the page.
  func keep(_ error: PaintingError) { if fault == nil { fault = error } }

  private func use(_ color: Color) {
    guard color != currentColor else { return }
    context.setColor(color)
    currentColor = color
  }

  // MARK: Text

  func draw(_ run: GlyphRun, at origin: Point, color: Color) {
    guard !run.glyphs.isEmpty else { return }
    if let turn = run.turn { return draw(run, turned: turn, at: origin, color: color) }
    let continues = heldFont == run.font && heldSize == run.size.points && heldColor == color && !heldIsBackward && !run.isRightToLeft
    if !continues {
      flush()
      heldFont = run.font
      heldSize = run.size.points
      heldColor = color
      heldIsBackward = run.isRightToLeft
    }
    held.append(run, x: origin.x.points, y: origin.y.points)
  }

  /// Draws a run that does not run across the page.
  private func draw(_ run: GlyphRun, turned turn: QuarterTurn, at origin: Point, color: Color) {
    flush()
    (heldFont, heldSize, heldColor, heldIsBackward) = (run.font, run.size.points, color, run.isRightToLeft)
    held.append(run, x: 0, y: 0)
    context.withSavedState {
      let sine: Double = turn == .clockwise ? 1 : -1
      context.transform(0, sine, -sine, 0, origin.x.points, origin.y.points)
      flush()
    }
    // The colour went with the state.
    currentColor = nil
  }

  /// Draws the runs held back.
  func flush() {
    guard let font = heldFont else { return }
    heldFont = nil
    defer { held.removeAll() }
    do throws(PaintingError) {
      let scaledFont = try press.scaledFont(font, size: heldSize, scale: scale)
      use(heldColor)
      if case .pixels = medium {
        context.fillOutlines(glyphs: held.glyphs.buffer, font: scaledFont)
      } else {
        context.showText(
          held.text.buffer, glyphs: held.glyphs.buffer, clusters: held.clusters.buffer, isBackward: heldIsBackward, font: scaledFont)
      }
    } catch {
      keep(error)
    }
  }

  // MARK: Everything else

  func draw(_ shape: Shape, at origin: Point) {
    guard shape.fill != nil || shape.stroke != nil else { return }
    flush()
    trace(shape.outline, x: origin.x.points, y: origin.y.points)
    if let fill = shape.fill {
      use(fill)
      context.fill(keepsPath: shape.stroke != nil)
    }
    if let stroke = shape.stroke {
      use(stroke.color)
      context.setLineWidth(stroke.width.points)
      context.setDashes(stroke.dashes.map(\.points))
      context.stroke()
    }
  }

  private func trace(_ outline: Shape.Outline, x: Double, y: Double) {
    switch outline {
    case .rectangle(let size, let radius):
      if radius.points > 0 {
        context.roundedRectangle(x, y, size.width.points, size.height.points, radius: radius.points)
      } else {
        context.rectangle(x, y, size.width.points, size.height.points)
      }
    case .path(let segments):
      for segment in segments {
        switch segment {
        case .move(let p): context.move(to: x + p.x.points, y + p.y.points)
        case .line(let p): context.line(to: x + p.x.points, y + p.y.points)
        case .curve(let a, let b, let p):
          context.curve(
            x + a.x.points, y + a.y.points, x + b.x.points, y + b.y.points, to: x + p.x.points, y + p.y.points)
        case .close: context.closePath()
        }
      }
    }
  }

  func draw(_ item: SymbolItem, at origin: Point) {
    flush()
    use(item.color)
    let (x, y, width, height) = (origin.x.points, origin.y.points, item.size.width.points, item.size.height.points)
    switch item.symbol.form {
    case .matrix(let columns, let rows, let dark):
      guard case .vector = medium else { return fillModules(dark, columns: columns, rows: rows, x: x, y: y, width: width, height: height) }
      do {
        let stencil = try ImageSurface(stencil: dark, columns: columns, rows: rows)
        context.mask(stencil, x: x, y: y, width: width, height: height)
      } catch {
        keep(.drawing(error))
      }
    case .bars(let bars, let modules):
      guard modules > 0, !bars.isEmpty else { return }
      let module = width / modules
      for bar in bars {
        context.rectangle(x + bar.x * module, y + bar.top * height, bar.width * module, (bar.bottom - bar.top) * height)
      }
      context.fill()
    }
  }

  /// The dark modules as one path, so that no seam shows between neighbours however coarse the pixels are.
  private func fillModules(_ dark: [Bool], columns: Int, rows: Int, x: Double, y: Double, width: Double, height: Double) {
    guard columns > 0, rows > 0, dark.count == columns * rows else {
      return keep(.drawing(CairoError(code: .invalidSize, operation: "code")))
    }
    let (module, line) = (width / Double(columns), height / Double(rows))
    for row in 0..<rows {
      var column = 0
      while column < columns {
        let start = column
        while column < columns, dark[row * columns + column] { column += 1 }
        if column > start { context.rectangle(x + Double(start) * module, y + Double(row) * line, Double(column - start) * module, line) }
        column += 1
      }
    }
    context.fill()
  }

  func draw(_ item: ImageItem, at origin: Point) {
    flush()
    if !pictures.insert(item.image).inserted { repeatsPictures = true }
    let sampling: Context.Sampling = if case .pixels = medium { .smooth } else { .nearest }
    do {
      let isKnown: Bool
      switch item.turn {
      case nil: isKnown = try press.images.draw(item.image, in: Rect(origin: origin, size: item.size), on: context, sampling: sampling)
      case .some(let turn):
        isKnown = try context.withSavedState { () throws(CairoError) in
          // The corner that is the top left of the upright picture.
          let corner =
            turn == .clockwise ? Point(x: origin.x + item.size.width, y: origin.y) : Point(x: origin.x, y: origin.y + item.size.height)
          let sine: Double = turn == .clockwise ? 1 : -1
          context.transform(0, sine, -sine, 0, corner.x.points, corner.y.points)
          let upright = Size(width: item.size.height, height: item.size.width)
          return try press.images.draw(item.image, in: Rect(origin: .zero, size: upright), on: context, sampling: sampling)
        }
      }
      if !isKnown { keep(.unknownImage(item.image)) }
    } catch {
      keep(.imageFailed(path: press.images.path(of: item.image), reason: "\(error)"))
    }
    // The picture was the source; the colour must be set again.
    currentColor = nil
  }

  func add(_ link: LinkArea, at origin: Point) {
    flush()
    let area = Rect(origin: origin, size: link.size)
    context.withTag(link.anchor.map { .jump(to: $0.rawValue, area: area) } ?? .link(uri: link.uri, area: area)) {}
  }

  func mark(_ anchor: Landmark, at origin: Point) {
    flush()
    context.withTag(.destination(anchor.rawValue, at: origin)) {}
  }
}

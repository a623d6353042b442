internal import CCairo
public import Geometry

/// A pen on a surface. Coordinates are in points, y down from the top left.
///
/// Drawing calls do not throw: cairo keeps the first error, and a coordinate that is not a finite number in range is kept here and never
/// reaches cairo, which would take it in silence. ``check(_:)`` tells, at the end of each page.
public final class Context {
  /// The largest coordinate that is drawn, in points either way: cairo's own 24.8 fixed point numbers end at 8.3 million, and no page is
  /// 350 m long.
  ///
  /// - Stops: lengths that overflow the drawing library's fixed point numbers and print something else.
  public static let coordinateLimit = 1_000_000.0

  let raw: OpaquePointer
  private var fault: CairoError?

  /// Begins drawing on a surface. The surface stays alive as long as this context.
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public init(_ surface: Surface) throws(CairoError) {
    guard let context = cairo_create(surface.raw) else { throw CairoError(code: .noMemory, operation: "new context") }
    let status = cairo_status(context)
    if status != CAIRO_STATUS_SUCCESS { cairo_destroy(context) }
    try CairoError.check(status, "new context")
    raw = context
  }

  deinit { cairo_destroy(raw) }

  /// Whether a coordinate may be drawn: a number, finite, within ``coordinateLimit``.
  @inline(__always) static func isDrawable(_ value: Double) -> Bool { abs(value) <= coordinateLimit }

  /// Keeps the first faulty coordinate; false means: do not draw.
  @inline(__always) private func accept(_ a: Double, _ b: Double, _ operation: StaticString) -> Bool {
    if Context.isDrawable(a) && Context.isDrawable(b) { return true }
    refuse(operation)
    return false
  }

  func refuse(_ operation: StaticString) {
    if fault == nil { fault = CairoError(code: .coordinateOutOfRange, operation: "\(operation)") }
  }

  /// Throws the first error met since the context was made.
  public func check(_ operation: @autoclosure () -> String) throws(CairoError) {
    if let fault { throw CairoError(code: fault.code, operation: operation() + ", " + fault.operation) }
    try CairoError.check(cairo_status(raw), operation())
  }

  /// Ends the page.
  public func showPage() { cairo_show_page(raw) }

  /// Runs `body` between saving and restoring colour, line style, clip and transformation.
  public func withSavedState<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    cairo_save(raw)
    defer { cairo_restore(raw) }
    return try body()
  }

  /// Sets the colour that fills, strokes, text and masks are painted with.
  public func setColor(_ color: Color) {
    cairo_set_source_rgb(raw, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
  }

  // MARK: Transformations

  /// Moves the origin.
  public func translate(_ x: Double, _ y: Double) { if accept(x, y, "translate") { cairo_translate(raw, x, y) } }
  /// Scales both axes; neither factor may be zero.
  public func scale(_ x: Double, _ y: Double) { if accept(x, y, "scale") { cairo_scale(raw, x, y) } }
  /// Puts the map x' = a·x + c·y + e, y' = b·x + d·y + f before the present one.
  public func transform(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double) {
    guard accept(a, b, "transform"), accept(c, d, "transform"), accept(e, f, "transform") else { return }
    var matrix = cairo_matrix_t(xx: a, yx: b, xy: c, yy: d, x0: e, y0: f)
    cairo_transform(raw, &matrix)
  }

  // MARK: Paths

  /// Begins a subpath.
  public func move(to x: Double, _ y: Double) { if accept(x, y, "move") { cairo_move_to(raw, x, y) } }
  /// Adds a straight line.
  public func line(to x: Double, _ y: Double) { if accept(x, y, "line") { cairo_line_to(raw, x, y) } }
  /// Adds a cubic Bézier curve.
  public func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, to x3: Double, _ y3: Double) {
    if accept(x1, y1, "curve"), accept(x2, y2, "curve"), accept(x3, y3, "curve") { cairo_curve_to(raw, x1, y1, x2, y2, x3, y3) }
  }
  /// Closes the subpath.
  public func closePath() { cairo_close_path(raw) }
  /// Adds a closed rectangle.
  public func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    if accept(x, y, "rectangle"), accept(width, height, "rectangle") { cairo_rectangle(raw, x, y, width, height) }
  }

  /// Adds a closed rectangle with round corners; the radius is cut to half the shorter side.
  public func roundedRectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double) {
    guard accept(x, y, "rectangle"), accept(width, height, "rectangle"), accept(radius, 0, "rectangle") else { return }
    let radius = min(radius, abs(width) / 2, abs(height) / 2)
    guard radius > 0 else { return cairo_rectangle(raw, x, y, width, height) }
    // The control points that bring a cubic curve nearest to a quarter circle.
    let reach = radius * 0.5522847498307936
    let (right, bottom) = (x + width, y + height)
    cairo_new_sub_path(raw)
    cairo_move_to(raw, right - radius, y)
    cairo_curve_to(raw, right - radius + reach, y, right, y + radius - reach, right, y + radius)
    cairo_line_to(raw, right, bottom - radius)
    cairo_curve_to(raw, right, bottom - radius + reach, right - radius + reach, bottom, right - radius, bottom)
    cairo_line_to(raw, x + radius, bottom)
    cairo_curve_to(raw, x + radius - reach, bottom, x, bottom - radius + reach, x, bottom - radius)
    cairo_line_to(raw, x, y + radius)
    cairo_curve_to(raw, x, y + radius - reach, x + radius - reach, y, x + radius, y)
    cairo_close_path(raw)
  }

  /// Fills the path, keeping it when `keepsPath`.
  public func fill(keepsPath: Bool = false) { if keepsPath { cairo_fill_preserve(raw) } else { cairo_fill(raw) } }
  /// Strokes the path and drops it.
  public func stroke() { cairo_stroke(raw) }
  /// Cuts everything after to the path, until the saved state comes back.
  public func clip() { cairo_clip(raw) }
  /// Sets the line width.
  public func setLineWidth(_ width: Double) { if accept(width, 0, "line width") { cairo_set_line_width(raw, width) } }
  /// Sets alternating on and off lengths; empty for a solid line. Negative lengths, or none above zero, are an error of the page.
  public func setDashes(_ dashes: [Double]) {
    for dash in dashes where !Context.isDrawable(dash) { return refuse("dash") }
    cairo_set_dash(raw, dashes, Int32(dashes.count), 0)
  }
  /// Fills the whole surface with the colour.
  public func paint() { cairo_paint(raw) }

  // MARK: Pictures

  /// How pixels are sampled when a picture is enlarged or reduced.
  public enum Sampling: Sendable {
    /// The nearest pixel. In a PDF: the image as it is, without `/Interpolate`, which PDF/A forbids.
    case nearest
    /// Smoothed, for output in pixels.
    case smooth
    var raw: cairo_filter_t { self == .nearest ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD }
  }

  /// Paints a surface with its top left at the origin, one of its units to a unit.
  public func paint(_ surface: Surface, sampling: Sampling) {
    cairo_set_source_surface(raw, surface.raw, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(raw), sampling.raw)
    if sampling == .smooth, let image = surface as? ImageSurface {
      // Smoothing takes in what lies beyond the edge: more of the edge, not clear pixels.
      cairo_pattern_set_extend(cairo_get_source(raw), CAIRO_EXTEND_PAD)
      cairo_rectangle(raw, 0, 0, Double(image.width), Double(image.height))
      cairo_fill(raw)
    } else {
      cairo_paint(raw)
    }
  }

  /// Paints the current colour through a stencil stretched over a rectangle.
  public func mask(_ stencil: ImageSurface, x: Double, y: Double, width: Double, height: Double) {
    guard accept(x, y, "stencil"), accept(width, height, "stencil"), width > 0, height > 0 else { return }
    guard let pattern = cairo_pattern_create_for_surface(stencil.raw) else { return }
    let (across, down) = (Double(stencil.width) / width, Double(stencil.height) / height)
    var matrix = cairo_matrix_t(xx: across, yx: 0, xy: 0, yy: down, x0: -x * across, y0: -y * down)
    cairo_pattern_set_matrix(pattern, &matrix)
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
    cairo_mask(raw, pattern)
    cairo_pattern_destroy(pattern)
  }

  /// The address of the cairo context, for another C library to draw with.
  package func withUnsafeContext<R, E: Error>(_ body: (UnsafeMutableRawPointer) throws(E) -> R) throws(E) -> R {
    try body(UnsafeMutableRawPointer(raw))
  }
}

internal import CCairo
public import Geometry

/// Something that can be drawn on, or drawn with. Owns one reference to a cairo surface. Not `Sendable`: it stays with the task that made
/// it.
public class Surface {
  let raw: OpaquePointer

  /// Takes over the caller's reference; throws (and lets go of it) when cairo made an error surface.
  init(takingOwnership surface: OpaquePointer?, _ operation: String) throws(CairoError) {
    guard let surface else { throw CairoError(code: .noMemory, operation: operation) }
    do {
      try CairoError.check(cairo_surface_status(surface), operation)
    } catch {
      cairo_surface_destroy(surface)
      throw error
    }
    raw = surface
  }

  deinit { cairo_surface_destroy(raw) }

  /// Throws the surface's sticky error, if it has one.
  public func check(_ operation: @autoclosure () -> String) throws(CairoError) {
    try CairoError.check(cairo_surface_status(raw), operation())
  }
}

/// A surface that sends its bytes to a sink while it is drawn on.
public class StreamSurface: Surface {
  let sink: StreamSink

  /// `make` is given the sink's address for cairo's closure argument.
  init(sink: StreamSink, _ operation: String, make: (UnsafeMutableRawPointer) -> OpaquePointer?) throws(CairoError) {
    self.sink = sink
    let retained = Unmanaged.passRetained(sink)
    do {
      try super.init(takingOwnership: make(retained.toOpaque()), operation)
    } catch {
      retained.release()
      throw error
    }
    // From here on cairo lets go of the sink when the last reference to the surface is gone, wherever that reference is held.
    if cairo_surface_set_user_data(raw, UserDataKey.sink, retained.toOpaque(), releaseUserData) != CAIRO_STATUS_SUCCESS {
      throw CairoError(code: .noMemory, operation: operation)
    }
  }

  /// Writes what is left and closes the stream. Nothing can be drawn afterwards.
  ///
  /// - Throws: The sticky error of anything drawn before; ``CairoError/cause`` tells what the sink threw first.
  public func finish() throws(CairoError) {
    cairo_surface_finish(raw)
    try checkStream("finish")
  }

  /// Like ``Surface/check(_:)``, and names the sink's first error.
  ///
  /// - Throws: ``CairoError``, once the sink or cairo has failed.
  public func checkStream(_ operation: @autoclosure () -> String) throws(CairoError) {
    let status = cairo_surface_status(raw)
    if let error = sink.firstError { throw CairoError(code: .writeError, operation: operation(), cause: "\(error)") }
    try CairoError.check(status, operation())
  }

  /// The bytes collected so far, when the surface was made without a closure. They are handed over: a second call gives nothing.
  public func takeBytes() -> [UInt8] {
    let bytes = sink.bytes
    sink.bytes = []
    return bytes
  }
}

/// The metadata of a PDF, UTF-8 text; empty entries are left out.
public struct PDFMetadata: Hashable, Sendable {
  /// Shown in the title bar of readers.
  public var title = ""
  /// Who sends the document.
  public var author = ""
  /// What it is about.
  public var subject = ""
  /// Words to find it by.
  public var keywords = ""
  /// The program that made it.
  public var creator = ""
  /// The creation date as ISO 8601, such as `2026-11-23T00:00:00Z`. Never left empty: cairo would write the time of day.
  public var created: String
  /// Makes metadata with nothing but the date.
  public init(created: String) { self.created = created }
}

/// A PDF document, streamed page by page.
public final class PDFSurface: StreamSurface {
  /// Makes a document whose first page has that size; its bytes go to `write` as they come, or are collected for
  /// ``StreamSurface/takeBytes()``.
  ///
  /// PDF 1.5 is asked for: it has all that is used here, and every consumer reads it.
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public init(pageSize: Size, metadata: PDFMetadata, write: ((UnsafeRawBufferPointer) throws -> Void)? = nil) throws(CairoError) {
    guard Context.isDrawable(pageSize.width.points), Context.isDrawable(pageSize.height.points) else {
      throw CairoError(code: .coordinateOutOfRange, operation: "page size")
    }
    try super.init(sink: StreamSink(write), "new PDF") { closure in
      cairo_pdf_surface_create_for_stream(StreamSink.callback, closure, pageSize.width.points, pageSize.height.points)
    }
    cairo_pdf_surface_restrict_to_version(raw, CAIRO_PDF_VERSION_1_5)
    set(CAIRO_PDF_METADATA_TITLE, metadata.title)
    set(CAIRO_PDF_METADATA_AUTHOR, metadata.author)
    set(CAIRO_PDF_METADATA_SUBJECT, metadata.subject)
    set(CAIRO_PDF_METADATA_KEYWORDS, metadata.keywords)
    set(CAIRO_PDF_METADATA_CREATOR, metadata.creator)
    set(CAIRO_PDF_METADATA_CREATE_DATE, metadata.created)
    try check("PDF metadata")
  }

  private func set(_ entry: cairo_pdf_metadata_t, _ text: String) {
    if !text.isEmpty { cairo_pdf_surface_set_metadata(raw, entry, text) }
  }

  /// Sets the size of the page that comes next (before anything is drawn on it).
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public func setPageSize(_ size: Size) throws(CairoError) {
    guard Context.isDrawable(size.width.points), Context.isDrawable(size.height.points) else {
      throw CairoError(code: .coordinateOutOfRange, operation: "page size")
    }
    cairo_pdf_surface_set_size(raw, size.width.points, size.height.points)
  }
}

/// One page as SVG.
public final class SVGSurface: StreamSurface {
  /// Makes a page of that size; lengths in the file are in points.
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public init(size: Size, write: ((UnsafeRawBufferPointer) throws -> Void)? = nil) throws(CairoError) {
    guard Context.isDrawable(size.width.points), Context.isDrawable(size.height.points) else {
      throw CairoError(code: .coordinateOutOfRange, operation: "page size")
    }
    try super.init(sink: StreamSink(write), "new SVG") { closure in
      cairo_svg_surface_create_for_stream(StreamSink.callback, closure, size.width.points, size.height.points)
    }
    cairo_svg_surface_restrict_to_version(raw, CAIRO_SVG_VERSION_1_1)
  }
}

/// Drawing kept as drawing, to be painted any number of times; in a PDF it is written once.
public final class RecordingSurface: Surface {
  /// The size of what is recorded; drawing outside it is cut off.
  public let size: Size

  /// Makes an empty recording of that size.
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public init(size: Size) throws(CairoError) {
    guard Context.isDrawable(size.width.points), Context.isDrawable(size.height.points) else {
      throw CairoError(code: .coordinateOutOfRange, operation: "recording size")
    }
    self.size = size
    var extents = cairo_rectangle_t(x: 0, y: 0, width: size.width.points, height: size.height.points)
    try super.init(takingOwnership: cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents), "new recording")
  }
}

internal import CRsvg
internal import Cairo
internal import Diagnostics
internal import Geometry

/// An SVG drawing without text, filters, scripts or anything from outside: it stays vectors, and looks the same wherever it is drawn.
///
/// It is interpreted once, when it is loaded; every document replays the recording. Replaying decides anew how each step is written, so the
/// bytes of a document do not depend on the ones before (tested).
final class SVGPicture: Picture {
  let pixelSize: (width: Double, height: Double)
  private let recording: RecordingSurface

  init(path: String, bytes: [UInt8]) throws(DiagnosticList) {
    guard bytes.count <= ImageLimits.svgBytes else {
      throw DiagnosticList(
        "image-too-large", "image '\(path)' has \(bytes.count) bytes; expected at most \(ImageLimits.svgBytes) for an SVG")
    }
    try SVGGate.check(path: path, bytes: bytes)
    var fault = "not an SVG document"
    let opened = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> OpaquePointer? in
      guard let base = buffer.baseAddress else { return nil }
      base.initialize(repeating: 0, count: 256)
      let document = billfold_svg_open(bytes, bytes.count, base, 256)
      if document == nil { fault = String(cString: base) }
      return document
    }
    guard let document = opened else { throw DiagnosticList("image-unreadable", "image '\(path)' cannot be read: \(fault)") }
    defer { billfold_svg_close(document) }
    var (width, height) = (0.0, 0.0)
    guard billfold_svg_size(document, &width, &height) != 0, width > 0, height > 0 else {
      throw DiagnosticList("image-unreadable", "image '\(path)' states no size; expected 'width' and 'height' or a 'viewBox'")
    }
    guard width <= ImageLimits.svgSide, height <= ImageLimits.svgSide else {
      throw DiagnosticList("image-too-large", "image '\(path)' is \(width) x \(height) px; expected at most \(ImageLimits.svgSide) a side")
    }
    pixelSize = (width, height)
    do {
      recording = try RecordingSurface(size: Size(width: Length(width), height: Length(height)))
      let context = try Context(recording)
      let isDrawn = context.withUnsafeContext { billfold_svg_render(document, $0, width, height) != 0 }
      guard isDrawn else { throw DiagnosticList("image-unreadable", "image '\(path)' cannot be drawn: it is too deep or refers to itself") }
      try context.check("draw SVG")
    } catch let error as DiagnosticList {
      throw error
    } catch {
      throw DiagnosticList("image-unreadable", "image '\(path)' cannot be drawn: \(error)")
    }
  }

  func draw(width: Double, height: Double, on context: Context, sampling: Context.Sampling) throws(CairoError) {
    context.scale(width / pixelSize.width, height / pixelSize.height)
    context.paint(recording, sampling: sampling)
  }
}

internal import CCairo
internal import CPNG

/// Pixels in memory.
public final class ImageSurface: Surface {
  /// How a pixel is kept.
  public enum Format: Sendable {
    /// 32 bits, alpha in the top byte, colours multiplied by it, in the machine's byte order.
    case argb
    /// 32 bits, top byte unused.
    case rgb
    /// One bit: a stencil.
    case bit

    var raw: cairo_format_t {
      switch self {
      case .argb: CAIRO_FORMAT_ARGB32
      case .rgb: CAIRO_FORMAT_RGB24
      case .bit: CAIRO_FORMAT_A1
      }
    }
  }

  /// The widest and highest image cairo makes, in pixels.
  ///
  /// - Stops: a paper so large that the library has no picture for it.
  public static let sideLimit = 32_767

  /// In pixels.
  public let width: Int
  /// In pixels.
  public let height: Int

  /// Makes an image of clear (or black) pixels. Memory that is never touched costs nothing.
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public init(width: Int, height: Int, format: Format) throws(CairoError) {
    guard (1...ImageSurface.sideLimit).contains(width), (1...ImageSurface.sideLimit).contains(height) else {
      throw CairoError(code: .invalidSize, operation: "new image")
    }
    (self.width, self.height) = (width, height)
    try super.init(takingOwnership: cairo_image_surface_create(format.raw, Int32(width), Int32(height)), "new image")
  }

  /// Decodes a PNG. The caller has bounded its size: width and height stand in bytes 16…23.
  ///
  /// - Throws: ``CairoError`` for what is no PNG, or one that is damaged.
  public init(png: [UInt8]) throws(CairoError) {
    var reader = Reader(bytes: png, position: 0)
    let surface = withUnsafeMutablePointer(to: &reader) { pointer in
      cairo_image_surface_create_from_png_stream(
        { closure, target, length in
          guard let closure, let target else { return CAIRO_STATUS_READ_ERROR }
          return closure.assumingMemoryBound(to: Reader.self).pointee.read(into: target, count: Int(length))
        }, pointer)
    }
    (width, height) = surface.map { (Int(cairo_image_surface_get_width($0)), Int(cairo_image_surface_get_height($0))) } ?? (0, 0)
    try super.init(takingOwnership: surface, "read PNG")
  }

  private struct Reader {
    let bytes: [UInt8]
    var position: Int
    mutating func read(into target: UnsafeMutablePointer<UInt8>, count: Int) -> cairo_status_t {
      guard count <= bytes.count - position else { return CAIRO_STATUS_READ_ERROR }
      bytes.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { target.update(from: base + position, count: count) }
      }
      position += count
      return CAIRO_STATUS_SUCCESS
    }
  }

  /// Attaches the JPEG stream that the pixels stand for: a PDF or SVG then carries the stream itself and never looks at the pixels.
  ///
  /// - Parameter id: Tells equal streams on different surfaces apart from others; one stream is written once per document.
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public func attachJPEG(_ bytes: [UInt8], id: String) throws(CairoError) {
    func attach(_ type: String, _ content: [UInt8]) throws(CairoError) {
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, content.count))
      copy.initialize(from: content, count: content.count)
      let status = cairo_surface_set_mime_data(
        raw, type, copy, UInt(content.count), { pointer in pointer?.assumingMemoryBound(to: UInt8.self).deallocate() }, copy)
      if status != CAIRO_STATUS_SUCCESS { copy.deallocate() }
      try CairoError.check(status, "attach \(type)")
    }
    try attach(CAIRO_MIME_TYPE_JPEG, bytes)
    try attach(CAIRO_MIME_TYPE_UNIQUE_ID, Array(id.utf8))
  }

  /// Gives the pixels to read or write: all rows and the bytes from one row to the next.
  public func withPixels<R>(_ body: (_ rows: UnsafeMutableRawBufferPointer, _ stride: Int) -> R) -> R {
    cairo_surface_flush(raw)
    let stride = Int(cairo_image_surface_get_stride(raw))
    let result = body(UnsafeMutableRawBufferPointer(start: cairo_image_surface_get_data(raw), count: stride * height), stride)
    cairo_surface_mark_dirty(raw)
    return result
  }

  /// The image as a PNG file.
  ///
  /// - Throws: ``CairoError``, where memory or the encoder refuses.
  public func pngBytes() throws(CairoError) -> [UInt8] {
    let sink = StreamSink(nil)
    let status = cairo_surface_write_to_png_stream(raw, StreamSink.callback, Unmanaged.passUnretained(sink).toOpaque())
    try CairoError.check(status, "write PNG")
    return sink.bytes
  }

  /// The image as a PNG file made for speed: about a fifth of the time of ``pngBytes()`` for a third more bytes. Of clear pixels the colour is lost.
  ///
  /// - Throws: ``CairoError``, where memory or the encoder refuses.
  public func quickPNGBytes() throws(CairoError) -> [UInt8] {
    let failure = CairoError(code: .pngError, operation: "write PNG")
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    (image.width, image.height) = (png_uint_32(width), png_uint_32(height))
    image.format = ImageSurface.threeBytes
    image.flags = ImageSurface.fastWriting
    let rows = packedRows()
    // No page of text comes out larger than its pixels; where one should, libpng says how much room it wants.
    var count = png_alloc_size_t(rows.count + 4096)
    for _ in 0..<2 {
      var isWritten = false
      let room = Int(count)
      let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        isWritten = rows.withUnsafeBytes { png_image_write_to_memory(&image, buffer.baseAddress, &count, 0, $0.baseAddress, 0, nil) } != 0
        filled = isWritten ? min(room, Int(count)) : 0
      }
      if isWritten { return bytes }
      // Not written although there was room enough: something else is wrong.
      guard Int(count) > room else { throw failure }
    }
    throw failure
  }

  /// `PNG_FORMAT_RGB`, a macro Swift does not see.
  private static let threeBytes: png_uint_32 = 2
  /// `PNG_IMAGE_FLAG_FAST`: a low level of compression and no filters.
  private static let fastWriting: png_uint_32 = 2

  /// The pixels as red, green and blue bytes without gaps.
  private func packedRows() -> [UInt8] {
    withPixels { source, stride in
      [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, filled in
        guard let to = target.baseAddress else { return }
        var next = to
        for row in 0..<height {
          guard let pixels = source.baseAddress?.advanced(by: row * stride).assumingMemoryBound(to: UInt32.self) else { return }
          for column in 0..<width {
            let pixel = pixels[column]
            next[0] = UInt8(truncatingIfNeeded: pixel >> 16)
            next[1] = UInt8(truncatingIfNeeded: pixel >> 8)
            next[2] = UInt8(truncatingIfNeeded: pixel)
            next += 3
          }
        }
        filled = next - to
      }
    }
  }
}

extension ImageSurface {
  /// A stencil of one pixel per module, dark where `dark` is true, row by row; `dark.count == columns * rows`.
  ///
  /// Painted as a mask with nearest-pixel sampling it is sharp at any size, and in a PDF it is a 1-bit stencil.
  ///
  /// - Throws: ``CairoError``, where cairo refuses, mostly for want of memory.
  public convenience init(stencil dark: [Bool], columns: Int, rows: Int) throws(CairoError) {
    try self.init(width: columns, height: rows, format: .bit)
    guard dark.count == columns * rows else { throw CairoError(code: .invalidSize, operation: "new stencil") }
    withPixels { bytes, stride in
      for row in 0..<rows {
        for column in 0..<columns where dark[row * columns + column] {
          // A1 packs the first pixel into the lowest bit of a 32-bit word, in the machine's byte order.
          #if _endian(little)
            bytes[row * stride + column / 8] |= 1 << UInt8(column % 8)
          #else
            bytes[row * stride + column / 8] |= 128 >> UInt8(column % 8)
          #endif
        }
      }
    }
  }
}

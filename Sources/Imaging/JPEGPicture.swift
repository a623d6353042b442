internal import CJPEG
internal import Cairo
internal import Diagnostics

/// A JPEG. Grey and colour ones go into a PDF as the stream they are; CMYK ones are turned into RGB, since everything in our PDFs is RGB.
final class JPEGPicture: Picture {
  private let path: String
  private let bytes: [UInt8]
  private let width: Int
  private let height: Int
  private let orientation: Orientation
  private let isPlain: Bool
  /// For documents: the stream with a surface of its size; or the decoded pixels where the stream will not do.
  private let carrier: ImageSurface
  /// For output in pixels, decoded when it is first wanted.
  private var pixels: ImageSurface?

  init(path: String, bytes: [UInt8]) throws(DiagnosticList) {
    var header = billfold_jpeg_header()
    if let fault = JPEGPicture.message({ billfold_jpeg_read_header(bytes, bytes.count, &header, $0, $1) }) {
      throw DiagnosticList("image-unreadable", "image '\(path)' is not a whole JPEG file: \(fault)")
    }
    (width, height) = (Int(header.width), Int(header.height))
    try checkPixels(path: path, width: width, height: height)
    guard [1, 3, 4].contains(header.components) else {
      throw DiagnosticList("image-unreadable", "image '\(path)' has \(header.components) colour components; expected 1, 3 or 4")
    }
    self.path = path
    let segments = JPEGSegments(bytes)
    orientation = segments.orientation
    isPlain = header.components != 4
    do {
      if isPlain {
        // Once through the decoder, or a file cut off half-way would show in every bill.
        if let fault = JPEGPicture.message({
          billfold_jpeg_decode(bytes, bytes.count, nil, 0, Int32(ImageLimits.jpegScans), $0, $1)
        }) {
          throw DiagnosticList("image-unreadable", "image '\(path)' is not a whole JPEG file: \(fault)")
        }
        self.bytes = segments.withoutMetadata
        // Its pixels are never looked at, so never touched, so they take no memory.
        carrier = try ImageSurface(width: width, height: height, format: .rgb)
        try carrier.attachJPEG(self.bytes, id: path)
      } else {
        self.bytes = bytes
        carrier = try JPEGPicture.decode(bytes, path: path, width: width, height: height)
      }
    } catch let error as DiagnosticList {
      throw error
    } catch {
      throw DiagnosticList("image-unreadable", "image '\(path)' could not be prepared: \(error)")
    }
  }

  var pixelSize: (width: Double, height: Double) {
    orientation.isTurned ? (Double(height), Double(width)) : (Double(width), Double(height))
  }

  func draw(width shownWidth: Double, height shownHeight: Double, on context: Context, sampling: Context.Sampling) throws(CairoError) {
    context.scale(shownWidth, shownHeight)
    orientation.apply(to: context)
    context.scale(1 / Double(width), 1 / Double(height))
    context.paint(sampling == .smooth ? try decoded() : carrier, sampling: sampling)
  }

  private func decoded() throws(CairoError) -> ImageSurface {
    if !isPlain { return carrier }
    if let pixels { return pixels }
    do {
      let made = try JPEGPicture.decode(bytes, path: path, width: width, height: height)
      pixels = made
      return made
    } catch let error as CairoError {
      throw error
    } catch {
      throw CairoError(code: .noMemory, operation: "decode JPEG")
    }
  }

  private static func decode(_ bytes: [UInt8], path: String, width: Int, height: Int) throws -> ImageSurface {
    let surface = try ImageSurface(width: width, height: height, format: .rgb)
    let fault = surface.withPixels { rows, stride in
      message { billfold_jpeg_decode(bytes, bytes.count, rows.baseAddress, stride, Int32(ImageLimits.jpegScans), $0, $1) }
    }
    if let fault { throw DiagnosticList("image-unreadable", "image '\(path)' is not a whole JPEG file: \(fault)") }
    return surface
  }

  /// The message of a call that failed.
  private static func message(_ call: (UnsafeMutablePointer<CChar>, Int) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress else { return "out of memory" }
      base.initialize(repeating: 0, count: 256)
      return call(base, 256) != 0 ? nil : String(cString: base)
    }
  }
}

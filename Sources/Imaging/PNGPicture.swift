internal import Cairo
internal import Diagnostics

/// A PNG, decoded. Cairo packs its pixels anew for every document, which takes 15 to 25 ms a megapixel: logos are better drawn as SVG,
/// photographs better kept as JPEG.
final class PNGPicture: Picture {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private let surface: ImageSurface

  init(path: String, bytes: [UInt8]) throws(DiagnosticList) {
    // The header comes first, always: length, `IHDR`, width, height.
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw DiagnosticList("image-unreadable", "image '\(path)' is not a whole PNG file: it has no header")
    }
    func number(_ start: Int) -> Int { bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
    try checkPixels(path: path, width: number(16), height: number(20))
    do {
      surface = try ImageSurface(png: bytes)
    } catch {
      throw DiagnosticList("image-unreadable", "image '\(path)' is not a whole PNG file: \(error)")
    }
  }

  var pixelSize: (width: Double, height: Double) { (Double(surface.width), Double(surface.height)) }

  func draw(width: Double, height: Double, on context: Context, sampling: Context.Sampling) throws(CairoError) {
    context.scale(width / Double(surface.width), height / Double(surface.height))
    context.paint(surface, sampling: sampling)
  }
}

/// Throws unless the image has pixels, and not too many.
func checkPixels(path: String, width: Int, height: Int) throws(DiagnosticList) {
  guard width > 0, height > 0 else { throw DiagnosticList("image-unreadable", "image '\(path)' has no pixels") }
  let side = ImageSurface.sideLimit
  guard width <= side, height <= side, width * height <= ImageLimits.pixels else {
    throw DiagnosticList(
      "image-too-large",
      "image '\(path)' has \(width) x \(height) pixels; expected at most \(side) a side and \(ImageLimits.pixels) in all")
  }
}

package import Cairo
public import Diagnostics
public import Geometry

/// The images of a layout: read, checked and bounded once, then drawn by their number.
///
/// Not `Sendable`: each worker loads its own.
public final class ImageTable {
  private struct Entry {
    let path: String
    let size: Size
    let picture: any Picture
  }
  private var entries: [Entry] = []
  private var numbers: [[UInt8]: Int] = [:]

  /// Whether any of them is an SVG drawing.
  package private(set) var hasDrawings = false

  /// Makes an empty table.
  public init() {}

  /// How many images there are.
  public var count: Int { entries.count }

  /// Adds an image: PNG, JPEG or SVG, told apart by content, not by name.
  ///
  /// A path that is there already gives its number again; the bytes are not looked at.
  ///
  /// - Parameters:
  ///   - path: As the layout writes it; stands in messages and traces.
  ///   - bytes: The whole file.
  /// - Returns: The image's number, from 0, for ``ImageItem`` and ``draw(_:in:on:sampling:)``.
  /// - Throws: Findings with the ids `image-unreadable`, `image-too-large`, `image-format` or `svg-not-allowed`; those about an SVG point
  ///   into it.
  public func add(path: String, bytes: [UInt8]) throws(DiagnosticList) -> Int {
    let key = Array(path.utf8)
    if let known = numbers[key] { return known }
    guard bytes.count <= ImageLimits.fileBytes else {
      throw DiagnosticList([
        Diagnostic(id: "image-too-large", "image '\(path)' has \(bytes.count) bytes; expected at most \(ImageLimits.fileBytes)")
      ])
    }
    let picture: any Picture
    if bytes.starts(with: PNGPicture.signature) {
      picture = try PNGPicture(path: path, bytes: bytes)
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      picture = try JPEGPicture(path: path, bytes: bytes)
    } else if SVGGate.looksLikeXML(bytes) {
      picture = try SVGPicture(path: path, bytes: bytes)
      hasDrawings = true
    } else {
      throw DiagnosticList([Diagnostic(id: "image-format", "image '\(path)' is none that can be drawn; expected PNG, JPEG or SVG")])
    }
    let (width, height) = picture.pixelSize
    // CSS: 96 pixels to the inch.
    entries.append(Entry(path: path, size: Size(width: .inches(width / 96), height: .inches(height / 96)), picture: picture))
    numbers[key] = entries.count - 1
    return entries.count - 1
  }

  /// The size an image has when the layout states none: one pixel is 1/96 inch as in CSS, whatever density the file claims (PNG's pHYs,
  /// JPEG's density); a JPEG is measured as it is shown, turned by its EXIF orientation. Zero for a number that is not in the table.
  public func naturalSize(of image: Int) -> Size { entries.indices.contains(image) ? entries[image].size : .zero }

  /// The path an image was added under, or `?` for a number that is not in the table.
  public func path(of image: Int) -> String { entries.indices.contains(image) ? entries[image].path : "?" }

  /// Draws an image into a rectangle of the page, stretching it to fit. False when there is no image of that number.
  ///
  /// Whatever is drawn several times in one document is written to it once.
  ///
  /// - Throws: ``CairoError``, where the picture cannot be drawn.
  package func draw(_ image: Int, in area: Rect, on context: Context, sampling: Context.Sampling) throws(CairoError) -> Bool {
    guard entries.indices.contains(image) else { return false }
    let picture = entries[image].picture
    let (width, height) = (area.size.width.points, area.size.height.points)
    // An area without extent shows nothing, and cairo cannot scale by zero.
    guard width > 0, height > 0 else { return true }
    try context.withSavedState { () throws(CairoError) in
      context.translate(area.minX.points, area.minY.points)
      try picture.draw(width: width, height: height, on: context, sampling: sampling)
    }
    return true
  }
}

/// An image that has been read and found good.
protocol Picture {
  /// Width and height as shown, in pixels (for SVG in CSS pixels).
  var pixelSize: (width: Double, height: Double) { get }
  /// Draws it into the rectangle from the origin.
  func draw(width: Double, height: Double, on context: Context, sampling: Context.Sampling) throws(CairoError)
}

extension DiagnosticList {
  init(_ id: String, _ message: String) { self.init([Diagnostic(id: id, message)]) }
}

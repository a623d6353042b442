internal import CCairo

/// A failure of the drawing library, with the operation that met it.
///
/// cairo's errors are sticky: the first one silences every later call, so they are looked for after creation, at the end of each page and
/// on finishing, not after each stroke.
public struct CairoError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which error it was. Codes of later cairo versions survive as their number.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// cairo's `cairo_status_t`, or a negative number for what is found here before cairo is asked.
    public let rawValue: Int
    /// Makes a code from its number.
    public init(rawValue: Int) { self.rawValue = rawValue }
    init(_ status: cairo_status_t) { rawValue = Int(status.rawValue) }

    /// Out of memory.
    public static let noMemory = Code(CAIRO_STATUS_NO_MEMORY)
    /// Text that is not UTF-8.
    public static let invalidString = Code(CAIRO_STATUS_INVALID_STRING)
    /// The sink refused bytes.
    public static let writeError = Code(CAIRO_STATUS_WRITE_ERROR)
    /// The surface is finished and takes nothing more.
    public static let surfaceFinished = Code(CAIRO_STATUS_SURFACE_FINISHED)
    /// A surface larger than cairo can make.
    public static let invalidSize = Code(CAIRO_STATUS_INVALID_SIZE)
    /// The clusters of a glyph run do not add up to its text and glyphs.
    public static let invalidClusters = Code(CAIRO_STATUS_INVALID_CLUSTERS)
    /// A tag with attributes cairo cannot read.
    public static let tagError = Code(CAIRO_STATUS_TAG_ERROR)
    /// FreeType could not read the font.
    public static let freeTypeError = Code(CAIRO_STATUS_FREETYPE_ERROR)
    /// Bytes that are not a PNG image.
    public static let pngError = Code(CAIRO_STATUS_PNG_ERROR)
    /// A coordinate that is NaN, infinite or beyond ``Context/coordinateLimit``.
    public static let coordinateOutOfRange = Code(rawValue: -1)
    /// Bytes that are not a font, or a font without outlines.
    public static let unreadableFont = Code(rawValue: -2)

    /// Whether an error is cairo's and of that code, as in `catch CairoError.Code.writeError`.
    public static func ~= (code: Code, error: any Error) -> Bool { (error as? CairoError)?.code == code }
  }

  /// Which error.
  public let code: Code
  /// What was being done, such as `end of page 2`.
  public let operation: String
  /// The error the sink threw, as text, when that was the cause.
  public let cause: String?

  /// Makes an error.
  public init(code: Code, operation: String, cause: String? = nil) { (self.code, self.operation, self.cause) = (code, operation, cause) }

  /// One sentence in lower case.
  public var description: String {
    let reason: String =
      switch code {
      case .coordinateOutOfRange: "a coordinate is not a finite number in range"
      case .unreadableFont: "the bytes are not a font with outlines"
      default:
        code.rawValue >= 0 ? String(cString: cairo_status_to_string(cairo_status_t(UInt32(code.rawValue)))) : "error \(code.rawValue)"
      }
    return "\(operation): \(reason)" + (cause.map { " (\($0))" } ?? "")
  }

  /// Throws unless `status` is success.
  static func check(_ status: cairo_status_t, _ operation: @autoclosure () -> String) throws(CairoError) {
    if status != CAIRO_STATUS_SUCCESS { throw CairoError(code: Code(status), operation: operation()) }
  }
}

/// The version of the cairo library in use, such as `1.16.0`.
public var cairoVersion: String { String(cString: cairo_version_string()) }

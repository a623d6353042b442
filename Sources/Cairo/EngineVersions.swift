internal import CCairo
internal import CPNG

/// The versions of the libraries whose work shows in a PDF's bytes.
public enum EngineVersions {
  /// Cairo's, such as `1.16.0`.
  public static var cairo: String { cairoVersion }

  /// FreeType's, which reads the faces' outlines.
  public static var freeType: String {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { return "unknown" }
    defer { FT_Done_FreeType(library) }
    var (major, minor, patch) = (FT_Int(0), FT_Int(0), FT_Int(0))
    FT_Library_Version(library, &major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// libpng's, which reads pictures.
  public static var png: String { png_get_libpng_ver(nil).map { String(cString: $0) } ?? "unknown" }

  /// zlib's, which compresses streams.
  public static var zlib: String { String(cString: zlibVersion()) }
}

internal import CJPEG
internal import CRsvg

/// The versions of the libraries that read pictures, beside those of `Cairo`.
public enum PictureEngines {
  /// librsvg's, which draws SVG.
  public static var svg: String {
    let version = Int(billfold_svg_version())
    return "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
  }

  /// That of libjpeg's header: the library itself does not tell its own.
  public static var jpegHeader: String { String(cString: billfold_jpeg_header_version()) }
}

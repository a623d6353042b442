/// What an image file may be at most. Images are read once per worker and appear in every bill.
public enum ImageLimits {
  /// The largest file, 32 MiB: a full-page photograph at 600 dpi is smaller, and each bill carries the whole of it.
  ///
  /// - Stops: a giant picture in every bill.
  public static let fileBytes = 32 << 20
  /// The most pixels, 40 million: A4 at 600 dpi has 35 million; decoded they take 160 MB.
  ///
  /// - Stops: a picture of kilobytes that unpacks to gigabytes.
  public static let pixels = 40_000_000
  /// The most scans of a progressive JPEG, 100: encoders write about ten, and thousands are an attack on the decoder's time.
  ///
  /// - Stops: a JPEG of thousands of scans, minutes to decode.
  public static let jpegScans = 100
  /// The largest SVG file, 1 MiB: its drawing is written into every bill, at about 0.1 ms a kilobyte of paths.
  ///
  /// - Stops: a drawing that makes every bill megabytes.
  public static let svgBytes = 1 << 20
  /// The most elements of an SVG, 50,000; a detailed coat of arms has some 5,000.
  ///
  /// - Stops: an SVG whose drawing takes minutes.
  public static let svgElements = 50_000
  /// The deepest nesting of an SVG, 128 levels.
  ///
  /// - Stops: groups in groups without end, on the library's stack.
  public static let svgDepth = 128
  /// The longest side an SVG may state, in CSS pixels, 100,000 (26 m): beyond it coordinates lose their precision.
  ///
  /// - Stops: a size at which the library's numbers lose their places.
  public static let svgSide = 100_000.0
}

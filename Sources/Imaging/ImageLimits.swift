/// What an image file may be at most. Images are read once per worker and appear in every bill.
public enum ImageLimits {
  /// The largest file, 32 MiB: a full-page photograph at 600 dpi is smaller, and each bill carries the whole of it.
  public static let fileBytes = 32 << 20
  /// The most pixels, 40 million: A4 at 600 dpi has 35 million; decoded they take 160 MB.
  public static let pixels = 40_000_000
  /// The most scans of a progressive JPEG, 100: encoders write about ten, and thousands are an attack on the decoder's time.
  public static let jpegScans = 100
  /// The largest SVG file, 1 MiB: its drawing is written into every bill, at about 0.1 ms a kilobyte of paths.
  public static let svgBytes = 1 << 20
  /// The most elements of an SVG, 50,000; a detailed coat of arms has some 5,000.
  public static let svgElements = 50_000
  /// The deepest nesting of an SVG, 128 levels.
  public static let svgDepth = 128
  /// The longest side an SVG may state, in CSS pixels, 100,000 (26 m): beyond it coordinates lose their precision.
  public static let svgSide = 100_000.0
}

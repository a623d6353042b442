public import Geometry

/// The resolved look of a stretch of text. Shared by reference, equal by value; the composer interns styles so that equal ones are
/// identical.
public final class TextStyle: Sendable, Hashable {
  /// Whether upright or italic.
  public enum Slant: Hashable, Sendable { case upright, italic }
  /// Whether all figures are equally wide.
  public enum Figures: Hashable, Sendable { case proportional, tabular }

  /// Everything a style says.
  public struct Properties: Hashable, Sendable {
    /// The fallback stack of families, first choice first.
    public var families: [String] = ["Inter"]
    /// The CSS weight, 100…900; 400 is regular, 600 semibold, 700 bold.
    public var weight: Int = 400
    /// Upright or italic.
    public var slant: Slant = .upright
    /// The type size.
    public var size: Length = .pt(10)
    /// Baseline to baseline; the half-leading goes above and below.
    public var lineHeight: Length = .pt(14)
    /// Of the text.
    public var color: Color = .black
    /// Proportional or tabular.
    public var figures: Figures = .proportional
    /// OpenType features beyond the default ones, such as `ss01` or `-liga`.
    public var features: [String] = []
    /// Extra space after each cluster.
    public var letterSpacing: Length = .zero
    /// How far the baseline is raised (superscripts), in points.
    public var rise: Length = .zero
    /// Whether a line stands under it.
    public var isUnderlined: Bool = false
    package init() {}
  }

  /// What the style says.
  public let properties: Properties
  package init(_ properties: Properties) { self.properties = properties }

  /// The style with size, line height, spacing and rise multiplied by `factor`.
  public func scaled(by factor: Double) -> TextStyle {
    var scaled = properties
    scaled.size = scaled.size * factor
    scaled.lineHeight = scaled.lineHeight * factor
    scaled.letterSpacing = scaled.letterSpacing * factor
    scaled.rise = scaled.rise * factor
    return TextStyle(scaled)
  }

  /// Whether both are equal in value; identical objects are compared at once.
  public static func == (a: TextStyle, b: TextStyle) -> Bool { a === b || a.properties == b.properties }
  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) { hasher.combine(properties) }
}

public import Geometry
public import Vocabulary

/// What a style or an element says about text; `nil` leaves what is inherited.
public struct StyleOverrides: Hashable, Sendable {
  /// The distance from baseline to baseline.
  public enum LineHeight: Hashable, Sendable {
    case fixed(Length)
    /// A multiple of the size.
    case factor(Double)
  }

  /// The fallback stack of families, first choice first.
  public var families: [String]?
  /// The CSS weight, 100…900.
  public var weight: Int?
  /// Whether italic.
  public var isItalic: Bool?
  /// The type size.
  public var size: Length?
  /// Baseline to baseline. Where only the size is set, the line height changes in proportion (see ``overlaid(by:)``).
  public var lineHeight: LineHeight?
  /// The text's colour.
  public var color: ColorReference?
  /// Whether figures are tabular.
  public var hasTabularFigures: Bool?
  /// OpenType features, such as `ss01` or `-liga`.
  public var features: [String]?
  /// Extra space after each cluster.
  public var letterSpacing: Length?
  /// How far the baseline is raised, in points.
  public var rise: Length?
  /// Whether underlined.
  public var isUnderlined: Bool?
  /// Whether words may be hyphenated.
  public var hyphenates: Bool?
  /// Whether the lines of short texts are made about equally long.
  public var isBalanced: Bool?
  /// What lines must not break.
  public var nowrap: NoWrap?
  /// How lines stand.
  public var align: TextAlignment?
  /// Space below a block of this style. Not inherited by what stands inside.
  public var spaceAfter: Length?

  /// Says nothing.
  public init() {}

  /// Whether it says nothing.
  public var isEmpty: Bool { self == StyleOverrides() }

  /// These settings with those of `other` on top.
  ///
  /// A size without a line height keeps the ratio of the two, where both are fixed here; where the line height is fixed and the size is not
  /// known here, the line height stays.
  public func overlaid(by other: StyleOverrides) -> StyleOverrides {
    var result = self
    if let value = other.size {
      if other.lineHeight == nil, case .fixed(let height) = lineHeight, let size, size > .zero {
        result.lineHeight = .fixed(height * (value / size))
      }
      result.size = value
    }
    if let value = other.lineHeight { result.lineHeight = value }
    if let value = other.families { result.families = value }
    if let value = other.weight { result.weight = value }
    if let value = other.isItalic { result.isItalic = value }
    if let value = other.color { result.color = value }
    if let value = other.hasTabularFigures { result.hasTabularFigures = value }
    if let value = other.features { result.features = value }
    if let value = other.letterSpacing { result.letterSpacing = value }
    if let value = other.rise { result.rise = value }
    if let value = other.isUnderlined { result.isUnderlined = value }
    if let value = other.hyphenates { result.hyphenates = value }
    if let value = other.isBalanced { result.isBalanced = value }
    if let value = other.nowrap { result.nowrap = value }
    if let value = other.align { result.align = value }
    if let value = other.spaceAfter { result.spaceAfter = value }
    return result
  }
}

/// All styles and colours as they are for one format and language: variants applied, bases folded in.
public final class StyleSheet: Sendable {
  /// By style index; see ``TemplateNode/style`` and ``AttributeValue/style(_:)``.
  public let styles: [StyleOverrides]
  /// By colour index.
  public let colors: [Color]

  init(styles: [StyleOverrides], colors: [Color]) { (self.styles, self.colors) = (styles, colors) }

  /// The colour meant by `reference`.
  public func color(_ reference: ColorReference) -> Color {
    switch reference {
    case .literal(let color): color
    case .named(let index): index < colors.count ? colors[index] : .black
    }
  }
}

/// The prominent notice of a piece: which one, and how prominent it turned out.
public struct NoticeFacts: Sendable, Hashable {
  /// Which of the campaign's notices it is.
  public var name: String
  /// In which of the layout's variants it stands.
  public var variant: String
  /// The campaign's phase: `announce`, `remind`, `final` or `active`.
  public var phase: String
  /// `default` until there are audience rules.
  public var rule: String
  /// 64 lower-case hexadecimal digits.
  public var wordsDigest: String
  /// The page it stands on, from 1.
  public var page: Int
  /// Its area as a share of the page's, 0…1.
  public var area: Double
  /// The lowest contrast ratio of its text after WCAG 2, 1…21.
  public var contrast: Double
  /// Its heading's size as a multiple of the page's text size.
  public var headingRatio: Double
  /// The least type size of any text in it, in points.
  public var textSize: Double

  /// Makes the facts of a notice.
  public init(
    name: String = "standard", variant: String = "standard", phase: String, rule: String = "default", wordsDigest: String, page: Int,
    area: Double, contrast: Double, headingRatio: Double, textSize: Double
  ) {
    (self.name, self.variant, self.phase, self.rule, self.wordsDigest) = (name, variant, phase, rule, wordsDigest)
    (self.page, self.area, self.contrast, self.headingRatio, self.textSize) = (page, area, contrast, headingRatio, textSize)
  }
}

extension NoticeFacts: Fielded {
  package static var blank: NoticeFacts {
    NoticeFacts(phase: "", wordsDigest: "", page: 0, area: 0, contrast: 0, headingRatio: 0, textSize: 0)
  }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("variant", &variant)
      try walker.field("phase", &phase)
      try walker.field("rule", &rule)
      try walker.field("words_digest", &wordsDigest, [.pipe, .journal, .manifest])
      try walker.field("page", &page)
      try walker.field("area", &area)
      try walker.field("contrast", &contrast)
      try walker.field("heading_ratio", &headingRatio)
      try walker.field("text_size", &textSize)
    }
  }
}

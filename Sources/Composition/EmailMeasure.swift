internal import LayoutLanguage

/// Gathers how words look while they are written.
struct EmailMeasure {
  private var contrast = 21.0
  private var least: Double?
  private var heading: Double?
  /// How many characters outside the heading have a size.
  private var sizes: [Double: Int] = [:]

  mutating func note(_ text: String, _ looks: EmailLooks, isHeading: Bool) {
    guard !looks.isHidden else { return }
    let count = text.unicodeScalars.count { !$0.properties.isWhitespace }
    guard count > 0 else { return }
    for found in looks.contrasts { contrast = min(contrast, found.ratio) }
    least = min(least ?? looks.size, looks.size)
    if isHeading { heading = max(heading ?? 0, looks.size) } else { sizes[looks.size, default: 0] += count }
  }

  var look: EmailLook {
    // Of two sizes with as many characters the smaller, so that the same message always measures the same.
    let usual = sizes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    return EmailLook(
      contrast: contrast, headingRatio: heading.flatMap { heading in usual.map { heading / $0 } } ?? 0, textSize: least ?? 0)
  }
}

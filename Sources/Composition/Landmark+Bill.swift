package import Layout

/// The parts of a bill that are looked for on its finished pages.
extension Landmark {
  /// The campaign's notice, with everything in its panel.
  package static let notice: Landmark = "notice"
  /// The notice's heading.
  package static let noticeHeading: Landmark = "notice-heading"
  /// The updated terms.
  package static let terms: Landmark = "terms"
}

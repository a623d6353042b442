internal import Geometry
internal import Layout

/// How prominent the notice of a finished page is.
struct NoticeProminence {
  /// Notice box ÷ page area.
  var area: Double
  /// The lowest WCAG 2 contrast of any text in the notice; 21 where it has none.
  var contrast: Double
  /// Heading size ÷ the size that most glyphs outside the notice have; 0 where the page has no other text or the notice no heading.
  var headingRatio: Double

  /// Measures one page; `nil` where no notice stands on it.
  init?(page: Frame) {
    let facts = PageFacts(page: page)
    guard let box = facts.areas(where: { $0 == .notice }).first?.rect else { return nil }
    area = box.size.width.points * box.size.height.points / (page.size.width.points * page.size.height.points)
    contrast = 21
    var heading = Length.zero
    for text in facts.texts where text.within.contains(.notice) {
      contrast = min(contrast, text.contrast)
      if text.within.contains(.noticeHeading) { heading = max(heading, text.run.size) }
    }
    let common = facts.commonSize(outside: [.notice, .specimenMark])
    headingRatio = common.map { heading / $0 } ?? 0
  }
}

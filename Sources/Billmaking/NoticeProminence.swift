internal import Billing
internal import Campaigns
internal import Composition
internal import Diagnostics
internal import Geometry
internal import Jurisdictions
internal import Layout

/// How prominent the notice of a finished page is.
struct NoticeProminence {
  /// Notice box ÷ page area.
  var area: Double
  /// The lowest WCAG 2 contrast of any text in the notice; 21 where it has none.
  var contrast: Double
  /// Heading size ÷ the size that most glyphs outside the notice have; 0 where the page has no other text or the notice no heading.
  var headingRatio: Double
  /// The least type size of any text in the notice; 0 where it has none.
  var textSize: Length
  /// What the notice says.
  let said: SaidWords

  /// The notice's box, on the page.
  private let box: Rect
  private let pageArea: Double
  /// The text of the lowest contrast, and that of the least type size.
  private var palest, smallest: PageFacts.Text?
  /// All text in the notice.
  private let texts: [PageFacts.Text]
  private let heading: Length
  /// What most glyphs outside the notice have.
  private let common: Length?

  /// Measures one page; `nil` where no notice stands on it.
  init?(page: Frame) {
    let facts = PageFacts(page: page)
    guard let box = facts.areas(of: .notice).first?.rect else { return nil }
    var part = PartText(of: .notice)
    part.add(page)
    self.init(
      page, box, facts.texts.filter { $0.within.contains(.notice) }, said: part,
      common: facts.commonSize { !$0.contains(.notice) && $0.artifact != .watermark })
  }

  /// Measures a side of a postcard, which is a notice as a whole; `nil` where the heading does not stand on it.
  init?(side page: Frame) {
    let facts = PageFacts(page: page)
    let texts = facts.texts.filter { $0.within.artifact == nil }
    guard texts.contains(where: { $0.within.contains(.noticeHeading) }) else { return nil }
    self.init(
      page, Rect(origin: .zero, size: page.size), texts, said: PartText(of: .notice),
      common: facts.commonSize { !$0.contains(.noticeHeading) && $0.artifact == nil })
  }

  private init(_ page: Frame, _ box: Rect, _ texts: [PageFacts.Text], said part: PartText, common: Length?) {
    self.box = box
    pageArea = page.size.width.points * page.size.height.points
    area = box.size.width.points * box.size.height.points / pageArea
    contrast = 21
    var heading = Length.zero
    self.texts = texts
    for text in texts {
      if text.contrast < contrast { (contrast, palest) = (text.contrast, text) }
      if text.within.contains(.noticeHeading) { heading = max(heading, text.run.size) }
      if text.run.size < smallest?.run.size ?? .infinity { smallest = text }
    }
    textSize = smallest?.run.size ?? .zero
    said = SaidWords(part)
    self.heading = heading
    self.common = common
    headingRatio = common.map { heading / $0 } ?? 0
  }

  /// The first thing in which the notice falls short of what the campaign asks for; `nil` where it does not.
  ///
  /// What the manifest says is what is compared, so that nobody finds 0.080 refused where 0.08 is asked for.
  ///
  /// - Parameters:
  ///   - asker: Who asks for it, as messages name them.
  ///   - unused: The height of the body that a page leaves empty, by its number; `nil` where that is not known.
  func fault(page: Int, least: Prominence, asker: String = "the campaign", unused: (Int) -> Length?) -> RecordFault? {
    if page > least.page { return late(page, least.page, asker, unused(least.page)) }
    if area.rounded3 < least.area {
      let height = least.area * pageArea / box.size.width.points - box.size.height.points
      return shortfall(
        "area", area, least.area, asker,
        "it is \(millimetres(box.size.width)) wide and \(millimetres(box.size.height)) high on page \(page)",
        "\(millimetres(Length(height))) more in height would do")
    }
    if headingRatio.rounded3 < least.heading {
      guard let common, heading > .zero else {
        return shortfall("heading ratio", headingRatio, least.heading, asker, "page \(page) shows no heading of it", nil)
      }
      return shortfall(
        "heading ratio", headingRatio, least.heading, asker,
        "its heading is set in \(points(heading)), most text outside it on page \(page) in \(points(common))",
        "\(points(common * least.heading)) would do")
    }
    if contrast.rounded3 < least.contrast {
      return shortfall("contrast", contrast, least.contrast, asker, palest.map { "\(named($0)), \(place(of: $0, page))" }, nil)
    }
    if let text = least.text, let smallest, textSize.points.rounded3 < text {
      return RecordFault(
        "notice-not-prominent",
        "the notice's least type size is \(points(textSize)); \(asker) asks for at least \(points(.pt(text))): "
          + "\(quoted(smallest)), \(place(of: smallest, page)); \(points(.pt(text) - textSize)) more would do")
    }
    return nil
  }

  /// A warning where what the notice says on keeping paper is set smaller, or stands out less, than most of its other text.
  ///
  /// - Parameter phrase: What it says on that; where it cannot be found as a whole, nothing is said of it.
  func faint(_ phrase: PlainWords) -> RecordWarning? {
    guard !phrase.isEmpty, let runs = said.runs(saying: phrase) else { return nil }
    let keeping = texts.filter { runs.contains(ObjectIdentifier($0.run)) }
    let rest = texts.filter { !runs.contains(ObjectIdentifier($0.run)) && !$0.within.contains(.noticeHeading) }
    var counts: [Look: Int] = [:]
    for text in rest { counts[Look(text), default: 0] += text.run.glyphs.count }
    guard let common = counts.max(by: { ($0.value, $0.key.size, $0.key.contrast) < ($1.value, $1.key.size, $1.key.contrast) })?.key else {
      return nil
    }
    if let small = keeping.min(by: { $0.run.size < $1.run.size }), Look(small).size < common.size {
      return RecordWarning(
        "keep-paper-faint",
        "what the notice says on keeping paper is smaller than the rest: \(quoted(small)) is set in \(points(small.run.size)), most text of "
          + "the notice in \(points(.pt(common.size)))", path: "$")
    }
    if let pale = keeping.min(by: { $0.contrast < $1.contrast }), Look(pale).contrast < common.contrast {
      return RecordWarning(
        "keep-paper-faint",
        "what the notice says on keeping paper is paler than the rest: \(named(pale)), a contrast of \(pale.contrast.threeDecimals); most "
          + "text of the notice has \(common.contrast.threeDecimals)", path: "$")
    }
    return nil
  }

  /// How a text looks, as far as it is weighed.
  private struct Look: Hashable {
    let size, contrast: Double
    init(_ text: PageFacts.Text) { (size, contrast) = (text.run.size.points.rounded3, text.contrast.rounded3) }
  }

  private func late(_ page: Int, _ least: Int, _ asker: String, _ unused: Length?) -> RecordFault {
    var message = "the notice is on page \(page); \(asker) asks for page \(least) at the latest"
    if let unused {
      message += "; page \(least) has \(millimetres(max(.zero, unused))) of height left, the notice is \(millimetres(box.size.height)) high"
      if box.size.height > unused { message += ": \(millimetres(box.size.height - max(.zero, unused))) more are needed there" }
    }
    return RecordFault("notice-not-prominent", message)
  }

  private func shortfall(_ what: String, _ found: Double, _ wanted: Double, _ asker: String, _ place: String?, _ remedy: String?)
    -> RecordFault
  {
    RecordFault(
      "notice-not-prominent",
      "the notice's \(what) is \(found.threeDecimals); \(asker) asks for at least \(wanted.threeDecimals)"
        + (place.map { ": \($0)" } ?? "") + (remedy.map { "; \($0)" } ?? ""))
  }

  /// A text by its first words and its colours.
  private func named(_ text: PageFacts.Text) -> String {
    "\(quoted(text)) is \(text.color.hex) on \(text.background.hex)"
  }

  /// A text by its first words.
  private func quoted(_ text: PageFacts.Text) -> String {
    var words = text.run.text.split { $0.isWhitespace }.joined(separator: " ")
    if words.count > 40 { words = words.prefix(40) + "…" }
    return "'\(words)'"
  }

  private func place(of text: PageFacts.Text, _ page: Int) -> String {
    "\(millimetres(text.at.x)) from the left edge and \(millimetres(text.at.y)) from the top on page \(page)"
  }

  private func millimetres(_ length: Length) -> String { tenths(length.points / Length.mm(1).points) + " mm" }
  private func points(_ length: Length) -> String { tenths(length.points) + " pt" }

  private func tenths(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "endless" }
    // Rounded away from zero: what is said to be missing must be enough.
    let tenths = Int((value * 10 - 1e-6).rounded(.up))
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Prominence {
  /// What a rule of law asks of a notice's form, and nothing else.
  init(_ form: LawRule.Form) {
    self.init()
    (area, heading) = (0, 0)
    (page, contrast, text) = (form.page ?? .max, form.contrast ?? 1, form.text)
  }
}

extension Double {
  /// As the manifest says it.
  var rounded3: Double { (self * 1000).rounded() / 1000 }
  fileprivate var threeDecimals: String {
    let thousandths = Int((self * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

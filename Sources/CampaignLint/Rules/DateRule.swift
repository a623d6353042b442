internal import Campaigns
internal import Dates
internal import Diagnostics
internal import Formats
internal import Vocabulary
internal import Languages

/// The day paper stops stands in every standard notice and in every postcard and e-mail, with its month as a word and its year; no other day does, and weekdays are right.
struct DateRule: LintRule {
  private static let rule = RuleReference(
    "active-date", source: "Billfold's own rule: a reader finds the day in words, everywhere the same")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    let campaign = scene.campaign
    let known = Phase.allCases.map { campaign.phases[$0] } + [campaign.terms.effective] + (campaign.keep?.by.map { [$0] } ?? [])
    var finders: [LanguageTag: DateFinder] = [:]
    for (language, voice) in scene.voices { finders[language] = DateFinder(voice.formats) }
    for text in scene.words {
      guard let finder = finders[text.scene.language], let formats = scene.voices[text.scene.language]?.formats else { continue }
      let isAsked = text.scene.isStandard || text.scene.isChannel && !text.own.isEmpty
      if isAsked, !text.shown.contains(where: { finder.names(campaign.phases.active, in: $0.plain) }) {
        report.add(
          Diagnostic(
            .warning, id: "date-missing",
            "the \(text.noun) does not name the day paper stops, with its month as a word and its year: "
              + formats.date(campaign.phases.active), at: text.range(of: "heading"), suggestion: "{campaign.active | date('long')}"),
          Self.rule,
          in: text.scene)
      }
      for part in text.own {
        weekdays(part, text.scene, finder, known, &report)
        typed(part, text.scene, finder, known, formats, &report)
        digits(part, text.scene, known, &report)
      }
    }
  }

  private func weekdays(
    _ part: SlotText, _ scene: LintReport.Scene, _ finder: DateFinder, _ known: [PlainDate], _ report: inout LintReport
  ) {
    for day in finder.days(in: part.plain) {
      guard let weekday = day.weekday,
        let date = day.year.flatMap({ PlainDate(year: $0, month: day.month, day: day.day) }) ?? known.first(where: { day.isDay($0) }),
        DateFinder.weekday(of: date) != weekday
      else { continue }
      report.add(
        Diagnostic(
          .warning, id: "date-weekday",
          "'\(day.text)' has another weekday than the calendar: \(date.iso) is \(finder.name(ofWeekdayOf: date))",
          at: part.range(of: day.text)), Self.rule, in: scene)
    }
  }

  private func typed(
    _ part: SlotText, _ scene: LintReport.Scene, _ finder: DateFinder, _ known: [PlainDate], _ formats: LocaleFormats,
    _ report: inout LintReport
  ) {
    for day in finder.days(in: part.typed) where !known.contains(where: { day.isDay($0) }) {
      tell(day.text, part, scene, &report)
    }
  }

  private func tell(_ text: Substring, _ part: SlotText, _ scene: LintReport.Scene, _ report: inout LintReport) {
    report.add(
      Diagnostic(
        .warning, id: "date-differs", "'\(text)' is no day of the campaign: none of its phases, of the terms or of 'keep.by'",
        at: part.range(of: text), suggestion: "write the campaign's own, such as {campaign.active | date('long')}"), Self.rule, in: scene)
  }

  private func digits(_ part: SlotText, _ scene: LintReport.Scene, _ known: [PlainDate], _ report: inout LintReport) {
    let typed = DateFinder.digits(in: part.typed).map(\.text)
    for date in DateFinder.digits(in: part.plain) {
      if date.readings.count > 1 {
        report.add(
          Diagnostic(
            .warning, id: "date-ambiguous",
            "'\(date.text)' may be read as \(date.readings.map(\.iso).joined(separator: " and as ")); expected the month as a word",
            at: part.range(of: date.text)), Self.rule, in: scene)
      } else if typed.contains(date.text), !date.readings.contains(where: { known.contains($0) }) {
        tell(date.text, part, scene, &report)
      }
    }
  }
}

internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Formats
internal import Geometry
internal import JSON
internal import Layout
internal import LayoutLanguage
internal import Typography

/// What bills, leaflets and postcards have in common.
extension LayoutJob {
  /// What composes a piece in a format and a language of the layout, by their indexes, and what writes its amounts, numbers and dates.
  ///
  /// - Parameters:
  ///   - notice: What its notice says; `nil` where it carries none.
  ///   - terms: The terms that stand in it; `nil` where it carries none.
  ///   - cardRank: Of a postcard, its rank among all cards.
  /// - Throws: The finding, where the language has no formats.
  func composer(
    format: Int, language: Int, notice: NoticeWords?, terms: TermsText?, cardRank: Int? = nil
  ) throws(Diagnostic) -> (composer: BillComposer, formats: FormatsBinding) {
    let formats = try formats(template.languages[language])
    let composer = BillComposer(
      stock: stock, book: stock.book(format: format, language: language), edition: template.edition(format: format, language: language),
      language: template.languages[language], direction: formats.formats.isRightToLeft ? .rightToLeft : .leftToRight, notice: notice,
      terms: terms, cardRank: cardRank)
    return (composer, formats)
  }

  /// What a composed piece is laid out in, with nothing in it of the piece before.
  func context(for composer: BillComposer) -> LayoutContext {
    // What one left behind that was given up, or that was laid out again while it was painted, is not this one's.
    _ = setter.takeMissingGlyphs()
    let context = LayoutContext(
      text: setter, direction: composer.direction, language: composer.language, cache: stock.frames, grid: grid(composer))
    context.looksForAnchors = template.pointsToAnchors
    return context
  }

  /// The baseline grid, its first line where a line of body text at the top would stand.
  func grid(_ composer: BillComposer) -> BaselineGrid? {
    guard let step = composer.edition.baseline else { return nil }
    // From the font itself: a phase a hair too small would move body text down by a whole line.
    let style = composer.book.root.entering(composer.edition.body).text
    let line = setter.lines(of: TextContent(spans: [], style: style), from: .start, width: .pt(100)).first
    return BaselineGrid(step: step, phase: line?.baseline ?? style.properties.lineHeight / 2)
  }

  /// Turns what the engine found into warnings, or into a fault.
  ///
  /// - Parameters:
  ///   - subject: What was laid out, for messages about the whole of it.
  ///   - path: Where in the record characters stand that were printed; `nil` where they come from elsewhere.
  func judge(
    _ context: LayoutContext, _ warnings: inout [RecordWarning], subject: String = FindingText.bill, path: (String) -> String?
  ) throws(RecordFault) {
    for finding in context.findings {
      let text = FindingText(finding, template, subject: subject)
      if finding.isError, !options.isAccepted(text.fault.code) { throw text.fault }
      let warning = text.warning
      if !warnings.contains(warning) { warnings.append(warning) }
    }
    let glyphs = context.takeMissingGlyphs()
    for missing in glyphs.filter({ $0.standIn == nil }).prefix(WarningList.limit) {
      let message =
        "no font has \(missing.cluster.named), neither the stack \(missing.families.joined(separator: ", ")) nor another of the folders; "
        + FontAdvice.text(for: missing.cluster)
      let path = path(missing.cluster) ?? "$"
      guard options.isAccepted(.missingGlyph) else { throw RecordFault(.missingGlyph, message, path: path) }
      warnings.append(RecordWarning(.missingGlyph, message, path: path))
    }
    warnings += standIns(among: glyphs, path)
  }

  /// How many characters one warning about compatibility forms names; a name in letters of that kind has a dozen.
  ///
  /// - Stops: a warning as long as its text.
  private static let namedStandIns = 4

  /// A warning for each text of the record that is printed in compatibility forms.
  private func standIns(among glyphs: [MissingGlyph], _ place: (String) -> String?) -> [RecordWarning] {
    var paths: [String] = []
    var forms: [String: [(cluster: String, form: String)]] = [:]
    for glyph in glyphs.prefix(2 * WarningList.limit) {
      guard let form = glyph.standIn else { continue }
      let path = place(glyph.cluster) ?? "$"
      if forms[path] == nil { paths.append(path) }
      forms[path, default: []].append((glyph.cluster, form))
    }
    return paths.map { path in
      let found = forms[path] ?? []
      let named = found.prefix(LayoutJob.namedStandIns).map { "\($0.cluster.named) as '\($0.form)'" }.joined(separator: ", ")
      let rest = found.count - LayoutJob.namedStandIns
      return RecordWarning(
        "compatibility-form",
        "no font has these characters, and their plain forms are printed: \(named)\(rest > 0 ? " and \(rest) more" : "")",
        path: path)
    }
  }
}

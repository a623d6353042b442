internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Crypto
internal import Dates
internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Languages
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Painting
internal import Typography

/// Makes the leaflets of a campaign, each once: composes, lays out, judges and paints them. One per worker.
///
/// Nothing of a record is at hand here, so that a leaflet is the same whichever bill asks for it first, and whoever makes it.
final class LeafletMaker {
  /// The layout of the leaflets, with its campaign.
  let job: LayoutJob
  private let binding: CampaignBinding
  private var made: [Leaflet.Edition: Result<Leaflet, RecordFault>] = [:]

  /// - Returns: `nil` where the layout has no leaflet, or there is no campaign.
  init?(_ job: LayoutJob) {
    guard let leaflet = job.leaflet, let binding = job.campaign else { return nil }
    (self.job, self.binding) = (leaflet, binding)
  }

  /// The leaflet that goes with bills of a language and format: the standard one where the layout has none of that format.
  ///
  /// - Parameter language: The campaign's language for the bill.
  /// - Throws: `leaflet-failed`, the same for each bill that asks for it.
  /// - Complexity: That of a bill the first time; O(1) after.
  func leaflet(in language: LanguageTag, format: Bill.Format) throws(RecordFault) -> Leaflet {
    let edition = Leaflet.Edition(language: language, format: job.template.formatIndex(for: format.rawValue) ?? 0)
    if let known = made[edition] { return try known.get() }
    do throws(RecordFault) {
      let leaflet = try make(edition)
      made[edition] = .success(leaflet)
      return leaflet
    } catch {
      let named = job.template.formats[edition.format] == Bill.Format.standard.rawValue ? "" : " (\(job.template.formats[edition.format]))"
      let failure = RecordFault(
        .leafletFailed,
        "the leaflet with the terms in '\(language)'\(named), which the bill promises, cannot be made: \(error.fullMessage) "
          + "[\(error.code.rawValue)]")
      made[edition] = .failure(failure)
      throw failure
    }
  }

  /// The file of a leaflet, whether files are wanted or not.
  ///
  /// - Throws: What can go wrong on its pages.
  /// - Complexity: That of painting it.
  func file(of leaflet: Leaflet) throws(RecordFault) -> [UInt8] {
    var warnings: [RecordWarning] = []
    return try paint(leaflet.pagination, leaflet.mark, leaflet.language, paints: true, &warnings).bytes
  }

  private func make(_ edition: Leaflet.Edition) throws(RecordFault) -> Leaflet {
    let template = job.template
    guard let terms = binding.campaign.terms[edition.language], let languageIndex = template.languageIndex(for: edition.language.text)
    else {
      throw RecordFault(.defect, "the campaign has no terms in '\(edition.language)'")
    }
    let (composer, document, watermark) = try compose(terms, edition, languageIndex)
    let context = job.context(for: composer)
    let pagination = Paginator(document, context: context).paginate()
    if let failure = composer.failure { throw failure.recordFault }
    var warnings: [RecordWarning] = []
    try job.judge(context, &warnings, subject: "the leaflet") { _ in nil }
    guard let firstPage = pagination.page(of: .terms) else {
      throw RecordFault("does-not-fit", "the terms did not reach the leaflet's pages")
    }
    let specimen = job.options.specimen ? template.strings[languageIndex].words("specimen") : nil
    let mark = PageMark(watermark: watermark, composer: composer, specimen: specimen, job)
    let (bytes, content) = try paint(pagination, mark, edition.language, paints: job.options.purpose == .print, &warnings)
    if let failure = composer.failure { throw failure.recordFault }
    return Leaflet(
      language: edition.language, format: Bill.Format(rawValue: template.formats[edition.format]) ?? .standard, pagination: pagination,
      mark: mark, warnings: warnings,
      terms: TermsFacts(version: binding.campaign.terms.version, digest: terms.digest, firstPage: firstPage), content: content, bytes: bytes
    )
  }

  private func compose(
    _ terms: TermsText, _ edition: Leaflet.Edition, _ languageIndex: Int
  ) throws(RecordFault) -> (BillComposer, Document, watermark: String?) {
    let template = job.template
    do throws(Diagnostic) {
      let (composer, formats) = try job.composer(format: edition.format, language: languageIndex, notice: nil, terms: terms)
      let currency = binding.campaign.paper?.currency ?? .none
      let environment = Environment(
        bill: LeafletRecord(language: edition.language.text, format: template.formats[edition.format]),
        campaign: binding.leafletRecord(edition.language), formatter: formats, currency: currency, strings: template.strings[languageIndex],
        localCount: template.localCount)
      var used = copy environment
      return (composer, try composer.document(&used), try composer.watermark(environment))
    } catch {
      throw error.recordFault
    }
  }

  /// Inspects the finished pages, and paints them where their file is wanted.
  ///
  /// The file's dates are the day from which the terms hold: no bill is the one it is made for.
  private func paint(
    _ pagination: Pagination, _ mark: PageMark?, _ language: LanguageTag, paints: Bool, _ warnings: inout [RecordWarning]
  ) throws(RecordFault) -> (bytes: [UInt8], content: String) {
    let terms = binding.campaign.terms
    var zones = ZoneInspection(job, address: [])
    var hash = SHA256()
    var bytes: [UInt8] = []
    do {
      let metadata = DocumentMetadata(
        title: terms.version, author: binding.campaign.company ?? "", subject: "", language: language.text,
        created: (year: terms.effective.year, month: terms.effective.month, day: terms.effective.day))
      let painter =
        paints
        ? try DocumentPainter(
          pageSize: job.template.paper.size, bleed: job.template.bleed, marks: job.hasMarks, metadata: metadata, press: job.press,
          trace: { hash.update(bufferPointer: $0) }) : nil
      try pagination.forEachPage { number, page in
        zones.inspect(page, number: number, zones: pagination.zones(page: number))
        try painter?.addPage(mark.laid(under: page))
      }
      bytes = try painter?.finish() ?? []
    } catch {
      throw RecordFault(painting: error)
    }
    if let fault = zones.fault { throw fault }
    warnings += zones.warnings
    return (bytes, Hexadecimal.text(hash.finalize()))
  }
}

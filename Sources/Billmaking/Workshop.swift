internal import Barcodes
internal import Cairo
internal import CampaignLint
internal import Campaigns
internal import Composition
public import Contract
public import Diagnostics
internal import Files
internal import Formats
internal import Imaging
internal import LayoutLanguage
internal import Mail
internal import Typography

/// Everything a command needs to make bills of a layout.
public enum Workshop {
  /// Reads layout, campaign, fonts and key of a run.
  ///
  /// - Throws: All that is wrong with them; the run then ends with 78.
  public static func prepare(_ options: JobOptions) throws(DiagnosticList) -> PreparedRun {
    if options.isPlan { return try preparePlan(options) }
    let job = try LayoutJob(options)
    let lint = try job.lint(for: .printing)
    // Who makes bills hears what stops them, who looks for faults all of it, and need not wait for the bill that asks for a leaflet.
    let leaflets = options.purpose == .check ? job.leafletFaults : []
    if !leaflets.isEmpty || lint.contains(where: { $0.severity == .error }) {
      throw DiagnosticList(options.purpose == .check ? job.warnings + lint + leaflets : lint.filter { $0.severity == .error })
    }
    let fonts = job.fontsDigest
    return PreparedRun(
      layoutDigest: job.layoutDigest, campaignDigest: job.campaignDigest, campaign: job.campaign?.campaign.id,
      company: job.campaign?.campaign.company, rulesDigest: job.rulesDigest, fontsDigest: fonts,
      keyCheck: job.campaign?.key?.check, engines: engines(of: job), payload: job.fingerprint(fonts: fonts),
      language: job.template.languages.first,
      warnings: job.warnings + (options.purpose == .check ? lint + EmailSurvey.findings(job) : lint.filter { $0.severity != .note }))
  }

  /// Whether a job has fonts that do not come with the program, which must be tried before they are used.
  public static func hasForeignFonts(_ options: JobOptions) -> Bool { !StockFonts.areAll(of: options) }

  /// Tries every font of a job; see ``FontTrial``. To be called in a process that may end.
  ///
  /// - Parameter begin: Is told each font's file before it is tried.
  /// - Returns: What is wrong with fonts; nothing about folders that cannot be read, which ``prepare(_:)`` tells.
  /// - Throws: What `begin` throws.
  public static func tryFonts(_ options: JobOptions, begin: (String) throws -> Void) throws -> [Diagnostic] {
    let fonts: FontSet
    do throws(DiagnosticList) { fonts = try FontSet(options) } catch { return [] }
    return try FontTrial(fonts, known: StockFonts.digests).run(begin: begin)
  }

  /// Makes a worker's renderer, and says what it was made of.
  ///
  /// - Throws: ``WorkerStartFailure``, where inputs are faulty: they were not at the beginning.
  public static func makeRenderer(_ options: JobOptions) throws(WorkerStartFailure) -> MadeRenderer {
    do throws(DiagnosticList) {
      if options.isPlan { return try makeForecaster(options) }
      let layout = try LayoutJob(options)
      return MadeRenderer(BillMaker(layout), payload: layout.fingerprint)
    } catch {
      throw WorkerStartFailure(.inputsChanged, error.diagnostics)
    }
  }

  /// Makes a renderer in this process that tells a clock of each stage.
  ///
  /// - Throws: All that is wrong with the layout and what belongs to it.
  package static func makeTimedRenderer(_ options: JobOptions, clock: StageClock) throws(DiagnosticList) -> any BillRenderer {
    BillMaker(try LayoutJob(options), clock: clock)
  }

  /// Makes what reads layouts in a preview worker.
  public static func makePreviewLoader() -> any PreviewLoader { PreviewLoading() }

  /// Everything whose version can show in what a job makes, sorted; what reads data is the pipeline's own. What a job has no use for is not
  /// loaded to be asked.
  private static func engines(of job: LayoutJob) -> [PreparedRun.Engine] {
    let sendsMessages = job.options.pieces.contains(.email)
    let hasDrawings = [job, job.leaflet, job.postcard].contains { $0?.stock.images.hasDrawings == true }
    let engines: [PreparedRun.Engine?] = [
      .init("cairo", EngineVersions.cairo), .init("cmark", MarkdownDocument.readerVersion), .init("freetype", EngineVersions.freeType),
      sendsMessages ? .init("gmime", MailEngine.version) : nil, .init("harfbuzz", FontBook.harfBuzzVersion),
      .init("hyphen", loaded("libhyphen.so")),
      .init("icu", LocaleFormats.icuVersion),
      .init("jpeg", "\(PictureEngines.jpegHeader) by its header, \(loaded("libjpeg.so"))"),
      hasDrawings ? .init("librsvg", PictureEngines.svg) : nil,
      .init("png", EngineVersions.png), .init("zint", Barcode.encoderVersion), .init("zlib", EngineVersions.zlib),
    ]
    return engines.compactMap(\.self)
  }

  /// What tells a library that does not say its version from another one.
  private static func loaded(_ name: String) -> String { LoadedLibrary.build(of: name).map { "build \($0)" } ?? "unknown" }
}

public import Contract
public import Diagnostics
internal import Pipeline

/// What makes bills: filled in by the program, so that the commands and the whole pipeline can be tested over a renderer that costs next to
/// nothing.
public struct Makers: Sendable {
  /// The program's version, as `--version` prints it and run.json names it.
  public var version: String
  /// Reads layout, campaign, fonts and key of a run, or says what is wrong with them.
  public var prepare: @Sendable (JobOptions) throws(DiagnosticList) -> PreparedRun
  /// Makes a worker's renderer.
  public var makeRenderer: @Sendable (JobOptions) throws(WorkerStartFailure) -> MadeRenderer
  /// Tries the fonts of a job, in a process that may end: tells each file before it is tried, and returns what is wrong; `nil` in a program that
  /// reads no fonts.
  public var tryFonts: (@Sendable (JobOptions, (String) throws -> Void) throws -> [Diagnostic])?
  /// Whether a job has fonts that must be tried.
  public var hasForeignFonts: @Sendable (JobOptions) -> Bool
  /// Makes a preview worker's loader; `nil` in a program without a preview.
  public var makePreviewLoader: (@Sendable () -> any PreviewLoader)?

  /// Fills in the makers.
  public init(
    version: String, prepare: @escaping @Sendable (JobOptions) throws(DiagnosticList) -> PreparedRun,
    makeRenderer: @escaping @Sendable (JobOptions) throws(WorkerStartFailure) -> MadeRenderer,
    tryFonts: (@Sendable (JobOptions, (String) throws -> Void) throws -> [Diagnostic])? = nil,
    hasForeignFonts: @escaping @Sendable (JobOptions) -> Bool = { _ in true },
    makePreviewLoader: (@Sendable () -> any PreviewLoader)? = nil
  ) {
    (self.version, self.prepare, self.makeRenderer) = (version, prepare, makeRenderer)
    (self.tryFonts, self.hasForeignFonts, self.makePreviewLoader) = (tryFonts, hasForeignFonts, makePreviewLoader)
  }

  /// Reads what a run needs once another process has borne its fonts.
  ///
  /// - Parameter isBorne: Is called between the two: from then on the fonts may be read.
  /// - Throws: What is wrong with fonts, else with the rest, with 78; with 70 where fonts cannot be tried.
  func prepareAfterTrial(_ options: JobOptions, isBorne: () -> Void = {}) throws(RunFailure) -> PreparedRun {
    if tryFonts != nil, hasForeignFonts(options) { try FontTrialRun.run(options) }
    isBorne()
    do throws(DiagnosticList) { return try prepare(options) } catch { throw RunFailure(.configuration, error.diagnostics) }
  }

  /// Those of the program that is running.
  @TaskLocal static var current: Makers?
}

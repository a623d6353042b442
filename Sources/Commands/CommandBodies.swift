public import Diagnostics
public import Pipeline
public import Preview

/// What the commands do: filled in by the program, since the commands themselves only read the command line.
public struct CommandBodies: Sendable {
  /// The program's version, as `--version` prints it and run.json names it.
  public var version: String
  /// Reads layout, campaign, fonts and key of a run, or says what is wrong with them.
  public var prepare: @Sendable (JobOptions) throws(DiagnosticList) -> PreparedRun
  /// Makes a worker's renderer.
  public var makeRenderer: @Sendable (WorkerJob) throws(WorkerStartFailure) -> any BillRenderer
  /// Does `check`: prints every finding with ``Reporter/result(_:)-(Diagnostic)``.
  public var check: @Sendable (CheckOptions, Reporter) -> ExitCode
  /// Does `sample`: writes JSON Lines with ``Reporter/result(bytes:)``.
  public var sample: @Sendable (SampleOptions, Reporter) -> ExitCode
  /// Does `token verify`.
  public var verifyToken: @Sendable (TokenOptions, Reporter) -> ExitCode
  /// Makes a preview worker's loader; `nil` in a program without a preview.
  public var makePreviewLoader: (@Sendable () -> any PreviewLoader)?

  /// Does `format`: a list of names is its result under `--check`.
  public var format: @Sendable (FormatOptions, Reporter) -> ExitCode
  /// Does `new`.
  public var new: @Sendable (NewOptions, Reporter) -> ExitCode

  /// Fills in the commands; those left out are a defect when they are asked for.
  public init(
    version: String, prepare: @escaping @Sendable (JobOptions) throws(DiagnosticList) -> PreparedRun,
    makeRenderer: @escaping @Sendable (WorkerJob) throws(WorkerStartFailure) -> any BillRenderer,
    check: @escaping @Sendable (CheckOptions, Reporter) -> ExitCode, sample: @escaping @Sendable (SampleOptions, Reporter) -> ExitCode,
    verifyToken: @escaping @Sendable (TokenOptions, Reporter) -> ExitCode,
    makePreviewLoader: (@Sendable () -> any PreviewLoader)? = nil,
    format: @escaping @Sendable (FormatOptions, Reporter) -> ExitCode = { _, _ in .defect },
    new: @escaping @Sendable (NewOptions, Reporter) -> ExitCode = { _, _ in .defect }
  ) {
    (self.version, self.prepare, self.makeRenderer) = (version, prepare, makeRenderer)
    (self.check, self.sample, self.verifyToken) = (check, sample, verifyToken)
    self.makePreviewLoader = makePreviewLoader
    (self.format, self.new) = (format, new)
  }

  /// Those of the command that is running.
  @TaskLocal static var current: CommandBodies?
}

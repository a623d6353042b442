public import Diagnostics
public import Pipeline

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

  /// Fills in the commands.
  public init(
    version: String, prepare: @escaping @Sendable (JobOptions) throws(DiagnosticList) -> PreparedRun,
    makeRenderer: @escaping @Sendable (WorkerJob) throws(WorkerStartFailure) -> any BillRenderer,
    check: @escaping @Sendable (CheckOptions, Reporter) -> ExitCode, sample: @escaping @Sendable (SampleOptions, Reporter) -> ExitCode,
    verifyToken: @escaping @Sendable (TokenOptions, Reporter) -> ExitCode
  ) {
    (self.version, self.prepare, self.makeRenderer) = (version, prepare, makeRenderer)
    (self.check, self.sample, self.verifyToken) = (check, sample, verifyToken)
  }

  /// Those of the command that is running.
  @TaskLocal static var current: CommandBodies?
}

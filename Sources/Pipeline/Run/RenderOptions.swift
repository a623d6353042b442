internal import Billing
internal import CLinux
public import Contract
internal import Diagnostics
internal import Intake
internal import Languages

/// What `billfold render` was asked to do.
public struct RenderOptions: Sendable {
  /// What decides how the bills look.
  public var job: JobOptions
  /// Files, folders, or `-` for the standard input, in the order given.
  public var data: [String]
  /// The output folder.
  public var out: String
  /// `nil`: the first 12 digits of the data digest.
  public var cycle: String?
  /// How many workers at most; not part of the run's identity.
  public var jobs: Int
  /// `ACCOUNT` or `@FILE`; empty: every account.
  public var only: [String]
  /// `ACCOUNT` or `@FILE`.
  public var exclude: [String]
  /// Remove what an earlier run left in the output folder?
  public var force: Bool
  /// What one record may cost.
  public var limits: WorkerLimits
  /// For tests only.
  public var faults: [TestFault]
  /// Tells the libraries whose version can show in what a reader makes of files from outside, which are part of the identity of a run with such
  /// files. They are loaded only to be asked.
  public var readingEngines: @Sendable () -> [PreparedRun.Engine]

  /// Makes options; what is left out has the command's default.
  public init(
    job: JobOptions, data: [String], out: String, cycle: String? = nil, jobs: Int = RenderOptions.defaultJobs, only: [String] = [],
    exclude: [String] = [], force: Bool = false, limits: WorkerLimits = WorkerLimits(), faults: [TestFault] = [],
    readingEngines: @escaping @Sendable () -> [PreparedRun.Engine] = { [] }
  ) {
    (self.job, self.data, self.out, self.cycle, self.jobs) = (job, data, out, cycle, jobs)
    (self.only, self.exclude, self.force, self.limits, self.faults) = (only, exclude, force, limits, faults)
    self.readingEngines = readingEngines
  }

  /// As many workers as there are processors for this process.
  public static var defaultJobs: Int { max(1, Int(bf_processor_count())) }
}

extension RenderOptions {
  /// What is asked of derived records: they are in the language of `--language`, else the layout's first.
  func deriving(_ prepared: PreparedRun) -> DerivingOptions {
    DerivingOptions(
      language: (job.language ?? prepared.language).flatMap { LanguageTag($0) },
      acceptsSumMismatch: job.isAccepted(.sumMismatch))
  }

  /// Are records made that differ from an earlier one of their identity?
  var acceptsDifferent: Bool { job.isAccepted(.duplicateDiffers) }
}

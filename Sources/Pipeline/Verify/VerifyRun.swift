internal import CLinux
public import Contract
internal import Diagnostics
internal import Files
internal import Intake
public import Reporting

/// What `billfold verify` was asked to do.
public struct VerifyOptions: Sendable {
  /// The output folder.
  public var out: String
  /// How many threads read files, and how many workers make bills.
  public var jobs: Int
  /// How many bills are made again.
  public var sample: Int
  /// Where the drawing of the bills begins.
  public var seed: UInt64
  /// The run's inputs, as `render` was given them; `nil`: only the folder itself is looked at.
  public var inputs: RenderOptions?

  /// Makes options.
  public init(out: String, jobs: Int, sample: Int = 0, seed: UInt64 = 0, inputs: RenderOptions? = nil) {
    (self.out, self.jobs, self.sample, self.seed, self.inputs) = (out, jobs, sample, seed, inputs)
  }

  /// So many bills are made again at most.
  public static var maximumSample: Int { BillSample.limit }
}

/// One run of `billfold verify`: whether a finished output folder is whole and says the truth about itself.
///
/// Nothing in the folder is trusted, and nothing in it is changed.
public struct VerifyRun {
  private let options: VerifyOptions
  private let program: String
  private let reporter: Reporter

  /// Prepares a verification.
  ///
  /// - Parameter program: The program's version, which stands in run.json.
  public init(_ options: VerifyOptions, program: String, reporter: Reporter) {
    (self.options, self.program, self.reporter) = (options, program, reporter)
  }

  /// Verifies the folder; every finding is a result, and a last line counts.
  ///
  /// Call once per process, on the main thread: the process's signals and its children become the run's.
  ///
  /// - Parameter prepare: Reads layout, campaign, fonts and key, where bills are made again.
  /// - Returns: `success`; `found` with findings; `data` where something in the folder cannot be read, or the data; `otherRun` where it holds
  ///   no finished run, or another than the inputs are those of; `locked`; `configuration`.
  public func run(prepare: (JobOptions) throws(RunFailure) -> PreparedRun) -> Ending {
    Ending(of: { try start(prepare) }, reporter, whenStopped: "stopped by a signal; what is told so far is not all")
  }

  private func start(_ prepare: (JobOptions) throws(RunFailure) -> PreparedRun) throws -> ExitCode {
    try SystemError.check(bf_ensure_standard_descriptors())
    let build = options.inputs == nil ? nil : ProgramBuild.begin()
    var inputs: RunInputs?
    if let render = options.inputs { inputs = try RunInputs(render, prepare: prepare) { reporter.report($0) } }
    let folder = try FinishedFolder(options.out)
    let signals = try StopSignals()
    if let build { try inputs?.require(folder, program: program, build: build.digest(), signals: signals) }
    let verification = try FolderVerification(folder, jobs: options.jobs, signals: signals) { reporter.result($0) }
    var sample = BillSample(size: options.sample, seed: options.seed)
    try verification.run { entry, line in sample.offer(entry, line: line) }
    var data: (records: Int, skipped: Int, ignored: IgnoredFiles)?
    if let inputs {
      let remaking = SampleRemaking(inputs, folder, signals: signals) { verification.tell($0) }
      try remaking.run(sample.bills)
      data = remaking.data
    }
    try verification.compareSummary(data: data)
    tell(verification.counts, sampled: sample.bills.count)
    return verification.counts.hasUnreadable ? .data : verification.counts.findings > 0 ? .found : .success
  }

  /// The last line: how much was looked at, and what was found.
  private func tell(_ counts: FolderVerification.Counts, sampled: Int) {
    guard reporter.format == .text else {
      let seed = options.sample > 0 ? ",\"sampled\":\(sampled),\"seed\":\(options.seed)" : ""
      reporter.result("{\"pieces\":\(counts.pieces),\"bytes\":\(counts.bytes)\(seed),\"findings\":\(counts.findings)}")
      return
    }
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let again = options.sample > 0 ? ", \(count(sampled, "bill")) made again (--seed \(options.seed))" : ""
    let found = counts.findings == 0 ? "no findings" : count(counts.findings, "finding")
    reporter.result("\(count(counts.pieces, "piece")), \(counts.bytes) bytes\(again): \(found)")
  }
}

internal import Contract
internal import Diagnostics
internal import Files
internal import Intake

/// The inputs of a run, read as `render` reads them, and held against what the output folder says it was made from.
struct RunInputs {
  let options: RenderOptions
  let prepared: PreparedRun
  private(set) var set: DataSet
  let filter: AccountFilter
  let reader: FileReader
  private(set) var cycle = ""
  /// Copies of what can be read but once; they live as long as this.
  private var copies: [KeptFile] = []

  /// Reads layout, campaign, fonts and key, and finds the data.
  ///
  /// - Throws: ``RunFailure`` 78, 70, 66.
  init(_ options: RenderOptions, prepare: (JobOptions) throws(RunFailure) -> PreparedRun, reporter: (Diagnostic) -> Void) throws {
    self.options = options
    prepared = try prepare(options.job)
    prepared.warnings.forEach(reporter)
    reader = FileReader(limits: options.limits, faults: options.faults)
    set = try DataSet(options.data, reader: reader)
    set.warnings.forEach(reporter)
    filter = try AccountFilter(only: options.only, exclude: options.exclude)
    copies = try set.keepStreams()
  }

  /// Makes sure that a folder was made from these inputs, with these options, by this program.
  ///
  /// - Parameter build: What ``ProgramBuild`` says of this program.
  /// - Throws: ``RunFailure`` 73 with what differs, 66 where the data cannot be read; ``Stopped``.
  mutating func require(_ folder: FinishedFolder, program: String, build: String, signals: StopSignals) throws {
    reader.isAbandoned = { signals.isPending }
    let data = try FirstPass(
      inputs: set.inputs, filter: filter, signals: signals, deriving: options.deriving(prepared),
      acceptsDifferent: options.acceptsDifferent, reader: reader
    ).digests()
    cycle = options.cycle ?? data.defaultCycle
    let own = RunRecord(
      options: options, filter: filter, prepared: prepared, data: data,
      ledger: folder.run.ledger(keptBy: options.job), cycle: cycle, program: program, build: build)
    guard own != folder.run else { return }
    let names = own.differences(from: folder.run)
    throw RunFailure(
      .otherRun, id: "run-differs",
      "the run in '\(folder.path)' was made otherwise, with a difference in: \(names.joined(separator: ", ")); give the inputs and options it was made with"
    )
  }
}

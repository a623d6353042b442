internal import ArgumentParser
internal import Contract
internal import Pipeline

/// `billfold render`
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes every bill of a cycle.",
    discussion: "A run that was stopped is continued by the same command. A run that is finished is verified and made whole.")

  @OptionGroup var job: JobArguments
  @Option(parsing: .upToNextOption, help: DataArgument.help)
  var data: [String]
  @Option(help: ArgumentHelp("The output folder: a new one, an empty one, or one with this run.", valueName: "dir"))
  var out: String
  @Option(help: ArgumentHelp("The name of the billing cycle; by default the first digits of the data digest.", valueName: "id"))
  var cycle: String?
  @Option(help: ArgumentHelp("How many workers; by default one for each processor.", valueName: "n"))
  var jobs: Int = RenderOptions.defaultJobs
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("Only this account, or those in a file; repeatable.", valueName: "account|@file")
  )
  var only: [String] = []
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("Not this account, or those in a file; repeatable.", valueName: "account|@file"))
  var exclude: [String] = []
  @Flag(help: "Reject bills whose prices and rates do not multiply out, instead of warning.")
  var strictLines = false
  @Flag(help: "Mark every page as a specimen; such pieces cannot be released.")
  var specimen = false
  @Flag(help: "Remove what an earlier run left in the output folder, and only that.")
  var force = false
  @Option(help: ArgumentHelp("Seconds of processor time one record may take.", valueName: "n"))
  var recordSeconds = WorkerLimits().recordSeconds
  @Option(help: ArgumentHelp("Mebibytes of memory one worker may take.", valueName: "mib"))
  var workerMemory = WorkerLimits().memory
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("crash, hang, sleep or memory, a colon and an account.", visibility: .hidden))
  var testFault: [TestFault] = []
  @Option(help: ArgumentHelp("Seconds a worker may neither work nor answer.", visibility: .hidden))
  var idleSeconds = WorkerLimits().idleSeconds
  @OptionGroup var output: OutputOptions

  /// Longest name of a cycle: it stands in every line of the manifest and, if the layout wants it, on pages.
  private static let maximumCycle = 64

  func validate() throws {
    try require(jobs, in: 1...1024, "--jobs")
    try require(recordSeconds, in: 1...86_400, "--record-seconds")
    try require(workerMemory, in: 64...1_048_576, "--worker-memory")
    try require(idleSeconds, in: 1...86_400, "--idle-seconds")
    try require(out, "--out")
    try DataArgument.validate(data)
    for account in only + exclude where account.isEmpty || account == "@" {
      throw ValidationError("'--only' and '--exclude' take an account or '@' and the name of a file.")
    }
    if let cycle {
      let isPlain = cycle.utf8.allSatisfy { byte in
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
          || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
      guard isPlain, (1...Render.maximumCycle).contains(cycle.utf8.count) else {
        throw ValidationError("'--cycle' takes up to \(Render.maximumCycle) letters, digits, dots, hyphens and underscores.")
      }
    }
  }

  func run() throws {
    let makers = try makers
    let options = RenderOptions(
      job: job.options(strictLines: strictLines, specimen: specimen, purpose: .print), data: data, out: out, cycle: cycle, jobs: jobs,
      only: only, exclude: exclude, force: force,
      limits: WorkerLimits(recordSeconds: recordSeconds, memory: workerMemory, idleSeconds: idleSeconds), faults: testFault)
    throw Ended(RenderRun(options, program: makers.version, reporter: output.reporter()).run(prepare: makers.prepareAfterTrial))
  }
}

internal import ArgumentParser
internal import Contract
internal import Pipeline

/// `billfold verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Says whether a finished output folder is whole and agrees with itself; changes nothing.",
    discussion: """
      Reads every file the manifest names, compares size, digest and pages, looks for files it does not name, and adds up manifest and rejects \
      against the summary. Each finding is a line; the last line counts. With the run's inputs, given as to 'render', it makes sure that \
      the folder was made from them, and with '--sample' makes bills again and compares every byte. Exit codes: 0 nothing found; 1 findings; 66 \
      something cannot be read; 73 no finished run, or not one of these inputs or this program; 75 a run writes to the folder.
      """)

  @Argument(help: ArgumentHelp("The output folder of a finished run.", valueName: "out"))
  var out: String
  @Option(help: ArgumentHelp("Make so many bills again, drawn at random, and compare them; needs '--layout' and '--data'.", valueName: "n"))
  var sample: Int?
  @Option(help: ArgumentHelp("Where the drawing of the bills begins; by default somewhere, and told.", valueName: "s"))
  var seed: UInt64?
  @Option(help: ArgumentHelp("How many files are read at a time, and how many workers; by default one for each processor.", valueName: "n"))
  var jobs: Int = RenderOptions.defaultJobs
  @Option(help: LayoutArgument.help)
  var layout: String?
  @OptionGroup var look: LookArguments
  @Option(parsing: .upToNextOption, help: DataArgument.help)
  var data: [String] = []
  @OptionGroup var accounts: AccountChoice
  @OptionGroup var cycle: CycleArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try require(out, "out")
    try require(layout, "--layout")
    try require(jobs, in: 1...1024, "--jobs")
    if let sample { try require(sample, in: 1...VerifyOptions.maximumSample, "--sample") }
    try DataArgument.validate(data)
    guard layout == nil || data.isEmpty else { return }
    if sample != nil {
      throw ValidationError("'--sample' makes bills again: it needs '--layout' and '--data', as 'render' was given them.")
    }
    if layout != nil || !data.isEmpty || !look.isEmpty || !accounts.isEmpty || !cycle.isEmpty {
      throw ValidationError("The inputs of a run are '--layout' and '--data' at least, with all options that 'render' was given.")
    }
    if seed != nil { throw ValidationError("'--seed' is for '--sample'.") }
  }

  func run() throws {
    let makers = try makers
    var inputs: RenderOptions?
    if let layout {
      inputs = cycle.options(
        { look.options(layout: layout, strictLines: $0, specimen: $1, pieces: $2, hasMarks: $3, purpose: .print) }, accounts, data: data,
        out: out,
        jobs: jobs)
    }
    let options = VerifyOptions(
      out: out, jobs: jobs, sample: sample ?? 0, seed: seed ?? UInt64.random(in: 0...999_999_999), inputs: inputs)
    throw Ended(
      VerifyRun(options, program: makers.version, reporter: output.reporter()).run { options throws(RunFailure) in
        try makers.prepareAfterTrial(options)
      })
  }
}

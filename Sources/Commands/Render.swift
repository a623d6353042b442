internal import ArgumentParser
internal import Contract
internal import Pipeline

/// `billfold render`
struct Render: ParsableCommand, DataTaking {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Makes every bill of a cycle.",
    discussion: """
      A run that was stopped is continued by the same command. Of a run that is finished, files that are missing or of another size are made \
      again; 'billfold verify' reads every byte.
      """)

  @Option(help: LayoutArgument.help)
  var layout: String
  @OptionGroup var look: LookArguments
  @Option(parsing: .upToNextOption, help: DataArgument.help)
  var data: [String]
  @Option(help: ArgumentHelp("The output folder: a new one, an empty one, or one with this run.", valueName: "dir"))
  var out: String
  @Option(help: ArgumentHelp("How many workers; by default one for each processor.", valueName: "n"))
  var jobs: Int = RenderOptions.defaultJobs
  @Flag(help: "Remove what an earlier run left in the output folder, and only that.")
  var force = false
  @OptionGroup var accounts: AccountChoice
  @OptionGroup var cycle: CycleArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try LayoutArgument.validate(layout)
    try require(jobs, in: 1...1024, "--jobs")
    try require(out, "--out")
    try DataArgument.validate(data)
    if let piece = cycle.campaignPiece, look.campaign == nil {
      throw ValidationError("'--pieces \(piece.rawValue)' makes the \(piece.traits.plural) of a campaign: it needs '--campaign'.")
    }
  }

  func run() throws {
    let makers = try makers
    let options = cycle.options(
      { look.options(layout: layout, strictLines: $0, specimen: $1, pieces: $2, hasMarks: $3, purpose: .print) }, accounts, data: data,
      out: out,
      jobs: jobs,
      force: force)
    throw Ended(
      RenderRun(options, program: makers.version, reporter: output.reporter()).run { options, isBorne throws(RunFailure) in
        try makers.prepareAfterTrial(options, isBorne: isBorne)
      })
  }
}

internal import ArgumentParser
internal import Contract
internal import Pipeline

/// `billfold check`
struct Check: ParsableCommand, DataTaking {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Looks for faults in layout, campaign and data; writes nothing.",
    discussion: "Findings that differ only in their record are printed once, with a count. The last line counts bills and faults.")

  @Option(help: LayoutArgument.help)
  var layout: String
  @OptionGroup var look: LookArguments
  @Option(parsing: .upToNextOption, help: DataArgument.help)
  var data: [String] = []
  @Option(help: ArgumentHelp("How many workers; by default one for each processor.", valueName: "n"))
  var jobs: Int = RenderOptions.defaultJobs
  @Flag(help: "Let warnings count: exit 1 if there are any.")
  var strict = false
  @OptionGroup var limits: HiddenLimits
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try LayoutArgument.validate(layout)
    try require(jobs, in: 1...1024, "--jobs")
    try DataArgument.validate(data)
  }

  func run() throws {
    throw Ended(
      CheckBody(makers: try makers, reporter: output.reporter()).run(
        look.options(layout: layout, pieces: PieceKind.allCases, purpose: .check), data: data, isStrict: strict, jobs: jobs,
        limits: limits.limits,
        faults: limits.testFault)
    )
  }
}

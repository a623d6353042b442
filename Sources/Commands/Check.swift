internal import ArgumentParser
internal import Contract
internal import Languages
internal import Pipeline

/// `billfold check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Looks for faults in layout, campaign and data; writes nothing.")

  @Option(help: ArgumentHelp("The layout's folder.", valueName: "dir"))
  var layout: String
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Files or folders of bills as JSON Lines; '-' is the standard input.", valueName: "path"))
  var data: [String] = []
  @Option(help: ArgumentHelp("The campaign: its folder or its campaign.yaml.", valueName: "file"))
  var campaign: String?
  @Option(help: ArgumentHelp("The folder of the fonts; by default the nearest Fonts/ above the layout or the program.", valueName: "dir"))
  var fonts: String?
  @Option(help: ArgumentHelp("Set every bill in this language.", valueName: "tag"))
  var language: LanguageTag?
  @Option(help: ArgumentHelp("How many workers; by default one for each processor.", valueName: "n"))
  var jobs: Int = RenderOptions.defaultJobs
  @Flag(help: "Let warnings count: exit 1 if there are any.")
  var strict = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try require(jobs, in: 1...1024, "--jobs")
    for (path, option) in [(layout, "--layout"), (campaign, "--campaign"), (fonts, "--fonts")] { try require(path, option) }
    for path in data { try require(path, "--data") }
  }

  func run() throws {
    let job = JobOptions(layout: layout, campaign: campaign, fonts: fonts, language: language?.text, purpose: .check)
    throw Ended(CheckBody(makers: try makers, reporter: output.reporter()).run(job, data: data, isStrict: strict, jobs: jobs))
  }
}

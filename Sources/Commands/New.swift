internal import ArgumentParser

/// `billfold new`
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Starts a layout of your own, with sample bills and a campaign that render at once.",
    discussion: "Makes the folder with a copy of the layout, 'bills.jsonl' and 'campaign'. A folder that is there already is left alone.")

  @Argument(help: ArgumentHelp("The folder to make.", valueName: "name"))
  var name: String
  @Option(help: ArgumentHelp("The layout to start from: one of Layouts/, or a layout's folder.", valueName: "layout"))
  var like: String = "larkspur"
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try require(name, "name")
    try require(like, "--like")
  }

  func run() throws { throw Ended(NewLayout(makers: try makers, reporter: output.reporter()).start(name, like: like)) }
}

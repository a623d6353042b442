internal import ArgumentParser
internal import Dates

/// `billfold sample`
struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Makes up plausible bills as JSON Lines, the same for the same seed.")

  @Option(help: LayoutArgument.help)
  var layout: String
  @Option(help: ArgumentHelp("How many bills.", valueName: "n"))
  var count: Int
  @Option(help: ArgumentHelp("Where the made-up figures begin.", valueName: "s"))
  var seed: UInt64
  @Option(help: ArgumentHelp("The issue date of the bills.", valueName: "yyyy-mm-dd"))
  var issued: PlainDate?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try require(count, in: 0...1_000_000_000, "--count")
    try require(layout, "--layout")
  }

  func run() throws {
    throw Ended(SampleBody(reporter: output.reporter()).run(layout: layout, count: count, seed: seed, issued: issued))
  }
}

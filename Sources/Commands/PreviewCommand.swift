internal import ArgumentParser
internal import Contract
internal import Dates
internal import Languages
internal import Preview

/// `billfold preview`
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Shows bills in a local web page that follows every save of layout, campaign and data.",
    discussion: "Listens on 127.0.0.1 only. Ends with Ctrl-C.")

  @Option(help: ArgumentHelp("The layout's folder.", valueName: "dir"))
  var layout: String
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files or folders of bills: JSON Lines, e-invoices as XML or PDF, ZIPs of these; '-' is the standard input.", valueName: "path"))
  var data: [String]
  @Option(help: ArgumentHelp("The campaign: its folder or its campaign.yaml.", valueName: "file"))
  var campaign: String?
  @Option(help: ArgumentHelp("The secret key of the tokens; without it codes are specimens.", valueName: "file"))
  var tokenKey: String?
  @Option(help: ArgumentHelp("The folder of the fonts; by default the nearest Fonts/ above the layout or the program.", valueName: "dir"))
  var fonts: String?
  @Option(help: ArgumentHelp("The day that decides the campaign's phase; by default each bill's issue date.", valueName: "yyyy-mm-dd"))
  var asOf: PlainDate?
  @Option(help: ArgumentHelp("Set every bill in this language.", valueName: "tag"))
  var language: LanguageTag?
  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 takes a free one.", valueName: "n"))
  var port: UInt16 = 8080
  @OptionGroup var output: OutputOptions

  func validate() throws {
    for (path, option) in [(layout, "--layout"), (campaign, "--campaign"), (tokenKey, "--token-key"), (fonts, "--fonts")] {
      try require(path, option)
    }
    for path in data { try require(path, "--data") }
    guard data.count(where: { $0 == "-" }) <= 1 else { throw ValidationError("'-' can stand for the standard input only once.") }
  }

  func run() throws {
    let job = JobOptions(
      layout: layout, campaign: campaign, tokenKey: tokenKey, fonts: fonts, asOf: asOf, language: language?.text,
      purpose: .preview)
    throw Ended(PreviewServer.run(PreviewOptions(job: job, data: data, port: port), reporter: output.reporter()))
  }
}

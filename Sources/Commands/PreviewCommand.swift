internal import ArgumentParser
internal import Contract
internal import Preview

/// `billfold preview`
struct PreviewCommand: ParsableCommand, DataTaking {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Shows bills in a local web page that follows every save of layout, campaign and data.",
    discussion: """
      Listens on 127.0.0.1 only. The address it prints opens the page, in any browser and as often as wanted, while it runs; nobody gets in \
      without it. Ends with Ctrl-C.
      """)

  @Option(help: LayoutArgument.help)
  var layout: String
  @OptionGroup var look: LookArguments
  @Option(parsing: .upToNextOption, help: DataArgument.help)
  var data: [String]
  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 takes a free one.", valueName: "n"))
  var port: UInt16 = 8080
  @OptionGroup var faults: HiddenFaults
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try LayoutArgument.validate(layout)
    try DataArgument.validate(data)
  }

  func run() throws {
    let options = PreviewOptions(job: look.options(layout: layout, purpose: .preview), data: data, port: port, faults: faults.testFault)
    throw Ended(PreviewServer.run(options, reporter: output.reporter()))
  }
}

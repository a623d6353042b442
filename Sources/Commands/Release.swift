internal import ArgumentParser
internal import Dates
internal import Pipeline

/// `billfold release`
struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Writes into the ledger that a finished run's printed pieces were mailed.",
    discussion: """
      Each piece's file is compared with its digest first; then all pieces are written in one step, or none. The same again changes nothing. Exit \
      codes: 0 they are in the ledger; 1 a file is not what the manifest says, or a piece is in the ledger with another digest or day; 65 an \
      account of '--only' has no piece; 66 something cannot be read; 73 no finished run, specimens, or for '--list' no journal; 74 ledger or list cannot be written; 75 a run \
      writes to the folder, or another process uses the ledger; 78 the ledger cannot be used.
      """)

  @Argument(help: ArgumentHelp("The output folder of a finished run.", valueName: "out"))
  var out: String
  @Option(help: LedgerCommand.ledgerHelp)
  var ledger: String
  @Option(help: ArgumentHelp("The day the pieces were mailed.", valueName: "yyyy-mm-dd"))
  var mailed: PlainDate
  @OptionGroup var accounts: AccountChoice
  @Option(help: ArgumentHelp("Where a list of the pieces and their addresses is written, as CSV.", valueName: "file.csv"))
  var list: String?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try require(out, "out")
    try require(ledger, "--ledger")
    try require(list, "--list")
  }

  func run() throws {
    let options = ReleaseOptions(out: out, ledger: ledger, mailed: mailed, only: accounts.only, exclude: accounts.exclude, list: list)
    throw Ended(ReleaseRun(options, reporter: output.reporter()).run())
  }
}

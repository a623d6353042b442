internal import ArgumentParser
internal import Dates

/// The options of commands that tell what a ledger says.
struct LedgerReadingArguments: ParsableArguments {
  @Option(help: LedgerCommand.ledgerHelp)
  var ledger: String
  @Option(help: ArgumentHelp("Leave out what is later than this day.", valueName: "yyyy-mm-dd"))
  var asOf: PlainDate?
  @Option(help: RulesArgument.help)
  var rules: String?

  func validate() throws {
    try require(ledger, "--ledger")
    try require(rules, "--rules")
  }
}

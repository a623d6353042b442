internal import ArgumentParser
internal import Contract
internal import Dates

/// `billfold ledger`
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Keeps who was told what, who agreed and who chose paper.",
    subcommands: [Create.self, Import.self, Show.self, Export.self, Coverage.self])

  static let ledgerHelp = ArgumentHelp("The ledger's file.", valueName: "file")

  /// `billfold ledger create`
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Makes an empty ledger.",
      discussion: "Exit codes: 0 it is made; 73 something of that name is there; 74 it cannot be made.")

    @Option(help: LedgerCommand.ledgerHelp)
    var ledger: String
    @Option(help: ArgumentHelp("Whose it is: the company of the campaigns.", valueName: "name"))
    var company: String
    @OptionGroup var output: OutputOptions

    func validate() throws { try require(ledger, "--ledger") }

    func run() throws { throw Ended(LedgerBody(reporter: output.reporter()).create(ledger, company: company)) }
  }

  /// `billfold ledger import`
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Takes consents, withdrawals, paper choices and bounces into the ledger.",
      discussion: """
        The file is CSV (RFC 4180) in UTF-8 and begins with the line account,state,date,source,scope,evidence; states are consent, withdrawn, \
        paper and bounced. Rows that can be taken are, in one step; a row that is there already changes nothing. Exit codes: 0 all rows are in the \
        ledger; 65 some were refused; 66 the file cannot be read or has other columns; 74 ledger or refused rows cannot be written; 75 another \
        process uses the ledger; 78 the ledger cannot be used.
        """)

    @Argument(help: ArgumentHelp("The events, as CSV.", valueName: "file.csv"))
    var file: String
    @Option(help: LedgerCommand.ledgerHelp)
    var ledger: String
    @Option(help: ArgumentHelp("Where rows that are refused are written, with their reasons.", valueName: "file.csv"))
    var rejects: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try require(file, "file.csv")
      try require(ledger, "--ledger")
      try require(rejects, "--rejects")
    }

    func run() throws { throw Ended(LedgerBody(reporter: output.reporter()).importEvents(file, ledger: ledger, rejects: rejects)) }
  }

  /// `billfold ledger show`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Tells one account's history.",
      discussion: "Exit codes: 0, also of an account nothing is known of; 75 another process uses the ledger; 78 the ledger cannot be used."
    )

    @Argument(help: ArgumentHelp("The account.", valueName: "account"))
    var account: String
    @OptionGroup var reading: LedgerReadingArguments
    @OptionGroup var output: OutputOptions

    func validate() throws { try require(account, "account") }

    func run() throws {
      throw Ended(LedgerBody(reporter: output.reporter()).show(account, ledger: reading.ledger, asOf: reading.asOf, rules: reading.rules))
    }
  }

  /// `billfold ledger export`
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Tells of every account whether it may be switched to paperless bills, one JSON object a line.",
      discussion: """
        By accounts, with state, date and source of what decided it, may_switch and why, events and pieces. Consents are judged by the law of the \
        places the account's pieces were made for. Exit codes: 0; 75 another process uses the ledger; 78 ledger or rules cannot be used.
        """)

    @OptionGroup var reading: LedgerReadingArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
      throw Ended(LedgerBody(reporter: output.reporter()).export(reading.ledger, asOf: reading.asOf, rules: reading.rules))
    }
  }

  /// `billfold ledger coverage`
  struct Coverage: ParsableCommand, DataTaking {
    static let configuration = CommandConfiguration(
      commandName: "coverage", abstract: "Names the customers whom a campaign has told too little before paper stops.",
      discussion: """
        Customers are those with a bill on paper in the data who have not agreed; bills with a notice that were mailed before the active date are \
        held against the campaign's 'coverage'. Exit codes: 0 all have had enough; 1 some have not, one line each; 66 data cannot be read; 75 \
        another process uses the ledger; 78 campaign, rules or ledger cannot be used, or the campaign has no 'coverage'.
        """)

    @Option(help: LedgerCommand.ledgerHelp)
    var ledger: String
    @OptionGroup var campaign: CampaignArguments
    @Option(help: ArgumentHelp("Leave out what is later than this day; by default than the active date.", valueName: "yyyy-mm-dd"))
    var asOf: PlainDate?
    @OptionGroup var limits: HiddenLimits
    @OptionGroup var output: OutputOptions

    var data: [String] { campaign.data }

    func validate() throws { try require(ledger, "--ledger") }

    func run() throws {
      let body = PlanBody(makers: try makers, reporter: output.reporter())
      throw Ended(
        body.coverage(
          JobOptions(
            layout: "", campaign: campaign.campaign, ledger: ledger, rules: campaign.rules, asOf: asOf, purpose: .coverage), data: data,
          jobs: campaign.jobs, limits: limits.limits, faults: limits.testFault))
    }
  }
}

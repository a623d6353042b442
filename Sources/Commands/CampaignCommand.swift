internal import ArgumentParser
internal import Contract
internal import Dates
internal import Pipeline

/// `billfold campaign`
struct CampaignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign", abstract: "Looks at a campaign before its bills are made.", subcommands: [Lint.self, Plan.self])

  /// `billfold campaign lint`
  struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint",
      abstract: "Holds a campaign's words, dates and disclosures against law and good practice; advice to counsel, and no legal advice.",
      discussion: """
        Every finding names its rule, where that stands, and file and place. Points that the law asks and no disclosure maps are errors here, \
        and warnings to check and render; what a rule forbids, or what the campaign says it says and does not, is an error everywhere and ends \
        those with 78. Without '--layout' words may read only what every bill has. Exit codes: 0 nothing but notes; 1 errors or warnings; 78 \
        campaign, layout or rules cannot be used.
        """)

    @Option(help: CampaignArgument.help)
    var campaign: String
    @Option(help: LayoutArgument.help)
    var layout: String?
    @Option(help: RulesArgument.help)
    var rules: String?
    @Option(
      parsing: .unconditionalSingleValue,
      help: ArgumentHelp("A folder with fonts for the layout, as for render; repeatable, the first wins.", valueName: "dir"))
    var fonts: [String] = []
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try require(campaign, "--campaign")
      try require(layout, "--layout")
      try require(rules, "--rules")
      for folder in fonts { try require(folder, "--fonts") }
    }

    func run() throws {
      let body = LintBody(makers: try makers, reporter: output.reporter())
      throw Ended(body.lint(JobOptions(layout: layout ?? "", campaign: campaign, rules: rules, fonts: fonts, purpose: .check)))
    }
  }

  /// `billfold campaign plan`
  struct Plan: ParsableCommand, DataTaking {
    static let configuration = CommandConfiguration(
      commandName: "plan",
      abstract: "Counts what the bills of some data would carry, and says who will have been told too little before paper stops.",
      discussion: """
        Bills are counted by rule, phase, language, channel and notice, with '--layout' by the notice's variant, too. Customers are those with a \
        bill on paper who have not agreed; what the ledger says was mailed, what these data bring and what the cycles to come bring is held \
        against the campaign's 'coverage'. Where the campaign sends postcards or e-mails, they are planned by its rules; coverage counts no e-mails. Exit codes: 0; 1 somebody will have had too few notices; 66 data cannot be read; 75 another process \
        uses the ledger; 78 campaign, layout, rules or ledger cannot be used.
        """)

    @OptionGroup var campaign: CampaignArguments
    @Option(help: LayoutArgument.help)
    var layout: String?
    @Option(
      parsing: .unconditionalSingleValue,
      help: ArgumentHelp("A folder with fonts for the layout, as for render; repeatable, the first wins.", valueName: "dir"))
    var fonts: [String] = []
    @Option(help: LedgerCommand.ledgerHelp)
    var ledger: String?
    @Option(help: ArgumentHelp("The day to plan for; by default the latest issue date of the data.", valueName: "yyyy-mm-dd"))
    var asOf: PlainDate?
    @Option(
      parsing: .unconditionalSingleValue,
      help: ArgumentHelp(
        "What is made of these data: \(PiecesArgument.known), by default all of them; repeatable. Without postcard or email none goes out with them; in the "
          + "cycles to come, the campaign sends what its rules say.", valueName: "kind[,kind]"))
    var pieces: [String] = []
    @OptionGroup var limits: HiddenLimits
    @OptionGroup var output: OutputOptions

    var data: [String] { campaign.data }

    func validate() throws {
      try require(layout, "--layout")
      try require(ledger, "--ledger")
      for folder in fonts { try require(folder, "--fonts") }
      try PiecesArgument.validate(pieces)
    }

    func run() throws {
      let body = PlanBody(makers: try makers, reporter: output.reporter())
      throw Ended(
        body.plan(
          JobOptions(
            layout: layout ?? "", campaign: campaign.campaign, ledger: ledger, rules: campaign.rules, fonts: fonts, asOf: asOf,
            pieces: PiecesArgument.kinds(pieces, usual: PieceKind.allCases), purpose: .plan), data: data, jobs: campaign.jobs,
          limits: limits.limits, faults: limits.testFault))
    }
  }
}

/// What commands that ask about a campaign and some data have in common.
struct CampaignArguments: ParsableArguments {
  @Option(help: CampaignArgument.help)
  var campaign: String
  @Option(parsing: .upToNextOption, help: DataArgument.help)
  var data: [String]
  @Option(help: RulesArgument.help)
  var rules: String?
  @Option(help: ArgumentHelp("How many workers; by default one for each processor.", valueName: "n"))
  var jobs: Int = RenderOptions.defaultJobs

  func validate() throws {
    try require(campaign, "--campaign")
    try require(rules, "--rules")
    try require(jobs, in: 1...1024, "--jobs")
    try DataArgument.validate(data)
  }
}

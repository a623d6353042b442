internal import ArgumentParser
internal import Contract
internal import Dates
internal import FindingCodes
internal import Languages

/// What `--layout` of each command has in common.
enum LayoutArgument {
  static let help = ArgumentHelp("The layout's folder.", valueName: "dir")

  /// Checks the path of `--layout`.
  static func validate(_ layout: String) throws { try require(layout, "--layout") }
}

/// What `--campaign` of each command has in common.
enum CampaignArgument {
  static let help = ArgumentHelp("The campaign: its folder or its campaign.yaml.", valueName: "file")
}

/// What `--rules` of each command has in common.
enum RulesArgument {
  static let help = ArgumentHelp("A folder with rules of law of your own, one file CODE.yaml a place.", valueName: "dir")
}

/// The options beside the layout that decide what a bill looks like, the same in every command that makes bills.
///
/// Like every group of options it holds no other group: in debug builds ArgumentParser checks a group four times for each time it checks what
/// holds it, so that each level of groups makes every start of the program four times as slow.
struct LookArguments: ParsableArguments {
  @Option(help: CampaignArgument.help)
  var campaign: String?
  @Option(
    help: ArgumentHelp(
      "The secret key of the tokens, 32 bytes or more; without it check and preview use specimen codes.", valueName: "file"))
  var tokenKey: String?
  @Option(
    help: ArgumentHelp(
      "The ledger, for where each customer stands and what was mailed; it is only read, and needs '--campaign'.", valueName: "file"))
  var ledger: String?
  @Option(help: RulesArgument.help)
  var rules: String?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A folder with fonts, which win over the nearest Fonts/ above the layout or the program; repeatable, the first wins.",
      valueName: "dir"))
  var fonts: [String] = []
  @Option(help: ArgumentHelp("The day that decides the campaign's phase; by default each bill's issue date.", valueName: "yyyy-mm-dd"))
  var asOf: PlainDate?
  @Option(help: ArgumentHelp("Set every bill in this language.", valueName: "tag"))
  var language: LanguageTag?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Make these rejects warnings, and make the bill: \(FindingCodes.acceptable.joined(separator: ", ")); repeatable.",
      valueName: "code[,code]"))
  var accept: [String] = []

  func validate() throws {
    for (path, option) in [(campaign, "--campaign"), (tokenKey, "--token-key"), (ledger, "--ledger"), (rules, "--rules")] {
      try require(path, option)
    }
    if ledger != nil, campaign == nil {
      throw ValidationError("'--ledger' says where customers stand in a campaign: it needs '--campaign'.")
    }
    for folder in fonts { try require(folder, "--fonts") }
    for code in codes where !FindingCodes.acceptable.contains(code) {
      throw ValidationError("'--accept' takes \(FindingCodes.acceptable.joined(separator: ", ")), and not '\(code)'.")
    }
  }

  private var codes: [String] { accept.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } }

  /// Whether none of them was given.
  var isEmpty: Bool {
    campaign == nil && tokenKey == nil && ledger == nil && rules == nil && fonts.isEmpty && asOf == nil && language == nil && accept.isEmpty
  }

  /// The options as workers get them.
  func options(
    layout: String, strictLines: Bool = false, specimen: Bool = false, pieces: [PieceKind] = [.bill], hasMarks: Bool = false,
    purpose: JobOptions.Purpose
  ) -> JobOptions {
    JobOptions(
      layout: layout, campaign: campaign, tokenKey: tokenKey, ledger: ledger, rules: rules, fonts: fonts, asOf: asOf,
      language: language?.text, strictLines: strictLines, specimen: specimen, accepts: codes, pieces: pieces, hasMarks: hasMarks,
      purpose: purpose)
  }
}

/// What `--data` of each command has in common.
enum DataArgument {
  static let help = ArgumentHelp(
    """
    Files, folders or archives of bills: JSON Lines (.jsonl, .ndjson), e-invoices as XML or PDF, ZIP archives of these, any of them as .gz; \
    folders are read with the folders below; '-' is the standard input.
    """, valueName: "path")

  /// Checks the paths of `--data`.
  static func validate(_ data: [String]) throws {
    for path in data { try require(path, "--data") }
    guard data.count(where: { $0 == "-" }) <= 1 else { throw ValidationError("'-' can stand for the standard input only once.") }
  }
}

internal import ArgumentParser

/// `billfold token`
struct Token: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Works with the tokens by which customers opt in.", subcommands: [Verify.self])

  /// `billfold token verify`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Says whether a token is that of an account: exit code 0 or 1.")

    @Argument(help: "The token as printed or typed.")
    var token: String
    @Option(parsing: .unconditional, help: ArgumentHelp("The account.", valueName: "account"))
    var account: String
    @Option(help: CampaignArgument.help)
    var campaign: String
    @Option(help: ArgumentHelp("The secret key of the tokens.", valueName: "file"))
    var tokenKey: String
    @OptionGroup var output: OutputOptions

    func run() throws {
      throw Ended(TokenBody(reporter: output.reporter()).verify(token, account: account, campaign: campaign, tokenKey: tokenKey))
    }
  }
}

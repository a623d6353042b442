internal import ArgumentParser

/// `billfold`: the root of the commands.
struct Billfold: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "billfold", abstract: "Turns a billing cycle's data into the bills its customers receive.",
      discussion: """
        Exit codes: 0 all well; 1 something was found by 'verify', 'release', 'send', 'campaign plan', 'ledger coverage', 'check --strict', 'format --check' or 'token verify'; 64 wrong usage; 65 \
        some records, rows or messages were rejected or an account of '--only' was never met, everything else was written or sent; 66 data or an '@FILE' cannot be \
        read, vanished or changed; 69 stopped by a limit, or the mail server cannot be used; 70 a defect of the program; 73 the output folder holds another run or someone else's \
        files, or to 'verify', 'release' and 'send' no finished run, or a ledger is there already; 74 output cannot be made or written; 75 another process \
        writes to the output folder or the ledger; 78 layout, campaign, fonts, key, rules or ledger are unreadable or faulty; 128+n ended by \
        signal n.
        """,
      version: Makers.current?.version ?? "",
      subcommands: [
        Render.self, Check.self, PreviewCommand.self, Sample.self, Token.self, Format.self, New.self, Verify.self, CampaignCommand.self,
        LedgerCommand.self, Release.self, Send.self,
      ])
  }
}

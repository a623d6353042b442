internal import ArgumentParser

/// `billfold`: the root of the commands.
struct Billfold: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "billfold", abstract: "Turns a billing cycle's data into the bills its customers receive.",
      discussion: """
        Exit codes: 0 all well; 1 something was found; 64 wrong usage; 65 some records were rejected, everything else was written; \
        66 data cannot be read, vanished or changed; 70 a defect; 73 the output folder holds another run or someone else's files; \
        74 output cannot be written; 75 another process writes to the output folder; 78 layout, campaign, fonts or key are faulty.
        """,
      version: Makers.current?.version ?? "",
      subcommands: [Render.self, Check.self, PreviewCommand.self, Sample.self, Token.self, Format.self, New.self])
  }
}

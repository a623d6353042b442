internal import ArgumentParser

/// Which accounts a command is about: `--only` and `--exclude`.
struct AccountChoice: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("Only this account, or those in a file; repeatable.", valueName: "account|@file")
  )
  var only: [String] = []
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("Not this account, or those in a file; repeatable.", valueName: "account|@file"))
  var exclude: [String] = []

  func validate() throws {
    for account in only + exclude where account.isEmpty || account == "@" {
      throw ValidationError("'--only' and '--exclude' take an account or '@' and the name of a file.")
    }
  }

  /// Whether neither was given.
  var isEmpty: Bool { only.isEmpty && exclude.isEmpty }
}

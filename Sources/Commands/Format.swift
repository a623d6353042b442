internal import ArgumentParser

/// `billfold format`
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format", abstract: "Writes layouts and partials in their canonical form, in place.",
    discussion: "Indentation, order of attributes and line breaks change, the meaning does not. A faulty file is left as it is.")

  @Argument(help: ArgumentHelp("Layouts and partials.", valueName: "file"))
  var files: [String]
  @Flag(help: "Write nothing; name the files that are not in canonical form and exit with 1 if there are any.")
  var check = false
  @OptionGroup var output: OutputOptions

  func validate() throws { for file in files { try require(file, "file") } }

  func run() throws { throw Ended(FormatBody(reporter: output.reporter()).run(files, isCheck: check)) }
}

internal import ArgumentParser
internal import Pipeline

/// What `billfold format` was asked to do.
public struct FormatOptions: Sendable, Hashable {
  /// Layouts and partials, as the user wrote them.
  public var files: [String]
  /// Is nothing to be written?
  public var checks: Bool
}

/// `billfold format`
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes layouts and partials in their canonical form, in place.",
    discussion: "Indentation, order of attributes and line breaks change, the meaning does not. A faulty file is left as it is.")

  @Argument(help: ArgumentHelp("Layouts and partials.", valueName: "file"))
  var files: [String]
  @Flag(help: "Write nothing; name the files that are not in canonical form and exit with 1 if there are any.")
  var check = false
  @OptionGroup var output: OutputOptions

  func validate() throws { for file in files { try require(file, "file") } }

  func run() throws { throw Ended(try bodies.format(FormatOptions(files: files, checks: check), output.reporter())) }
}

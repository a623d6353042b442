public import ArgumentParser
public import Contract
public import Dates
public import Languages
public import Reporting

/// Options of every command.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The form of findings and results: text, or json with one object a line.", valueName: "text|json"))
  var format: Reporter.Format = .text

  func reporter() -> Reporter { Reporter(format: format) }
}

extension Reporter.Format: ExpressibleByArgument {}

extension PlainDate: ExpressibleByArgument {
  /// Reads `YYYY-MM-DD`.
  public init?(argument: String) { self.init(argument) }
}

extension LanguageTag: ExpressibleByArgument {
  /// Reads a tag after BCP 47.
  public init?(argument: String) { self.init(argument) }
}

extension TestFault: ExpressibleByArgument {
  /// Reads `KIND:ACCOUNT`.
  public init?(argument: String) { self.init(argument) }
}

/// Checks that a number lies within bounds.
func require(_ value: Int, in bounds: ClosedRange<Int>, _ option: String) throws {
  guard bounds.contains(value) else {
    throw ValidationError("The value '\(value)' of '\(option)' must lie between \(bounds.lowerBound) and \(bounds.upperBound).")
  }
}

/// Checks that a text is not empty.
func require(_ text: String?, _ option: String) throws {
  if let text, text.isEmpty { throw ValidationError("The value of '\(option)' must not be empty.") }
}

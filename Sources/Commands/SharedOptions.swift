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

/// Options that only tests give, of commands that have no others of the kind.
struct HiddenFaults: ParsableArguments {
  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("As for render.", visibility: .hidden))
  var testFault: [TestFault] = []
}

/// The same with the bounds of a worker.
struct HiddenLimits: ParsableArguments {
  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("As for render.", visibility: .hidden))
  var testFault: [TestFault] = []
  @Option(help: ArgumentHelp("As for render.", visibility: .hidden))
  var recordSeconds = WorkerLimits().recordSeconds
  @Option(help: ArgumentHelp("As for render.", visibility: .hidden))
  var workerMemory = WorkerLimits().memory
  @Option(help: ArgumentHelp("As for render.", visibility: .hidden))
  var idleSeconds = WorkerLimits().idleSeconds

  var limits: WorkerLimits { WorkerLimits(recordSeconds: recordSeconds, memory: workerMemory, idleSeconds: idleSeconds) }

  func validate() throws { try limits.validate() }
}

extension WorkerLimits {
  /// Checks what was given for them.
  func validate() throws {
    try require(recordSeconds, in: 1...86_400, "--record-seconds")
    try require(memory, in: 64...1_048_576, "--worker-memory")
    try require(idleSeconds, in: 1...86_400, "--idle-seconds")
  }
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

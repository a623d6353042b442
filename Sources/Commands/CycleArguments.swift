internal import ArgumentParser
internal import Contract
internal import FileReading
internal import Pipeline

/// The options that say which records of a cycle are made and how, the same in every command that makes a run's bills.
struct CycleArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The name of the billing cycle; by default the first digits of the data digest.", valueName: "id"))
  var cycle: String?
  @Flag(help: "Reject bills whose prices and rates do not multiply out, instead of warning.")
  var strictLines = false
  @Flag(help: "Mark every page as a specimen; such pieces cannot be released.")
  var specimen = false
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Make only these kinds of pieces: \(PiecesArgument.known), by default bill and terms; repeatable. Bills bring the "
        + "leaflets with the terms that their rules ask for; without bills, they are laid out and judged, and not written.",
      valueName: "kind[,kind]"))
  var pieces: [String] = []
  @Flag(help: "Print crop marks outside the sheet: on postcards, and on bills and leaflets whose layout has a bleed.")
  var marks = false
  @Option(help: ArgumentHelp("Seconds of processor time one record may take, and reading one file or entry of an archive.", valueName: "n"))
  var recordSeconds = WorkerLimits().recordSeconds
  @Option(help: ArgumentHelp("Mebibytes of memory one worker may take.", valueName: "mib"))
  var workerMemory = WorkerLimits().memory
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("crash, hang, sleep or memory, a colon and an account; with read- before it a file or entry.", visibility: .hidden))
  var testFault: [TestFault] = []
  @Option(help: ArgumentHelp("Seconds a worker may neither work nor answer.", visibility: .hidden))
  var idleSeconds = WorkerLimits().idleSeconds

  /// Longest name of a cycle: it stands in every line of the manifest and, if the layout wants it, on pages.
  ///
  /// - Stops: a name that makes every line of the manifest long.
  private static let maximumCycle = 64

  func validate() throws {
    try limits.validate()
    try PiecesArgument.validate(pieces)
    if let cycle {
      let isPlain = cycle.utf8.allSatisfy { byte in
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
          || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
      guard isPlain, (1...CycleArguments.maximumCycle).contains(cycle.utf8.count) else {
        throw ValidationError("'--cycle' takes up to \(CycleArguments.maximumCycle) letters, digits, dots, hyphens and underscores.")
      }
    }
  }

  /// Whether none of them was given.
  var isEmpty: Bool {
    cycle == nil && !strictLines && !specimen && pieces.isEmpty && !marks && testFault.isEmpty
      && limits == WorkerLimits(idleSeconds: idleSeconds)
  }

  /// The first of the pieces that are asked for and that only a campaign has; `nil` where there is none.
  var campaignPiece: PieceKind? { wanted.first(where: \.isOfAccount) }

  /// The kinds of pieces that are asked for.
  private var wanted: [PieceKind] { PiecesArgument.kinds(pieces, usual: PieceKind.usual) }

  private var limits: WorkerLimits { WorkerLimits(recordSeconds: recordSeconds, memory: workerMemory, idleSeconds: idleSeconds) }

  /// The run they and the look describe.
  func options(
    _ job: (_ strictLines: Bool, _ specimen: Bool, _ pieces: [PieceKind], _ marks: Bool) -> JobOptions, _ accounts: AccountChoice,
    data: [String],
    out: String, jobs: Int,
    force: Bool = false
  ) -> RenderOptions {
    RenderOptions(
      job: job(strictLines, specimen, wanted, marks), data: data, out: out, cycle: cycle, jobs: jobs, only: accounts.only,
      exclude: accounts.exclude,
      force: force,
      limits: limits, faults: testFault, readingEngines: { ReadingEngines.all })
  }
}

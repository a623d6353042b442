internal import ArgumentParser
internal import Glibc
internal import Contract
internal import Pipeline
internal import Preview
internal import Reporting

/// The program's way in.
public enum BillfoldProgram {
  /// Runs the program and ends it. To be called first thing, on the main thread.
  public static func main(_ makers: Makers) -> Never {
    let arguments = CommandLine.arguments
    if let code = WorkerProcess.runIfAsked(arguments, makeRenderer: makers.makeRenderer) { exit(code) }
    if let trial = makers.tryFonts, let code = FontTrialProcess.runIfAsked(arguments, trial: trial) { exit(code) }
    if let make = makers.makePreviewLoader, let code = PreviewWorkerProcess.runIfAsked(arguments, makeLoader: make) { exit(code) }
    let ending = Makers.$current.withValue(makers) { parseAndRun(Array(arguments.dropFirst())) }
    switch ending {
    case .code(let code): exit(code.rawValue)
    case .signal(let signal): ProcessEnd.bySignal(signal)
    }
  }

  private static func parseAndRun(_ arguments: [String]) -> Ending {
    do {
      var command = try Billfold.parseAsRoot(arguments)
      try command.run()
      return .code(.success)
    } catch let ended as Ended {
      return ended.ending
    } catch {
      // Prints help or what is wrong with the command line, and ends with 0 or 64.
      Billfold.exit(withError: error)
    }
  }
}

/// Thrown by a command to end the program in a certain way.
struct Ended: Error {
  let ending: Ending

  init(_ ending: Ending) { self.ending = ending }
  init(_ code: Contract.ExitCode) { ending = .code(code) }
}

extension ParsableCommand {
  /// What makes bills.
  var makers: Makers {
    get throws {
      guard let makers = Makers.current else { throw Ended(.defect) }
      return makers
    }
  }
}

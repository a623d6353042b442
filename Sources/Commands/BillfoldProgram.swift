internal import ArgumentParser
internal import Glibc
internal import Contract
internal import Diagnostics
internal import FileReading
internal import Files
internal import Pipeline
internal import Preview
internal import Reporting

/// The program's way in.
public enum BillfoldProgram {
  /// Runs the program and ends it. To be called first thing, on the main thread.
  public static func main(_ makers: Makers) -> Never {
    let arguments = CommandLine.arguments
    if let code = WorkerProcess.runIfAsked(arguments, makeRenderer: makers.makeRenderer) { exit(code) }
    if let code = ReaderProcess.runIfAsked(arguments) { exit(code) }
    if let trial = makers.tryFonts, let code = FontTrialProcess.runIfAsked(arguments, trial: trial) { exit(code) }
    if let make = makers.makePreviewLoader, let code = PreviewWorkerProcess.runIfAsked(arguments, makeLoader: make) { exit(code) }
    // A worker was given all it needs; whatever else runs has been started by anyone.
    ProcessStart.settle()
    EarlyWorker.startAhead(of: arguments)
    let ending = Makers.$current.withValue(makers) { parseAndRun(Array(rawArguments.dropFirst())) }
    EarlyWorker.endUnused()
    switch ending {
    case .code(let code):
      let signal = StandardOutput.pendingSignal
      if signal != 0 { ProcessEnd.bySignal(signal) }
      exit(told(code).rawValue)
    case .signal(let signal): ProcessEnd.bySignal(signal)
    }
  }

  /// The code to end with: where all went well but what was to be told is lost, 74.
  private static func told(_ code: Contract.ExitCode) -> Contract.ExitCode {
    StandardOutput.close()
    guard let loss = StandardOutput.loss, [.success, .found, .rejects, .output].contains(code) else { return code }
    Reporter(format: Reporter.lastFormat).report(
      Diagnostic(
        id: "output-failed",
        "cannot write \(loss.isResult ? "results to the standard output" : "findings to the standard error"): \(loss.reason)"))
    return .output
  }

  /// The command line without loss: `CommandLine.arguments` mends what is not UTF-8, and a file's name need not be.
  private static var rawArguments: [String] {
    (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }.map { argument in
      ArgumentText.text(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
    }
  }

  private static func parseAndRun(_ arguments: [String]) -> Ending {
    do {
      var command = try Billfold.parseAsRoot(arguments)
      let wanted = arguments.filter(ArgumentText.holdsBytes)
      if let first = wanted.first, (command as? any DataTaking)?.data.count(where: ArgumentText.holdsBytes) != wanted.count {
        throw ValidationError("The argument '\(first)' is not UTF-8, which only the paths of '--data' need not be.")
      }
      try command.run()
      return .code(.success)
    } catch let ended as Ended {
      return ended.ending
    } catch {
      // Help, or what is wrong with the command line.
      let (code, text) = (Billfold.exitCode(for: error), ArgumentText.shown(Billfold.fullMessage(for: error)))
      let reporter = Reporter(format: .text)
      if code != .success {
        reporter.notice(text)
      } else if !text.isEmpty {
        reporter.result(text)
      }
      return .code(code == .success ? .success : code == .validationFailure ? .usage : .defect)
    }
  }
}

/// Thrown by a command to end the program in a certain way.
struct Ended: Error {
  let ending: Ending

  init(_ ending: Ending) { self.ending = ending }
  init(_ code: Contract.ExitCode) { ending = .code(code) }
}

/// A command with `--data`, whose paths are as ``ArgumentText`` gives them.
protocol DataTaking {
  var data: [String] { get }
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

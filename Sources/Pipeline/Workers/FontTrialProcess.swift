public import Contract
public import Diagnostics
internal import WorkerLink

/// The child's side of a trial of fonts: a process that tells which font it takes up next, so that its end names the one it could not bear.
public enum FontTrialProcess {
  /// Tries fonts if the command line asks for it; returns `nil` at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed.
  ///
  /// - Parameter trial: Tries the fonts of a job; tells each file before, and returns what is wrong.
  /// - Returns: The code this process must exit with.
  public static func runIfAsked(
    _ arguments: [String], trial: (JobOptions, (String) throws -> Void) throws -> [Diagnostic]
  ) -> Int32? {
    do {
      guard let channel = try WorkerChannel.open(arguments, as: .fonts) else { return nil }
      channel.limitMemory(FontTrialRun.memoryLimit)
      guard let frame = try channel.next(), frame.kind == .tryFonts else { throw FieldFailure.malformed }
      let options = try FrameReader.value(JobOptions.self, of: frame.fields)
      let faults = try trial(options) { try channel.write(FrameWriter.frame(.trying, $0)) }
      try channel.write(FrameWriter.frame(.tried, WorkerStartFailure(.defect, faults)))
      return ExitCode.success.rawValue
    } catch {
      // The parent sees the closed pipe and knows what it had asked for.
      return ExitCode.defect.rawValue
    }
  }
}

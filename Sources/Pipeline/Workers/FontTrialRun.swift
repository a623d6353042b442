internal import CLinux
public import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import WorkerLink

/// The parent's side of a trial of fonts: no font is read by HarfBuzz, FreeType or cairo in this process before another has borne it.
public enum FontTrialRun {
  /// Bytes of private memory the trial may reserve.
  ///
  /// - Stops: a font that takes the machine's memory.
  static let memoryLimit = 2 << 30
  /// Seconds of processor time, and of standing still, for one font: real ones take some milliseconds.
  ///
  /// - Stops: a font that is read without end.
  private static let secondsPerFont = 20
  /// How often the trial is looked at, in milliseconds.
  private static let pause: Int32 = 100

  /// Tries every font of a job in a child process.
  ///
  /// - Throws: With 78 `font-damaged` for each font that cannot be used, or for the one that ended the child or held it up; with 70
  ///   `worker-start` where no child can be started.
  public static func run(_ options: JobOptions) throws(RunFailure) {
    let faults: [Diagnostic]
    do throws(SystemError) {
      let log = try OpenFile.discarding()
      var found: [Diagnostic]?
      for attempt in 1...attempts where found == nil {
        let child = try Child(.fonts, log: log.descriptor)
        child.enqueue(FrameWriter.frame(.tryFonts, options))
        found = try watch(child, isLast: attempt == attempts)
      }
      faults = found ?? []
    } catch {
      throw RunFailure(.defect, id: "worker-start", "cannot start a process to try the fonts: \(error.text)")
    }
    if !faults.isEmpty { throw RunFailure(.configuration, faults) }
  }

  /// So many children may be killed by someone else, which is no font's fault.
  ///
  /// - Stops: being started for ever by what kills it.
  private static let attempts = 5

  /// What the child found; `nil` where someone else has killed it, and it is not the last.
  private static func watch(_ child: Child, isLast: Bool) throws(SystemError) -> [Diagnostic]? {
    var current: String?
    var watch = ChildWatch()
    watch.begin()
    let limits = ChildWatch.Limits(processorSeconds: secondsPerFont, idleSeconds: secondsPerFont, memory: Int64(memoryLimit))
    var last = ContinuousClock.now
    func damaged(_ reason: String) -> [Diagnostic] {
      let what = current.map { "font file '\($0)' is damaged: trying it" } ?? "the fonts cannot be tried: the process that does"
      return [Diagnostic(id: "font-damaged", "\(what) \(reason); expected whole fonts only")]
    }
    while true {
      _ = try child.wait(milliseconds: pause)
      switch child.receive() {
      case .bytes:
        watch.begin()
        do {
          while let frame = try child.buffer.next() {
            switch frame.kind {
            case .trying: current = try FrameReader.value(String.self, of: frame.fields)
            case .tried: return try FrameReader.value(WorkerStartFailure.self, of: frame.fields).diagnostics
            default: throw FieldFailure.malformed
            }
          }
        } catch {
          return damaged("made it answer what nobody can read")
        }
      case .nothing: break
      case .end:
        let ending = child.end()
        if ending.signal == SIGKILL, !isLast { return nil }
        return damaged(ending.signal > 0 ? "ended the process by signal \(ending.signal)" : "ended the process")
      }
      let now = ContinuousClock.now
      let elapsed = (now - last).components
      last = now
      switch watch.look(at: child, limits, elapsed: elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000) {
      case .time?: return damaged("took more than \(secondsPerFont) seconds")
      case .silence?: return damaged("neither worked nor answered for \(secondsPerFont) seconds")
      case .memory?: return damaged("took more than \(memoryLimit >> 20) MiB of memory")
      case nil: break
      }
    }
  }
}

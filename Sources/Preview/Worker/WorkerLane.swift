internal import CLinux
internal import Contract
internal import Files
internal import Dispatch
internal import Synchronization
internal import WorkerLink

/// One worker and the line of requests before it, on a thread of its own, to which the worker belongs.
final class WorkerLane: Sendable {
  /// What became of a request.
  enum Outcome: Sendable {
    case layout(PreviewLayout)
    case reply(PreviewReply)
    /// Layout, campaign, fonts or key cannot be used.
    case refused([PreviewFinding])
    /// The worker was lost over it, and why.
    case lost(String)
    /// The inputs have changed meanwhile, or someone more urgent came.
    case superseded
  }

  /// Who is served first.
  enum Urgency: Int, Comparable, Sendable {
    /// Bills nobody looks at.
    case survey
    /// Other pages, thumbnails.
    case picture
    /// The pages in sight.
    case bill
    /// Layout and campaign by themselves.
    case load
    static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
  }

  private struct Errand {
    let generation: Int
    let options: JobOptions
    /// `nil`: only load.
    let request: PreviewRequest?
    let urgency: Urgency
    let finish: @Sendable (Outcome) -> Void
  }

  /// So many milliseconds a busy worker may still have when a newer save comes: most are done by then, and starting anew costs more.
  private static let grace: Int64 = 60
  /// After so many loads a worker is replaced: whatever a C library keeps of a layout must not add up over a day of edits.
  ///
  /// - Stops: memory that adds up over a day of edits.
  private static let loadsAllowed = 200
  /// A longer line before the worker is refused; the page asks for a screenful of thumbnails at most.
  ///
  /// - Stops: requests that come faster than they are served.
  private static let lineLimit = 400

  private let program: String
  private let niceness: Int32

  private struct Line {
    var errands: [Errand] = []
    var generation = 0
    /// When it began, in nanoseconds of the monotonic clock.
    var generationSince: Int64 = 0
    /// Why there is no thread, and so no worker.
    var refusal: SystemError?
  }

  private let line = Mutex(Line())
  /// Counts errands that were put into the line; the thread waits for it when the line is empty.
  private let arrival = DispatchSemaphore(value: 0)

  /// Starts the lane; its worker is started at once, so that the first bill finds it warm.
  ///
  /// - Parameter niceness: How much the worker stands back behind other programs, 0 to 19.
  init(program: String, niceness: Int32) {
    (self.program, self.niceness) = (program, niceness)
    do throws(SystemError) { try SystemThread.start { [self] in work() } } catch { line.withLock { $0.refusal = error } }
  }

  /// Everything asked for under an older generation is dropped, and a worker that is busy with it is ended.
  func advance(to generation: Int) {
    let old = line.withLock { line in
      (line.generation, line.generationSince) = (generation, bf_monotonic_nanoseconds())
      defer { line.errands.removeAll { $0.generation < generation } }
      return line.errands.filter { $0.generation < generation }
    }
    for errand in old { errand.finish(.superseded) }
  }

  /// Loads the inputs if they are not, and shows a bill (or with `nil` only describes the layout).
  func ask(_ request: PreviewRequest?, options: JobOptions, generation: Int, urgency: Urgency) async -> Outcome {
    await withCheckedContinuation { continuation in
      let errand = Errand(
        generation: generation, options: options, request: request, urgency: urgency, finish: { continuation.resume(returning: $0) })
      let refusal = line.withLock { line -> Outcome? in
        if let refusal = line.refusal { return .lost("cannot start a thread that watches a worker: \(refusal.text)") }
        if generation < line.generation || line.errands.count >= WorkerLane.lineLimit { return .superseded }
        line.errands.append(errand)
        return nil
      }
      if let refusal { errand.finish(refusal) } else { arrival.signal() }
    }
  }

  // MARK: The thread

  private func next() -> Errand {
    while true {
      let errand = line.withLock { line in
        // The most urgent, and of those the one that has waited longest.
        line.errands.indices.max { (line.errands[$0].urgency, -$0) < (line.errands[$1].urgency, -$1) }.map { line.errands.remove(at: $0) }
      }
      if let errand { return errand }
      arrival.wait()
    }
  }

  private func isOutdated(_ errand: Errand) -> Bool {
    line.withLock { line in
      errand.generation < line.generation && bf_monotonic_nanoseconds() - line.generationSince > WorkerLane.grace * 1_000_000
    }
  }

  private func work() {
    var child = PreviewWorker(program: program, niceness: niceness)
    var spare: PreviewWorker?
    var loaded: (generation: Int, outcome: Outcome)?
    var loads = 0
    while true {
      let errand = next()
      // A worker that was idle may have been ended from outside: one fresh start is worth it.
      for attempt in 0..<2 {
        if child == nil || loads >= WorkerLane.loadsAllowed {
          child = spare ?? PreviewWorker(program: program, niceness: niceness)
          spare = nil
          (loaded, loads) = (nil, 0)
        }
        guard let worker = child else {
          errand.finish(.lost("a worker cannot be started"))
          break
        }
        var isFresh = false
        do throws(PreviewWorker.Loss) {
          if loaded?.generation != errand.generation {
            loaded = nil
            loads += 1
            isFresh = true
            loaded = (errand.generation, try ask(worker, FrameWriter.frame(.load, errand.options), errand))
          }
          guard case .layout? = loaded?.outcome, let request = errand.request else {
            errand.finish(loaded?.outcome ?? .superseded)
            break
          }
          isFresh = true
          errand.finish(try ask(worker, FrameWriter.frame(.show, request, capacity: 256 + request.record.count), errand))
          break
        } catch {
          (child, loaded, loads) = (nil, nil, 0)
          if case .abandoned = error {
            errand.finish(.superseded)
            break
          }
          if case .crashed = error, attempt == 0, isFresh { continue }
          errand.finish(.lost(error.text))
          break
        }
      }
      // One stands ready before anyone asks: starting a process takes as long as laying a bill out.
      if spare == nil { spare = PreviewWorker(program: program, niceness: niceness) }
    }
  }

  private func ask(_ worker: PreviewWorker, _ frame: [UInt8], _ errand: Errand) throws(PreviewWorker.Loss) -> Outcome {
    try worker.ask(frame, isAbandoned: { isOutdated(errand) }) { (kind, fields) throws(FieldFailure) in
      switch kind {
      case .loaded: .layout(try FrameReader.value(PreviewLayout.self, of: fields))
      case .refused: .refused(try FrameReader.value([PreviewFinding].self, of: fields))
      case .reply: .reply(try FrameReader.value(PreviewReply.self, of: fields))
      default: throw .malformed
      }
    }
  }
}

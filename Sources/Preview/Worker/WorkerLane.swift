internal import CLinux
internal import Contract
internal import Files
internal import Foundation
internal import WorkerLink

/// One worker and the line of requests before it, on a thread of its own.
///
/// `@unchecked Sendable`: everything mutable that more than one thread reaches is guarded by `condition`; the worker belongs to the thread.
final class WorkerLane: @unchecked Sendable {
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
  /// Why there is no thread, and so no worker.
  private var refusal: SystemError?
  private let condition = NSCondition()
  private var errands: [Errand] = []
  private var generation = 0
  private var generationSince: Int64 = 0

  /// Starts the lane; its worker is started at once, so that the first bill finds it warm.
  ///
  /// - Parameter niceness: How much the worker stands back behind other programs, 0 to 19.
  init(program: String, niceness: Int32) {
    (self.program, self.niceness) = (program, niceness)
    do throws(SystemError) { try SystemThread.start { [self] in work() } } catch { refusal = error }
  }

  /// Everything asked for under an older generation is dropped, and a worker that is busy with it is ended.
  func advance(to generation: Int) {
    condition.lock()
    self.generation = generation
    generationSince = bf_monotonic_nanoseconds()
    let old = errands.filter { $0.generation < generation }
    errands.removeAll { $0.generation < generation }
    condition.unlock()
    for errand in old { errand.finish(.superseded) }
  }

  /// Loads the inputs if they are not, and shows a bill (or with `nil` only describes the layout).
  func ask(_ request: PreviewRequest?, options: JobOptions, generation: Int, urgency: Urgency) async -> Outcome {
    await withCheckedContinuation { continuation in
      let errand = Errand(
        generation: generation, options: options, request: request, urgency: urgency, finish: { continuation.resume(returning: $0) })
      condition.lock()
      if let refusal {
        condition.unlock()
        return errand.finish(.lost("cannot start a thread that watches a worker: \(refusal.text)"))
      }
      let isRefused = generation < self.generation || errands.count >= WorkerLane.lineLimit
      if !isRefused {
        errands.append(errand)
        condition.signal()
      }
      condition.unlock()
      if isRefused { errand.finish(.superseded) }
    }
  }

  // MARK: The thread

  private func next() -> Errand {
    condition.lock()
    defer { condition.unlock() }
    while true {
      // The most urgent, and of those the one that has waited longest.
      if let best = errands.indices.max(by: { (errands[$0].urgency, -$0) < (errands[$1].urgency, -$1) }) { return errands.remove(at: best) }
      condition.wait()
    }
  }

  private func isOutdated(_ errand: Errand) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    return errand.generation < generation && bf_monotonic_nanoseconds() - generationSince > WorkerLane.grace * 1_000_000
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

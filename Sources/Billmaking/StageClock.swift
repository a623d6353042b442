internal import Glibc

/// A step of making a bill.
package enum BillStage: String, CaseIterable, Sendable {
  /// The record's bytes become a bill.
  case read
  /// Decision, template and bill become nodes.
  case compose
  /// Nodes become pages, and what the engine found is judged.
  case layOut = "lay-out"
  /// A page gets what was not known before all are there, and is inspected.
  case bind = "bind-and-inspect"
  /// A page is drawn.
  case paint
  /// The PDF is ended.
  case finish
}

/// Adds up the processor time of each step of making bills; ``BillMaker`` tells it when the next one begins.
package final class StageClock {
  /// Milliseconds of this thread's processor time by stage.
  package private(set) var milliseconds: [BillStage: Double] = [:]
  private var stage: BillStage?
  private var since = 0.0

  package init() {}

  /// Ends the stage that runs and begins another; `nil` begins none.
  func enter(_ next: BillStage?) {
    let now = StageClock.now
    if let stage { milliseconds[stage, default: 0] += now - since }
    (stage, since) = (next, now)
  }

  /// Forgets what was added up. The guard of a bill's cost takes figures anew where this is called, so it must stay a call.
  @inline(never) package func reset() { (milliseconds, stage) = ([:], nil) }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}

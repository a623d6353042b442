internal import Billmaking
internal import Contract
internal import Diagnostics

/// The bills that were made, and what one of them took.
struct BillTally {
  private var bills = 0
  private var pages = 0
  private var bytes = 0

  /// Counts what became of a record; a reject is thrown, for its stages were cut short.
  mutating func add(_ outcome: Outcome) throws {
    switch outcome {
    case .reject(let fault, _): throw fault
    case .pieces(let pieces, _, _):
      bills += 1
      for piece in pieces {
        pages += piece.facts.pages
        bytes += piece.bytes.count
      }
    }
  }

  /// Prints the milliseconds a bill took, by stage, and how large it was.
  func report(_ clock: StageClock) {
    let count = Double(max(1, bills))
    func line(_ name: String, _ value: Double) {
      let micros = Int((value / count * 1000).rounded())
      let rest = String(micros % 1000)
      print("\(name) \(micros / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest)
    }
    for stage in BillStage.allCases { line(stage.rawValue, clock.milliseconds[stage] ?? 0) }
    line("total", clock.milliseconds.values.reduce(0, +))
    print("bills \(bills)")
    print("pages-per-bill \(Double(Int(Double(pages) / count * 100)) / 100)")
    print("bytes-per-bill \(bytes / max(1, bills))")
  }
}

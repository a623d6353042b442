internal import Contract

/// Bills drawn at random out of a manifest, every one as likely as any other, the same for the same seed: algorithm R (Vitter 1985). With a bill
/// come the other pieces of its record; where a run wrote no bills, those are drawn by themselves.
struct BillSample {
  /// Bills that may be drawn at most: their lines are kept.
  ///
  /// - Stops: a sample as large as the cycle, kept in memory.
  static let limit = 100_000

  /// A bill that was drawn.
  struct Bill: Sendable {
    var entry: ManifestEntry
    /// Its line of the manifest, from 1.
    var line: Int
    /// The other pieces of its record, each with its line.
    var others: [(entry: ManifestEntry, line: Int)] = []
  }

  private let size: Int
  private var generator: SeededGenerator
  private var met = 0
  /// The record of the line met last.
  private var last: PieceFacts.Source?
  /// Where that record stands among the bills drawn; `nil` where it was not.
  private var lastPlace: Int?
  private(set) var bills: [Bill] = []

  init(size: Int, seed: UInt64) { (self.size, generator) = (size, SeededGenerator(state: seed)) }

  /// Draws the bill, or not; another piece goes with that of its record, whose line stands before. Complexity: O(1).
  mutating func offer(_ entry: ManifestEntry, line: Int) {
    if entry.facts.kind != .bill, entry.facts.record == last {
      if let lastPlace { bills[lastPlace].others.append((entry, line)) }
      return
    }
    met += 1
    last = entry.facts.record
    lastPlace = draw()
    guard let lastPlace else { return }
    let drawn = Bill(entry: entry, line: line)
    if lastPlace == bills.count { bills.append(drawn) } else { bills[lastPlace] = drawn }
  }

  /// The place that the next bill takes; `nil` where it is not drawn.
  private mutating func draw() -> Int? {
    guard bills.count == size else { return bills.count }
    guard size > 0 else { return nil }
    let place = Int(generator.next() % UInt64(met))
    return place < size ? place : nil
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
  fileprivate var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

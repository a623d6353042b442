/// Bills drawn at random out of a manifest, every one as likely as any other, the same for the same seed: algorithm R (Vitter 1985).
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
  }

  private let size: Int
  private var generator: SeededGenerator
  private var met = 0
  private(set) var bills: [Bill] = []

  init(size: Int, seed: UInt64) { (self.size, generator) = (size, SeededGenerator(state: seed)) }

  /// Draws the bill, or not. Complexity: O(1).
  mutating func offer(_ entry: ManifestEntry, line: Int) {
    met += 1
    guard bills.count == size else { return bills.append(Bill(entry: entry, line: line)) }
    guard size > 0 else { return }
    let place = Int(generator.next() % UInt64(met))
    if place < size { bills[place] = Bill(entry: entry, line: line) }
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

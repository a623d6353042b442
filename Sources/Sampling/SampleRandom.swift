/// A small generator of our own (SplitMix64), so that a seed gives the same bills with every version of the standard library.
struct SampleRandom {
  private var state: UInt64

  /// A stream of its own for each record of a seed.
  init(seed: UInt64, record: Int) {
    state =
      SampleRandom.mixed(seed &+ 0x5851_F42D_4C95_7F2D) ^ SampleRandom.mixed(UInt64(truncatingIfNeeded: record) &* 0x9E37_79B9_7F4A_7C15)
  }

  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    defer { state &+= 0x9E37_79B9_7F4A_7C15 }
    return SampleRandom.mixed(state)
  }

  /// A number from 0 up to, not including, `count`, which is 1 or more.
  mutating func below(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

  /// A number of the range.
  mutating func inside(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.upperBound - range.lowerBound + 1) }

  /// Whether something happens that happens `share` times in a hundred.
  mutating func happens(_ share: Int) -> Bool { below(100) < share }
}

/// Four coordinates of a record, spread so that every kind of bill comes up even in a short file.
///
/// In each block of 40 records every coordinate takes 40 values at equal distances, in another order for each coordinate and block: what has a
/// share of a fortieth or more occurs in every block.
struct SamplePoint {
  /// Fractions of 2^64.
  let language: UInt64
  let situation: UInt64
  let delivery: UInt64
  let format: UInt64

  private static let block: UInt64 = 40
  private static let coprimes: [UInt64] = [1, 3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39]

  init(seed: UInt64, record: Int) {
    let (block, place) = UInt64(truncatingIfNeeded: record).quotientAndRemainder(dividingBy: SamplePoint.block)
    let cell = UInt64.max / SamplePoint.block
    func coordinate(_ which: UInt64) -> UInt64 {
      let chance = SampleRandom.mixed(SampleRandom.mixed(seed &+ which) &+ block)
      let factor = SamplePoint.coprimes[Int(chance & 15)]
      let order = (place * factor + chance >> 4 % SamplePoint.block) % SamplePoint.block
      return order * cell + SampleRandom.mixed(chance) % cell
    }
    (language, situation, delivery, format) = (coordinate(1), coordinate(2), coordinate(3), coordinate(4))
  }

  /// The index of the share that `fraction` falls in; `shares` are positive and add up to `total`.
  static func pick(_ fraction: UInt64, _ shares: [Int], total: Int) -> Int {
    var place = Int(fraction.multipliedFullWidth(by: UInt64(total)).high)
    for (index, share) in shares.enumerated() {
      if place < share { return index }
      place -= share
    }
    return shares.count - 1
  }
}

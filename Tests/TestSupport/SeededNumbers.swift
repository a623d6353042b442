/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed, everywhere, so that a failure can be repeated.
package struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts where the seed says.
  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to `bound`, which it does not reach; 0 for a bound below 2.
  package mutating func next(below bound: Int) -> Int { bound < 2 ? 0 : Int(next() % UInt64(bound)) }
}

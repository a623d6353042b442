/// SplitMix64: the same mutations on every machine.
struct Mutator {
  private var state: UInt64

  /// The mutator of one mutation: nothing but these three numbers decides what it does.
  init(seed: UInt64, reader: Int, number: Int) {
    state = seed
    for part in [UInt64(reader), UInt64(number)] {
      state ^= part &* 0xD6E8_FEB8_6659_FD93
      _ = next()
    }
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to `bound`, which it does not reach; 0 for a bound below 2.
  mutating func below(_ bound: Int) -> Int { bound < 2 ? 0 : Int(next() % UInt64(bound)) }

  /// The bytes with one to six changes: what a broken disk, a bad converter or an attacker would do.
  ///
  /// - Parameter words: What stands for something in files of that kind.
  mutating func mutated(_ original: [UInt8], _ words: [String]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(6) {
      let place = below(bytes.count)
      let end = min(bytes.count, place + 1 + below(40))
      switch below(10) {
      case 0: if !bytes.isEmpty { bytes[place] ^= UInt8(1 << below(8)) }
      case 1: for index in place..<min(end, place + 8) { bytes[index] = UInt8(below(256)) }
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + below(200))], at: below(bytes.count + 1))
      case 5: if !words.isEmpty { bytes.insert(contentsOf: words[below(words.count)].utf8, at: place) }
      case 6:
        // A digit for another: lengths, numbers, offsets.
        if let digit = bytes[place...].firstIndex(where: { $0 >= 0x30 && $0 <= 0x39 }) { bytes[digit] = UInt8(0x30 + below(10)) }
      case 7:
        // A number of two or four bytes at its bounds.
        let bound: UInt8 = [0, 0x7F, 0x80, 0xFF][below(4)]
        for index in place..<min(bytes.count, place + [2, 4][below(2)]) {
          bytes[index] = index == place ? bound : bound == 0x80 ? 0 : bound
        }
      case 8: bytes.insert(contentsOf: repeatElement(bytes.isEmpty ? 0x20 : bytes[place], count: below(2_000)), at: place)
      default: if !bytes.isEmpty { bytes.swapAt(place, below(bytes.count)) }
      }
    }
    return bytes
  }
}

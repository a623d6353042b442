internal import Diagnostics

/// The keys an object of the record may have, and which of them it must.
package struct KeySet: Sendable {
  /// What the object is, for messages: `the record`, `a charge line`.
  package let owner: String
  package let names: [String]
  package let lengths: [Int]
  /// A bit for each key that must be there.
  package let required: UInt32
  private let words: [(low: UInt64, high: UInt64, lowMask: UInt64, highMask: UInt64)]

  package var count: Int { names.count }

  /// Makes a set of at most 32 keys of at most 15 ASCII characters, numbered from 0: the cases' names, an underscore before each capital.
  package init<Key: RawRepresentable<Int> & CaseIterable & CodingKey>(_ owner: String, _: Key.Type, required: [Key] = []) {
    self.owner = owner
    names = Key.allCases.map { key in key.stringValue.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) } }
    lengths = names.map(\.utf8.count)
    self.required = required.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    words = names.map { name in
      var (low, high): (UInt64, UInt64) = (0, 0)
      var (lowMask, highMask): (UInt64, UInt64) = (0, 0)
      // The closing quote is compared along with the name.
      for (index, byte) in (Array(name.utf8) + [UInt8(ascii: "\"")]).enumerated() {
        if index < 8 {
          low |= UInt64(byte) << UInt64(8 * index)
          lowMask |= 0xFF << UInt64(8 * index)
        } else {
          high |= UInt64(byte) << UInt64(8 * (index - 8))
          highMask |= 0xFF << UInt64(8 * (index - 8))
        }
      }
      return (low, high, lowMask, highMask)
    }
  }

  /// Whether the 16 bytes at `bytes` begin with that key and a closing quote.
  @inline(__always)
  package func matches(_ index: Int, _ bytes: UnsafePointer<UInt8>) -> Bool {
    let word = words[index]
    let raw = UnsafeRawPointer(bytes)
    return UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) & word.lowMask == word.low
      && UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) & word.highMask == word.high
  }

  /// The first required key that was not met; `nil` if all are there.
  package func firstMissing(_ members: Members) -> String? {
    let missing = required & ~members.seen
    return missing == 0 ? nil : names[missing.trailingZeroBitCount]
  }

  /// `did you mean 'account'?`
  package func suggestion(for name: String) -> String? {
    // A giant key is no misspelling, and edit distance is quadratic.
    name.utf8.count <= 64 ? Suggestion.didYouMean(name, among: names) : nil
  }
}

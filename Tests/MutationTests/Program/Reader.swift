/// A reader of files from outside, and what its mutations begin with.
struct Reader {
  let name: String
  /// Texts that stand for something in files of that kind.
  let words: [String]
  let seeds: [[UInt8]]
  /// Reads one mutation to its end; whatever comes out, it returns.
  let read: ([UInt8]) -> Void

  /// The bytes of one mutation.
  func mutation(_ number: Int, seed: UInt64, reader: Int) -> [UInt8] {
    var mutator = Mutator(seed: seed, reader: reader, number: number)
    guard !seeds.isEmpty else { return [] }
    return mutator.mutated(seeds[mutator.below(seeds.count)], words)
  }
}

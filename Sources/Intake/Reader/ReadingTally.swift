/// Counts the records of each step of a file while it is read.
struct ReadingTally {
  private var ready: [ReadingCount] = []
  private var whole = 0
  /// The step, and the outermost archive around it or the step itself, with their records until now.
  private var step: ReadingCount?
  private var outer: ReadingCount?

  /// Bits of a step's number that say which entry of an archive inside an archive it is.
  private static let innerBits = 32

  /// Records of a step.
  mutating func add(_ number: Int, _ count: Int = 1) {
    whole += count
    guard number > 0 else { return }
    go(to: number)
    step?.records += count
    outer?.records += count
  }

  /// A step without any record.
  mutating func addEmpty(_ number: Int) {
    guard number > 0 else { return }
    go(to: number)
  }

  /// The file's end.
  mutating func end() {
    closeStep()
    closeOuter()
    if whole != 1 { ready.append(ReadingCount(step: 0, records: whole)) }
  }

  /// What is complete and was not taken yet.
  mutating func take() -> [ReadingCount] {
    guard !ready.isEmpty else { return [] }
    defer { ready = [] }
    return ready
  }

  private mutating func go(to number: Int) {
    guard step?.step != number else { return }
    closeStep()
    step = ReadingCount(step: number, records: 0)
    let around = (number >> ReadingTally.innerBits) << ReadingTally.innerBits
    guard outer?.step != around else { return }
    closeOuter()
    outer = ReadingCount(step: around, records: 0)
  }

  private mutating func closeStep() {
    if let step, step.step != outer?.step, step.records != 1 { ready.append(step) }
    step = nil
  }

  private mutating func closeOuter() {
    if let outer, outer.records != 1 { ready.append(outer) }
    outer = nil
  }
}

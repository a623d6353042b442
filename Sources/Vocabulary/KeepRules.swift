/// What must not be parted by a region's end: `together next-2`.
public struct KeepRules: Hashable, Sendable {
  /// Never broken inside, if a region can hold it.
  public var together: Bool
  /// How many of the following siblings begin in the same region; 0 for none.
  public var next: Int
  /// Begins in the region in which the sibling before it ends.
  public var previous: Bool
  /// Makes rules.
  public init(together: Bool = false, next: Int = 0, previous: Bool = false) {
    (self.together, self.next, self.previous) = (together, next, previous)
  }
  /// No rule.
  public static let none = KeepRules()
}

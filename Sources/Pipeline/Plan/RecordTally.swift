/// The records of some data, and which of them become no bills.
public struct RecordTally: Sendable, Hashable {
  /// All of them.
  public var records = 0
  /// How many would be rejected, by code.
  public var rejects: [String: Int] = [:]
  /// Of them, those of which not even the customer is known.
  public var unread = 0

  /// Records that would be rejected.
  public var rejected: Int { rejects.values.reduce(0, +) }
}

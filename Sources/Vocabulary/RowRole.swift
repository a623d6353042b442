/// What a table's row is besides a counted one.
public enum RowRole: String, CaseIterable, Hashable, Sendable {
  /// Stays with the next two rows of its group (or with what it keeps, if that is more).
  case groupHeader = "group-header"
  /// Stay with the row before them.
  case subtotal, total, note
}

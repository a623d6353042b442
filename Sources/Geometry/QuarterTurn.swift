/// Which way text is turned on the page; the words are degrees, clockwise.
public enum QuarterTurn: String, CaseIterable, Hashable, Sendable {
  /// To be read from above downwards.
  case clockwise = "90"
  /// To be read from below upwards.
  case counterclockwise = "-90"
}

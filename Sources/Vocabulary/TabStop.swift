public import Geometry

/// A place a tab jumps to: `40mm`, `end`, `60mm decimal`, `50%`.
public struct TabStop: Hashable, Sendable {
  /// Where a stop stands.
  public enum Position: Hashable, Sendable {
    /// From the start edge.
    case fixed(Length)
    /// At the end edge of the measure.
    case end
    /// A share (0…1) of the measure.
    case share(Double)
  }
  /// Where it stands.
  public var position: Position
  /// How the text after the tab stands at the stop: `.start`, `.end`, `.center` or `.decimal`.
  public var alignment: TextAlignment
  /// Makes a stop.
  public init(_ position: Position, _ alignment: TextAlignment) { (self.position, self.alignment) = (position, alignment) }
}

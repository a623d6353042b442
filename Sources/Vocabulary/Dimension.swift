public import Geometry

/// A length as layouts write it: `12pt`, `4mm`, `1in`, `50%`, `2fr`, `auto`.
public enum Dimension: Hashable, Sendable {
  /// As large as the content.
  case auto
  case fixed(Length)
  /// A share of the containing region; 1 is all of it.
  case share(Double)
  /// A part of what is left after the others have taken theirs.
  case fraction(Double)

  /// Whether the length is stated, whatever stands beside it: fixed, or a share.
  public var isStated: Bool {
    switch self {
    case .fixed, .share: true
    case .auto, .fraction: false
    }
  }

  /// The length where the content has no say: fixed, or a share of a finite `whole`; else `nil`.
  public func length(of whole: Length) -> Length? {
    switch self {
    case .fixed(let length): length
    case .share(let share): whole.isFinite ? whole * share : nil
    case .auto, .fraction: nil
    }
  }
}

/// The name of a part that somebody looks for on the finished pages: where it begins, how large it is, what stands in it.
///
/// The engine carries the name and knows nothing of what it means; who composes the document gives it, and asks for it afterwards.
public struct Landmark: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
  /// The name.
  public let rawValue: String
  /// Makes a name.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Makes a name.
  public init(stringLiteral value: String) { rawValue = value }

  /// What the names of anchors begin with: no address of a link does.
  static let anchorSign = UInt8(ascii: "#")

  /// The name of a part that links lead to: `#` and the name that layouts give it.
  public static func anchor(_ name: String) -> Landmark { Landmark(rawValue: "#" + name) }
  /// Whether it is the name of such a part.
  public var isAnchor: Bool { rawValue.utf8.first == Self.anchorSign }
}

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
}

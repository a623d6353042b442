/// A length in points (1/72 inch), the unit of every coordinate in Billfold.
///
/// Vertical lengths grow downwards from the top left of the page or frame they belong to.
public struct Length: Hashable, Comparable, Sendable, AdditiveArithmetic {
  /// The length in points.
  public var points: Double

  /// Makes a length of that many points.
  @inlinable public init(_ points: Double) { self.points = points }

  /// Makes a length from points.
  @inlinable public static func pt(_ value: Double) -> Length { Length(value) }
  /// Makes a length from millimetres.
  @inlinable public static func mm(_ value: Double) -> Length { Length(value * 72 / 25.4) }
  /// Makes a length from inches.
  @inlinable public static func inches(_ value: Double) -> Length { Length(value * 72) }

  /// No length at all.
  @inlinable public static var zero: Length { Length(0) }
  /// A length that no page has: "as much as there is".
  @inlinable public static var infinity: Length { Length(.infinity) }
  /// The slack allowed when a length is compared with the room for it, 1e-4 pt everywhere.
  @inlinable public static var slack: Length { Length(1e-4) }

  /// The length in millimetres.
  @inlinable public var millimetres: Double { points * 25.4 / 72 }
  /// Whether the length is neither infinite nor NaN.
  @inlinable public var isFinite: Bool { points.isFinite }

  /// The sum.
  @inlinable public static func + (a: Length, b: Length) -> Length { Length(a.points + b.points) }
  /// The difference.
  @inlinable public static func - (a: Length, b: Length) -> Length { Length(a.points - b.points) }
  /// The length taken `b` times.
  @inlinable public static func * (a: Length, b: Double) -> Length { Length(a.points * b) }
  /// The length taken `a` times.
  @inlinable public static func * (a: Double, b: Length) -> Length { Length(a * b.points) }
  /// The `b`th part.
  @inlinable public static func / (a: Length, b: Double) -> Length { Length(a.points / b) }
  /// How often `b` goes into `a`.
  @inlinable public static func / (a: Length, b: Length) -> Double { a.points / b.points }
  /// The length the other way.
  @inlinable public static prefix func - (a: Length) -> Length { Length(-a.points) }
  /// Whether `a` is the shorter one.
  @inlinable public static func < (a: Length, b: Length) -> Bool { a.points < b.points }

  /// Whether this much fits into `room`, give or take ``slack``. The one comparison that decides page breaks.
  @inlinable public func fits(_ room: Length) -> Bool { points <= room.points + Length.slack.points }
}

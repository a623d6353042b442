internal import ConfigurationFiles
public import Dates
public import Diagnostics
public import Geometry

/// What a post asks of the pieces it carries: sizes of its classes, and areas of the address side. Each number with where it was read, and when.
///
/// Postal rules are data. They change, and are to be looked up again before a mailing.
public struct PostalProfile: Sendable {
  /// What layouts call it: `usps`.
  public let name: String
  /// The post's name.
  public let title: String
  /// In the order in which they are tried.
  public let classes: [PostalClass]
  /// The areas of the address side.
  public let areas: [PostalArea]

  /// The profiles the program brings.
  private static let loaded = Result { () throws(DiagnosticList) in
    var profiles: [PostalProfile] = []
    for (name, bytes) in [("usps", PackageResources.usps_yaml), ("deutsche-post", PackageResources.deutsche_post_yaml)] {
      let reading = PostalProfileReading()
      let profile = reading.profile(try YAMLParser.parse(SourceFile(name: name + ".yaml", bytes: bytes)), name: name)
      guard let profile, reading.findings.diagnostics.isEmpty else { throw DiagnosticList(reading.findings.diagnostics) }
      profiles.append(profile)
    }
    return profiles
  }

  /// All profiles; empty where the program's own files are faulty, which a test makes sure they are not.
  public static let all: [PostalProfile] = (try? loaded.get()) ?? []

  /// What layouts call them.
  public static var names: [String] { all.map(\.name) }

  /// All areas of all profiles as layouts call them: `usps read-area`.
  public static var areaNames: [String] { all.flatMap { profile in profile.areas.map { "\(profile.name) \($0.name)" } } }

  /// The profile of that name.
  ///
  /// - Throws: `unknown-post` with the names there are, or every finding about the program's own files.
  public static func named(_ name: String) throws(DiagnosticList) -> PostalProfile {
    let profiles = try loaded.get()
    guard let profile = profiles.first(where: { $0.name == name }) else {
      let known = profiles.map { "'\($0.name)'" }.joined(separator: ", ")
      throw DiagnosticList([Diagnostic(id: "unknown-post", "there is no profile of a post named '\(name)'; known are \(known)")])
    }
    return profile
  }

  /// The class a piece is mailed in on a day: the first that holds then and has that size.
  ///
  /// - Parameters:
  ///   - width: In points, along the lines of the address.
  ///   - height: In points.
  /// - Returns: `nil` where it has no size that the post takes.
  public func postalClass(width: Double, height: Double, on day: PlainDate) -> PostalClass? {
    classes.first { $0.holds(on: day) && $0.takes(width: width, height: height) }
  }

  /// A size in points as the post measures it: `9 by 6 in`.
  public func words(width: Double, height: Double) -> String {
    let unit = classes.first?.unit ?? .millimetres
    return "\(unit.number(width)) by \(unit.number(height)) \(unit.rawValue)"
  }

  /// Whether a piece of that size, in points, fits some class on some day.
  public func takes(width: Double, height: Double) -> Bool { classes.contains { $0.takes(width: width, height: height) } }

  /// Where an area lies on a trimmed piece of that size, from its top left; `nil` where the profile has no such area, and where the piece leaves no
  /// room for it.
  public func area(_ name: String, on size: Size) -> Rect? { areas.first { $0.name == name }?.place(on: size) }
}

/// Where a number was read.
public struct PostalSource: Sendable, Hashable {
  /// The publication, or who quotes it.
  public let text: String
  /// When it was looked at.
  public let seen: PlainDate
  /// Whether it was read in the post's own words.
  public let isConfirmed: Bool
}

/// The unit a post measures in.
enum PostalUnit: String, Sendable, Hashable, CaseIterable {
  case inches = "in"
  case millimetres = "mm"

  /// How many points it is.
  var points: Double { self == .inches ? Length.inches(1).points : Length.mm(1).points }

  /// A length in points as so many of it.
  func number(_ points: Double) -> String { PostalUnit.decimal(points / self.points) }

  /// Three decimals at most.
  static func decimal(_ number: Double) -> String {
    let thousandths = Int((number * 1_000).rounded())
    var text = "\(thousandths / 1_000)." + String("\(1_000 + thousandths % 1_000)".dropFirst())
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}

/// A class of mail by the size of its pieces.
public struct PostalClass: Sendable, Hashable {
  /// A range of lengths in points, or of ratios.
  struct Bounds: Sendable, Hashable {
    var least = 0.0
    var most = Double.infinity

    /// A hundredth of a point is the conversion from millimetres.
    func holds(_ value: Double, slack: Double) -> Bool { value >= least - slack && value <= most + slack }
  }

  /// What lists of pieces call it: `card`.
  public let name: String
  /// The same in words, in English.
  public let title: String
  /// What it asks of the paper; `nil` where that is not known.
  public let stock: String?
  /// Where its size was read.
  public let source: PostalSource
  /// The first and the last day it holds; `nil` for any.
  let from, until: PlainDate?
  let width, height, aspect: Bounds
  let unit: PostalUnit

  /// The sizes it takes, in the units of its profile: `5 to 6 by 3.5 to 4.25 in, 1.3 to 2.5 times as wide as high`.
  public var sizeRange: String {
    func range(_ bounds: Bounds) -> String { "\(unit.number(bounds.least)) to \(unit.number(bounds.most))" }
    let size = "\(range(width)) by \(range(height)) \(unit.rawValue)"
    switch (aspect.least > 0, aspect.most.isFinite) {
    case (false, false): return size
    case (true, false): return "\(size), \(PostalUnit.decimal(aspect.least)) times as wide as high or more"
    case (_, true): return "\(size), \(PostalUnit.decimal(aspect.least)) to \(PostalUnit.decimal(aspect.most)) times as wide as high"
    }
  }

  /// Whether it holds until further notice.
  public var isCurrent: Bool { until == nil }

  func holds(on day: PlainDate) -> Bool { (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true) }

  func takes(width: Double, height: Double) -> Bool {
    guard height > 0 else { return false }
    return self.width.holds(width, slack: 0.01) && self.height.holds(height, slack: 0.01) && aspect.holds(width / height, slack: 0.000_1)
  }
}

/// A part of the address side that the post keeps for something.
public struct PostalArea: Sendable, Hashable {
  /// What layouts call it: `read-area`.
  public let name: String
  /// The same in words, in English.
  public let title: String
  /// Where its place was read.
  public let source: PostalSource
  /// Two of the three say where it lies from side to side: distances from the piece's edges, and its width.
  let left, right, width: Length?
  /// Two of these say where it lies in height: distances from the piece's edges, its height, and how far its upper edge stands above the foot.
  let top, bottom, height, rise: Length?

  /// Where it lies on a trimmed piece, from its top left; `nil` where there is no room for it.
  func place(on size: Size) -> Rect? {
    let x = left ?? (size.width - (right ?? .zero) - (width ?? .zero))
    let maxX = right.map { size.width - $0 } ?? (x + (width ?? .zero))
    let y = top ?? (size.height - (rise ?? ((bottom ?? .zero) + (height ?? .zero))))
    let maxY = bottom.map { size.height - $0 } ?? (y + (height ?? .zero))
    let isOnPiece = Length.zero.fits(x) && Length.zero.fits(y) && maxX.fits(size.width) && maxY.fits(size.height)
    return isOnPiece && x < maxX && y < maxY ? Rect(x: x, y: y, width: maxX - x, height: maxY - y) : nil
  }
}

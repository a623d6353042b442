internal import Contract
internal import Dates
internal import PostalProfiles

/// What a post makes of a card on the day it is mailed: by its size, which the profile that its layout names knows the classes of.
struct CardPostage {
  /// A class of a post.
  struct Class: Hashable {
    /// The post whose profile it is, such as `usps`.
    var post: String
    /// What the profile calls it.
    var name: String
  }

  /// The day of the mailing.
  private let mailed: PlainDate

  /// - Parameter mailed: Posts change their sizes and prices: the class is that of this day.
  init(mailed: PlainDate) { self.mailed = mailed }

  /// The class of a card.
  ///
  /// - Returns: `nil` where its layout names no post, or the post has none of that size on that day.
  func postalClass(of card: CardFacts) -> Class? {
    guard !card.post.isEmpty, let profile = try? PostalProfile.named(card.post) else { return nil }
    return profile.postalClass(width: card.width, height: card.height, on: mailed).map { Class(post: card.post, name: $0.name) }
  }

  /// The trimmed card's size as people say it: in inches where both sides are whole sixteenths of one, else in millimetres, such as `9 x 6 in`
  /// or `148 x 105 mm`.
  static func size(of card: CardFacts) -> String {
    let sides = [card.width, card.height]
    let inches = sides.map { $0 / 72 }
    let millimetres = sides.map { $0 / 72 * 25.4 }
    let isMetric = millimetres.allSatisfy { abs($0 - $0.rounded()) < tolerance }
    let isInches = inches.allSatisfy { abs($0 * 16 - ($0 * 16).rounded()) < tolerance }
    return isInches && !isMetric
      ? inches.map { decimal($0, 10_000) }.joined(separator: " x ") + " in"
      : millimetres.map { decimal($0, 10) }.joined(separator: " x ") + " mm"
  }

  /// What the three decimals of a manifest may be off by.
  private static let tolerance = 0.01

  /// A number of at most as many decimals as its parts have, without needless zeros.
  private static func decimal(_ value: Double, _ parts: Int) -> String {
    let whole = Int((value * Double(parts)).rounded())
    let rest = whole % parts
    guard rest > 0 else { return String(whole / parts) }
    var decimals = String(String(parts + rest).dropFirst())
    while decimals.last == "0" { decimals.removeLast() }
    return "\(whole / parts).\(decimals)"
  }
}

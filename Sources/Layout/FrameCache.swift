internal import Geometry

/// What tells one expression-free subtree from another: made by the composer, which knows everything the subtree depends on.
public struct SubtreeKey: Hashable, Sendable {
  /// The layout element.
  public var element: Int
  /// Everything else it depends on: language, format, the words of the day.
  public var variant: Int
  /// Makes a key.
  public init(element: Int, variant: Int = 0) { (self.element, self.variant) = (element, variant) }
}

/// Finished fragments of expression-free subtrees, kept from bill to bill. Bounded; used by one task only.
///
/// Two generations: what was not asked for while the young one filled up is forgotten when it is full.
public final class FrameCache {
  /// Entries of one generation: a layout's static blocks in a few languages and the heights they meet, at some kilobytes each.
  ///
  /// - Stops: bills whose blocks never repeat, kept all the same.
  public static let generationLimit = 256

  struct Key: Hashable {
    var subtree: SubtreeKey
    /// Which fragment: 0 for the beginning, else the number given to the rest it continues.
    var fragment: Int
    var region: Region
    var direction: Direction
    var grid: BaselineGrid?
  }
  private var young: [Key: Fragment] = [:]
  private var old: [Key: Fragment] = [:]
  private var widths: [SubtreeKey: WidthRange] = [:]
  private var fragments = 0

  /// Makes an empty cache.
  public init() {}

  func fragment(_ key: Key) -> Fragment? {
    if let fragment = young[key] { return fragment }
    guard let fragment = old[key] else { return nil }
    store(fragment, for: key)
    return fragment
  }

  func store(_ fragment: Fragment, for key: Key) {
    if young.count >= Self.generationLimit {
      old = young
      young = [:]
    }
    young[key] = fragment
  }

  func widths(_ key: SubtreeKey, _ measure: () -> WidthRange) -> WidthRange {
    if let range = widths[key] { return range }
    let range = measure()
    if widths.count >= Self.generationLimit { widths = [:] }
    widths[key] = range
    return range
  }

  /// A number for a new rest.
  func nextFragment() -> Int {
    fragments += 1
    return fragments
  }
}

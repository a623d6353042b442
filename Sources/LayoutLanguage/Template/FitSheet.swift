public import Geometry

/// How a bill may be set smaller where a little of it would begin a page of its own: `fit-sheet` and `fit-below` of the root.
public struct FitSheet: Hashable, Sendable {
  /// One thing that is set smaller. Steps are taken in their order, each on top of the ones before it.
  public enum Step: Hashable, Sendable {
    /// The space between blocks becomes this many percent of what the layout says.
    case space(percent: Int)
    /// The terms are set in this size, their line height in proportion.
    case terms(size: Length)
    /// Blocks stand in the smaller form their author gave them.
    case alternatives
  }
  /// A step as it is written.
  public struct NamedStep: Hashable, Sendable {
    /// As the manifest tells it, such as `space-90`.
    public var name: String
    /// What it does.
    public var step: Step
    package init(name: String, step: Step) { (self.name, self.step) = (name, step) }
  }

  /// Each step lays the bill out once more.
  ///
  /// - Stops: a bill that is laid out dozens of times.
  public static let stepLimit = 4
  /// Terms are set no smaller: below, contract print is not received in evidence everywhere, and nobody reads it.
  ///
  /// - Stops: terms that are shrunk until they fit.
  public static let leastTermsSize = Length.pt(8)
  /// What of the last page's body may be used where nothing else is written.
  static let standardShare = 0.25

  /// One at least, ``stepLimit`` at most.
  public var steps: [NamedStep]
  /// The steps are tried where less than this share of the last page's body is used, 0…1.
  public var below: Double

  /// What the first `count` steps make of a bill together.
  public func measures(ofFirst count: Int) -> FitMeasures {
    var measures = FitMeasures(index: count)
    for named in steps.prefix(count) {
      switch named.step {
      case .space(let percent): measures.spaceShare = Double(percent) / 100
      case .terms(let size): measures.termsSize = size
      case .alternatives: measures.takesSmallerForms = true
      }
    }
    return measures
  }
}

/// What is set smaller in one layout of a bill.
public struct FitMeasures: Hashable, Sendable {
  /// How many steps were taken. Of one layout, equal numbers mean equal measures: part of the keys of what is kept from bill to bill.
  public var index: Int
  /// How much of the space between blocks is left, 0.5…1.
  public var spaceShare = 1.0
  /// The size the terms are set in; `nil` for their own.
  public var termsSize: Length?
  /// Whether blocks with a smaller form stand in that.
  public var takesSmallerForms = false

  init(index: Int) { self.index = index }
  /// Everything as the layout says.
  public static let none = FitMeasures(index: 0)
}

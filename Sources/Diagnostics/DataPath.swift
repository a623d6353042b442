/// A path into a record, built step by step while a template walks its data: `$.sections[0].lines[3].amount`.
///
/// One small object a step, sharing its parents, so that keeping a path for every drawn row costs one allocation.
public final class DataPath: Sendable, Hashable {
  /// One step down.
  public enum Step: Hashable, Sendable {
    /// A member of an object.
    case key(String)
    /// An element of a list, from 0.
    case index(Int)
  }

  /// The path this one continues; `nil` for a step right below the record.
  public let parent: DataPath?
  /// The last step of the path.
  public let step: Step

  /// Makes the path one step below `parent`.
  public init(parent: DataPath? = nil, step: Step) { (self.parent, self.step) = (parent, step) }
  /// The path of a member.
  public func key(_ name: String) -> DataPath { DataPath(parent: self, step: .key(name)) }
  /// The path of a list element, from 0.
  public func index(_ index: Int) -> DataPath { DataPath(parent: self, step: .index(index)) }

  /// The path as text, beginning with `$`.
  public var text: String {
    let head = parent?.text ?? "$"
    return switch step {
    case .key(let name): head + "." + name
    case .index(let index): head + "[\(index)]"
    }
  }

  /// A path without the numbers of its lists' elements: `$.sections[].lines[].amount`.
  package static func field(of path: String) -> String {
    var field = ""
    var isNumber = false
    for scalar in path.unicodeScalars {
      if scalar == "]" { isNumber = false }
      if !isNumber { field.unicodeScalars.append(scalar) }
      if scalar == "[" { isNumber = true }
    }
    return field
  }

  /// Whether both lead to the same place.
  public static func == (a: DataPath, b: DataPath) -> Bool { a === b || (a.step == b.step && a.parent == b.parent) }
  /// Equal paths hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(step)
    hasher.combine(parent)
  }
}

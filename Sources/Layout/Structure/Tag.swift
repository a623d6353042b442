public import Diagnostics

/// The meaning of a frame, for tagged output, for facts and for the source map of the preview.
public struct Tag: Hashable, Sendable {
  /// What the frame is, in the words of PDF's structure types where one exists.
  public enum Role: Hashable, Sendable {
    case heading(level: Int)
    case paragraph
    case table, tableRow, headerCell, dataCell
    case list, listItem
    /// A picture, chart or code with its description.
    case figure(description: String)
    case link
    /// Repeated or ornamental matter that a screen reader skips.
    case artifact(Artifact)
    /// A part of the document that stands for itself, known by its ``Tag/landmark``.
    case section
    case group
  }

  /// What it means.
  public var role: Role
  /// The number of the layout element that made the frame; -1 for none.
  public var source: Int
  /// The record path that fed it.
  public var path: DataPath?
  /// The name it is looked for by; `nil` for nearly all.
  public var landmark: Landmark?

  /// Makes one of its parts.
  public init(_ role: Role, source: Int = -1, path: DataPath? = nil, landmark: Landmark? = nil) {
    (self.role, self.source, self.path, self.landmark) = (role, source, path, landmark)
  }
}

public import Diagnostics

/// A node of a YAML file as it is written: scalars are texts, whatever they look like, and every node knows its place.
public struct YAMLValue: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    case scalar(String)
    case list([YAMLValue])
    case mapping([Member])
  }

  /// A key with its value.
  public struct Member: Sendable {
    /// The key.
    public let name: String
    /// Where the key stands.
    public let range: SourceRange
    /// What stands behind the key.
    public let value: YAMLValue
  }

  /// What the node holds.
  public let content: Content
  /// The node as shown by a caret: a scalar whole, of a list or mapping its first character.
  public let range: SourceRange
  /// Where the node's text may lie: from its start to the start of the next node.
  public let extent: SourceRange
  /// Whether this is a scalar without quotes.
  public let isPlain: Bool

  /// The text of a scalar; `nil` for lists and mappings.
  public var text: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// Whether nothing is there: an empty plain scalar, `~` or `null`.
  public var isNull: Bool {
    guard isPlain, case .scalar(let text) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What the node is, in words.
  public var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a text"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The place of a part of a scalar's text, given in bytes of that text.
  ///
  /// Exact where the part stands in the file as it stands in the text (no escapes, no folding inside it); else the whole scalar.
  public func range(ofText part: Range<Int>) -> SourceRange {
    guard case .scalar(let text) = content, part.lowerBound >= 0, part.upperBound <= text.utf8.count, !part.isEmpty else { return range }
    let bytes = Array(text.utf8)
    let wanted = bytes[part]
    var before = 0
    for start in 0..<part.lowerBound where bytes[start] == wanted.first && bytes[start...].starts(with: wanted) { before += 1 }
    let source = extent.file.bytes
    var start = extent.bytes.lowerBound
    while start + wanted.count <= extent.bytes.upperBound {
      if source[start] == wanted.first, source[start...].starts(with: wanted) {
        if before == 0 { return SourceRange(file: extent.file, bytes: start..<start + wanted.count) }
        before -= 1
      }
      start += 1
    }
    return range
  }
}

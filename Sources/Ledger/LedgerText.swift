internal import JSON

/// Texts that go into the ledger, and paths to it.
enum LedgerText {
  /// Whether a text holds no control characters, line separators or bidi overrides.
  static func isPlain(_ text: String) -> Bool { !TextCheck.isUnclean(Array(text.utf8)) }

  /// A path as its folder and the name in it.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
  }
}

extension StringProtocol {
  /// The text without the white space round it.
  package var trimmingWhiteSpace: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[endIndex..<endIndex]
    }
    return self[first...last]
  }
}

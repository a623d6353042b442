internal import MailAddresses

/// What a server said, as it may be shown and kept: one line, bounded, without the customer's address.
enum ServerWords {
  /// Cleans a server's words.
  ///
  /// - Parameter recipient: The address that is taken out, and its name before the `@` with it; every other address goes, too.
  static func clean(_ words: String, without recipient: MailAddress) -> String {
    let plain = words.unicodeScalars.map { isPlain($0) ? Character($0) : " " }
    let text = String(plain.prefix(4 * SendRow.longest))
    let parts = text.split(separator: " ").map { part in
      part.contains("@") || part.lowercased().contains(recipient.domain) && part.contains("=")
        ? "(address)" : hidden(String(part), recipient.local)
    }
    let result = parts.joined(separator: " ")
    return result.count > SendRow.longest ? result.prefix(SendRow.longest - 1) + "…" : result
  }

  /// A word without a name that stands in it by itself.
  private static func hidden(_ word: String, _ local: String) -> String {
    let trimmed = word.lowercased().trimming { !($0.isLetter || $0.isNumber) }
    let name = local.lowercased().trimming { !($0.isLetter || $0.isNumber) }
    return name.count > 2 && trimmed == name ? "(address)" : word
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: true
    }
  }
}

extension String {
  fileprivate func trimming(_ isOuter: (Character) -> Bool) -> Substring {
    var text = self[...]
    while let first = text.first, isOuter(first) { text.removeFirst() }
    while let last = text.last, isOuter(last) { text.removeLast() }
    return text
  }
}

/// Whether what a link says is what it does.
package enum EmailLinkText {
  /// Whether the words look like an address, of a page or a mailbox, that is not the one the link leads to: the mark of a fraud.
  package static func misleads(_ words: String, address: String) -> Bool {
    let words = words.trimmed
    guard let said = host(of: words) else { return false }
    if address.lowercased().hasPrefix("mailto:") {
      let mailbox = address.dropFirst(7).prefix { $0 != "?" }
      return words.contains("@") && mailbox.lowercased() != words.lowercased()
    }
    guard !words.contains("@"), let host = host(of: address) else { return false }
    return host != said
  }

  /// The host of what looks like an address of a page or a mailbox: `www.example.com/p`, `https://example.com`, `help@example.com`.
  private static func host(of text: String) -> String? {
    var rest = text.lowercased()[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    let host = rest.prefix { !"/?#:".contains($0) }
    let name = host.split(separator: "@").last ?? ""
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count >= 2, last.allSatisfy({ $0.isLetter }),
      labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
    else { return nil }
    return String(name)
  }
}

/// A language tag (BCP 47, RFC 5646) in canonical case: `en-us` and `EN-US` are `en-US`.
///
/// Not public: the record's module has the type that is passed around; formats take and give tags as text.
struct LanguageTag: Hashable, Sendable {
  /// The tag in canonical case: language lower, script title, region upper, everything else lower.
  let text: String

  /// The most characters a tag may have: longer ones are no tag anybody uses.
  static let maximumLength = 64

  /// Reads a tag; `nil` where it is not well-formed: a language of 2–3 letters, then subtags of 1–8 letters or digits in the order script, region,
  /// variants, extensions. Extended languages, grandfathered and private-use-only tags are not taken.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count <= LanguageTag.maximumLength else { return nil }
    var subtags: [String] = []
    /// 0 after the language, 1 after the script, 2 after the region, 3 among variants, 4 inside an extension.
    var stage = 0
    var isOpen = false
    for part in text.split(separator: "-", omittingEmptySubsequences: false) {
      let bytes = Array(part.utf8)
      guard (1...8).contains(bytes.count), bytes.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit }) else { return nil }
      let letters = bytes.allSatisfy(\.isASCIILetter)
      let lower = part.lowercased()
      if subtags.isEmpty {
        guard letters, (2...3).contains(bytes.count) else { return nil }
        subtags.append(lower)
      } else if stage == 4 {
        // An extension needs at least one subtag after its singleton.
        if bytes.count == 1 {
          guard !isOpen else { return nil }
          isOpen = true
        } else {
          isOpen = false
        }
        subtags.append(lower)
      } else if stage == 0, letters, bytes.count == 4 {
        stage = 1
        subtags.append(lower.prefix(1).uppercased() + lower.dropFirst())
      } else if stage <= 1, letters && bytes.count == 2 || bytes.count == 3 && bytes.allSatisfy(\.isASCIIDigit) {
        stage = 2
        subtags.append(part.uppercased())
      } else if bytes.count >= 5 || bytes.count == 4 && bytes[0].isASCIIDigit {
        stage = 3
        subtags.append(lower)
      } else if bytes.count == 1 {
        stage = 4
        isOpen = true
        subtags.append(lower)
      } else {
        return nil
      }
    }
    guard !subtags.isEmpty, !isOpen else { return nil }
    self.text = subtags.joined(separator: "-")
  }
}

extension UInt8 {
  var isASCIILetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
  var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}

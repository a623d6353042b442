/// A language tag after BCP 47 (RFC 5646) in canonical case: `en-US`, `sr-Latn-RS`, `zh-Hans`.
///
/// Only the shape is checked, not the registry of subtags.
public struct LanguageTag: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The tag in canonical case; ASCII.
  public let text: String

  /// The most bytes a tag may have; the longest sensible ones have about 35 (RFC 5646, 4.4.1).
  ///
  /// - Stops: a tag of megabytes, looked up in every table.
  public static let maximumLength = 64

  /// Reads a tag; `nil` where it is not well formed.
  ///
  /// A language of 2–3 letters, then script (4 letters), region (2 letters or 3 digits), variants (5–8, or 4 beginning with a digit), extensions
  /// (a singleton and subtags of 2–8), private use (`x` and subtags of 1–8), in that order. Extended languages, tags that are private as a
  /// whole and the grandfathered ones are not taken; neither are underscores.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count <= LanguageTag.maximumLength else { return nil }
    var stage = Stage.language
    /// A singleton that still needs a subtag.
    var isOpen = false
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for subtag in text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false) {
      let (count, letters, digits) = LanguageTag.shape(of: subtag)
      guard (1...8).contains(count), letters + digits == count else { return nil }
      let first = subtag.first ?? 0
      var form = Form.lower
      switch (stage, count) {
      case (.language, 2...3) where digits == 0: stage = .script
      case (.script, 4) where digits == 0: (stage, form) = (.region, .title)
      case (.script, 2), (.region, 2): (stage, form) = digits == 0 ? (.variant, .upper) : (.language, .upper)
      case (.script, 3), (.region, 3): stage = letters == 0 ? .variant : .language
      case (.script, 5...), (.region, 5...), (.variant, 5...): stage = .variant
      case (.script, 4), (.region, 4), (.variant, 4): stage = first < UInt8(ascii: "A") ? .variant : .language
      case (.script, 1), (.region, 1), (.variant, 1): (stage, isOpen) = (first | 0x20 == UInt8(ascii: "x") ? .private : .extended, true)
      case (.extended, 1):
        guard !isOpen else { return nil }
        (stage, isOpen) = (first | 0x20 == UInt8(ascii: "x") ? .private : .extended, true)
      case (.extended, _), (.private, _): isOpen = false
      default: return nil
      }
      // Back at the language: a subtag that fits nowhere.
      guard stage != .language else { return nil }
      if !result.isEmpty { result.append(UInt8(ascii: "-")) }
      for (place, byte) in subtag.enumerated() {
        let raised = form == .upper || (form == .title && place == 0)
        result.append(byte < UInt8(ascii: "A") ? byte : raised ? byte & 0xDF : byte | 0x20)
      }
    }
    guard stage != .language, !isOpen else { return nil }
    self.text = String(decoding: result, as: UTF8.self)
  }

  /// What may come next: a stage is left for a later one, never for an earlier.
  private enum Stage { case language, script, region, variant, extended, `private` }

  /// The case a subtag is written in (RFC 5646, 2.1.1).
  private enum Form { case lower, upper, title }

  private static func shape(of subtag: some Sequence<UInt8>) -> (count: Int, letters: Int, digits: Int) {
    subtag.reduce(into: (0, 0, 0)) { shape, byte in
      shape.0 += 1
      if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) { shape.1 += 1 }
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { shape.2 += 1 }
    }
  }

  /// The tag shortened from the right by one subtag (and by a singleton left at its end); `nil` when nothing is left.
  public var shortened: LanguageTag? {
    var parts = text.split(separator: "-")
    parts.removeLast()
    if let last = parts.last, last.utf8.count == 1 { parts.removeLast() }
    return parts.isEmpty ? nil : LanguageTag(parts.joined(separator: "-"))
  }

  /// The tag's first match among `offered`: itself, else itself shortened from the right (RFC 4647, 3.4, "Lookup").
  ///
  /// `es-MX` finds `es`; `en` never finds `en-US`.
  public func lookup(in offered: some Sequence<LanguageTag>) -> LanguageTag? {
    var wanted: LanguageTag? = self
    while let tag = wanted {
      for candidate in offered where candidate == tag { return candidate }
      wanted = tag.shortened
    }
    return nil
  }

  /// The place of the tag's first match among `offered`, which are in canonical case; see ``lookup(in:)``. A text that is no tag finds itself.
  public static func place(of tag: String, among offered: [String]) -> Int? {
    var wanted = LanguageTag(tag)
    if wanted == nil { return offered.firstIndex { $0.utf8.elementsEqual(tag.utf8) } }
    while let tag = wanted {
      if let place = offered.firstIndex(where: { $0.utf8.elementsEqual(tag.text.utf8) }) { return place }
      wanted = tag.shortened
    }
    return nil
  }

  /// The place of the tag's match among `offered`, other regions of its language included: what ``place(of:among:)`` finds, else the only
  /// offered tag of the same language; whether it took that.
  ///
  /// `en-GB` finds `en-US` where no other `en` is offered.
  public static func match(of tag: String, among offered: [String]) -> (place: Int, isOtherRegion: Bool)? {
    if let place = place(of: tag, among: offered) { return (place, false) }
    guard let language = LanguageTag(tag)?.primary else { return nil }
    let same = offered.indices.filter { LanguageTag(offered[$0])?.primary == language }
    return same.count == 1 ? (same[0], true) : nil
  }

  /// The language alone: `en` of `en-US`.
  private var primary: Substring { text.prefix { $0 != "-" } }

  /// `und`, the tag for a language nobody knows (BCP 47).
  public static let unknown = LanguageTag(canonical: "und")

  private init(canonical: String) { text = canonical }

  /// The tag in canonical case.
  public var description: String { text }
  /// By the text of the tags.
  public static func < (a: LanguageTag, b: LanguageTag) -> Bool { a.text < b.text }
}

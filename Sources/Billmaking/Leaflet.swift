internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Languages
internal import Layout

/// The terms on a leaflet of their own, laid out and judged: the same for all customers of a language and format.
///
/// One per worker and edition, used by one task only.
final class Leaflet {
  /// Which leaflet it is.
  struct Edition: Hashable {
    /// The campaign's language.
    var language: LanguageTag
    /// The index of its format in the leaflet's layout.
    var format: Int
  }

  /// The language of its terms.
  let language: LanguageTag
  let format: Bill.Format
  let pagination: Pagination
  /// What lies across each page; `nil` for nothing.
  let mark: PageMark?
  /// What is odd about it, in the order found.
  let warnings: [RecordWarning]
  /// The terms it carries.
  let terms: TermsFacts
  /// The digest of its drawing trace: 64 lower-case hexadecimal digits.
  let content: String
  /// The whole file; empty where nothing is painted.
  let bytes: [UInt8]
  private var read: PlainWords?

  init(
    language: LanguageTag, format: Bill.Format, pagination: Pagination, mark: PageMark?, warnings: [RecordWarning], terms: TermsFacts,
    content: String, bytes: [UInt8]
  ) {
    (self.language, self.format, self.pagination, self.mark, self.warnings) = (language, format, pagination, mark, warnings)
    (self.terms, self.content, self.bytes) = (terms, content, bytes)
  }

  /// A page of it with what lies across.
  func marked(_ page: Frame) -> Frame { mark.laid(under: page) }

  /// What its terms say, over all its pages.
  ///
  /// - Throws: What the engine throws on pages that were not kept, and are laid out again.
  /// - Complexity: O(characters) the first time.
  func said() throws -> PlainWords {
    if let read { return read }
    var text = PartText(of: .terms)
    try pagination.forEachPage { _, page in text.add(page) }
    let words = SaidWords(text).words
    read = words
    return words
  }
}

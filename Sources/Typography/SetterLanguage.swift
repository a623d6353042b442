internal import CHarfBuzz
internal import CICU

/// What a language decides: line breaking, localised forms, the shape of its numbers.
final class SetterLanguage {
  let tag: String
  /// Its number: equal numbers, equal languages.
  let index: UInt16
  let harfBuzz: hb_language_t?
  /// The script of text that has none of its own, such as figures.
  let script: hb_script_t
  /// Whose form Han characters have; `nil` in a language that is written without them.
  let region: FallbackOrder.Region?
  let decimalSeparator: [UInt8]
  let groupingSeparator: [UInt8]
  let lines: OpaquePointer?
  private let book: FontBook
  /// The hyphenation patterns, loaded when a paragraph first asks for them.
  private(set) lazy var dictionary: HyphenationDictionary? = book.dictionary(for: tag)

  init(_ tag: String, index: UInt16, book: FontBook) {
    self.tag = tag
    self.index = index
    self.book = book
    harfBuzz = hb_language_from_string(tag, Int32(tag.utf8.count))
    region = FallbackOrder.Region(language: tag)
    let likely = cicu_likely_script(tag)
    script = likely == 0 ? HB_SCRIPT_LATIN : hb_script_from_iso15924_tag(likely)
    // A tag ICU does not take gets the root rules.
    lines = cicu_lines_open(tag) ?? cicu_lines_open("und")
    var (decimal, grouping): ([UInt8], [UInt8]) = ([UInt8(ascii: ".")], [UInt8(ascii: ",")])
    if let formatter = cicu_number_open(tag, "group-on-aligned .0") {
      var text = [CChar](repeating: 0, count: 64)
      var fields = [UInt8](repeating: 0, count: 64)
      let length = Int(cicu_number_format(formatter, "1000.5", 6, &text, 64))
      if (1...64).contains(length), cicu_number_fields(formatter, &fields, 64) {
        let bytes = text.prefix(length).map { UInt8(bitPattern: $0) }
        decimal = zip(bytes, fields).filter { $0.1 == UInt8(CICU_FIELD_DECIMAL) }.map(\.0)
        grouping = zip(bytes, fields).filter { $0.1 == UInt8(CICU_FIELD_GROUPING) }.map(\.0)
        if grouping == [0x20] { grouping = [0xC2, 0xA0] }
      }
      cicu_number_close(formatter)
    }
    (decimalSeparator, groupingSeparator) = (decimal, grouping)
  }

  deinit { cicu_lines_close(lines) }
}

/// The languages met so far.
struct LanguageTable {
  private let book: FontBook
  private var languages: [SetterLanguage] = []
  private var last: SetterLanguage?

  init(book: FontBook) { self.book = book }

  @inline(__always) mutating func find(_ tag: String) -> SetterLanguage {
    if let last, last.tag == tag { return last }
    return search(tag)
  }

  private mutating func search(_ tag: String) -> SetterLanguage {
    if let known = languages.first(where: { $0.tag == tag }) {
      last = known
      return known
    }
    let language = SetterLanguage(tag, index: UInt16(truncatingIfNeeded: languages.count), book: book)
    languages.append(language)
    last = language
    return language
  }
}

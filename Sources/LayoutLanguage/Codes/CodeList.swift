/// A list of codes with their words in the languages of a layout: a file of `codes/`, read.
///
/// Made when a layout is compiled, and kept by the expressions that look codes up. Immutable.
final class CodeList: Sendable {
  /// The languages of the layout, canonical BCP 47 tags, by which the words of a code are in order.
  private let languages: [String]
  /// Where the words of a code begin in `words`, by ``key(of:)``.
  private let places: [String: Int]
  /// For each code one entry for each language.
  private let words: [String]

  /// - Parameters:
  ///   - codes: Codes as ``key(of:)`` gives them, each once.
  ///   - words: For each code one entry for each language, in the order of `languages`.
  init(languages: [String], codes: [String], words: [String]) {
    self.languages = languages
    self.words = words
    let width = languages.count
    places = Dictionary(codes.enumerated().map { ($0.element, $0.offset * width) }, uniquingKeysWith: { first, _ in first })
  }

  /// What `code` is in `language`, a language of the layout; `nil` where the list has no such code. White space round the code and the case
  /// of its letters do not count. Takes the same time however long the list is.
  func words(of code: String, in language: String) -> String? {
    guard let place = places[CodeList.key(of: code)], let column = languages.firstIndex(of: language) else { return nil }
    return words[place + column]
  }

  /// The form in which codes are compared: no white space round it, small letters.
  static func key(of code: String) -> String { code.trimmingWhiteSpace.lowercased() }
}

public import Diagnostics
public import Languages

/// A bill record made from an e-invoice, but for its language, which an invoice does not say.
public struct DerivedRecord: Sendable, Hashable {
  /// The record as one line of JSON, with nothing between the quotes of its language.
  private let bytes: [UInt8]
  private let languagePlace: Int
  /// What is odd about the invoice.
  public internal(set) var warnings: [RecordWarning] = []

  /// - Parameter languagePlace: How many of the bytes come before the language.
  init(bytes: [UInt8], languagePlace: Int) { (self.bytes, self.languagePlace) = (bytes, languagePlace) }

  /// The record in a language: one line of JSON without a line end.
  public func json(in language: LanguageTag) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(length(in: language))
    result += bytes[..<languagePlace]
    result += language.text.utf8
    result += bytes[languagePlace...]
    return result
  }

  /// How many bytes the record has in a language.
  public func length(in language: LanguageTag) -> Int { bytes.count + language.text.utf8.count }

  /// Where in the record the language stands.
  public func place(of language: LanguageTag) -> Range<Int> { languagePlace..<languagePlace + language.text.utf8.count }
}

/// Why a row of CSV cannot be taken as it stands.
package enum CSVFault: Error, Hashable, Sendable {
  /// Longer than ``CSVReader/maximumRow``.
  case tooLong
  /// More than ``CSVReader/maximumFields``.
  case tooManyFields
  case notUTF8
  /// A quote within a field that does not begin with one.
  case quoteInside
  /// Something other than a comma or the row's end behind a closing quote.
  case textBehindQuote
  /// A quote that is open at the end of the file.
  case quoteOpen

  /// In words that follow "the row": lower case.
  package var reason: String {
    switch self {
    case .tooLong: "has more than the \(CSVReader.maximumRow) bytes allowed"
    case .tooManyFields: "has more than the \(CSVReader.maximumFields) fields allowed"
    case .notUTF8: "is not UTF-8"
    case .quoteInside: "has a quote within a field that does not begin with one; write the field in quotes, and a quote in it twice"
    case .textBehindQuote: "has something behind a closing quote; a quote within a field is written twice"
    case .quoteOpen: "opens a quote that is not closed before the end of the file, so that all behind it was taken for one field"
    }
  }
}

/// Why a record cannot become a bill. Its code, message and path stand in `rejects.jsonl` as they are.
public struct RecordFault: Error, Hashable, Sendable {
  /// A stable kebab-case name; unknown ones survive, since other parts add their own.
  public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name.
    public let rawValue: String
    /// Makes a code of its name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a code of its name.
    public init(stringLiteral: String) { rawValue = stringLiteral }
    /// The name.
    public var description: String { rawValue }
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// What was found and what was expected, and the places it speaks of.
  public var statement: FindingStatement
  /// The place in the record, such as `$.sections[0].lines[3].amount`; indexes from 0.
  public var path: String
  /// Bytes from the start of the record; `nil` for faults of sums and for those found later.
  public var offset: Int?
  /// `did you mean 'account'?`
  public var suggestion: String?

  /// Makes a fault that speaks of no place beside that in the record.
  public init(_ code: Code, _ message: String, path: String = "$", offset: Int? = nil, suggestion: String? = nil) {
    self.init(code, FindingStatement(message), path: path, offset: offset, suggestion: suggestion)
  }

  /// Makes a fault.
  public init(_ code: Code, _ statement: FindingStatement, path: String = "$", offset: Int? = nil, suggestion: String? = nil) {
    (self.code, self.statement, self.path, self.offset, self.suggestion) = (code, statement, path, offset, suggestion)
  }

  /// The statement as one sentence in lower case.
  public var message: String { statement.text }
  /// Where in the document the record was made from; `nil` where that is not known.
  public var document: DocumentPlace? { if case .document(let place)? = statement.origin { place } else { nil } }

  /// The message with the suggestion behind it in parentheses.
  public var fullMessage: String { suggestion.map { "\(message) (\($0))" } ?? message }

  /// The fault as a finding, for `check` and the preview.
  public func diagnostic(file: String, record number: Int, severity: Severity = .error) -> Diagnostic {
    Diagnostic(
      severity, id: code.rawValue, statement, place: DataPlace(file: file, record: number, path: path, origin: statement.origin),
      suggestion: suggestion)
  }
}

extension RecordFault.Code {
  /// Not JSON after RFC 8259: `NaN`, a missing comma, an unpaired surrogate, text after the record.
  public static let malformedJSON: Self = "malformed-json"
  /// Bytes that are not UTF-8.
  public static let invalidUTF8: Self = "invalid-utf8"
  /// A required field is not there, or is null.
  public static let missingField: Self = "missing-field"
  /// A key version 1 does not know.
  public static let unknownKey: Self = "unknown-key"
  /// A key that stands twice in one object.
  public static let duplicateKey: Self = "duplicate-key"
  /// A list where a text is expected, and the like.
  public static let wrongType: Self = "wrong-type"
  /// A word other than those allowed (`kind`, `delivery`, `format`).
  public static let unknownValue: Self = "unknown-value"
  /// A record version other than 1.
  public static let unknownVersion: Self = "unknown-version"
  /// Not `-?[0-9]+(\.[0-9]+)?`.
  public static let badNumber: Self = "bad-number"
  /// Not `YYYY-MM-DD`, or no such day.
  public static let badDate: Self = "bad-date"
  /// Not a language tag after BCP 47.
  public static let badLanguage: Self = "bad-language"
  /// Not a code of ISO 4217.
  public static let unknownCurrency: Self = "unknown-currency"
  /// More decimals than the currency has.
  public static let tooManyDecimals: Self = "too-many-decimals"
  /// Too many digits, too few or too many address lines, an empty account.
  public static let outOfRange: Self = "out-of-range"
  /// Figures that do not add up.
  public static let sumMismatch: Self = "sum-mismatch"
  /// `quantity × price` is not `amount`; a warning unless `--strict-lines`.
  public static let lineArithmetic: Self = "line-arithmetic"
  /// `base × rate` is not the tax; a warning unless `--strict-lines`.
  public static let taxArithmetic: Self = "tax-arithmetic"
  /// More levels than allowed.
  public static let tooDeep: Self = "too-deep"
  /// A record or text longer than allowed.
  public static let tooLong: Self = "too-long"
  /// More combining marks on one character than allowed.
  public static let tooManyMarks: Self = "too-many-marks"
  /// More values in `extra` than allowed.
  public static let tooManyValues: Self = "too-many-values"
  /// A control character in an account or invoice number.
  public static let controlCharacter: Self = "control-character"
  /// A name or number that holds nothing that can be seen.
  public static let blankText: Self = "blank-text"
  /// A warning: U+FFFD stands in a text.
  public static let replacementCharacter: Self = "replacement-character"
  /// A warning: control characters or bidi overrides were taken out of a text.
  public static let controlCharactersRemoved: Self = "control-characters-removed"
  /// The bill's language is not among the campaign's or the layout's.
  public static let languageNotOffered: Self = "language-not-offered"
}

/// Something odd in a record that still became a bill.
public struct RecordWarning: Hashable, Sendable {
  /// What kind of thing is wrong.
  public var code: RecordFault.Code
  /// What was found, and the places it speaks of.
  public var statement: FindingStatement
  /// The place in the record.
  public var path: String

  /// Makes a warning that speaks of no place beside that in the record.
  public init(_ code: RecordFault.Code, _ message: String, path: String) { self.init(code, FindingStatement(message), path: path) }

  /// Makes a warning.
  public init(_ code: RecordFault.Code, _ statement: FindingStatement, path: String) {
    (self.code, self.statement, self.path) = (code, statement, path)
  }

  /// The statement as one sentence in lower case.
  public var message: String { statement.text }
  /// The block of the layout it happened in; `nil` where it is about no block.
  public var block: LayoutBlock? { if case .block(let block)? = statement.origin { block } else { nil } }
  /// The page of the piece it happened on, from 1; `nil` where it is about no page.
  public var page: Int? { statement.page }

  /// The warning as a finding.
  public func diagnostic(file: String, record number: Int) -> Diagnostic {
    Diagnostic(
      .warning, id: code.rawValue, statement, place: DataPlace(file: file, record: number, path: path, origin: statement.origin))
  }
}

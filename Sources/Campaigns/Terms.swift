internal import Billing
public import Dates
public import Diagnostics
public import Languages

/// The updated terms in every language of the campaign.
public struct Terms: Sendable {
  /// The name of the version, as printed.
  public let version: String
  /// The day the terms apply from.
  public let effective: PlainDate
  /// The version they replace, if named.
  public let previousVersion: String?
  let texts: [LanguageTag: TermsText]

  /// The terms in a language of the campaign.
  public subscript(language: LanguageTag) -> TermsText? { texts[language] }
}

/// The terms in one language.
public struct TermsText: Sendable {
  /// The file, relative to the campaign's folder.
  public let path: String
  /// For messages that point into the file.
  public let file: SourceFile
  /// SHA-256 of the file's bytes, lower-case hexadecimal.
  public let digest: String
  /// The text; it has no expressions.
  public let document: MarkdownDocument
  /// What changed since the previous terms, one mark a top-level block of ``document``; `nil` without previous terms in this language.
  public var changes: [BlockChange]? { differences?.blocks }
  /// The same, and the clauses that differ; `nil` without previous terms in this language.
  public let differences: TermsChanges?
}

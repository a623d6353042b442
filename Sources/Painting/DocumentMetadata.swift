internal import Cairo

/// What a PDF says about itself. Everything in it is taken from the bill, so that the same bill gives the same bytes.
public struct DocumentMetadata: Hashable, Sendable {
  /// Shown in the title bar of readers.
  public var title: String
  /// Who sends the bill.
  public var author: String
  /// What it is about; empty to leave it out.
  public var subject: String
  /// The document's language as a BCP 47 tag, for screen readers; written into the catalog when the document is finished.
  public var language: String
  /// The program that made it, with its version if that is to show in the bytes.
  public var creator = "Billfold"
  /// The issue date; the time is 00:00 UTC.
  public let year: Int
  /// From 1.
  public let month: Int
  /// From 1.
  public let day: Int

  /// Makes metadata; the date is the bill's issue date, years 1…9999.
  public init(title: String, author: String, subject: String, language: String, created: (year: Int, month: Int, day: Int)) {
    self.title = title
    self.author = author
    self.subject = subject
    self.language = language
    (year, month, day) = created
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(max(0, value))
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The date as PDF writes it, `D:20261123000000Z`.
  var pdfDate: String {
    "D:" + DocumentMetadata.padded(year, 4) + DocumentMetadata.padded(month, 2) + DocumentMetadata.padded(day, 2) + "000000Z"
  }

  /// For cairo 1.16, which writes this date without its prefix; the finisher mends it.
  var forCairo: PDFMetadata {
    let date = [DocumentMetadata.padded(year, 4), DocumentMetadata.padded(month, 2), DocumentMetadata.padded(day, 2)]
    var metadata = PDFMetadata(created: date.joined(separator: "-") + "T00:00:00Z")
    metadata.title = title
    metadata.author = author
    metadata.subject = subject
    metadata.creator = creator
    return metadata
  }
}

internal import Diagnostics

/// What can be wrong with a finished output folder.
enum VerifyFinding {
  /// The codes; each is explained in `FindingCodes`.
  enum Reason: String, CaseIterable {
    case countsDiffer = "counts-differ"
    case fileMissing = "file-missing"
    case fileDiffers = "file-differs"
    case fileUnnamed = "file-unnamed"
    case fileUnverifiable = "file-unverifiable"
    case identityRepeated = "identity-repeated"
    case lineMalformed = "line-malformed"
    case lineContradicts = "line-contradicts"
    case linesUnsorted = "lines-unsorted"
    case notAFile = "not-a-file"
    case pagesDiffer = "pages-differ"
    case pdfDamaged = "pdf-damaged"
    case recordRepeated = "record-repeated"
    case sampleDiffers = "sample-differs"
    case summaryDiffers = "summary-differs"
  }

  /// A finding about a file of the output folder, by its path below it.
  ///
  /// - Parameters:
  ///   - line: Its line, from 1, where it is one of lines.
  ///   - path: The place in its JSON.
  static func diagnostic(_ reason: Reason, _ message: String, file: String, line: Int? = nil, path: String? = nil) -> Diagnostic {
    Diagnostic(id: reason.rawValue, message, place: DataPlace(file: file, record: line, path: path))
  }
}

public import Cairo
public import Diagnostics
public import Layout

/// Why a page could not be painted. All of these are defects of ours or of the output, never of a customer's data.
public enum PaintingError: Error, Hashable, Sendable {
  /// Cairo, or the sink behind it, failed.
  case drawing(CairoError)
  /// A line that waits for the page count was never bound.
  case unboundLateText(page: Int)
  /// A run names a face that the font source cannot give.
  case unknownFont(FontID, reason: String)
  /// An image number that the image table does not have.
  case unknownImage(Int)
  /// An image that was accepted when it was loaded could not be drawn.
  case imageFailed(path: String, reason: String)
  /// The finished file is not built as the finisher expects.
  case unexpectedStructure(String)

  /// The same as a finding, for the journal and the rejects.
  public var diagnostic: Diagnostic { Diagnostic(id: "painting-failed", description) }
}

extension PaintingError: CustomStringConvertible {
  /// One sentence in lower case.
  public var description: String {
    switch self {
    case .drawing(let error): error.description
    case .unboundLateText(let page): "page \(page) holds a line whose page numbers were never filled in"
    case .unknownFont(let id, let reason): "face \(id.index) of the font book is missing: \(reason)"
    case .unknownImage(let number): "image \(number) is not in the image table"
    case .imageFailed(let path, let reason): "image '\(path)' could not be drawn: \(reason)"
    case .unexpectedStructure(let what): "the finished PDF is not as expected: \(what)"
    }
  }
}

public import Diagnostics

/// Why a text cannot become that code.
public struct BarcodeError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: String, Hashable, Sendable {
    /// More than the code holds.
    case tooLong = "barcode-too-long"
    /// Characters or a form the code does not have.
    case invalid = "barcode-invalid"
    /// The encoder failed for a reason of its own.
    case failed = "barcode-failed"
  }
  /// What is wrong, by kind.
  public let reason: Reason
  /// One sentence in lower case.
  public let message: String

  /// Makes an error.
  public init(_ reason: Reason, _ message: String) { (self.reason, self.message) = (reason, message) }

  /// The same as a finding; the caller adds the places.
  public var diagnostic: Diagnostic { Diagnostic(id: reason.rawValue, message) }
}

internal import CLinux
public import Diagnostics
internal import Glibc
internal import Synchronization

/// Tells the user: results to the standard output, findings to the standard error, and how far the run is, on a terminal only.
///
/// Not `Sendable`: one per process, used by its main thread.
public final class Reporter {
  /// The form of findings and results.
  public enum Format: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One JSON object a line.
    case json
  }

  /// The form it writes in.
  public let format: Format
  private let columns: Int32
  private let isTerminal: Bool
  private var hasProgress = false
  private static let formatInUse = Mutex(Format.text)

  /// The form of the reporter that was made last.
  package static var lastFormat: Format { formatInUse.withLock { $0 } }

  /// Makes a reporter.
  public init(format: Format) {
    self.format = format
    Reporter.formatInUse.withLock { $0 = format }
    var columns: Int32 = 0
    isTerminal = bf_is_terminal(STDERR_FILENO, &columns)
    self.columns = columns
  }

  /// Writes a finding to the standard error.
  public func report(_ diagnostic: Diagnostic) { write(STDERR_FILENO, render(diagnostic)) }

  /// Writes a text to the standard error as it is.
  package func notice(_ text: String) { write(STDERR_FILENO, text) }

  /// Writes findings to the standard error, one after the other.
  public func report(_ diagnostics: [Diagnostic]) { tell(diagnostics, STDERR_FILENO) }

  /// Writes findings to the standard output, one after the other.
  public func result(_ diagnostics: [Diagnostic]) { tell(diagnostics, STDOUT_FILENO) }

  private func tell(_ diagnostics: [Diagnostic], _ descriptor: Int32) {
    switch format {
    case .json: for diagnostic in diagnostics { write(descriptor, DiagnosticRenderer.json(diagnostic)) }
    case .text where diagnostics.isEmpty: break
    case .text: write(descriptor, DiagnosticRenderer.text(diagnostics))
    }
  }

  /// Writes a finding to the standard output: there it is the result, as of `check`.
  public func result(_ diagnostic: Diagnostic) { write(STDOUT_FILENO, render(diagnostic)) }

  /// Writes a line of results to the standard output; `false` where that is not possible (see ``StandardOutput``).
  @discardableResult
  public func result(_ line: String) -> Bool { write(STDOUT_FILENO, line) }

  /// Writes bytes, such as generated records, to the standard output as they are; `false` where they cannot be written (see
  /// ``StandardOutput``).
  @discardableResult
  public func result(bytes: [UInt8]) -> Bool { put(STDOUT_FILENO, bytes) }

  private func render(_ diagnostic: Diagnostic) -> String {
    format == .json ? DiagnosticRenderer.json(diagnostic) : DiagnosticRenderer.text(diagnostic)
  }

  @discardableResult
  private func write(_ descriptor: Int32, _ line: String) -> Bool {
    clearProgress()
    return put(descriptor, Array((line + "\n").utf8))
  }

  @discardableResult
  private func put(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool { StandardOutput.write(bytes, to: descriptor) }

  /// How wide the terminal is that results go to, in characters; `nil` where they go to none, or are for programs.
  public var resultColumns: Int? {
    var columns: Int32 = 0
    guard format == .text, bf_is_terminal(STDOUT_FILENO, &columns) else { return nil }
    return columns > 0 ? Int(columns) : nil
  }

  // MARK: Progress

  /// Whether progress is shown at all.
  package var showsProgress: Bool { isTerminal && format == .text }

  /// Replaces the line that says how far the run is.
  package func progress(_ text: String) {
    guard showsProgress else { return }
    let line = columns > 0 ? String(text.prefix(Int(columns) - 1)) : text
    put(STDERR_FILENO, Array("\r\(line)\u{1B}[K".utf8))
    hasProgress = true
  }

  /// Removes that line.
  package func clearProgress() {
    guard hasProgress else { return }
    hasProgress = false
    put(STDERR_FILENO, Array("\r\u{1B}[K".utf8))
  }
}

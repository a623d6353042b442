internal import CLinux
public import Diagnostics
internal import Glibc

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

  /// Makes a reporter.
  public init(format: Format) {
    self.format = format
    var columns: Int32 = 0
    isTerminal = bf_is_terminal(STDERR_FILENO, &columns)
    self.columns = columns
  }

  /// Writes a finding to the standard error.
  public func report(_ diagnostic: Diagnostic) { write(STDERR_FILENO, render(diagnostic)) }

  /// Writes findings to the standard error, one after the other.
  public func report(_ diagnostics: [Diagnostic]) { for diagnostic in diagnostics { report(diagnostic) } }

  /// Writes a finding to the standard output: there it is the result, as of `check`.
  public func result(_ diagnostic: Diagnostic) { write(STDOUT_FILENO, render(diagnostic)) }

  /// Writes a line of results to the standard output.
  public func result(_ line: String) { write(STDOUT_FILENO, line) }

  /// Writes bytes, such as generated records, to the standard output as they are; `false` where nobody reads them any more.
  @discardableResult
  public func result(bytes: [UInt8]) -> Bool { put(STDOUT_FILENO, bytes) }

  private func render(_ diagnostic: Diagnostic) -> String {
    format == .json ? DiagnosticRenderer.json(diagnostic) : DiagnosticRenderer.text(diagnostic)
  }

  private func write(_ descriptor: Int32, _ line: String) {
    clearProgress()
    put(descriptor, Array((line + "\n").utf8))
  }

  @discardableResult
  private func put(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest.removeFirst(count)
    }
    return true
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

internal import Contract
internal import Diagnostics
internal import LayoutLanguage
internal import Reporting

/// Does `format`.
struct FormatBody {
  let reporter: Reporter

  /// Writes layouts and partials in their canonical form, each in place and at once: a reader sees the old file or the new one.
  ///
  /// - Parameters:
  ///   - files: As the user wrote them; a symbolic link's target is what is written.
  ///   - isCheck: Write nothing; names of files not in canonical form are the result.
  /// - Returns: 74 where a file could not be written, else 78 where one is unreadable or faulty, else `found` under `isCheck` where one is
  ///   not canonical, else `success`. A fault in one file keeps no other from being written.
  func run(_ files: [String], isCheck: Bool) -> ExitCode {
    var hasFault = false
    var hasFailure = false
    var differs = false
    for name in files {
      do throws(DiagnosticList) {
        let file = try LayoutFile(name)
        let canonical = try LayoutFormatter.format(file.bytes, name: name)
        guard canonical != file.bytes else { continue }
        differs = true
        if isCheck {
          reporter.result(
            Diagnostic(.warning, id: "not-canonical", "'\(name)' is not in canonical form; 'billfold format' writes it"))
        } else if let reason = file.replace(with: canonical) {
          hasFailure = true
          reporter.report(Diagnostic(id: "output-failed", "cannot write '\(name)': \(reason)"))
        }
      } catch {
        hasFault = true
        reporter.report(error.diagnostics)
      }
    }
    return hasFailure ? .output : hasFault ? .configuration : isCheck && differs ? .found : .success
  }
}

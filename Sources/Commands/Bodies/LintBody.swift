internal import Billmaking
internal import Contract
internal import Diagnostics
internal import Pipeline
internal import Reporting

/// Does `campaign lint`.
struct LintBody {
  let makers: Makers
  let reporter: Reporter

  /// Prints each finding as a result, then a line of counts and one that says what the report is.
  ///
  /// - Returns: `found` for errors and warnings, `success` for notes alone, `configuration` where something cannot be used.
  func lint(_ options: JobOptions) -> Ending {
    let findings: [Diagnostic]
    do throws(RunFailure) {
      if options.hasLayout, makers.tryFonts != nil, makers.hasForeignFonts(options) { try FontTrialRun.run(options) }
      do throws(DiagnosticList) { findings = try Workshop.lint(options) } catch { throw RunFailure(.configuration, error.diagnostics) }
    } catch {
      reporter.report(error.diagnostics)
      return .code(error.code)
    }
    reporter.result(findings)
    func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }
    let counts = (errors: count(.error), warnings: count(.warning), notes: count(.note))
    switch reporter.format {
    case .json:
      reporter.result(
        "{\"errors\":\(counts.errors),\"warnings\":\(counts.warnings),\"notes\":\(counts.notes),"
          + "\"advice\":\(DiagnosticRenderer.quoted(Workshop.lintAdvice))}")
    case .text:
      let words = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")].filter { $0.0 > 0 }
        .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
      reporter.result("campaign: " + (words.isEmpty ? "nothing found" : words.joined(separator: ", ")))
      reporter.result(Workshop.lintAdvice)
    }
    return .code(counts.errors + counts.warnings > 0 ? .found : .success)
  }
}

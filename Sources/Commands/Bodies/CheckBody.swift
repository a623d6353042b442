internal import Contract
internal import Diagnostics
internal import LayoutLanguage
internal import Pipeline
internal import Reporting

/// Does `check`.
struct CheckBody {
  let makers: Makers
  let reporter: Reporter

  /// Looks for faults in layout, campaign and data; prints each as a result.
  ///
  /// - Returns: 78 for a fault of layout or campaign, else what the data gives, else 1 for warnings under `strict`, else 0.
  func run(_ options: JobOptions, data: [String], isStrict: Bool, jobs: Int) -> Ending {
    let prepared: PreparedRun
    do throws(DiagnosticList) { prepared = try makers.prepare(options) } catch {
      error.diagnostics.forEach { reporter.result($0) }
      return .code(.configuration)
    }
    let sample = (try? LayoutPackage.template(folder: options.layout)).map { SampleCheck.warnings(layout: options.layout, $0) } ?? []
    (prepared.warnings + sample).forEach { reporter.result($0) }
    var warnings = (prepared.warnings + sample).count { $0.severity == .warning }
    if !data.isEmpty {
      let check = RecordCheck(options, data: data, jobs: jobs)
      let (findings, ending) = check.run(payload: prepared.payload, language: prepared.language) { reporter.result($0) }
      if let ending { return ending }
      if findings.rejects > 0 { return .code(.rejects) }
      warnings += findings.warnings
    }
    return .code(isStrict && warnings > 0 ? .found : .success)
  }
}

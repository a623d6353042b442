internal import Billmaking
internal import Contract
internal import Diagnostics
internal import LayoutLanguage
internal import Pipeline
internal import Reporting

/// Does `check`.
struct CheckBody {
  let makers: Makers
  let reporter: Reporter

  /// Looks for faults in layout, campaign and data; prints each as a result, and a line of counts.
  ///
  /// - Returns: 78 for a fault of layout or campaign, else what the data gives, else 1 for warnings under `strict`, else 0.
  func run(_ options: JobOptions, data: [String], isStrict: Bool, jobs: Int, limits: WorkerLimits, faults: [TestFault]) -> Ending {
    let check = RecordCheck(options, data: data, jobs: jobs, limits: limits, faults: faults)
    let early = data.isEmpty ? nil : check.beginEarly()
    let (prepared, ledger): (PreparedRun, LedgerInput?)
    do throws(RunFailure) {
      prepared = try makers.prepareAfterTrial(options) { early?.begin() }
      ledger = try LedgerInput(options, prepared)
    } catch {
      reporter.result(error.diagnostics)
      tell(RecordCheck.Findings(error.diagnostics), options, hasData: false, advice: advice(error.diagnostics))
      return .code(error.code)
    }
    let sample = (try? LayoutPackage.template(folder: options.layout)).map { SampleCheck.warnings(layout: options.layout, $0) } ?? []
    let found = prepared.warnings + sample
    reporter.result(found)
    var findings = RecordCheck.Findings(found)
    guard !data.isEmpty else {
      tell(findings, options, hasData: false, advice: advice(found))
      return .code(isStrict && findings.warnings > 0 ? .found : .success)
    }
    let (records, ending) = check.run(prepared, ledger: ledger, early: early) { reporter.result($0) }
    findings.add(records)
    tell(findings, options, hasData: true, advice: advice(found))
    if let ending { return ending }
    return .code(findings.rejects > 0 ? .rejects : isStrict && findings.warnings > 0 ? .found : .success)
  }

  /// The last line: how much was looked at, and what was found.
  ///
  /// - Parameter advice: What has to be said of findings that go back to rules of law, before the counts.
  private func tell(_ findings: RecordCheck.Findings, _ options: JobOptions, hasData: Bool, advice: String?) {
    guard reporter.format == .text else {
      reporter.result(findings.json(advice))
      return
    }
    if let advice { reporter.result(advice) }
    let what = hasData ? count(findings.records, "bill") : options.campaign == nil ? "layout" : "layout and campaign"
    var faults: [String] = []
    if findings.errors > 0 { faults.append(count(findings.errors, "error")) }
    if findings.rejects > 0 { faults.append("\(findings.rejects) rejected") }
    if findings.warnings > 0 { faults.append(count(findings.warnings, "warning")) }
    if findings.notes > 0 { faults.append(count(findings.notes, "note")) }
    reporter.result(faults.isEmpty ? "\(what)\(hasData ? "," : ":") no faults" : "\(what): \(faults.joined(separator: ", "))")
  }

  private func advice(_ findings: [Diagnostic]) -> String? { findings.contains { $0.rule != nil } ? Workshop.lintAdvice : nil }

  private func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension RecordCheck.Findings {
  /// Those of layout, campaign and what belongs to them.
  fileprivate init(_ diagnostics: [Diagnostic]) {
    self.init()
    errors = diagnostics.count { $0.severity == .error }
    warnings = diagnostics.count { $0.severity == .warning }
    notes = diagnostics.count { $0.severity == .note }
  }

  fileprivate mutating func add(_ other: Self) {
    records += other.records
    rejects += other.rejects
    warnings += other.warnings
    errors += other.errors
    notes += other.notes
  }

  /// For programs: one object, `errors` only where something cannot be used at all, `notes` only where there are some.
  fileprivate func json(_ advice: String?) -> String {
    "{\"records\":\(records),\"rejects\":\(rejects)," + (errors > 0 ? "\"errors\":\(errors)," : "") + "\"warnings\":\(warnings)"
      + (notes > 0 ? ",\"notes\":\(notes)" : "") + (advice.map { ",\"advice\":\(DiagnosticRenderer.quoted($0))" } ?? "") + "}"
  }
}

internal import Billmaking
internal import Contract
internal import Dates
internal import Diagnostics
internal import LayoutLanguage
internal import Reporting
internal import Sampling

/// Does `sample`.
struct SampleBody {
  let reporter: Reporter

  /// Writes `count` made-up bills of a layout as JSON Lines.
  func run(layout: String, count: Int, seed: UInt64, issued: PlainDate?) -> ExitCode {
    let sampler: BillSampler
    do throws(DiagnosticList) {
      let template = try LayoutPackage.template(folder: layout)
      sampler = BillSampler(
        try SampleSource.load(layout: layout), fields: template.fields.map(\.sampleField), seed: seed, issued: issued)
    } catch {
      reporter.report(error.diagnostics)
      return .configuration
    }
    // A chunk at a time: a load test's million bills must not stand in memory.
    let step = 200
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: count, by: step) {
      bytes.removeAll(keepingCapacity: true)
      sampler.write(start..<min(count, start + step), to: &bytes)
      guard reporter.result(bytes: bytes) else { return .output }
    }
    return .success
  }
}

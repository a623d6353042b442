internal import Billing
internal import Cairo
internal import Campaigns
public import Dates
public import Diagnostics
internal import Formats
internal import Layout
internal import LayoutLanguage
public import Pipeline
internal import Sampling
internal import Typography

/// What the commands of the program do, put together from the parts.
public enum Composer {
  /// Reads layout, campaign, fonts and key of a run.
  ///
  /// - Throws: All that is wrong with them; the run then ends with 78.
  public static func prepare(_ options: JobOptions) throws(DiagnosticList) -> PreparedRun {
    let job = try LayoutJob(options)
    return PreparedRun(
      layoutDigest: job.layoutDigest, campaignDigest: job.campaignDigest, fontsDigest: job.fontsDigest, keyCheck: job.campaign?.key?.check,
      engines: engines, payload: job.fingerprint, language: job.template.languages.first, warnings: job.warnings)
  }

  /// Makes a worker's renderer, and refuses where its inputs are no longer those the run began with.
  public static func makeRenderer(_ job: WorkerJob) throws(WorkerStartFailure) -> any BillRenderer {
    HeapTuning.keepFreedMemory()
    let layout: LayoutJob
    do throws(DiagnosticList) { layout = try LayoutJob(job.options) } catch { throw WorkerStartFailure(.inputsChanged, error.diagnostics) }
    guard layout.fingerprint == job.payload else {
      throw WorkerStartFailure(
        .inputsChanged, [Diagnostic(id: "inputs-changed", "layout, campaign, fonts or key have changed since the run began")])
    }
    return BillMaker(layout)
  }

  /// Everything whose version can show in a PDF's bytes.
  private static var engines: [PreparedRun.Engine] {
    [
      .init("cairo", EngineVersions.cairo), .init("freetype", EngineVersions.freeType), .init("harfbuzz", FontBook.harfBuzzVersion),
      .init("icu", LocaleFormats.icuVersion), .init("zlib", EngineVersions.zlib),
    ]
  }

  /// Looks for faults in layout, campaign and data; prints each as a result.
  ///
  /// - Returns: 78 for a fault of layout or campaign, else what the data gives, else 1 for warnings under `strict`, else 0.
  public static func check(_ options: JobOptions, data: [String], isStrict: Bool, jobs: Int, reporter: Reporter) -> ExitCode {
    let prepared: PreparedRun
    do throws(DiagnosticList) { prepared = try prepare(options) } catch {
      error.diagnostics.forEach { reporter.result($0) }
      return .configuration
    }
    let sample = (try? LayoutPackage.template(folder: options.layout)).map { SampleCheck.warnings(layout: options.layout, $0) } ?? []
    (prepared.warnings + sample).forEach { reporter.result($0) }
    var warnings = (prepared.warnings + sample).count { $0.severity == .warning }
    if !data.isEmpty {
      let check = RecordCheck(options, data: data, jobs: jobs)
      let (findings, ending) = check.run(payload: prepared.payload, language: prepared.language) { reporter.result($0) }
      switch ending {
      case .code(let code)?: return code
      case .signal(let signal)?: ProcessEnd.bySignal(signal)
      case nil: break
      }
      if findings.rejects > 0 { return .rejects }
      warnings += findings.warnings
    }
    return isStrict && warnings > 0 ? .found : .success
  }

  /// Writes `count` made-up bills of a layout as JSON Lines.
  public static func sample(layout: String, count: Int, seed: UInt64, issued: PlainDate?, reporter: Reporter) -> ExitCode {
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

  /// Says whether a token is an account's: `success` or `found`.
  public static func verifyToken(
    _ token: String, account: String, campaign path: String, tokenKey: String, reporter: Reporter
  ) -> ExitCode {
    let loaded: LoadedCampaign
    let key: TokenKey
    do throws(DiagnosticList) { loaded = try Campaign.load(CampaignPath.file(path)) } catch {
      reporter.report(error.diagnostics)
      return .configuration
    }
    do throws(TokenKey.Failure) { key = try TokenKey.load(tokenKey) } catch {
      reporter.report(Diagnostic(id: "token-key", error.message))
      return .configuration
    }
    return key.verify(token, campaign: loaded.campaign.id, account: account.utf8) ? .success : .found
  }
}

extension FieldDeclaration {
  /// The field as the sampler knows it.
  var sampleField: SampleField {
    let kind: SampleField.Kind =
      switch type.unwrapped {
      case .number: .number
      case .amount: .amount
      case .date: .date
      case .flag: .flag
      case .list: .list
      case .record: .record
      default: .text
      }
    return SampleField(path: path, kind: kind, isOptional: isOptional, sample: sample)
  }
}

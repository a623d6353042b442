internal import Commands
internal import Composition
internal import Diagnostics
internal import Pipeline
internal import Preview

extension CommandBodies {
  /// The program's commands as they are.
  static var composed: CommandBodies {
    CommandBodies(
      version: "0.1.0",
      prepare: { options throws(DiagnosticList) in try Composer.prepare(options) },
      makeRenderer: { job throws(WorkerStartFailure) in try Composer.makeRenderer(job) },
      check: { options, reporter in
        Composer.check(options.job, data: options.data, isStrict: options.strict, jobs: options.jobs, reporter: reporter)
      },
      sample: { options, reporter in
        Composer.sample(layout: options.layout, count: options.count, seed: options.seed, issued: options.issued, reporter: reporter)
      },
      verifyToken: { options, reporter in
        Composer.verifyToken(
          options.token, account: options.account, campaign: options.campaign, tokenKey: options.tokenKey, reporter: reporter)
      },
      makePreviewLoader: { Composer.makePreviewLoader() },
      format: { options, reporter in Composer.format(options.files, isCheck: options.checks, reporter: reporter) },
      new: { options, reporter in Composer.start(options.folder, like: options.template, reporter: reporter) })
  }
}

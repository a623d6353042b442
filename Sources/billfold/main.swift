internal import Billmaking
internal import Commands
internal import Contract
internal import Diagnostics

BillfoldProgram.main(
  Makers(
    version: "0.1.0",
    prepare: { options throws(DiagnosticList) in try Workshop.prepare(options) },
    makeRenderer: { options throws(WorkerStartFailure) in try Workshop.makeRenderer(options) },
    tryFonts: { options, begin in try Workshop.tryFonts(options, begin: begin) },
    hasForeignFonts: { Workshop.hasForeignFonts($0) },
    makePreviewLoader: { Workshop.makePreviewLoader() }))

internal import Contract
internal import Diagnostics

/// Reads layout, campaign, fonts and key again and again; fonts are opened anew only where their files have changed.
final class PreviewLoading: PreviewLoader {
  private var fonts: FontSet?

  /// Makes do with specimen codes where there is no key.
  func load(_ options: JobOptions) throws(DiagnosticList) -> any PreviewRenderer {
    var options = options
    options.purpose = .preview
    if let fonts, !fonts.isCurrent(for: options) { self.fonts = nil }
    let job = try LayoutJob(options, fonts: fonts)
    fonts = job.fonts
    return BillPreviewer(job)
  }

  func findings(_ list: DiagnosticList) -> [PreviewFinding] { list.diagnostics.map { PreviewFinding($0) } }
}

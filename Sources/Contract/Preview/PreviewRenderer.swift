public import Diagnostics

/// Lays bills out for the preview, inside one worker; made anew at every reload.
public protocol PreviewRenderer: AnyObject {
  /// What the page must know of layout and campaign.
  var layout: PreviewLayout { get }
  /// Lays out one bill. Where it cannot become a piece, whatever pages there are come back with what is wrong.
  func render(_ request: PreviewRequest) -> PreviewReply
}

/// Reads layouts in one preview worker, and may keep for the next reading what has not changed.
public protocol PreviewLoader: AnyObject {
  /// Reads layout, campaign, fonts and key, or says what is wrong with them.
  func load(_ options: JobOptions) throws(DiagnosticList) -> any PreviewRenderer
  /// What is wrong, as the page shows it.
  func findings(_ list: DiagnosticList) -> [PreviewFinding]
}

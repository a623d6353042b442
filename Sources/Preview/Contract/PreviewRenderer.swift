public import Diagnostics
public import Pipeline

/// Lays bills out for the preview, inside one worker; made anew at every reload.
public protocol PreviewRenderer: AnyObject {
  /// What the page must know of layout and campaign.
  var layout: PreviewLayout { get }
  /// Lays out one bill. Where it cannot become a piece, whatever pages there are come back with what is wrong.
  func render(_ request: PreviewRequest) -> PreviewReply
}

/// Reads layout, campaign, fonts and key, or says what is wrong with them.
public typealias PreviewRendererFactory = (JobOptions) throws(DiagnosticList) -> any PreviewRenderer

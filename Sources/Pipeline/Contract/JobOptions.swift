public import Dates

/// The options of a command that decide what a bill looks like; what each worker gets.
public struct JobOptions: Sendable, Hashable {
  /// The layout's folder, as the user wrote it.
  public var layout: String
  /// The campaign's file or folder, as the user wrote it.
  public var campaign: String?
  /// The file of the token key. Its bytes never stand on a command line.
  public var tokenKey: String?
  /// The folder of the fonts; else the nearest `Fonts/`.
  public var fonts: String?
  /// Decides the phase instead of the bill's issue date.
  public var asOf: PlainDate?
  /// Set every bill in this language; in canonical case.
  public var language: String?
  /// Are prices and rates that do not multiply out faults?
  public var strictLines: Bool
  /// Is everything marked as a specimen?
  public var specimen: Bool
  /// Is a PDF wanted? `check` lays out and paints nothing.
  public var paints: Bool

  /// Makes options; everything but the layout may be left out.
  public init(
    layout: String, campaign: String? = nil, tokenKey: String? = nil, fonts: String? = nil, asOf: PlainDate? = nil, language: String? = nil,
    strictLines: Bool = false, specimen: Bool = false, paints: Bool = true
  ) {
    (self.layout, self.campaign, self.tokenKey, self.fonts, self.asOf) = (layout, campaign, tokenKey, fonts, asOf)
    (self.language, self.strictLines, self.specimen, self.paints) = (language, strictLines, specimen, paints)
  }
}

public import Layout

/// One face of the font book: what its file says of itself.
public struct Typeface: Sendable {
  /// Its place in the book.
  public let id: FontID
  /// The family as layouts name it: name ID 16, else 1; widths other than normal are families of their own (`Noto Sans Condensed`).
  public let family: String
  /// The CSS weight, 1…1000.
  public let weight: Int
  /// Upright, or italic or oblique.
  public let slant: TextStyle.Slant
  /// The name in traces and PDFs, such as `Inter-SemiBold`.
  public let postScriptName: String
  /// The file's path within its folder, such as `Inter/Inter-SemiBold.otf`; a face of the layout's own folder has `fonts/` before it.
  public let fileName: String
}

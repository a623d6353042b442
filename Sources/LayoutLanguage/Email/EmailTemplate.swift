/// The compiled templates of a layout's e-mails: `email.html` and `email.txt`, two forms of one message.
///
/// Immutable; ``Environment/strings`` is to be the table of a language in ``strings``.
public final class EmailTemplate: Sendable {
  /// The outermost element of `email.html`.
  public let html: EmailElement
  /// What stands in the outermost element of `email.txt`.
  public let text: [EmailContent]
  /// Layout languages, canonical and sorted; each has a table in ``strings``.
  public let languages: [String]
  /// The strings by language, shared with the layout of bills.
  public let strings: [StringTable]
  /// The pictures that the HTML shows, each sent with the message.
  public let pictures: [EmailPicture]
  /// How many loop variables an environment needs room for.
  public let localCount: Int
  /// What the rules in `<style>` say.
  package let sheet: EmailSheet

  init(
    html: EmailElement, text: [EmailContent], languages: [String], strings: [StringTable], pictures: [EmailPicture], localCount: Int,
    sheet: EmailSheet
  ) {
    (self.html, self.text, self.languages, self.strings) = (html, text, languages, strings)
    (self.pictures, self.localCount, self.sheet) = (pictures, localCount, sheet)
  }
}

/// A picture that an e-mail brings along.
public struct EmailPicture: Sendable, Hashable {
  /// Relative to the layout folder.
  public let path: String
  /// `image/png` or `image/jpeg`, as its first bytes say.
  public let mediaType: String
  /// The whole file.
  public let bytes: [UInt8]
  /// What `src` refers to it by, without brackets (RFC 2392): ASCII letters, digits, `.`, `-` and one `@`.
  public let contentID: String
}

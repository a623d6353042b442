/// An e-mail in both its forms, ready to be put into a message.
package struct ComposedEmail: Sendable {
  /// One line of plain text.
  package let subject: String
  /// One line of plain text.
  package let preheader: String
  /// A whole document of HTML5 in UTF-8, lines ending in LF; at most ``LayoutLanguage/LanguageLimits/emailBytes``.
  package let html: String
  /// The plain text, lines ending in LF, at most 76 columns where no address is longer; bounded alike.
  package let text: String
  /// The pictures that the HTML shows, by their numbers in the template, rising.
  package let pictures: [Int]
  /// How its HTML looks.
  package let look: EmailLook
  /// Links whose words look like an address that is not theirs, each once, in reading order.
  package let misleading: [EmailLink]
}

/// A link of an e-mail.
package struct EmailLink: Sendable, Hashable {
  /// What it shows.
  package let words: String
  /// Where it leads.
  package let address: String
}

/// How the HTML of an e-mail looks, by what it sets inline and for dark mode: what is hidden does not count.
package struct EmailLook: Sendable, Hashable {
  /// The least WCAG 2.2 ratio of any words, on white and in dark mode.
  package let contrast: Double
  /// The size of the heading by the size that most words outside it have; 0 without a heading.
  package let headingRatio: Double
  /// The least size of any words, in pixels; 0 without words.
  package let textSize: Double
}

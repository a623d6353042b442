/// The attributes of HTML that an e-mail's template may hold.
public enum EmailAttributeName: String, CaseIterable, Hashable, Sendable {
  case alt, title, label = "aria-label", hidden = "aria-hidden"
  case style, `class`, id, role, dir, lang
  case href, target, rel, src
  case width, height, align, valign, bgcolor, border, cellpadding, cellspacing, colspan, rowspan, scope
  case start, type, name, content, charset
}

/// What an attribute of HTML takes.
public enum EmailAttributeKind: Hashable, Sendable {
  /// Words for readers: escaped, and otherwise as they are.
  case words
  /// Declarations of CSS.
  case style
  /// Where a link leads: https, mailto or tel.
  case address
  /// A picture of the layout's folder, written out.
  case picture
  /// Anything short that is no sentence: names, numbers, colours.
  case token
  /// One of a few words.
  case choice([String])

  /// In the reference.
  var phrase: String {
    switch self {
    case .words: "words with {…}"
    case .style: "declarations of CSS; a value in {…} may hold letters, digits, spaces and # % . , - only"
    case .address: "an address that begins with https://, mailto: or tel:"
    case .picture: "the path of a PNG or JPEG file in the layout's folder, without {…}"
    case .token: "letters, digits, spaces and # % . , -"
    case .choice(let words): AttributeType.list(words)
    }
  }
}

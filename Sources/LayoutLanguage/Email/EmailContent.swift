public import Diagnostics

/// What stands in an element of an e-mail's template, in order.
public indirect enum EmailContent: Sendable {
  /// Words, values and strings.
  case text(TextTemplate)
  /// Rules of a `<style>`, written as they are.
  case css(String)
  case element(EmailElement)
  case slot(EmailSlot)
  /// `<if>` with its `<else>`s: the first branch whose condition is true, or whose condition is `nil`; none where all are false.
  case choice([EmailBranch])
  /// `<each>`: the content once for each element of the list.
  case `repeat`(Loop, [EmailContent])
}

/// An element of HTML.
public final class EmailElement: Sendable {
  /// Which it is.
  public let tag: EmailTag
  /// As written, in the order they are written in; `each` and `if` are not among them.
  public let attributes: [EmailAttribute]
  /// What stands in it.
  public let children: [EmailContent]
  /// The element stands once for each element of that list.
  public let each: Loop?
  /// The element stands only where this holds; asked for each turn of ``each``.
  public let condition: Expression?
  /// The name in its start tag.
  public let range: SourceRange

  init(
    tag: EmailTag, attributes: [EmailAttribute], children: [EmailContent], each: Loop?, condition: Expression?, range: SourceRange
  ) {
    (self.tag, self.attributes, self.children) = (tag, attributes, children)
    (self.each, self.condition, self.range) = (each, condition, range)
  }

  /// The attribute of that name.
  public subscript(name: EmailAttributeName) -> EmailAttribute? { attributes.first { $0.name == name } }
}

/// An attribute of an element of HTML.
public struct EmailAttribute: Sendable {
  /// Which it is.
  public let name: EmailAttributeName
  /// What it says.
  public let value: TextTemplate
  /// Of `src` the number of the picture among those of the template.
  public let picture: Int?
  /// Its value.
  public let range: SourceRange

  /// The value where it is the same in every message: no values, no strings.
  public var literal: String? {
    var text = ""
    for piece in value.pieces {
      guard case .literal(let words) = piece else { return nil }
      text += words
    }
    return text
  }
}

/// A place for words of the campaign.
public struct EmailSlot: Sendable {
  /// Which words.
  public let slot: Slot
  /// Whether it stands among words, where its paragraphs follow one another; else each is an element of its own.
  public let isInline: Bool
  /// Whether it stands in a link, where links of its own cannot.
  public let isInLink: Bool
  /// Where it stands.
  public let range: SourceRange
}

/// One way of a choice.
public struct EmailBranch: Sendable {
  /// `nil` for the last `<else>`.
  public let condition: Expression?
  /// What stands there.
  public let contents: [EmailContent]
}

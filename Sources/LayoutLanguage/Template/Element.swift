public import Geometry
public import Vocabulary

/// What an element of a compiled layout is, with its own attributes.
///
/// What may stand where is a matter of the ``ElementRegistry`` and checked before; here each kind of place has its own enum, so that composing it
/// is one exhaustive switch.
public enum Element: Sendable {
  /// Something that stands in the flow, in a place, in a cell: with what all blocks share.
  case block(BlockElement, BlockAttributes)
  /// What is full of blocks and no block itself.
  case section(SectionElement)
  case tablePart(TablePart)
  case inline(InlineElement)
  /// An element that lacks what it needs. That is reported already: the layout is never used, and only checked to its end.
  case faulty(ElementKind)

  /// Which element it is.
  public var kind: ElementKind {
    switch self {
    case .block(let block, _): block.kind
    case .section(let section): section.kind
    case .tablePart(let part): part.kind
    case .inline(let inline): inline.kind
    case .faulty(let kind): kind
    }
  }
}

/// The body of a layout, and the header and the footer of its pages.
public enum SectionElement: Sendable {
  /// `gap` is the space between two blocks.
  case body(gap: Length)
  case pageHeader(gap: Length)
  case pageFooter(gap: Length)

  var kind: ElementKind {
    switch self {
    case .body: .body
    case .pageHeader: .pageHeader
    case .pageFooter: .pageFooter
    }
  }

  /// Between two blocks.
  public var gap: Length {
    switch self {
    case .body(let gap), .pageHeader(let gap), .pageFooter(let gap): gap
    }
  }
}

/// A slot among the words of a paragraph.
public struct InlineSlot: Sendable {
  /// Which words.
  public var slot: Slot
  /// Of an address: the words before the customer's code, which then begins a line; `nil` sets it behind the address.
  public var codeLabel: TextTemplate?
  /// Of a telephone number: whether the hours stand behind it.
  public var showsHours: Bool
}

/// An `image` among the words of a paragraph.
public struct InlineImage: Sendable {
  /// An index into ``Template/images``.
  public var image: Int
  /// A length, or a share of the size of the type around it.
  public var height: Dimension
  /// How it stands to the baseline.
  public var alignment: PictureAlignment
  /// Whether it says nothing.
  public var isDecorative: Bool
  /// What it shows, in words.
  public var description: TextTemplate?
}

/// What stands among the words of a paragraph.
public enum InlineElement: Sendable {
  case bold, italic, span, superscript
  /// What stands inside opens that address.
  case link(address: TextTemplate)
  /// What stands inside leads to that anchor.
  case anchorLink(to: String)
  case lineBreak
  /// `leader` fills the way.
  case tab(leader: String?)
  case slot(InlineSlot)
  case picture(InlineImage)
  /// A string some of whose placeholders are pictures: its children, in the order of their marks.
  case string(TextTemplate)

  var kind: ElementKind {
    switch self {
    case .bold: .bold
    case .italic: .italic
    case .span: .span
    case .superscript: .superscript
    case .link, .anchorLink: .link
    case .lineBreak: .lineBreak
    case .tab: .tab
    case .slot: .inlineSlot
    case .picture: .inlineImage
    case .string: .string
    }
  }
}

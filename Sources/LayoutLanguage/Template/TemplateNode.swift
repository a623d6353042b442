/// One element of a compiled layout: a block, a part of a table or a stretch of text. Immutable, shared by all bills.
public final class TemplateNode: Sendable {
  /// Its number: an index into ``Template/nodes``. An element of a partial has a number for each include.
  public let id: Int
  /// Which element it is, with its attributes, except those below.
  public let element: Element
  /// The named style of its `style` attribute, an index into ``StyleSheet/styles``.
  public let style: Int?
  /// The style attributes written on it; they come on top of ``style``.
  public let overrides: StyleOverrides?
  /// What it contains, white space collapsed.
  public let children: [TemplateContent]
  /// It stands once for each element of the list; the condition is asked each time, after the variables are set.
  public let each: Loop?
  /// It stands only where this is true.
  public let condition: Expression?
  /// Whether everything in it (its own `each` and `if` included) is the same for all bills of one language, format and campaign-free page.
  public let isConstant: Bool

  init(
    id: Int, element: Element, style: Int?, overrides: StyleOverrides?, children: [TemplateContent], each: Loop?, condition: Expression?,
    isConstant: Bool
  ) {
    self.id = id
    self.element = element
    self.style = style
    self.overrides = overrides
    self.children = children
    self.each = each
    self.condition = condition
    self.isConstant = isConstant
  }

  /// Which element it is.
  public var kind: ElementKind { element.kind }
}

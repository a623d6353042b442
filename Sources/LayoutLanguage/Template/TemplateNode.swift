public import Geometry

/// One element of a compiled layout: a block, a part of a table or a stretch of text. Immutable, shared by all bills.
public final class TemplateNode: Sendable {
  /// Its number: an index into ``Template/nodes``. An element of a partial has a number for each include.
  public let id: Int
  /// Which element it is.
  public let kind: ElementKind
  /// The attributes written on it, except the style attributes (``overrides``), `style`, `each` and `if`.
  public let attributes: Attributes
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
  /// For a `chart`: the loop over its bars. For other kinds `nil`.
  public let series: Loop?
  /// For a table row without `role`: what each column of the table sums up in this row, by column; empty where no column sums.
  public let columnSums: [Expression?]
  /// For a cell: whether its content is blocks rather than one paragraph.
  public let holdsBlocks: Bool
  /// Whether everything in it (its own `each` and `if` included) is the same for all bills of one language, format and campaign-free page.
  public let isConstant: Bool

  init(
    id: Int, kind: ElementKind, attributes: Attributes, style: Int?, overrides: StyleOverrides?, children: [TemplateContent], each: Loop?,
    condition: Expression?, series: Loop? = nil, columnSums: [Expression?] = [], holdsBlocks: Bool = false, isConstant: Bool
  ) {
    self.id = id
    self.kind = kind
    self.attributes = attributes
    self.style = style
    self.overrides = overrides
    self.children = children
    self.each = each
    self.condition = condition
    self.series = series
    self.columnSums = columnSums
    self.holdsBlocks = holdsBlocks
    self.isConstant = isConstant
  }

  /// The child elements of `kind` that stand directly in this one, outside any choice or repetition.
  public func children(of kind: ElementKind) -> [TemplateNode] {
    children.compactMap { if case .node(let node) = $0, node.kind == kind { node } else { nil } }
  }
}

/// The attributes of an element. Few, so that a walk beats a dictionary.
public struct Attributes: Sendable {
  var names: [AttributeName] = []
  var values: [AttributeValue] = []

  init() {}

  mutating func add(_ name: AttributeName, _ value: AttributeValue) {
    names.append(name)
    values.append(value)
  }

  /// The value, or `nil` where the attribute is not written.
  public subscript(name: AttributeName) -> AttributeValue? {
    for index in 0..<names.count where names[index] == name { return values[index] }
    return nil
  }

  /// All of them, in the order of the file.
  public var all: [(name: AttributeName, value: AttributeValue)] { zip(names, values).map { ($0, $1) } }
}

extension TemplateNode {
  /// Whether the attribute is written.
  public func has(_ name: AttributeName) -> Bool { attributes[name] != nil }
  /// A length that may also be `auto`, a share or a fraction.
  public func length(_ name: AttributeName) -> LengthValue? { if case .length(let value) = attributes[name] { value } else { nil } }
  /// A length that can only be fixed, such as a gap.
  public func points(_ name: AttributeName) -> Length? { if case .length(.fixed(let value)) = attributes[name] { value } else { nil } }
  /// Several lengths.
  public func lengths(_ name: AttributeName) -> [Length]? { if case .lengths(let value) = attributes[name] { value } else { nil } }
  /// Distances from the edges.
  public func insets(_ name: AttributeName) -> Insets? { if case .insets(let value) = attributes[name] { value } else { nil } }
  /// A whole number.
  public func integer(_ name: AttributeName) -> Int? { if case .integer(let value) = attributes[name] { value } else { nil } }
  /// One of a few words.
  public func keyword(_ name: AttributeName) -> Keyword? { if case .keyword(let value) = attributes[name] { value } else { nil } }
  /// A free name.
  public func name(_ name: AttributeName) -> String? { if case .name(let value) = attributes[name] { value } else { nil } }
  /// A colour, to be resolved by a ``StyleSheet``.
  public func color(_ name: AttributeName) -> ColorReference? { if case .color(let value) = attributes[name] { value } else { nil } }
  /// Yes or no.
  public func flag(_ name: AttributeName) -> Bool? { if case .flag(let value) = attributes[name] { value } else { nil } }
  /// An index into ``Template/images``.
  public func image(_ name: AttributeName) -> Int? { if case .image(let value) = attributes[name] { value } else { nil } }
  /// An index into ``StyleSheet/styles``, for `label-style`, `value-style` and `heading-style`.
  public func style(_ name: AttributeName) -> Int? { if case .style(let value) = attributes[name] { value } else { nil } }
  /// A line with its colour.
  public func line(_ name: AttributeName) -> LineValue? { if case .line(let value) = attributes[name] { value } else { nil } }
  /// A bar with its side.
  public func bar(_ name: AttributeName) -> BarValue? { if case .bar(let value) = attributes[name] { value } else { nil } }
  /// Words with values.
  public func text(_ name: AttributeName) -> TextTemplate? { if case .text(let value) = attributes[name] { value } else { nil } }
  /// An expression, to be evaluated for each bill.
  public func expression(_ name: AttributeName) -> Expression? { if case .expression(let value) = attributes[name] { value } else { nil } }
  /// What `keep` says; nothing where it is not written.
  public var keep: KeepValue { if case .keep(let value) = attributes[.keep] { value } else { KeepValue() } }
  /// The tab stops.
  public var tabs: [TabValue] { if case .tabs(let value) = attributes[.tabs] { value } else { [] } }
  /// How many columns a cell takes; one where it is not written.
  public var span: SpanValue { if case .span(let value) = attributes[.span] { value } else { .columns(1) } }
}

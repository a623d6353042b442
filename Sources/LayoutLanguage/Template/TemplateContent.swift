/// What stands inside an element, in order.
public enum TemplateContent: Sendable {
  /// Words, values and strings of a paragraph (within text only).
  case text(TextTemplate)
  case node(TemplateNode)
  /// `<if>` with its `<else>`s: the first branch whose condition is true, or whose condition is `nil`; none where all are false.
  case choice([Branch])
  /// `<each>`: the content once for each element of the list.
  case `repeat`(Loop, [TemplateContent])
  /// `<include>`: set the bindings (``Environment/enter(_:)-(_)``), then the content.
  case scope([Binding], [TemplateContent])

  /// Whether it is the same for all bills of one language.
  public var isConstant: Bool {
    switch self {
    case .text(let template): template.isConstant
    case .node(let node): node.isConstant
    case .choice(let branches): branches.allSatisfy { $0.condition?.isConstant ?? true && $0.contents.allSatisfy(\.isConstant) }
    case .repeat: false
    case .scope(let bindings, let contents): bindings.isEmpty && contents.allSatisfy(\.isConstant)
    }
  }
}

/// One way of a choice.
public struct Branch: Sendable {
  /// `nil` for the last `<else>`.
  public let condition: Expression?
  /// What stands there.
  public let contents: [TemplateContent]
  init(condition: Expression?, contents: [TemplateContent]) { (self.condition, self.contents) = (condition, contents) }
}

/// `x, i in list`, compiled.
public struct Loop: Sendable {
  /// What is walked.
  public let list: Expression
  /// Where the element goes in ``Environment/locals``.
  public let slot: Int
  /// Where the index from 1 goes, where one is named.
  public let indexSlot: Int?
  /// The variable's name, for traces.
  public let name: String
  init(list: Expression, slot: Int, indexSlot: Int?, name: String) {
    (self.list, self.slot, self.indexSlot, self.name) = (list, slot, indexSlot, name)
  }
}

/// A parameter of an include and what it is set to.
public struct Binding: Sendable {
  enum Source: Sendable {
    case expression(Expression)
    case text(TextTemplate)
  }
  /// The parameter's name.
  public let name: String
  /// Where the value goes in ``Environment/locals``.
  public let slot: Int
  let source: Source
}

internal import Diagnostics

/// The names an expression can see while it is checked, and what is known about them at its place.
final class Scope {
  /// A loop variable or include parameter.
  struct Local {
    var name: String
    var type: ValueType
    var slot: Int
    /// Tells variables of one name and slot apart.
    var identity: Int
    /// What the name stands for, where that is the same on every bill: a parameter set to words or to a string.
    var constant: Operation?
    /// What kind of token its value is: of a list what its elements are.
    var tokens = TokenRule.plain
    /// The words it can have; `nil` for any.
    var words: [String]?
    var range: SourceRange?
  }

  /// A path that is known to be present.
  struct Fact: Hashable {
    enum Root: Hashable {
      case bill, campaign
      case local(Int)
    }
    var root: Root
    var slots: [Int]
  }

  /// Where `sum.NAME` may stand.
  enum Sums {
    case none(reason: String)
    case columns([(name: String, type: ValueType, column: Int)])
  }

  let schema: RecordType
  /// What `campaign` has.
  let campaign: RecordType
  let strings: StringCatalog?
  /// The lists of codes of the layout; `nil` for words that are compiled apart from one.
  let codes: CodeListShelf?
  /// The anchors of the layout; `nil` for words that are compiled apart from one.
  let anchors: AnchorBook?
  /// Innermost last.
  private(set) var locals: [Local] = []
  private(set) var facts: [Fact] = []
  var sums = Sums.none(reason: "sums stand in 'brought', 'carried', 'footer' and subtotal rows of a table")
  /// Whether `campaign` is known to be there: in a notice, in terms, in campaign words.
  var hasCampaign = false
  /// The most slots any place needs.
  private(set) var slotCount = 0
  private var nextSlot = 0
  private var nextIdentity = 0
  /// Locals before this one are hidden: the variables of whoever includes a partial.
  private var firstVisible = 0

  init(
    schema: RecordType, strings: StringCatalog?, codes: CodeListShelf? = nil, anchors: AnchorBook? = nil,
    campaign: RecordType = BillSchema.campaign
  ) {
    (self.schema, self.strings, self.codes, self.anchors, self.campaign) = (schema, strings, codes, anchors, campaign)
  }

  /// The innermost local of that name.
  func local(named name: String) -> Local? { locals[firstVisible...].last { $0.name == name } }

  /// The names of all visible locals.
  var localNames: [String] { locals[firstVisible...].map(\.name) }

  /// Declares a local and gives its slot.
  @discardableResult
  func declare(
    _ name: String, _ type: ValueType, constant: Operation? = nil, tokens: TokenRule = .plain, words: [String]? = nil,
    at range: SourceRange?
  ) -> Local {
    let slot = nextSlot
    nextSlot += 1
    nextIdentity += 1
    slotCount = max(slotCount, nextSlot)
    let local = Local(
      name: name, type: type, slot: slot, identity: nextIdentity, constant: constant, tokens: tokens, words: words, range: range)
    locals.append(local)
    return local
  }

  /// Runs `body`; what it declares and learns is forgotten after.
  func nested<Result>(_ body: () -> Result) -> Result {
    let (localCount, factCount, slot, sums, campaign) = (locals.count, facts.count, nextSlot, sums, hasCampaign)
    defer {
      locals.removeLast(locals.count - localCount)
      facts.removeLast(facts.count - factCount)
      (nextSlot, self.sums, hasCampaign) = (slot, sums, campaign)
    }
    return body()
  }

  /// Runs `body` with none of the present locals in sight: inside a partial.
  func hidingLocals<Result>(_ body: () -> Result) -> Result {
    nested {
      let visible = firstVisible
      firstVisible = locals.count
      defer { firstVisible = visible }
      return body()
    }
  }

  /// The words that a field or variable of few words can have; `nil` for all others.
  func words(of fact: Fact) -> [String]? {
    guard case .local(let identity) = fact.root, fact.slots.isEmpty else { return BillSchema.words(of: fact) }
    return locals.last { $0.identity == identity }?.words
  }

  /// Takes paths as present until the surrounding ``nested(_:)`` ends.
  func learn(_ facts: [Fact]) {
    for fact in facts {
      if fact.root == .campaign { hasCampaign = true }
      self.facts.append(fact)
    }
  }

  /// Whether the path is known to be present, itself or because something below it is.
  func knows(_ fact: Fact) -> Bool {
    facts.contains { $0.root == fact.root && $0.slots.count >= fact.slots.count && $0.slots.starts(with: fact.slots) }
  }
}

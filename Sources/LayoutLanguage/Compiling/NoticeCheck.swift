internal import Diagnostics

/// Proves that every way through a layout reaches the same notices in the same variants, each exactly once, and exactly one terms; the notices
/// before any table or chart, with all the slots that they need.
///
/// Runs on the compiled body, where includes are put in. A condition that asks nothing but whether there is a campaign, or the very part that
/// stands in it, counts as true: without one there is nothing to be carried.
final class NoticeCheck {
  private let body: TemplateNode
  private let nodes: [NodeOrigin]
  private let findings: Findings
  /// Why the layout cannot carry a campaign, where it has neither notice nor terms.
  private(set) var obstacle: String?
  /// The variants of each notice, in the order in which they first stand in the layout.
  private(set) var notices: [String: [String]] = [:]
  /// Where the terms stand in what is looked at, as `campaign.terms.place` has it.
  private var placement = "bill"
  /// The same, with the notices in their order.
  private var keys: [Key] = []
  private var panels: [(node: TemplateNode, notice: NoticeElement)] = []

  init(body: TemplateNode, nodes: [NodeOrigin], findings: Findings) { (self.body, self.nodes, self.findings) = (body, nodes, findings) }

  /// A notice in one of its variants.
  private struct Key: Hashable {
    var name: String
    var variant: String
  }

  /// What must be reached.
  private enum Part {
    case notice(Key)
    case terms

    func isMade(by node: TemplateNode) -> Bool {
      switch (self, node.element) {
      case (.notice(let key), .block(.notice(let notice), _)): key == Key(name: notice.name, variant: notice.variant)
      case (.terms, .block(.terms, _)): true
      default: false
      }
    }
  }

  /// How often something is reached: on the way that has it least, on the one that has it most, and where.
  private struct Reach {
    var least = 0
    var most = 0
    var places: [Int] = []
    /// Where a way goes round it.
    var gap: SourceRange?

    static func + (a: Reach, b: Reach) -> Reach {
      Reach(least: a.least + b.least, most: a.most + b.most, places: a.places + b.places, gap: a.gap ?? b.gap)
    }
  }

  func run() {
    collect(body.children)
    guard isWithinLimits else { return }
    let found = keys.map { ($0, reach(.notice($0), body.children)) }
    let terms = reach(.terms, body.children)
    if found.isEmpty, terms.places.isEmpty {
      obstacle = "the layout has no <notice> and no <terms>"
      return
    }
    if found.isEmpty {
      reportLack(.noticeNotReached, "the layout has 'terms' but no 'notice'; a campaign needs both", at: terms)
    } else if notices[NoticeElement.standard] == nil {
      let named = keys.reduce(into: [String]()) { if !$0.contains($1.name) { $0.append($1.name) } }
      reportLack(
        .noticeNotReached,
        "the layout has no notice '\(NoticeElement.standard)', which every campaign has, only \(AttributeType.list(named, "and"))",
        at: found[0].1, suggestion: "a <notice> without a name is '\(NoticeElement.standard)'")
    }
    for (key, reach) in found { report(reach, subject(key), .noticeNotReached, .noticeTwice) }
    if terms.places.isEmpty {
      reportLack(.termsNotReached, "the layout has a 'notice' but no 'terms'; a campaign needs both", at: found[0].1)
    } else {
      report(terms, "'terms'", .termsNotReached, .termsTwice)
    }
    var table: Int?
    checkOrder(body.children, &table)
    for panel in panels { checkSlots(panel.node, panel.notice) }
  }

  /// Proves that every way through a leaflet's body reaches exactly one terms. That no notice stands in it is seen where it would.
  ///
  /// - Parameter root: What is pointed to where there are none.
  func runOnLeaflet(root: SourceRange) {
    placement = "leaflet"
    let terms = reach(.terms, body.children)
    if terms.places.isEmpty {
      findings.error(
        .termsNotReached, "a leaflet carries the terms, and this one has no 'terms'", at: root,
        suggestion: "add <terms columns=\"2\"/> to 'body'")
    } else {
      report(terms, "'terms'", .termsNotReached, .termsTwice)
    }
  }

  private func reportLack(_ finding: LanguageFinding, _ message: String, at other: Reach, suggestion: String? = nil) {
    findings.error(finding, message, at: other.places.first.map { nodes[$0].nameRange }, suggestion: suggestion)
  }

  /// What a notice is called in messages: as little as tells it from the others.
  private func subject(_ key: Key) -> String {
    let isOnlyVariant = notices[key.name] == [NoticeElement.standard]
    if isOnlyVariant { return notices.count == 1 && key.name == NoticeElement.standard ? "'notice'" : "notice '\(key.name)'" }
    return "variant '\(key.variant)' of the notice '\(key.name)'"
  }

  private func report(_ reach: Reach, _ subject: String, _ missing: LanguageFinding, _ twice: LanguageFinding) {
    if reach.most > 1 {
      findings.error(
        twice, "a second \(subject) is reached on the same way", at: nodes[reach.places[reach.places.count - 1]].nameRange,
        notes: [Diagnostic.Note("the first one", at: nodes[reach.places[0]].nameRange)])
    } else if reach.least == 0 {
      findings.error(
        missing,
        "\(subject.hasPrefix("'") ? "" : "the ")\(subject) is not reached on every \(placement); a legal notice never depends on data",
        at: nodes[reach.places[0]].nameRange,
        notes: reach.gap.map { [Diagnostic.Note("this decides whether it is", at: $0)] } ?? [])
    }
  }

  // MARK: Which there are

  private func collect(_ contents: [TemplateContent]) {
    for content in contents {
      switch content {
      case .text: break
      case .scope(_, let contents), .repeat(_, let contents): collect(contents)
      case .choice(let branches): for branch in branches { collect(branch.contents) }
      case .node(let node):
        if case .block(.notice(let notice), _) = node.element {
          panels.append((node, notice))
          if !(notices[notice.name]?.contains(notice.variant) ?? false) {
            notices[notice.name, default: []].append(notice.variant)
            keys.append(Key(name: notice.name, variant: notice.variant))
          }
        }
        collect(node.children)
      }
    }
  }

  /// Whether there are so few notices and variants that each may be looked for; more are reported.
  private var isWithinLimits: Bool {
    func place(_ isMeant: (NoticeElement) -> Bool) -> SourceRange? {
      panels.first { isMeant($0.notice) }.map { nodes[$0.node.id].nameRange }
    }
    var names: [String] = []
    for key in keys where !names.contains(key.name) {
      names.append(key.name)
      if names.count > LanguageLimits.notices {
        findings.error(
          .tooManyDeclarations, "a layout has at most \(LanguageLimits.notices) notices with names of their own",
          at: place { $0.name == key.name })
        return false
      }
      if let variants = notices[key.name], variants.count > LanguageLimits.noticeVariants {
        let first = variants[LanguageLimits.noticeVariants]
        findings.error(
          .tooManyDeclarations,
          "the notice '\(key.name)' has \(variants.count) variants; at most \(LanguageLimits.noticeVariants) are tried on each bill",
          at: place { $0.name == key.name && $0.variant == first })
        return false
      }
    }
    return true
  }

  // MARK: Ways

  /// 1 where the condition asks only for what a bill with that part has, -1 where it asks for the contrary, 0 for anything else.
  private func sense(_ operation: Operation?, _ part: Part) -> Int {
    switch (operation, part) {
    case (.campaign, _): return 1
    case (.member(.campaign, BillSchema.Campaign.notice.rawValue), .notice): return 1
    case (
      .comparison(let comparison, .member(.campaign, BillSchema.Campaign.notice.rawValue), .constant(.text(let name))), .notice(let key)
    ) where !comparison.isOrdering:
      return (comparison == .eq) == (key.name == name) ? 1 : -1
    case (
      .comparison(
        .eq, .member(.member(.campaign, BillSchema.Campaign.terms.rawValue), BillSchema.CampaignTerms.place.rawValue),
        .constant(.text(let place))
      ), .terms
    ) where place == placement: return 1
    case (.not(let operand), _): return -sense(operand, part)
    case (.and(let first, let second), _):
      let senses = (sense(first, part), sense(second, part))
      return min(senses.0, senses.1) < 0 ? -1 : senses.0 * senses.1
    default: return 0
    }
  }

  private func reach(_ part: Part, _ contents: [TemplateContent]) -> Reach {
    contents.reduce(Reach()) { $0 + reach(part, $1) }
  }

  private func reach(_ part: Part, _ content: TemplateContent) -> Reach {
    switch content {
    case .text: return Reach()
    case .scope(_, let contents): return reach(part, contents)
    case .repeat(let loop, let contents): return repeated(reach(part, contents), loop)
    case .choice(let branches): return choice(branches.map { ($0.condition, reach(part, $0.contents)) }, part)
    case .node(let node):
      var result = reach(part, node.children)
      if part.isMade(by: node) { result = result + Reach(least: 1, most: 1, places: [node.id]) }
      if let condition = node.condition { result = choice([(condition, result)], part) }
      if let loop = node.each { result = repeated(result, loop) }
      return result
    }
  }

  private func repeated(_ reach: Reach, _ loop: Loop) -> Reach {
    guard reach.most > 0 else { return reach }
    findings.error(
      .repeatedNotice, "'\(nodes[reach.places[0]].element)' stands in a loop, which may run never or often",
      at: nodes[reach.places[0]].nameRange,
      notes: [Diagnostic.Note("the loop", at: loop.list.range)])
    return reach
  }

  private func choice(_ branches: [(condition: Expression?, reach: Reach)], _ part: Part) -> Reach {
    var result = Reach(least: .max)
    var isComplete = false
    for (condition, reach) in branches {
      let sense = sense(condition?.operation, part)
      if sense < 0 {
        result.places += reach.places
        result.gap = result.gap ?? condition?.range
        continue
      }
      result.most = max(result.most, reach.most)
      result.places += reach.places
      if reach.least < result.least { result.least = reach.least }
      result.gap = result.gap ?? reach.gap
      if condition == nil || sense > 0 {
        isComplete = true
        break
      }
    }
    if !isComplete || result.least == .max { result.least = 0 }
    if result.least == 0, result.most > 0 {
      // The branch without it, or where there is no further branch the last condition.
      result.gap =
        result.gap ?? branches.first { $0.reach.most == 0 && $0.condition != nil }?.condition?.range
        ?? branches.last { $0.condition != nil }?.condition?.range
    }
    return result
  }

  // MARK: Order

  /// Walks in the order of the file; `table` is the first table or chart that some way has met.
  private func checkOrder(_ contents: [TemplateContent], _ table: inout Int?) {
    for content in contents {
      switch content {
      case .text: break
      case .scope(_, let contents), .repeat(_, let contents): checkOrder(contents, &table)
      case .choice(let branches):
        let before = table
        for branch in branches {
          var inner = before
          checkOrder(branch.contents, &inner)
          table = table ?? inner
        }
      case .node(let node):
        if node.kind == .notice, let table {
          findings.error(
            .noticeTooLate, "the notice must stand before the first table or chart", at: nodes[node.id].nameRange,
            notes: [Diagnostic.Note("this stands before it", at: nodes[table].nameRange)])
        }
        if node.kind == .table || node.kind == .chart { table = table ?? node.id }
        checkOrder(node.children, &table)
      }
    }
  }

  // MARK: Slots

  private func checkSlots(_ panel: TemplateNode, _ notice: NoticeElement) {
    let subject = notice.isStandard ? "the notice" : "the notice '\(notice.name)'"
    for slot in notice.requiredSlots {
      let isThere = holds(panel.children) { node in
        switch node.element {
        case .block(.slot(let shown), _): shown == slot
        case .inline(.slot(let shown)): shown.slot == slot
        default: false
        }
      }
      if !isThere {
        findings.error(
          .missingSlot, "\(subject) needs a slot '\(slot.rawValue)' on every way through it", at: nodes[panel.id].nameRange,
          suggestion: "add <slot name=\"\(slot.rawValue)\"/>")
      }
    }
    if notice.isStandard, !holds(panel.children, { $0.kind == .optInQR }) {
      findings.error(
        .missingSlot, "\(subject) needs an 'opt-in-qr' on every way through it", at: nodes[panel.id].nameRange,
        suggestion: "add <opt-in-qr size=\"24mm\"/>")
    }
  }

  /// Whether every way through the contents meets such a node.
  private func holds(_ contents: [TemplateContent], _ isWanted: (TemplateNode) -> Bool) -> Bool {
    contents.contains { content in
      switch content {
      case .text, .repeat: return false
      case .scope(_, let contents): return holds(contents, isWanted)
      case .choice(let branches):
        return branches.contains { $0.condition == nil } && branches.allSatisfy { holds($0.contents, isWanted) }
      case .node(let node):
        guard node.each == nil, node.condition == nil else { return false }
        // Of alternatives only one is drawn.
        if node.kind == .alternatives {
          return !node.children.isEmpty && node.children.allSatisfy { holds([$0], isWanted) }
        }
        return isWanted(node) || holds(node.children, isWanted)
      }
    }
  }
}

internal import Diagnostics

/// Proves that every way through a layout reaches exactly one notice and one terms, the notice before any table or chart, with all its
/// slots.
///
/// Runs on the compiled body, where includes are put in. A condition that asks nothing but whether there is a campaign counts as true:
/// without one there is no notice to be carried.
final class NoticeCheck {
  private let body: TemplateNode
  private let nodes: [NodeOrigin]
  private let findings: Findings
  /// Why the layout cannot carry a campaign, where it has neither notice nor terms.
  private(set) var obstacle: String?

  init(body: TemplateNode, nodes: [NodeOrigin], findings: Findings) { (self.body, self.nodes, self.findings) = (body, nodes, findings) }

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
    let notice = reach(.notice, body.children)
    let terms = reach(.terms, body.children)
    if notice.places.isEmpty, terms.places.isEmpty {
      obstacle = "the layout has no <notice> and no <terms>"
      return
    }
    report(notice, "notice", .noticeNotReached, .noticeTwice, other: terms)
    report(terms, "terms", .termsNotReached, .termsTwice, other: notice)
    var table: Int?
    checkOrder(body.children, &table)
    for id in notice.places { if let node = find(id, in: body) { checkSlots(node) } }
  }

  private func report(_ reach: Reach, _ name: String, _ missing: LanguageFinding, _ twice: LanguageFinding, other: Reach) {
    if reach.places.isEmpty {
      findings.error(
        missing, "the layout has \(name == "terms" ? "a 'notice' but no 'terms'" : "'terms' but no 'notice'"); a campaign needs both",
        at: other.places.first.map { nodes[$0].nameRange })
    } else if reach.most > 1 {
      findings.error(
        twice, "a second '\(name)' is reached on the same way", at: nodes[reach.places[reach.places.count - 1]].nameRange,
        notes: [Diagnostic.Note("the first one", at: nodes[reach.places[0]].nameRange)])
    } else if reach.least == 0 {
      findings.error(
        missing, "'\(name)' is not reached on every bill; a legal notice never depends on data", at: nodes[reach.places[0]].nameRange,
        notes: reach.gap.map { [Diagnostic.Note("this decides whether it is", at: $0)] } ?? [])
    }
  }

  /// 1 where the condition asks only for the campaign, -1 where it asks that there be none, 0 for anything else.
  private func campaignSense(_ condition: Expression?) -> Int {
    switch condition?.operation {
    case .campaign: return 1
    case .not(.campaign): return -1
    default: return 0
    }
  }

  private func reach(_ kind: ElementKind, _ contents: [TemplateContent]) -> Reach {
    contents.reduce(Reach()) { $0 + reach(kind, $1) }
  }

  private func reach(_ kind: ElementKind, _ content: TemplateContent) -> Reach {
    switch content {
    case .text: return Reach()
    case .scope(_, let contents): return reach(kind, contents)
    case .repeat(let loop, let contents): return repeated(reach(kind, contents), loop)
    case .choice(let branches): return choice(branches.map { ($0.condition, reach(kind, $0.contents)) })
    case .node(let node):
      var result = reach(kind, node.children)
      if node.kind == kind { result = result + Reach(least: 1, most: 1, places: [node.id]) }
      if let condition = node.condition { result = choice([(condition, result)]) }
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

  private func choice(_ branches: [(condition: Expression?, reach: Reach)]) -> Reach {
    var result = Reach(least: .max)
    var isComplete = false
    for (condition, reach) in branches {
      let sense = campaignSense(condition)
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

  private func checkSlots(_ notice: TemplateNode) {
    for slot in Slot.required {
      let isThere = holds(notice.children) { node in
        switch node.element {
        case .block(.slot(let shown), _): shown == slot
        case .inline(.slot(let shown)): shown.slot == slot
        default: false
        }
      }
      if !isThere {
        findings.error(
          .missingSlot, "the notice needs a slot '\(slot.rawValue)' on every way through it", at: nodes[notice.id].nameRange,
          suggestion: "add <slot name=\"\(slot.rawValue)\"/>")
      }
    }
    if !holds(notice.children, { $0.kind == .optInQR }) {
      findings.error(
        .missingSlot, "the notice needs an 'opt-in-qr' on every way through it", at: nodes[notice.id].nameRange,
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

  private func find(_ id: Int, in node: TemplateNode) -> TemplateNode? {
    if node.id == id { return node }
    for content in node.children { if let found = find(id, in: content) { return found } }
    return nil
  }

  private func find(_ id: Int, in content: TemplateContent) -> TemplateNode? {
    switch content {
    case .text: return nil
    case .node(let node): return find(id, in: node)
    case .choice(let branches):
      for branch in branches { for content in branch.contents { if let found = find(id, in: content) { return found } } }
      return nil
    case .repeat(_, let contents), .scope(_, let contents):
      for content in contents { if let found = find(id, in: content) { return found } }
      return nil
    }
  }
}

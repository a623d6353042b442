internal import Diagnostics
internal import Vocabulary

/// Proves that every way through a postcard, its body and what its pages bring along, reaches what a campaign has to say on it: the slots heading,
/// address, phone and keep-paper, and a code that leads to the address.
///
/// Runs on the compiled edition, where includes are put in. What stands under a condition counts where each of its branches has it; what stands in a
/// loop, in an insert, on a page that there may not be, or where it may be cut, does not.
struct PostcardCheck {
  let pages: [PageMaster]
  let body: TemplateNode
  let nodes: [NodeOrigin]
  let findings: Findings

  /// What must be on every card.
  private enum Part {
    case slot(Slot)
    case code

    func isMade(by node: TemplateNode) -> Bool {
      switch (self, node.element) {
      case (.slot(let slot), .block(.slot(let shown), _)): shown == slot
      case (.slot(let slot), .inline(.slot(let shown))): shown.slot == slot
      case (.code, .block(.optInQR, _)): true
      default: false
      }
    }
  }

  /// - Parameter root: What is pointed to where something is nowhere in the file.
  func run(root: SourceRange) {
    for slot in [Slot.heading, .address, .phone, .keepPaper] {
      check(
        .slot(slot), "a slot '\(slot.rawValue)'", suggestion: "add <slot name=\"\(slot.rawValue)\"/>", root)
    }
    check(.code, "an 'opt-in-qr'", suggestion: "add <opt-in-qr size=\"25mm\"/>", root)
  }

  private func check(_ part: Part, _ subject: String, suggestion: String, _ root: SourceRange) {
    if certain.contains(where: { holds($0, part) }) { return }
    let all = everything
    guard let chance = all.lazy.compactMap({ self.chance($0, part, "") }).first else {
      findings.error(.missingSlot, "a postcard needs \(subject) on every way through it", at: root, suggestion: suggestion)
      return
    }
    findings.error(
      .missingSlot, "a postcard needs \(subject) on every way through it, and this one " + chance.reason, at: nodes[chance.node].nameRange)
  }

  // MARK: Pages

  private var first: PageMaster? { master(.first) ?? master(.next) }

  /// The master of the second side: it is the last page of several.
  private var second: PageMaster? { master(.last) ?? master(.left) ?? master(.next) ?? first }

  private func master(_ role: PageRole) -> PageMaster? { pages.first { $0.role == role } }

  private func contents(of page: PageMaster?) -> [TemplateContent] {
    guard let page else { return [] }
    return page.places + [page.header, page.footer].compactMap { $0.map { .node($0) } }
  }

  /// What stands on every card.
  private var certain: [TemplateContent] {
    body.children + contents(of: first) + (body.children.contains { holdsBreak($0) } ? contents(of: second) : [])
  }

  private var everything: [TemplateContent] { body.children + pages.flatMap { contents(of: $0) } }

  private func holdsBreak(_ content: TemplateContent) -> Bool {
    every(content) { if case .block(.pageBreak, _) = $0.element { true } else { false } }
  }

  // MARK: Ways

  private func holds(_ content: TemplateContent, _ part: Part) -> Bool { every(content, part.isMade) }

  /// Whether every way through the content meets such a node.
  private func every(_ content: TemplateContent, _ isWanted: (TemplateNode) -> Bool) -> Bool {
    switch content {
    case .text, .repeat: return false
    case .scope(_, let contents): return contents.contains { every($0, isWanted) }
    case .choice(let branches):
      return branches.contains { $0.condition == nil } && branches.allSatisfy { $0.contents.contains { every($0, isWanted) } }
    case .node(let node):
      guard node.each == nil, node.condition == nil, mayBeMissing(node) == nil else { return false }
      // Of alternatives only one is drawn.
      if node.kind == .alternatives { return !node.children.isEmpty && node.children.allSatisfy { every($0, isWanted) } }
      return isWanted(node) || node.children.contains { every($0, isWanted) }
    }
  }

  /// Why what stands in the element may be missing on a card; `nil` where it cannot.
  private func mayBeMissing(_ node: TemplateNode) -> String? {
    guard case .block(let block, let attributes) = node.element else { return nil }
    switch block {
    case .insert: return "stands in an 'insert', which is left out where there is no room"
    case .place(let place) where place.excess == .cut: return "may be cut: the place around it says else=\"cut\""
    default: return attributes.excess == .cut ? "may be cut: a block around it says else=\"cut\"" : nil
    }
  }

  /// The first such part, and why it does not count.
  private func chance(_ content: TemplateContent, _ part: Part, _ reason: String) -> (node: Int, reason: String)? {
    func inner(_ contents: [TemplateContent], _ reason: String) -> (node: Int, reason: String)? {
      contents.lazy.compactMap { self.chance($0, part, reason) }.first
    }
    func first(_ other: String) -> String { reason.isEmpty ? other : reason }
    switch content {
    case .text: return nil
    case .scope(_, let contents): return inner(contents, reason)
    case .repeat(_, let contents): return inner(contents, first("stands in a loop, which may run never"))
    case .choice(let branches):
      return branches.lazy.compactMap { inner($0.contents, first("depends on a condition, not all of whose branches have one")) }.first
    case .node(let node):
      var reason = reason
      if node.each != nil { reason = first("stands in a loop, which may run never") }
      if node.condition != nil, reason.isEmpty { reason = "depends on a condition" }
      if let why = mayBeMissing(node), reason.isEmpty { reason = why }
      if node.kind == .alternatives, reason.isEmpty { reason = "is one of alternatives, not all of which have one" }
      if part.isMade(by: node) { return (node.id, reason.isEmpty ? "stands on a page that not every card has" : reason) }
      return inner(node.children, reason)
    }
  }
}

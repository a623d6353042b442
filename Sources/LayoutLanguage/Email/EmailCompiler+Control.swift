internal import Diagnostics

extension EmailCompiler {
  /// An `if` and the `else`s met so far.
  struct Chain {
    var branches: [EmailBranch] = []
    /// What is known because none of the conditions held.
    var facts: [Scope.Fact] = []
    /// Whether an `else` may still follow.
    var isOpen = false

    mutating func close(into result: inout [EmailContent]) {
      if !branches.isEmpty { result.append(.choice(branches)) }
      self = Chain()
    }
  }

  /// An element of Billfold's own; `nil` for one that is part of a chain, and once a fault is reported.
  func control(_ element: XMLElement, _ place: Place, _ chain: inout Chain) -> EmailContent? {
    if place.model == .root || place.model == .css {
      tools.error(.misplacedElement, "'\(element.name)' cannot stand right in '\(place.parent)'", place.file, element.nameRange)
      return nil
    }
    switch element.name {
    case "if", "else":
      branch(element, place, &chain)
      return nil
    case "each":
      tools.checkAttributes(element, ElementRegistry.spec(.each), place.file)
      return tools.scope.nested {
        let loop = element["each"].flatMap { tools.loop($0) }
        let contents = contents(of: element, place)
        return loop.map { .repeat($0, contents) }
      }
    case "t": return string(element, place)
    default: return slot(element, place)
    }
  }

  private func branch(_ element: XMLElement, _ place: Place, _ chain: inout Chain) {
    let isElse = element.name == "else"
    tools.checkAttributes(element, ElementRegistry.spec(isElse ? .else : .if), place.file)
    if isElse, !chain.isOpen {
      tools.error(
        .misplacedElse, chain.branches.isEmpty ? "'else' stands right behind an 'if'" : "nothing can follow an 'else' without a condition",
        place.file, element.nameRange)
      return
    }
    let attribute = element[isElse ? "if" : "test"]
    tools.scope.nested {
      tools.scope.learn(chain.facts)
      let condition = attribute.flatMap { tools.condition($0) }
      let contents = tools.scope.nested {
        tools.scope.learn(condition?.whenTrue ?? [])
        return self.contents(of: element, place)
      }
      chain.branches.append(EmailBranch(condition: condition?.expression, contents: contents))
      chain.facts += condition?.whenFalse ?? []
    }
    chain.isOpen = !isElse || attribute != nil
  }

  private func string(_ element: XMLElement, _ place: Place) -> EmailContent? {
    guard place.model.takesWords else {
      tools.error(.misplacedElement, "'t' cannot stand right in '\(place.parent)': words cannot", place.file, element.nameRange)
      return nil
    }
    guard element.elements.isEmpty else {
      tools.reportContent(of: element, place.file)
      return nil
    }
    let layoutPlace = LayoutCompiler.Place(file: place.file, content: .inline, parent: place.parent)
    guard case .text(let template)? = tools.string(element, layoutPlace) else { return nil }
    for case .string(let use) in template.pieces {
      let isLate = use.arguments.contains { if case .late? = $0 { true } else { false } }
      guard isLate || tools.catalog.entries[use.number].hasLateValues else { continue }
      findings.error(
        .lateValue, "the string '\(use.key)' says a page, and an e-mail has none", at: element["key"]?.value.range)
    }
    return .text(template)
  }

  private func slot(_ element: XMLElement, _ place: Place) -> EmailContent? {
    for attribute in element.attributes where attribute.name != "name" {
      tools.error(
        .unknownAttribute, "unknown attribute '\(attribute.name)' in 'slot'", place.file, attribute.nameRange,
        suggestion: attribute.name == "if" ? "put an <if test=\"…\"> round it" : "put it on an element round the slot")
    }
    tools.reportContent(of: element, place.file)
    guard place.isPlain || place.model == .flow || place.model == .phrasing else {
      tools.error(.misplacedElement, "'slot' cannot stand right in '\(place.parent)'", place.file, element.nameRange)
      return nil
    }
    guard let name = element["name"] else {
      tools.error(
        .missingAttribute, "'slot' needs an attribute 'name': \(AttributeType.list(Slot.allCases.map(\.rawValue)))", place.file,
        element.nameRange)
      return nil
    }
    guard let slot = tools.literal(name).word(Slot.self) else { return nil }
    return .slot(
      EmailSlot(
        slot: slot, isInline: place.model == .phrasing, isInLink: place.isInLink, range: tools.range(place.file, element.nameRange)))
  }
}

internal import Campaigns
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

/// One of the terms' passages: a block of theirs, of a list one item.
private struct Passage {
  var block: CompiledWords.Block
  var mark: ChangeMark
  /// Whether its block begins and ends with it.
  var startsBlock = true
  var endsBlock = true

  var isHeading: Bool { if case .heading = block { true } else { false } }
}

extension BillComposer {
  /// The words beside what differs from the previous terms; `nil` where the layout has none.
  struct ChangeWords {
    var changed: String?
    var new: String?

    fileprivate func word(_ mark: ChangeMark) -> String? {
      switch mark {
      case .unchanged: nil
      case .changed: changed
      case .new: new ?? changed
      }
    }
  }

  /// The terms themselves: what opens them above, the clauses below it in their columns.
  func termsFlow(
    _ terms: TermsText, _ element: TermsElement, _ looks: ProseLooks, _ origin: Origin, _ words: ChangeWords,
    _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<any Node> {
    var passages = passages(of: terms)
    var result = Composed<[ColumnNode.Child]>([])
    if case .quote(let blocks) = passages.first?.block {
      passages.removeFirst()
      result.content.append(result.take(try opening(blocks, element, looks, origin, environment)))
    }
    var clauses = result.take(try self.clauses(passages, element, looks, origin, words, environment))
    // The closing passage is short, and a sentence parted by a page's foot reads badly, on paper and aloud.
    if let last = clauses.indices.last { clauses[last].node = KeepNode(clauses[last].node, origin: origin) }
    let column = ColumnNode(clauses, origin: origin)
    guard element.columns > 1 else { return result.map { ColumnNode($0 + clauses, origin: origin) } }
    let flow = ColumnsNode(column, count: element.columns, gap: element.gap, isBalanced: true, origin: origin)
    guard !result.content.isEmpty else { return result.map { _ in flow } }
    return result.map { ColumnNode($0 + [ColumnNode.Child(flow)], origin: origin) }
  }

  /// A quotation at the head of the terms says what they change. It is no passage of theirs, so it carries no mark.
  private func opening(
    _ blocks: [CompiledWords.Block], _ element: TermsElement, _ looks: ProseLooks, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<ColumnNode.Child> {
    var inner = looks
    inner.gap = looks.gap * 0.3
    return try prose(blocks, inner, origin, environment).map { content in
      var style = BoxNode.Style()
      if let frame = element.frame {
        style.border = BoxNode.Border(width: frame.thickness, color: book.color(frame.color, or: .black))
        let inset = looks.text.text.properties.lineHeight
        style.padding = Insets(top: inset * 0.75, right: inset, bottom: inset * 0.75, left: inset)
      }
      let box = BoxNode(ColumnNode(content, gap: inner.gap, origin: origin), style: style, origin: origin)
      // It stands as far in as the text beside the bars does.
      var indent = BoxNode.Style()
      if let bar = element.bar.map(bar) { indent.padding = direction.insets(start: bar.thickness + .pt(4)) }
      return ColumnNode.Child(
        KeepNode(TaggedNode(.quote, BoxNode(box, style: indent, origin: origin)), origin: origin), spaceAfter: looks.gap * 2)
    }
  }

  /// The passages, those that differ and stand together with one bar beside them, each clause with its word once.
  private func clauses(
    _ passages: [Passage], _ element: TermsElement, _ looks: ProseLooks, _ origin: Origin, _ words: ChangeWords,
    _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    let bar = element.bar.map(bar)
    var result = Composed<[ColumnNode.Child]>([])
    for clause in passages.clauses {
      let differs = clause.map { $0.mark != .unchanged }
      var word = bar == nil ? nil : words.word(clause.commonMark)
      // The heading belongs to the bar of what it stands over.
      let isMarked = clause.indices.map { differs[$0] || $0 == 0 && clause[0].isHeading && clause.count > 1 && differs[1] }
      var start = 0
      while start < clause.count {
        let end = isMarked[start...].firstIndex(of: !isMarked[start]) ?? clause.count
        var run: [ColumnNode.Child] = []
        for passage in clause[start..<end] {
          let mark = passage.isHeading || isMarked[start] ? word : nil
          if mark != nil { word = nil }
          var nodes = result.take(
            try prose([passage.block], looks, origin, environment, continuesList: !passage.startsBlock, mark: mark))
          // Two items of a list at least stand together in a column.
          if element.columns > 1, !nodes.isEmpty, passage.startsBlock != passage.endsBlock {
            if passage.startsBlock { nodes[nodes.endIndex - 1].keep.next = 1 } else { nodes[0].keep.previous = true }
          }
          for (place, child) in nodes.enumerated() {
            var child = child
            // A heading stands by its text, and the items of a list by one another.
            child.spaceAfter = passage.isHeading || place + 1 < nodes.count || !passage.endsBlock ? looks.gap * 0.3 : looks.gap
            run.append(child)
          }
        }
        result.content += bar.map { [joined(run, $0, isMarked: isMarked[start], origin)] } ?? run
        start = end
      }
    }
    return result
  }

  /// Passages that stand together, with one bar beside them all or the room of one.
  private func joined(_ run: [ColumnNode.Child], _ bar: BoxNode.Bar, isMarked: Bool, _ origin: Origin) -> ColumnNode.Child {
    var run = run
    var style = BoxNode.Style()
    style.bars = isMarked ? [bar] : []
    style.padding = direction.insets(start: isMarked ? .pt(4) : bar.thickness + .pt(4))
    var after = Length.zero
    var keep = KeepRules.none
    if let last = run.indices.last {
      (after, keep) = (run[last].spaceAfter, run[last].keep)
      (run[last].spaceAfter, run[last].keep) = (.zero, .none)
    }
    let content: any Node = run.count == 1 ? run[0].node : ColumnNode(run, origin: origin)
    return ColumnNode.Child(BoxNode(content, style: style, origin: origin), keep: keep, spaceAfter: after)
  }

  /// What is marked as changed by itself: the blocks of the terms, of a list each item; and whether a block begins and ends with it.
  ///
  /// Of a list whose items cannot be told apart from earlier ones, each is marked as the whole is.
  private func passages(of terms: TermsText) -> [Passage] {
    CompiledWords.blocks(terms.document.blocks, { _ in nil }).enumerated().flatMap { index, block in
      let change = terms.changes.map { $0[index] }
      let whole = change?.mark ?? .unchanged
      guard case .list(let first, let items) = block, !items.isEmpty else { return [Passage(block: block, mark: whole)] }
      let marks = change.flatMap { $0.items.count == items.count ? $0.items : nil }
      return items.enumerated().map { place, item in
        Passage(
          block: .list(first: first.map { $0 + place }, items: [item]), mark: marks?[place] ?? whole, startsBlock: place == 0,
          endsBlock: place + 1 == items.count)
      }
    }
  }
}

extension Collection<Passage> {
  /// The passages by clauses: a heading and what follows it up to the next; what stands before the first heading is one, too.
  fileprivate var clauses: [[Passage]] {
    reduce(into: []) { clauses, passage in
      if clauses.isEmpty || passage.isHeading { clauses.append([]) }
      clauses[clauses.count - 1].append(passage)
    }
  }

  /// New where all of it is, changed where any of it differs.
  fileprivate var commonMark: ChangeMark {
    allSatisfy { $0.mark == .unchanged } ? .unchanged : allSatisfy { $0.mark == .new } ? .new : .changed
  }
}

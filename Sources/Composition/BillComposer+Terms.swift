internal import Campaigns
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// The words beside what differs from the previous terms; `nil` where the layout has none.
  struct ChangeWords: Hashable {
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
  ///
  /// - Parameter ownTitle: The title of a section by which the terms say themselves what they change, where they have one.
  func termsFlow(
    _ terms: TermsText, _ element: TermsElement, _ looks: ProseLooks, _ origin: Origin, _ words: ChangeWords, ownTitle: String?,
    _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<any Node> {
    var passages = TermsPassage.all(of: terms)
    var above: [CompiledWords.Block] = []
    var opening: [CompiledWords.Block]?
    if case .quote(let blocks) = passages.first?.block {
      passages.removeFirst()
      opening = blocks
    } else if let section = ownTitle.flatMap({ terms.document.section(titled: $0) }) {
      // A title above it stays there.
      above = passages.prefix { $0.index < section.lowerBound }.map(\.block)
      opening = CompiledWords.blocks(Array(terms.document.blocks[section]), { _ in nil })
      passages.removeAll { $0.index < section.upperBound }
    }
    let setting = TermsSetting(element, looks, passages, words, self)
    var result = Composed<[ColumnNode.Child]>([])
    result.content += result.take(try prose(above, looks, origin, environment)).map { child in
      var child = child
      child.spaceAfter = looks.gap
      return child
    }
    if let opening { result.content.append(result.take(try self.opening(opening, setting, origin, environment))) }
    let clauses = result.take(try self.clauses(passages, setting, origin, environment))
    let column = ColumnNode(clauses, origin: origin)
    guard element.columns > 1 else { return result.map { ColumnNode($0 + clauses, origin: origin) } }
    let flow = ColumnsNode(column, count: element.columns, gap: element.gap, isBalanced: true, origin: origin)
    guard !result.content.isEmpty else { return result.map { _ in flow } }
    return result.map { ColumnNode($0 + [ColumnNode.Child(flow)], origin: origin) }
  }

  /// What says at the head of the terms what they change. It is no passage of theirs, so it carries no mark.
  private func opening(
    _ blocks: [CompiledWords.Block], _ setting: TermsSetting, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<ColumnNode.Child> {
    let looks = setting.looks
    var inner = looks
    inner.gap = looks.gap * 0.3
    return try prose(blocks, inner, origin, environment).map { content in
      var style = BoxNode.Style()
      if let frame = setting.element.frame {
        style.border = BoxNode.Border(width: frame.thickness, color: book.color(frame.color, or: .black))
        let inset = looks.text.text.properties.lineHeight
        style.padding = Insets(top: inset * 0.6, right: inset, bottom: inset * 0.6, left: inset)
      }
      let box = BoxNode(ColumnNode(content, gap: inner.gap, origin: origin), style: style, origin: origin)
      // It stands as far in as the text beside the bars does.
      var indent = BoxNode.Style()
      if let bar = setting.bar { indent.padding = setting.insets(bar.thickness + .pt(4), direction) }
      return ColumnNode.Child(
        KeepNode(TaggedNode(.quote, BoxNode(box, style: indent, origin: origin)), origin: origin), spaceAfter: looks.gap * 2)
    }
  }

  /// How the passages of some terms are set.
  private struct TermsSetting {
    let element: TermsElement
    let looks: ProseLooks
    let words: ChangeWords
    let bar: BoxNode.Bar?
    /// The numbers of clauses hang in it, so that all text aligns; zero where there are none.
    let margin: Length

    init(
      _ element: TermsElement, _ looks: ProseLooks, _ passages: [TermsPassage], _ words: ChangeWords, _ composer: BillComposer
    ) {
      (self.element, self.looks, self.words) = (element, looks, words)
      bar = element.bar.map(composer.bar)
      var margin = Length.zero
      for passage in passages {
        if let number = passage.number, NumberMargin.ems(number) <= NumberMargin.widest {
          margin = max(margin, looks.heading.text.properties.size * NumberMargin.ems(number))
        } else if passage.isClause {
          margin = max(margin, composer.hang(passage.lastNumber, looks))
        }
      }
      self.margin = margin
    }

    /// Insets that keep the room of a bar free, or `length` beside it.
    func insets(_ length: Length, _ direction: Direction) -> Insets {
      switch bar?.side {
      case .left: Insets(top: .zero, right: .zero, bottom: .zero, left: length)
      case .right: Insets(top: .zero, right: length, bottom: .zero, left: .zero)
      case .end: (direction == .leftToRight ? Direction.rightToLeft : .leftToRight).insets(start: length)
      case .start, .top, .bottom, nil: direction.insets(start: length)
      }
    }

    /// A bar beside a row of a table, in line with those beside other passages.
    func rowBar(_ direction: Direction) -> RowBar? {
      guard let bar else { return nil }
      let isLeft =
        switch bar.side {
        case .left: true
        case .right: false
        case .start, .top, .bottom: direction == .leftToRight
        case .end: direction == .rightToLeft
        }
      // The table stands in the text, the bar before the margin of numbers.
      let isBeforeMargin = isLeft == (direction == .leftToRight)
      return RowBar(
        thickness: bar.thickness, color: bar.color, isLeft: isLeft, distance: .pt(4) + (isBeforeMargin ? margin : .zero))
    }
  }

  /// The passages: those that differ and stand together with one bar beside them, each of them with its word.
  private func clauses(
    _ passages: [TermsPassage], _ setting: TermsSetting, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    let marks = passages.barMarks
    var result = Composed<[ColumnNode.Child]>([])
    var start = 0
    while start < passages.count {
      let isMarked = marks[start] != .unchanged
      // One bar goes on from clause to clause; without one, each clause stands for itself.
      let end =
        (start + 1..<passages.count).first { (marks[$0] != .unchanged) != isMarked || !isMarked && passages[$0].beginsClause }
        ?? passages.count
      var run: [ColumnNode.Child] = []
      // Where the last passage begins, with the heading over it.
      var last = 0
      // The word that stands for what follows, too, until another mark or another clause comes.
      var shown: String?
      for place in start..<end {
        let passage = passages[place]
        if passage.isHeading { shown = nil }
        if place == start || !passages[place - 1].isHeading { last = run.count }
        let word = setting.words.word(marks[place])
        let nodes = result.take(try self.nodes(of: passage, setting, origin, word: word == shown ? nil : word, environment))
        shown = word
        run += spaced(nodes, of: passage, setting)
      }
      // The closing passage is short, and a sentence parted by a page's foot reads badly, on paper and aloud.
      if end == passages.count, last < run.count {
        let rest = Array(run[last...])
        var closing = rest.count == 1 ? rest[0] : ColumnNode.Child(ColumnNode(rest, origin: origin))
        closing.node = KeepNode(closing.node, origin: origin)
        closing.keep.previous = rest[0].keep.previous
        run = Array(run[..<last]) + [closing]
      }
      result.content += setting.bar.map { [joined(run, $0, setting, isMarked: isMarked, origin)] } ?? run
      start = end
    }
    return result
  }

  /// The space below a passage's nodes, and what holds the items of a list together.
  private func spaced(_ nodes: [ColumnNode.Child], of passage: TermsPassage, _ setting: TermsSetting) -> [ColumnNode.Child] {
    var nodes = nodes
    let gap = setting.looks.gap
    // Of more than two items none stands alone in a column.
    if setting.element.columns > 1, passage.isOfLongList, !nodes.isEmpty {
      if passage.startsBlock { nodes[nodes.endIndex - 1].keep.next = 1 }
      if passage.endsBlock { nodes[0].keep.previous = true }
    }
    for place in nodes.indices {
      // A heading stands by its text, and the items of a list by one another.
      let isClose = passage.isHeading || place + 1 < nodes.count || !passage.endsBlock && !passage.isClause
      nodes[place].spaceAfter = isClose ? gap * 0.3 : gap
    }
    return nodes
  }

  /// What a passage is made of, in the margin of the clauses' numbers and beside it.
  private func nodes(
    of passage: TermsPassage, _ setting: TermsSetting, _ origin: Origin, word: String?, _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<[ColumnNode.Child]> {
    let (looks, margin) = (setting.looks, setting.margin)
    var result = Composed<[ColumnNode.Child]>([])
    func add(_ content: TextContent, _ role: Tag.Role, keep: KeepRules = .none) {
      result.content.append(
        ColumnNode.Child(TextNode(content: content, role: role, origin: origin, leastSize: looks.leastSize), keep: keep))
    }
    switch passage.block {
    case .heading(let level, let inlines):
      var content = result.take(try paragraph(inlines, looks.heading, environment, trailing: word, markContext: looks.text))
      if let number = passage.number {
        // The space is for those who copy or listen.
        let fits = NumberMargin.ems(number) <= NumberMargin.widest
        let stop = fits ? margin : looks.heading.text.properties.size * NumberMargin.ems(number)
        content.hang(number + " ", looks.heading.tabular.text, tab: looks.heading.text, at: stop)
      }
      add(content, .heading(level: level), keep: KeepRules(next: 1))
    case .paragraph(let inlines):
      var content = result.take(try paragraph(inlines, looks.text, environment, leading: word))
      (content.firstLineIndent, content.hangingIndent) = (margin, margin)
      add(content, .paragraph)
    case .list(let first, let items):
      let sign = passage.isDefinition ? "" : first.map { "\($0)." } ?? "•"
      var shape = ItemShape(indent: margin, hang: hang(passage.lastNumber, looks), sign: first.map { _ in looks.text.tabular.text })
      if passage.isClause { (shape.indent, shape.hang) = (.zero, margin) }
      for item in items {
        result.content += result.take(
          try listItem(
            item, ListItemPlace(sign: sign, isFirst: passage.startsBlock), sign: sign, shape, looks, origin, environment, mark: word))
      }
    case .table(let table):
      if let word, passage.isMarkedWhole {
        result.content.append(inMargin(result.take(try markLine(word, looks, origin, environment)), margin))
      }
      let node = result.take(
        try proseTable(table, looks, origin, environment, marks: rowMarks(of: passage, setting, shown: word)))
      result.content.append(inMargin(ColumnNode.Child(node), margin))
    case .quote, .rule:
      result.content += result.take(try prose([passage.block], looks, origin, environment, mark: word)).map { inMargin($0, margin) }
    }
    return result
  }

  private func inMargin(_ child: ColumnNode.Child, _ margin: Length) -> ColumnNode.Child {
    guard margin > .zero else { return child }
    var child = child
    child.node = BoxNode(child.node, style: BoxNode.Style(padding: direction.insets(start: margin)))
    return child
  }

  /// The words and bars beside the rows of a table: a bar stands beside the rows that differ where it does not stand beside all.
  private func rowMarks(of passage: TermsPassage, _ setting: TermsSetting, shown: String?) -> [RowMark] {
    let bar = passage.isMarkedWhole ? nil : setting.rowBar(direction)
    // One word for all rows that stand together stands above them where the bar beside the table is theirs.
    var before = passage.isMarkedWhole ? shown ?? setting.words.word(passage.mark) : nil
    return passage.rowMarks.map { mark in
      let word = setting.words.word(mark)
      defer { before = word }
      return RowMark(word: word == before ? nil : word, bar: mark == .unchanged ? nil : bar)
    }
  }

  /// Passages that stand together, with one bar beside them all or the room of one.
  private func joined(
    _ run: [ColumnNode.Child], _ bar: BoxNode.Bar, _ setting: TermsSetting, isMarked: Bool, _ origin: Origin
  ) -> ColumnNode.Child {
    var run = run
    var style = BoxNode.Style()
    style.bars = isMarked ? [bar] : []
    style.padding = setting.insets(isMarked ? .pt(4) : bar.thickness + .pt(4), direction)
    var after = Length.zero
    var keep = KeepRules.none
    if let last = run.indices.last {
      (after, keep) = (run[last].spaceAfter, run[last].keep)
      (run[last].spaceAfter, run[last].keep) = (.zero, .none)
    }
    let content: any Node = run.count == 1 ? run[0].node : ColumnNode(run, origin: origin)
    return ColumnNode.Child(BoxNode(content, style: style, origin: origin), keep: keep, spaceAfter: after)
  }
}

extension [TermsPassage] {
  /// What each passage's bar stands for; `unchanged` for none.
  fileprivate var barMarks: [ChangeMark] {
    var marks = map { $0.isMarkedWhole ? $0.mark : .unchanged }
    for place in indices.dropLast() where marks[place] == .unchanged {
      let next = marks[place + 1]
      // A heading belongs to the bar of what it stands over, and a line to that on both its sides.
      if self[place].isHeading, !self[place + 1].isHeading { marks[place] = next }
      if self[place].isRule, place > 0, marks[place - 1] == next { marks[place] = next }
    }
    return marks
  }
}

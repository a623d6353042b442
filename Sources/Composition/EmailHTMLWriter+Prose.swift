internal import Diagnostics
internal import LayoutLanguage

extension EmailHTMLWriter {
  /// Writes an element of the writer's own.
  private mutating func wrap(
    _ tag: EmailTag, style: String = "", href: String? = nil, _ around: Around,
    _ body: (inout EmailHTMLWriter, Around) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var attributes: [(name: EmailAttributeName, value: String)] = []
    if let href { attributes.append((.href, href)) }
    if !style.isEmpty { attributes.append((.style, styling.written(style))) }
    var inner = around
    inner.isTop = false
    inner.looks = around.looks.inside(tag, page.template.sheet, { name in attributes.first { $0.name == name }?.value }, range: nil)
    open(tag, attributes)
    try body(&self, inner)
    close(tag)
  }

  private static let linkStyle = "color:inherit;text-decoration:underline"

  mutating func write(_ slot: EmailSlot, _ around: Around, _ environment: inout Environment) throws(Diagnostic) {
    let notice = page.notice
    switch slot.slot {
    case .address:
      try link(slot.isInLink ? nil : try EmailAddressText.checked(notice.address, at: slot.range), around) {
        (writer, around) throws(Diagnostic) in try writer.say(notice.show, around)
      }
      guard let token = notice.token else { return }
      separate(slot)
      try wrap(.span, style: "white-space:nowrap", around) { (writer, around) throws(Diagnostic) in try writer.say(token, around) }
    case .phone:
      let address = page.phoneAddress.utf8.count > 4 ? page.phoneAddress : nil
      try link(slot.isInLink ? nil : address, style: ";white-space:nowrap", around) { (writer, around) throws(Diagnostic) in
        try writer.say(notice.phone, around)
      }
      guard let hours = notice.hours else { return }
      separate(slot)
      try say(hours, around)
    case .heading, .body, .action, .keepPaper, .label, .benefits:
      var inner = around
      inner.isHeading = slot.slot == .heading
      for (index, block) in notice.words.blocks(slot.slot).enumerated() {
        if slot.isInline {
          if index > 0 { try say(" ", inner) }
          try running(block, isInLink: slot.isInLink, inner, &environment)
        } else {
          try write(block, isHeading: inner.isHeading, inner, &environment)
        }
      }
    }
  }

  /// Between the two parts of a slot.
  private mutating func separate(_ slot: EmailSlot) {
    if slot.isInline {
      text += " "
    } else {
      open(.br, [])
    }
  }

  private mutating func link(
    _ address: String?, style: String = "", _ around: Around, _ body: (inout EmailHTMLWriter, Around) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard let address else { return try body(&self, around) }
    try wrap(.a, style: Self.linkStyle + style, href: address, around, body)
  }

  private mutating func say(_ words: String, _ around: Around) throws(Diagnostic) {
    buffer.append(words: words)
    try flush(around)
  }

  /// One block of CommonMark as an element.
  private mutating func write(
    _ block: CompiledWords.Block, isHeading: Bool, _ around: Around, _ environment: inout Environment
  ) throws(Diagnostic) {
    // Closures may not take what is handed in and changed.
    let known = environment
    func inlines(_ inlines: [CompiledWords.Inline]) -> (inout EmailHTMLWriter, Around) throws(Diagnostic) -> Void {
      { (writer, around) throws(Diagnostic) in try writer.write(inlines, isInLink: false, around, known) }
    }
    func blocks(_ blocks: [CompiledWords.Block]) -> (inout EmailHTMLWriter, Around) throws(Diagnostic) -> Void {
      { (writer, around) throws(Diagnostic) in
        var inner = known
        for block in blocks { try writer.write(block, isHeading: false, around, &inner) }
      }
    }
    switch block {
    case .heading(let level, let content): try wrap(Self.heading(level), style: "margin:0 0 0.5em", around, inlines(content))
    case .paragraph(let content):
      try wrap(isHeading ? .h2 : .p, style: isHeading ? "margin:0 0 0.5em" : "margin:0 0 1em", around, inlines(content))
    case .list(let first, let items):
      try wrap(first == nil ? .ul : .ol, style: "margin:0 0 1em;padding:0 0 0 1.5em", around) { (writer, around) throws(Diagnostic) in
        for item in items {
          try writer.wrap(.li, around) { (writer, around) throws(Diagnostic) in
            // A paragraph by itself needs no space round it.
            if item.count == 1, case .paragraph(let content) = item[0] { return try inlines(content)(&writer, around) }
            try blocks(item)(&writer, around)
          }
        }
      }
    case .quote(let inner): try wrap(.blockquote, style: "margin:0 0 1em;padding:0 0 0 1em", around, blocks(inner))
    case .table(let table):
      try wrap(.table, style: "margin:0 0 1em;border-collapse:collapse", around) { (writer, around) throws(Diagnostic) in
        try writer.row(table.header, .th, around, inlines)
        for row in table.rows { try writer.row(row, .td, around, inlines) }
      }
    case .rule: open(.hr, [])
    }
  }

  private mutating func row(
    _ cells: [[CompiledWords.Inline]], _ tag: EmailTag, _ around: Around,
    _ inlines: ([CompiledWords.Inline]) -> (inout EmailHTMLWriter, Around) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard !cells.isEmpty else { return }
    try wrap(.tr, around) { (writer, around) throws(Diagnostic) in
      for cell in cells { try writer.wrap(tag, style: "padding:4px 16px 4px 0;text-align:left;vertical-align:top", around, inlines(cell)) }
    }
  }

  private static func heading(_ level: Int) -> EmailTag {
    switch level {
    case 1: .h2
    case 2: .h3
    default: .h4
    }
  }

  /// The running text of a block, lists and quotes flattened.
  private mutating func running(
    _ block: CompiledWords.Block, isInLink: Bool, _ around: Around, _ environment: inout Environment
  ) throws(Diagnostic) {
    var isFirst = true
    for inlines in block.runs {
      if !isFirst { try say(" ", around) }
      isFirst = false
      try write(inlines, isInLink: isInLink, around, environment)
    }
  }

  private mutating func write(
    _ inlines: [CompiledWords.Inline], isInLink: Bool, _ around: Around, _ environment: Environment
  ) throws(Diagnostic) {
    for inline in inlines {
      switch inline {
      case .text(let words): try say(words, around)
      case .value(let template):
        try template.append(to: &buffer, in: environment)
        try flush(around)
      case .emphasis(let inner):
        try wrap(.em, around) { (writer, around) throws(Diagnostic) in
          try writer.write(inner, isInLink: isInLink, around, environment)
        }
      case .strong(let inner):
        try wrap(.strong, around) { (writer, around) throws(Diagnostic) in
          try writer.write(inner, isInLink: isInLink, around, environment)
        }
      case .link(let address, let inner):
        let target = try EmailPage.address(address, in: environment)
        try link(isInLink ? nil : target, around) { (writer, around) throws(Diagnostic) in
          try writer.write(inner, isInLink: true, around, environment)
        }
      case .lineBreak: open(.br, [])
      }
    }
  }
}

extension CompiledWords.Block {
  /// The running texts of it, in reading order.
  var runs: [[CompiledWords.Inline]] {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): [inlines]
    case .list(_, let items): items.joined().flatMap(\.runs)
    case .quote(let blocks): blocks.flatMap(\.runs)
    case .table(let table): ([table.header] + table.rows).flatMap { $0 }
    case .rule: []
    }
  }
}

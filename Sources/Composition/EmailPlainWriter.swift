internal import Diagnostics
internal import LayoutLanguage

/// Writes the plain text of one message: the template's lines, without those that held nothing but tags.
struct EmailPlainWriter {
  /// Columns that mail programs show without breaking lines themselves.
  ///
  /// - Stops: nothing; a custom of plain text (RFC 3676).
  static let width = 76
  /// Stands for a space at which a line does not end, while lines are made; no value and no words hold it.
  private static let firmSpace = "\u{1F}"

  let page: EmailPage
  private var lines: [String] = []
  private var current = ""
  /// Whether a tag or a value stands in the line, so that it is left out where it shows nothing.
  private var hasMark = false
  private var byteCount = 0

  init(_ page: EmailPage) { self.page = page }

  /// The whole text.
  mutating func written(_ environment: inout Environment) throws(Diagnostic) -> String {
    try write(page.template.text, &environment)
    endLine()
    var result: [String] = []
    for line in lines where !(line.isEmpty && (result.last?.isEmpty ?? true)) { result += Self.wrapped(line) }
    while result.last?.isEmpty == true { result.removeLast() }
    let text = result.joined(separator: "\n").replacing(Self.firmSpace, with: " ") + "\n"
    try EmailPage.check(text)
    return text
  }

  private mutating func write(_ contents: [EmailContent], _ environment: inout Environment) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text(let template): try write(template, environment)
      // No template of a plain text has these.
      case .css, .element: break
      case .slot(let slot): try write(slot, environment)
      case .choice(let branches):
        hasMark = true
        if let branch = try EmailPage.chosen(branches, environment) { try write(branch.contents, &environment) }
        hasMark = true
      case .repeat(let loop, let contents):
        hasMark = true
        try environment.forEach(loop) { (environment) throws(Diagnostic) in
          hasMark = true
          try write(contents, &environment)
        }
        hasMark = true
      }
      guard byteCount <= LanguageLimits.emailBytes else { return try EmailPage.check(String(repeating: " ", count: byteCount)) }
    }
  }

  private mutating func write(_ template: TextTemplate, _ environment: borrowing Environment) throws(Diagnostic) {
    let segments = try Self.segments(of: template, environment)
    // A string that is empty, or a value.
    if segments.isEmpty { hasMark = true }
    for segment in segments {
      switch segment {
      case .data, .token: hasMark = true
      case .words, .late, .mark: break
      }
      put(said(segment))
    }
  }

  private static func segments(of template: TextTemplate, _ environment: borrowing Environment) throws(Diagnostic) -> [TextSegment] {
    var buffer = TextBuffer()
    // White space at the beginning is the template's own.
    buffer.addMark()
    try template.append(to: &buffer, in: environment)
    return buffer.take()
  }

  /// What a segment reads.
  private func said(_ segment: TextSegment) -> String {
    switch segment {
    case .words(let words): EmailText.words(words)
    case .data(let value): isolated(EmailText.clean(value))
    case .token(let value, let kind): isolated(token(value, kind))
    case .late, .mark: ""
    }
  }

  private mutating func put(_ text: String) {
    byteCount += text.utf8.count
    var isFirst = true
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !isFirst { endLine() }
      isFirst = false
      current += part
    }
  }

  private mutating func endLine() {
    while current.last == " " { current.removeLast() }
    if !current.isEmpty || !hasMark { lines.append(current) }
    current = ""
    hasMark = false
  }

  /// A value between isolates where directions would mix; an address never, since programs would take them for a part of it.
  private func isolated(_ value: String) -> String {
    if value.hasPrefix("https://") || value.hasPrefix("mailto:") { return value }
    switch EmailText.isolation(of: value, inRightToLeft: page.isRightToLeft) {
    case nil: return value
    case .own: return "\u{2068}\(value)\u{2069}"
    case .leftToRight: return "\u{2066}\(value)\u{2069}"
    }
  }

  /// The text on one line.
  private static func firm(_ text: String) -> String { text.replacing(" ", with: firmSpace) }

  /// A value that lines part only as its kind allows: an amount or a date nowhere.
  private func token(_ value: String, _ kind: TokenKind) -> String {
    let text = EmailText.clean(value)
    return kind == .whole ? Self.firm(text) : text
  }

  // MARK: The campaign's words

  private mutating func write(_ slot: EmailSlot, _ environment: borrowing Environment) throws(Diagnostic) {
    hasMark = true
    let notice = page.notice
    switch slot.slot {
    case .address: put(notice.show + (notice.token.map { " " + $0 } ?? ""))
    case .phone: put(isolated(Self.firm(notice.phone)) + (notice.hours.map { " " + $0 } ?? ""))
    case .heading, .body, .action, .keepPaper, .label, .benefits:
      let text = try Self.plain(notice.words.blocks(slot.slot), self, environment)
      // Further lines begin below the first.
      let gap = String(current.prefix { $0 == " " })
      for (index, line) in text.enumerated() {
        if index > 0 {
          endLine()
          if !line.isEmpty { current = gap }
        }
        put(line)
      }
    }
  }

  /// The lines of blocks, an empty one between two.
  private static func plain(
    _ blocks: [CompiledWords.Block], _ writer: EmailPlainWriter, _ environment: borrowing Environment
  ) throws(Diagnostic) -> [String] {
    var lines: [String] = []
    for block in blocks {
      if !lines.isEmpty { lines.append("") }
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): lines += try writer.lines(of: inlines, environment)
      case .list(let first, let items):
        for (index, item) in items.enumerated() {
          let sign = first.map { "\($0 + index). " } ?? "- "
          let inner = try plain(item, writer, environment)
          for (place, line) in inner.enumerated() {
            lines.append(line.isEmpty ? "" : (place == 0 ? sign : String(repeating: " ", count: sign.count)) + line)
          }
        }
      case .quote(let inner): lines += try plain(inner, writer, environment).map { $0.isEmpty ? ">" : "> " + $0 }
      case .table(let table):
        for row in [table.header] + table.rows where !row.isEmpty {
          var cells: [String] = []
          for cell in row { cells.append(try writer.lines(of: cell, environment).joined(separator: " ")) }
          lines.append(cells.joined(separator: " | "))
        }
      case .rule: lines.append("---")
      }
    }
    return lines
  }

  private func lines(of inlines: [CompiledWords.Inline], _ environment: borrowing Environment) throws(Diagnostic) -> [String] {
    try running(inlines, environment).split(separator: "\n", omittingEmptySubsequences: false).map { String($0).trimmed }
  }

  private func running(_ inlines: [CompiledWords.Inline], _ environment: borrowing Environment) throws(Diagnostic) -> String {
    var text = ""
    for inline in inlines {
      switch inline {
      case .text(let words): text += EmailText.words(words).replacing("\n", with: " ")
      case .value(let template):
        for segment in try Self.segments(of: template, environment) { text += said(segment).replacing("\n", with: " ") }
      case .emphasis(let inner), .strong(let inner): text += try running(inner, environment)
      case .link(let address, let inner):
        let target = try EmailPage.address(address, in: environment)
        let words = try running(inner, environment)
        text += target.hasSuffix(words) ? target : "\(words) (\(target))"
      case .lineBreak: text += "\n"
      }
    }
    return text
  }

  // MARK: Lines

  /// The line in pieces of at most ``width`` columns, parted at spaces; what has no space in it stays whole. Those behind the first begin where
  /// its words do.
  static func wrapped(_ line: String) -> [String] {
    guard line.count > width else { return [line] }
    let gap = String(line.prefix { $0 == " " })
    let words = line.dropFirst(gap.count).split(separator: " ")
    guard let first = words.first else { return [line] }
    let isSign = first == "-" || first == ">" || (first.last == "." && first.dropLast().allSatisfy(\.isNumber) && first.count < 5)
    let inner = first == ">" ? gap + "> " : isSign ? gap + String(repeating: " ", count: first.count + 1) : gap
    var result: [String] = []
    var current = gap
    var column = gap.count
    var isEmpty = true
    for word in words {
      let length = word.count
      if !isEmpty, column + 1 + length > width {
        result.append(current)
        (current, column, isEmpty) = (inner, inner.count, true)
      }
      if !isEmpty {
        current += " "
        column += 1
      }
      current += word
      column += length
      isEmpty = false
    }
    result.append(current)
    return result
  }
}

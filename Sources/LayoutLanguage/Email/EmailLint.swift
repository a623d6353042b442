internal import Diagnostics
internal import Geometry

/// What makes an e-mail hard to read or to use, found on its template: colours, widths, tables, buttons, and links that say another address than theirs.
///
/// Styles with values in them differ from message to message; what they set is not counted here.
final class EmailLint {
  /// WCAG 2.2, 1.4.3: text of usual size.
  ///
  /// - Stops: nothing; what readers need.
  static let leastContrast = 4.5
  /// Pixels: WCAG 2.5.5, and what a thumb meets.
  ///
  /// - Stops: nothing; what readers need.
  static let leastButton = 44.0
  /// Pixels: what every mail program shows without scrolling sideways.
  ///
  /// - Stops: nothing; what readers need.
  static let greatestWidth = 600.0

  private let html: EmailElement
  private let sheet: EmailSheet
  private let findings: Findings
  private var hasButton = false
  /// What has been told of colours already.
  private var told: Set<String> = []

  init(_ html: EmailElement, _ sheet: EmailSheet, _ findings: Findings) {
    (self.html, self.sheet, self.findings) = (html, sheet, findings)
  }

  func run() {
    walk(html.children, EmailLooks(sheet), in: nil)
    guard !hasButton else { return }
    findings.warning(
      .emailButton, "no link is a button: an 'a' shown as a block, with padding and line height of 44 px or more", at: html.range,
      suggestion: "add style=\"display:inline-block;padding:12px 24px;line-height:20px\" to the link that says what to do")
  }

  private func walk(_ contents: [EmailContent], _ looks: EmailLooks, in parent: EmailElement?) {
    for content in contents {
      switch content {
      case .text(let text): if text.hasInk { checkContrast(looks, parent) }
      case .slot: checkContrast(looks, parent)
      case .css: break
      case .choice(let branches): for branch in branches { walk(branch.contents, looks, in: parent) }
      case .repeat(_, let contents): walk(contents, looks, in: parent)
      case .element(let element):
        guard element.tag != .head else { continue }
        visit(element, looks)
      }
    }
  }

  private func visit(_ element: EmailElement, _ looks: EmailLooks) {
    let inner = looks.inside(
      element.tag, sheet, { element[$0]?.literal }, range: element[.style]?.range ?? element[.bgcolor]?.range ?? element.range)
    checkWidth(element)
    switch element.tag {
    case .table: checkTable(element)
    case .a:
      checkButton(element, inner)
      checkLinkText(element)
    default: break
    }
    walk(element.children, inner, in: element)
  }

  // MARK: Rules

  private func checkContrast(_ looks: EmailLooks, _ element: EmailElement?) {
    guard !looks.isHidden else { return }
    for (ratio, color, background, isDark) in looks.contrasts where ratio < Self.leastContrast {
      let key = "\(color.hex) \(background.hex) \(isDark)"
      guard told.insert(key).inserted else { continue }
      let hint =
        isDark
        ? "set both colours inline, or give the element a class and both colours in @media (prefers-color-scheme: dark), with !important"
        : nil
      findings.warning(
        .emailContrast,
        "words of colour \(color.hex.lowercased()) on \(background.hex.lowercased())\(isDark ? " in dark mode" : "") have a contrast of "
          + "\(Self.decimal(ratio)):1, and 4.5:1 can be read by everybody",
        at: looks.range ?? element?.range, suggestion: hint)
    }
  }

  private func checkWidth(_ element: EmailElement) {
    if let attribute = element[.width], let text = attribute.literal, let width = EmailStyle.pixels(text) ?? Double(text) {
      check(width, at: attribute.range)
    } else if element.tag == .img, element[.width] == nil {
      findings.warning(
        .emailWidth, "a picture says how wide it is shown: some mail programs show all of its dots", at: element.range,
        suggestion: "add width=\"…\"")
    }
    guard let style = element[.style], let text = style.literal else { return }
    for declaration in EmailStyle(text).declarations where ["width", "min-width", "max-width"].contains(declaration.property) {
      if let width = EmailStyle.pixels(declaration.value) { check(width, at: style.range) }
    }
  }

  private func check(_ width: Double, at range: SourceRange) {
    guard width > Self.greatestWidth else { return }
    findings.warning(
      .emailWidth, "\(Self.decimal(width)) px are wider than a message is shown: at most 600 px", at: range,
      suggestion: "write width=\"100%\" and max-width:600px")
  }

  private func checkTable(_ table: EmailElement) {
    let role = table[.role]?.literal
    guard role != "presentation", role != "none", !Self.hasHeading(table.children) else { return }
    findings.warning(
      .emailTable, "a table without 'th' only places things: readers who listen are told of rows and columns otherwise", at: table.range,
      suggestion: "add role=\"presentation\"")
  }

  /// Whether a `th` stands in the table itself.
  private static func hasHeading(_ contents: [EmailContent]) -> Bool {
    contents.contains { content in
      switch content {
      case .element(let element): element.tag == .th || (element.tag != .table && hasHeading(element.children))
      case .choice(let branches): branches.contains { hasHeading($0.contents) }
      case .repeat(_, let contents): hasHeading(contents)
      case .text, .css, .slot: false
      }
    }
  }

  private func checkButton(_ link: EmailElement, _ looks: EmailLooks) {
    guard let attribute = link[.style], let text = attribute.literal else { return }
    let style = EmailStyle(text)
    let display = style["display"]?.value.lowercased() ?? ""
    let padding = style.verticalPadding
    guard padding > 0 || style.background != nil else { return }
    // Among words the line height does not make the link higher.
    let line =
      ["block", "inline-block", "table-cell", "flex", "inline-flex"].contains(display)
      ? looks.lineHeight ?? looks.size * 1.2 : looks.size * 1.2
    let height = padding + line
    guard height < Self.leastButton else {
      hasButton = true
      return
    }
    findings.warning(
      .emailButton, "the button is \(Self.decimal(height)) px high, padding and line height together; a thumb meets 44 px",
      at: attribute.range,
      suggestion: display.isEmpty ? "add display:inline-block, and a larger padding" : "make its padding larger")
    hasButton = true
  }

  private func checkLinkText(_ link: EmailElement) {
    guard let address = link[.href]?.value.pieces.first, case .literal(let target) = address else { return }
    let words = Self.words(of: link.children).trimmed
    guard EmailLinkText.misleads(words, address: target) else { return }
    findings.error(
      .emailLinkText, "the link says '\(words)' and leads to '\(target)': readers, and filters, take that for a fraud", at: link.range,
      suggestion: "say what the link does, or the address it leads to")
  }

  /// The words of a link as far as they are written out; values make it no address that is known here.
  private static func words(of contents: [EmailContent]) -> String {
    contents.map { content in
      switch content {
      case .text(let text): text.pieces.map { if case .literal(let words) = $0 { words } else { "\u{FFFC}" } }.joined()
      case .element(let element): element.tag == .img ? "" : words(of: element.children)
      case .slot, .choice, .repeat, .css: "\u{FFFC}"
      }
    }.joined()
  }

  /// With at most one decimal, cut rather than rounded up: 4.49 is not 4.5.
  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

extension TextTemplate {
  /// Whether anything in it shows.
  fileprivate var hasInk: Bool {
    pieces.contains { if case .literal(let words) = $0 { !words.trimmed.isEmpty } else { true } }
  }
}

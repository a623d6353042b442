internal import Diagnostics
internal import LayoutLanguage

/// Writes the HTML of one message: elements of the template's white list, their words escaped, and nothing else.
struct EmailHTMLWriter {
  /// What is around a piece of the message.
  struct Around {
    var looks: EmailLooks
    /// Whether it is the heading.
    var isHeading = false
    /// Whether it stands right in `body`.
    var isTop = false
    /// Whether words in it are no more than characters: a title.
    var isBare = false
  }

  let page: EmailPage
  let styling: EmailStyling
  var text = ""
  private(set) var pictures: Set<Int> = []
  private(set) var measure = EmailMeasure()
  private(set) var misleading: [EmailLink] = []
  /// The link that is open, with what it shows so far.
  private var link: (address: String, words: String)?
  /// Keeps track of white space over elements.
  var buffer = TextBuffer()

  init(_ page: EmailPage) {
    self.page = page
    styling = EmailStyling(isRightToLeft: page.isRightToLeft, isLarge: page.isLarge)
  }

  /// Writes the whole document.
  mutating func writeDocument(_ environment: inout Environment) throws(Diagnostic) {
    let root = page.template.html
    text = "<!DOCTYPE html>\n<html lang=\"\(EmailText.escaped(page.language))\" dir=\"\(direction)\">\n"
    let head = root.children.lazy.compactMap { $0.element(.head) }.first
    text += "<head>\n<meta charset=\"utf-8\">\n"
    if let head { try write(head.children, Around(looks: EmailLooks(page.template.sheet), isBare: true), &environment) }
    if head?.holds(.title) != true { text += "<title>\(EmailText.escaped(page.subject))</title>\n" }
    text += "</head>\n"
    for child in root.children {
      if let body = child.element(.body) { try write(body, Around(looks: EmailLooks(page.template.sheet)), &environment) }
    }
    text += "</html>\n"
    try EmailPage.check(text)
  }

  private var direction: String { page.isRightToLeft ? "rtl" : "ltr" }

  // MARK: Contents

  mutating func write(_ contents: [EmailContent], _ around: Around, _ environment: inout Environment) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text(let template):
        try template.append(to: &buffer, in: environment)
        try flush(around)
      case .css(let css): text += css
      case .element(let element):
        if let loop = element.each {
          try environment.forEach(loop) { (environment) throws(Diagnostic) in try stand(element, around, &environment) }
        } else {
          try stand(element, around, &environment)
        }
      case .slot(let slot): try write(slot, around, &environment)
      case .choice(let branches):
        if let branch = try EmailPage.chosen(branches, environment) { try write(branch.contents, around, &environment) }
      case .repeat(let loop, let contents):
        try environment.forEach(loop) { (environment) throws(Diagnostic) in try write(contents, around, &environment) }
      }
      try EmailPage.check(text)
    }
  }

  private mutating func stand(_ element: EmailElement, _ around: Around, _ environment: inout Environment) throws(Diagnostic) {
    if let condition = element.condition, try !condition.isTrue(in: environment) { return }
    try write(element, around, &environment)
    try EmailPage.check(text)
  }

  private mutating func write(_ element: EmailElement, _ around: Around, _ environment: inout Environment) throws(Diagnostic) {
    let tag = element.tag
    // Billfold says it itself.
    if tag == .meta, element[.charset] != nil { return }
    var attributes: [(name: EmailAttributeName, value: String)] = []
    for attribute in element.attributes { attributes.append((attribute.name, try value(of: attribute, environment))) }
    if let picture = element[.src]?.picture { pictures.insert(picture) }
    if tag == .body, page.isLarge, EmailStyle(attributes.first { $0.name == .style }?.value ?? "")["font-size"] == nil {
      let style = attributes.firstIndex { $0.name == .style }
      let size = "font-size:20px"
      if let style {
        attributes[style].value += (attributes[style].value.isEmpty ? "" : ";") + size
      } else {
        attributes.append((.style, size))
      }
    }
    // Some programs keep nothing of 'html' and 'body'.
    if tag == .body || (around.isTop && page.isRightToLeft && !tag.isInline), element[.dir] == nil { attributes.append((.dir, direction)) }
    var inner = around
    inner.isTop = tag == .body
    inner.isBare = tag == .title
    inner.looks = around.looks.inside(tag, page.template.sheet, { name in attributes.first { $0.name == name }?.value }, range: nil)
    open(tag, attributes)
    guard !tag.isVoid else { return }
    try write(element.children, inner, &environment)
    close(tag)
  }

  /// Writes a start tag.
  mutating func open(_ tag: EmailTag, _ attributes: [(name: EmailAttributeName, value: String)]) {
    text += "<\(tag.name)"
    for (name, value) in attributes where !value.isEmpty || EmailRegistry.kind(name) == .words {
      text += " \(name.rawValue)=\"\(EmailText.escaped(value))\""
    }
    text += ">"
    if tag == .a { link = (attributes.first { $0.name == .href }?.value ?? "", "") }
    if tag == .img { buffer.addMark() } else if !tag.isInline || tag == .br { buffer.breakLine() }
    if tag.isVoid, !tag.isInline { text += "\n" }
  }

  mutating func close(_ tag: EmailTag) {
    text += "</\(tag.name)>"
    if tag == .a { closeLink() }
    guard !tag.isInline else { return }
    text += "\n"
    buffer.breakLine()
  }

  private mutating func closeLink() {
    defer { link = nil }
    guard let link, EmailLinkText.misleads(link.words, address: link.address) else { return }
    let found = EmailLink(words: EmailText.line(link.words), address: link.address)
    if !misleading.contains(found) { misleading.append(found) }
  }

  // MARK: Words

  /// Writes what the buffer has collected.
  mutating func flush(_ around: Around) throws(Diagnostic) {
    for segment in buffer.take() {
      switch segment {
      case .words(let words):
        let words = EmailText.words(words)
        if !around.isBare { measure.note(words, around.looks, isHeading: around.isHeading) }
        text += EmailText.escaped(words)
        link?.words += words
      case .data(let value), .token(let value, _): put(EmailText.clean(value), around)
      case .late, .mark: break
      }
    }
    try EmailPage.check(text)
  }

  /// Writes a value, set apart where directions would mix.
  private mutating func put(_ value: String, _ around: Around) {
    let escaped = EmailText.escaped(value)
    guard !around.isBare else {
      text += escaped
      return
    }
    measure.note(value, around.looks, isHeading: around.isHeading)
    link?.words += value
    switch EmailText.isolation(of: value, inRightToLeft: page.isRightToLeft) {
    case nil: text += escaped
    case .own: text += "<bdi>\(escaped)</bdi>"
    case .leftToRight: text += "<bdi dir=\"ltr\">\(escaped)</bdi>"
    }
  }

  // MARK: Attributes

  private func value(of attribute: EmailAttribute, _ environment: borrowing Environment) throws(Diagnostic) -> String {
    switch EmailRegistry.kind(attribute.name) {
    case .words: return EmailText.clean(try attribute.value.string(in: environment))
    case .address: return try EmailAddressText.address([.template(attribute.value)], at: attribute.range, in: environment)
    case .picture: return attribute.picture.map { "cid:" + page.template.pictures[$0].contentID } ?? ""
    case .style:
      let style = try plain(attribute, environment)
      // What is harmless in its parts may not be so as a whole.
      if attribute.literal == nil, let danger = EmailStyle.danger(in: style) {
        throw fault(attribute, "\(danger), in a style of an e-mail")
      }
      return styling.written(style)
    case .token: return try plain(attribute, environment)
    case .choice(let words):
      let word = try plain(attribute, environment)
      if attribute.name == .content { return word }
      guard words.contains(word) || word.isEmpty else {
        throw fault(attribute, "'\(word.prefix(100))' is no \(attribute.name.rawValue)")
      }
      return attribute.name == .align ? styling.side(word) : word
    }
  }

  /// A value of which the parts from outside hold only what names, numbers and colours are written with.
  private func plain(_ attribute: EmailAttribute, _ environment: borrowing Environment) throws(Diagnostic) -> String {
    var parts = TextBuffer()
    try attribute.value.append(to: &parts, in: environment)
    var result = ""
    for segment in parts.take() {
      switch segment {
      case .words(let words): result += words
      case .data(let value), .token(let value, _):
        let allowed = value.unicodeScalars.allSatisfy { scalar in
          scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " #%.,-".unicodeScalars.contains(scalar))
        }
        guard allowed else {
          let said = EmailText.line(String(value.prefix(100)))
          throw fault(
            attribute,
            "'\(said)' cannot stand in '\(attribute.name.rawValue)': a value there holds letters, digits, spaces and # % . , - only")
        }
        result += value
      case .late, .mark: break
      }
    }
    return result
  }

  private func fault(_ attribute: EmailAttribute, _ message: String) -> Diagnostic {
    Diagnostic(id: "email-attribute", message, at: attribute.range)
  }
}

extension EmailContent {
  /// The element, if it is of that tag.
  fileprivate func element(_ tag: EmailTag) -> EmailElement? {
    if case .element(let element) = self, element.tag == tag { element } else { nil }
  }
}

extension EmailElement {
  /// Whether such an element stands right in it on every way.
  fileprivate func holds(_ tag: EmailTag) -> Bool {
    children.contains { $0.element(tag).map { $0.condition == nil && $0.each == nil } ?? false }
  }
}

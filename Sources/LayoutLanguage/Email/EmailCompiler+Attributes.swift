internal import Diagnostics

extension EmailCompiler {
  /// The attributes of an element of HTML, without `if` and `each`.
  func attributes(of element: XMLElement, _ tag: EmailTag, _ place: Place) -> [EmailAttribute] {
    var attributes: [EmailAttribute] = []
    for attribute in element.attributes where attribute.name != "if" && attribute.name != "each" {
      // Billfold sets these: a message is in its customer's language.
      if tag == .html, attribute.name == "lang" || attribute.name == "dir" { continue }
      if tag == .meta, isSaidAlready(element) {
        attributes.append(EmailAttribute(name: .charset, value: TextTemplate(pieces: []), picture: nil, range: attribute.value.range))
        break
      }
      if let reason = unsafety(attribute.name) {
        tools.error(.emailUnsafe, "'\(attribute.name)' cannot stand in an e-mail: \(reason)", place.file, attribute.nameRange)
        continue
      }
      guard let name = EmailAttributeName(rawValue: attribute.name), EmailRegistry.takes(tag, name) else {
        tools.error(
          .unknownAttribute, "unknown attribute '\(attribute.name)' in '\(tag.name)'", place.file, attribute.nameRange,
          suggestion: Suggestion.didYouMean(attribute.name, among: EmailRegistry.attributes(tag).map(\.rawValue)))
        continue
      }
      if let made = self.attribute(attribute, name, of: tag) { attributes.append(made) }
    }
    for (name, phrase) in needs(of: tag) where element[name] == nil {
      tools.error(
        .missingAttribute, "'\(tag.name)' needs an attribute '\(name)': \(phrase)", place.file, element.nameRange)
    }
    if tag == .meta { readMeta(element, place) }
    return attributes
  }

  /// Whether a `meta` says what Billfold says of every message.
  private func isSaidAlready(_ element: XMLElement) -> Bool {
    element["http-equiv"].map { EmailRegistry.equivalents.contains($0.value.string.lowercased()) } ?? false
  }

  /// Why an attribute has no place in any message.
  private func unsafety(_ name: String) -> String? {
    let lower = name.lowercased()
    if lower.hasPrefix("on") { return "a message runs no program" }
    switch lower {
    case "http-equiv", "ping", "download", "manifest", "formaction", "action": return "a message sends no reader elsewhere"
    case "srcset", "background", "poster", "data", "cite", "longdesc": return "a message takes nothing from elsewhere"
    case "srcdoc": return "a message shows no other page"
    default: return nil
    }
  }

  private func needs(of tag: EmailTag) -> [(String, String)] {
    switch tag {
    case .a: [("href", "where the link leads")]
    case .img: [("src", "the picture"), ("alt", "what it says to those who do not see it; empty for mere ornament")]
    default: []
    }
  }

  private func attribute(_ attribute: XMLAttribute, _ name: EmailAttributeName, of tag: EmailTag) -> EmailAttribute? {
    var number: Int?
    if name == .src {
      guard let picture = picture(attribute) else { return nil }
      number = picture
    }
    let value = tools.text(attribute)
    let made = EmailAttribute(name: name, value: value, picture: number, range: attribute.value.range)
    switch EmailRegistry.kind(name) {
    case .words, .picture: break
    case .style: checkStyle(attribute, value)
    case .address: checkAddress(attribute, value)
    case .token: checkToken(attribute, value)
    case .choice(let words):
      guard let literal = made.literal else {
        checkToken(attribute, value)
        break
      }
      if name == .content || name == .charset { break }
      if !words.contains(literal) {
        findings.error(
          .wrongKeyword, "'\(literal)' is no \(name.rawValue); expected \(AttributeType.list(words))", at: attribute.value.range,
          suggestion: Suggestion.didYouMean(literal, among: words))
      }
    }
    return made
  }

  // MARK: Values

  /// Reports what in the literal parts of a style must not stand in a message.
  private func checkStyle(_ attribute: XMLAttribute, _ value: TextTemplate) {
    let literal = value.pieces.map { if case .literal(let words) = $0 { words } else { "x" } }.joined()
    if let danger = EmailStyle.danger(in: literal) {
      findings.error(.emailUnsafe, "\(danger): it cannot stand in an e-mail's style", at: attribute.value.range)
    }
  }

  private func checkToken(_ attribute: XMLAttribute, _ value: TextTemplate) {
    for case .literal(let words) in value.pieces {
      guard let scalar = words.unicodeScalars.first(where: { !EmailCompiler.isTokenPart($0) }) else { continue }
      findings.error(
        .wrongValue, "'\(scalar)' has no place here: '\(attribute.name)' takes \(EmailAttributeKind.token.phrase)",
        at: attribute.value.range)
      return
    }
  }

  /// What names, numbers and colours are written with.
  private static func isTokenPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " #%.,-_".unicodeScalars.contains(scalar))
  }

  /// Looks at the beginning of an address, as far as it is written out.
  private func checkAddress(_ attribute: XMLAttribute, _ value: TextTemplate) {
    let range = attribute.value.range
    guard let first = value.pieces.first else {
      findings.error(.wrongValue, "an address is missing here", at: range)
      return
    }
    // An address that begins with a value is looked at when the message is made.
    guard case .literal(let words) = first else { return }
    let lower = words.lowercased()
    if ["javascript:", "data:", "vbscript:", "file:", "blob:"].contains(where: lower.hasPrefix) {
      findings.error(
        .emailUnsafe, "'\(words.prefix(while: { $0 != ":" })):' runs a program or opens a file: links lead to pages, mail and calls",
        at: range)
      return
    }
    guard ["https://", "mailto:", "tel:"].contains(where: lower.hasPrefix) else {
      findings.error(
        .wrongValue, "an address begins with 'https://', 'mailto:' or 'tel:'", at: range,
        suggestion: lower.hasPrefix("http://") ? "write https://\(words.dropFirst(7))" : words.contains("@") ? "write mailto:\(words)" : nil
      )
      return
    }
    if lower.hasPrefix("https://"), value.pieces.count > 1, !words.dropFirst(8).contains(where: { "/?#".contains($0) }) {
      findings.error(
        .emailUnsafe, "a value cannot stand in the host of an address: it would decide whose page opens", at: range,
        suggestion: "write the host out, and '/' behind it")
    }
  }

  // MARK: Pictures

  private func picture(_ attribute: XMLAttribute) -> Int? {
    let (path, range) = (attribute.value.string, attribute.value.range)
    let lower = path.lowercased()
    if lower.contains("://") || lower.hasPrefix("//") || ["cid:", "data:", "http:", "https:"].contains(where: lower.hasPrefix) {
      findings.error(
        .emailUnsafe, "'\(path)' is not in the layout's folder: a message brings its pictures along", at: range,
        suggestion: "copy the file into the folder and write its path")
      return nil
    }
    if path.contains("{") {
      findings.error(.wrongValue, "the path of a picture is written out: its file goes with the message", at: range)
      return nil
    }
    guard tools.library.isValid(path, at: range) else { return nil }
    if let known = pictureNumbers[path] { return known }
    guard let image = tools.library.image(path, at: range) else { return nil }
    let bytes = tools.library.imageReferences[image].bytes
    let mediaType: String
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      mediaType = "image/png"
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      mediaType = "image/jpeg"
    } else {
      findings.error(.wrongValue, "'\(path)' is neither PNG nor JPEG: mail programs show these two", at: range)
      return nil
    }
    pictureBytes += bytes.count
    guard pictures.count < LanguageLimits.emailPictures, pictureBytes <= LanguageLimits.emailPictureBytes else {
      findings.error(
        .emailTooLarge,
        "the pictures of an e-mail are at most \(LanguageLimits.emailPictures), together of \(LanguageLimits.emailPictureBytes >> 10) KiB",
        at: range)
      return nil
    }
    pictureNumbers[path] = pictures.count
    let id = "\(pictures.count + 1).\(EmailCompiler.mark(of: bytes))@billfold.invalid"
    pictures.append(EmailPicture(path: path, mediaType: mediaType, bytes: bytes, contentID: id))
    return pictures.count - 1
  }

  /// Tells the bytes of pictures apart (FNV-1a, 64 bits): the same picture has the same name in every message.
  private static func mark(of bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: The head

  private func readMeta(_ element: XMLElement, _ place: Place) {
    if let name = element["name"]?.value.string, name.hasSuffix("color-scheme"), let content = element["content"]?.value.string,
      content.lowercased().contains("dark")
    {
      sheet.declaresDark = true
    }
    guard element["name"] == nil, element["charset"] == nil, element["http-equiv"] == nil else { return }
    tools.error(.missingAttribute, "'meta' needs a 'name': \(AttributeType.list(EmailRegistry.metaNames))", place.file, element.nameRange)
  }

  /// The rules of a `style`, looked at; `nil` once a fault in them is reported.
  func css(in element: XMLElement, _ place: Place) -> String? {
    for child in element.elements {
      tools.error(.misplacedElement, "'\(child.name)' cannot stand in 'style': it holds rules of CSS", place.file, child.nameRange)
      return nil
    }
    var text = ""
    for case .text(let source, let written) in element.children {
      let css = EmailSheet.withoutComments(source.bytes)
      let words = String(decoding: css, as: UTF8.self)
      if words.contains("<") || words.contains("&") {
        tools.error(.emailUnsafe, "'<' and '&' cannot stand in rules of CSS", place.file, written)
        return nil
      }
      if let danger = EmailStyle.danger(in: words) {
        tools.error(.emailUnsafe, "\(danger): it cannot stand in an e-mail's style", place.file, element.nameRange)
        return nil
      }
      var (plain, unread): ([EmailSheet.Plain], [EmailSheet.Plain]) = ([], [])
      sheet.read(css, plain: &plain, unread: &unread)
      for rule in plain {
        findings.warning(
          .emailStyle, "some mail programs leave out the rule of '\(rule.selector)': what it says stands inline, in 'style=\"…\"'",
          at: source.range(rule.place))
      }
      for rule in unread {
        findings.warning(
          .emailStyle,
          "'\(rule.selector)' is not counted as a rule for dark mode: elements, classes and ids are, also within each other, such as '.card td'",
          at: source.range(rule.place))
      }
      text += words
    }
    return text
  }
}

extension EmailSheet {
  /// Rules with spaces where comments were, so that places stay.
  static func withoutComments(_ css: [UInt8]) -> [UInt8] {
    var result = css
    var at = 0
    while at + 1 < css.count {
      guard css[at] == UInt8(ascii: "/"), css[at + 1] == UInt8(ascii: "*") else {
        at += 1
        continue
      }
      var end = at + 2
      while end + 1 < css.count, !(css[end] == UInt8(ascii: "*") && css[end + 1] == UInt8(ascii: "/")) { end += 1 }
      end = min(css.count, end + 2)
      for index in at..<end { result[index] = 0x20 }
      at = end
    }
    return result
  }
}

internal import Diagnostics

/// Lets through only SVG that draws shapes: reads the markup before librsvg does, and refuses what would be drawn differently elsewhere
/// (text: fonts of the machine), as pixels (filters, masks), not at all (scripts) or from another place (references to outside).
enum SVGGate {
  /// Elements that may not stand in a layout's image, and why.
  private static let refused: [(names: [String], reason: String)] = [
    (["text", "tspan", "textPath", "tref", "font", "font-face", "glyph"], "text depends on the fonts of the machine; turn it into paths"),
    (["filter"], "filters would be printed as pixels"), (["mask"], "masks would be printed as pixels; use 'clipPath'"),
    (["script", "handler", "listener"], "scripts are not run"),
    (["foreignObject", "iframe", "video", "audio", "canvas", "embed", "object"], "it is not a drawing"),
    (["image", "feImage"], "pictures within a picture are not loaded; place them in the layout"),
    (["animate", "animateMotion", "animateTransform", "animateColor", "set"], "paper does not move"),
    (["include", "fallback"], "nothing is loaded from outside"),
  ]

  /// Whether the bytes begin like markup, after a byte order mark and white space.
  static func looksLikeXML(_ bytes: [UInt8]) -> Bool {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return body.first { !isWhite($0) } == UInt8(ascii: "<")
  }

  /// Throws all findings, each with its place in the file; at most 20.
  static func check(path: String, bytes: [UInt8]) throws(DiagnosticList) {
    var reader = Reader(file: SourceFile(name: path, bytes: bytes))
    reader.run()
    if !reader.findings.isEmpty { throw DiagnosticList(reader.findings) }
  }

  private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

  private struct Reader {
    let file: SourceFile
    var findings: [Diagnostic] = []
    private var bytes: [UInt8] { file.bytes }
    private var position = 0
    private var depth = 0
    private var elements = 0
    private var isStopped = false
    private var isInStyle = false

    init(file: SourceFile) { self.file = file }

    private mutating func refuse(_ range: Range<Int>, _ message: String, id: String = "svg-not-allowed", stops: Bool = false) {
      let end = min(range.upperBound, bytes.count)
      findings.append(Diagnostic(id: id, message, at: SourceRange(file: file, bytes: min(range.lowerBound, end)..<end)))
      if stops || findings.count >= 20 { isStopped = true }
    }

    mutating func run() {
      while position < bytes.count, !isStopped {
        guard bytes[position] == UInt8(ascii: "<") else {
          let start = position
          while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
          if isInStyle { checkStyle(start..<position) }
          continue
        }
        if at("<!--") {
          skip(past: "-->")
        } else if at("<![CDATA[") {
          let start = position
          skip(past: "]]>")
          if isInStyle { checkStyle(start..<position) }
        } else if at("<?xml-stylesheet") {
          refuse(position..<(position + 16), "a style sheet outside the file is not loaded", stops: true)
        } else if at("<?") {
          checkEncoding()
          skip(past: "?>")
        } else if at("<!") {
          refuse(position..<(position + 9), "document types and entities are not read", stops: true)
        } else if at("</") {
          depth -= 1
          isInStyle = false
          skip(past: ">")
        } else {
          element()
        }
      }
    }

    private func at(_ word: StaticString) -> Bool {
      let count = word.utf8CodeUnitCount
      guard position + count <= bytes.count else { return false }
      for index in 0..<count where bytes[position + index] != word.utf8Start[index] { return false }
      return true
    }

    private mutating func skip(past word: StaticString) {
      let start = position
      while position < bytes.count, !at(word) { position += 1 }
      if position >= bytes.count {
        refuse(start..<(start + 1), "markup that begins here has no end", id: "image-unreadable", stops: true)
      } else {
        position += word.utf8CodeUnitCount
      }
    }

    /// The gate reads UTF-8; in another encoding it would read other words than librsvg.
    private mutating func checkEncoding() {
      let start = position
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end += 1 }
      let declaration = bytes[start..<end].map(SVGGate.lower)
      guard let range = firstRange(of: Array("encoding".utf8), in: declaration) else { return }
      let value = String(decoding: declaration[range.upperBound...].drop { " =\"'\t\r\n".utf8.contains($0) }, as: UTF8.self)
      if !value.hasPrefix("utf-8"), !value.hasPrefix("us-ascii") { refuse(start..<end, "expected the encoding UTF-8", stops: true) }
    }

    private mutating func name() -> Range<Int> {
      let start = position
      while position < bytes.count, !SVGGate.isWhite(bytes[position]), !"/>=<\"'".utf8.contains(bytes[position]) { position += 1 }
      return start..<position
    }

    /// The part of a name after its prefix.
    private func local(_ range: Range<Int>) -> String {
      let name = bytes[range]
      return String(decoding: name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name, as: UTF8.self)
    }

    private mutating func element() {
      position += 1
      let range = name()
      guard !range.isEmpty else {
        return refuse((range.lowerBound - 1)..<range.lowerBound, "a tag has no name", id: "image-unreadable", stops: true)
      }
      let element = local(range)
      elements += 1
      depth += 1
      if elements > ImageLimits.svgElements {
        return refuse(range, "more than \(ImageLimits.svgElements) elements", id: "image-too-large", stops: true)
      }
      if depth > ImageLimits.svgDepth {
        return refuse(range, "elements nested more than \(ImageLimits.svgDepth) deep", id: "image-too-large", stops: true)
      }
      if let rule = SVGGate.refused.first(where: { $0.names.contains(element) }) {
        refuse(range, "'\(element)' is not allowed in an image: \(rule.reason)")
      }
      while position < bytes.count, !isStopped {
        while position < bytes.count, SVGGate.isWhite(bytes[position]) { position += 1 }
        guard position < bytes.count else { break }
        if bytes[position] == UInt8(ascii: ">") {
          position += 1
          isInStyle = element == "style"
          return
        }
        if at("/>") {
          position += 2
          depth -= 1
          return
        }
        let key = name()
        guard !key.isEmpty else { break }
        while position < bytes.count, SVGGate.isWhite(bytes[position]) { position += 1 }
        guard at("=") else { break }
        position += 1
        while position < bytes.count, SVGGate.isWhite(bytes[position]) { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else { break }
        let quote = bytes[position]
        let start = position + 1
        position = start
        while position < bytes.count, bytes[position] != quote { position += 1 }
        guard position < bytes.count else { break }
        check(attribute: local(key), key, value: start..<position)
        position += 1
      }
      if !isStopped { refuse(range, "the tag '\(element)' is not well-formed", id: "image-unreadable", stops: true) }
    }

    private mutating func check(attribute: String, _ key: Range<Int>, value: Range<Int>) {
      if attribute == "href" || attribute == "src" {
        let text = bytes[value].drop(while: SVGGate.isWhite)
        // A reference to the file itself begins with '#', literally: written any other way it is not trusted.
        if !text.isEmpty, text.first != UInt8(ascii: "#") {
          refuse(value, "references to outside the file are not followed; expected '#name'")
        }
      } else if attribute.hasPrefix("on") {
        refuse(key, "scripts are not run")
      } else if attribute == "filter" || attribute == "mask" {
        if !bytes[value].elementsEqual("none".utf8) { refuse(key, "'\(attribute)' would be printed as pixels") }
      } else if attribute == "base" {
        refuse(key, "'xml:base' is not followed")
      } else {
        checkStyle(value)
      }
    }

    /// Style sheets and values: no escapes (they could hide a word), no imports, no address but `#name`, no filters.
    private mutating func checkStyle(_ range: Range<Int>) {
      let text = bytes[range].filter { !SVGGate.isWhite($0) }.map(SVGGate.lower)
      func has(_ word: String) -> Bool { firstRange(of: Array(word.utf8), in: text) != nil }
      let escapes = text.contains(UInt8(ascii: "\\")) || has("&#")
      if escapes { return refuse(range, "escapes are not allowed in styles and values of an image") }
      if has("@import") || has("@font-face") { return refuse(range, "style sheets and fonts outside the file are not loaded") }
      if has("filter:") || has("mask:") || has("mask-image:") { return refuse(range, "filters and masks would be printed as pixels") }
      var rest = text[...]
      while let found = firstRange(of: Array("url(".utf8), in: rest) {
        rest = rest[found.upperBound...]
        let address = rest.drop { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
        let isOwn =
          address.first == UInt8(ascii: "#") || address.starts(with: Array("&quot;#".utf8)) || address.starts(with: Array("&apos;#".utf8))
        if !isOwn { return refuse(range, "references to outside the file are not followed; expected 'url(#name)'") }
      }
    }

    private func firstRange(of word: [UInt8], in text: some RandomAccessCollection<UInt8>) -> Range<Int>? {
      let text = Array(text)
      guard text.count >= word.count else { return nil }
      for start in 0...(text.count - word.count) where text[start] == word[0] {
        if text[start..<(start + word.count)].elementsEqual(word) { return start..<(start + word.count) }
      }
      return nil
    }
  }
}

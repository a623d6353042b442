internal import ConfigurationFiles
internal import Diagnostics
internal import Encodings

extension CampaignReading {
  /// Tells of every link whose address a page does not take: its words are printed, and lead nowhere.
  ///
  /// - Parameters:
  ///   - document: What `text` was parsed to.
  ///   - place: Where bytes of `text` stand in their file.
  func warnOfLinks(in document: MarkdownDocument, _ text: String, place: (Range<Int>) -> SourceRange) {
    let bytes = Array(text.utf8)
    var (line, lineStart) = (1, 0)
    var reached = 0
    for link in document.links {
      guard let fault = CampaignReading.fault(of: link.address) else { continue }
      while line < link.line, let end = bytes[lineStart...].firstIndex(of: 0x0A) { (line, lineStart) = (line + 1, end + 1) }
      let from = max(lineStart, reached)
      let address = Array(link.address.plainText.utf8)
      // As it is written, which may be with escapes; then the line has to do.
      let found = bytes.firstRange(of: address, from: from)
      if let found { reached = found.upperBound }
      let end = bytes[lineStart...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      findings.warn("link-left-out", fault, at: place(found ?? lineStart..<end))
    }
  }

  /// What is wrong with a link's address; `nil` where nothing is, or where it begins with a value that only a bill has.
  private static func fault(of address: [MarkdownInline]) -> String? {
    let expected = "expected an address that begins with " + LinkAddress.schemes.map { "'\($0)'" }.joined(separator: ", ")
    guard let first = address.first else { return "the link has no address and is printed as words only; \(expected)" }
    guard case .text(let words) = first else { return nil }
    if !LinkAddress.hasScheme(words) { return "the link to '\(words.prefix(60))' is printed as words only; \(expected)" }
    guard words.utf8.count > LinkAddress.maximumLength else { return nil }
    return "the link has an address of \(words.utf8.count) bytes, more than the \(LinkAddress.maximumLength) that programs read, "
      + "and is printed as words only"
  }
}

extension MarkdownDocument {
  /// The addresses of all links with the line their block begins in, in order.
  var links: [(address: [MarkdownInline], line: Int)] {
    var found: [(address: [MarkdownInline], line: Int)] = []
    func walk(_ inlines: [MarkdownInline], _ line: Int) {
      for inline in inlines {
        switch inline {
        case .link(let address, _, let inner):
          found.append((address, line))
          walk(inner, line)
        case .emphasis(let inner), .strong(let inner): walk(inner, line)
        case .text, .expression, .code, .softBreak, .lineBreak: break
        }
      }
    }
    func walk(_ blocks: [MarkdownBlock]) {
      for block in blocks {
        switch block.content {
        case .heading(_, let inlines), .paragraph(let inlines): walk(inlines, block.line)
        case .list(let list): for item in list.items { walk(item) }
        case .quote(let inner): walk(inner)
        case .table(let table): for cell in table.header + table.rows.joined() { walk(cell, block.line) }
        case .thematicBreak: break
        }
      }
    }
    walk(blocks)
    return found
  }
}

extension [UInt8] {
  /// Where `wanted` stands first from an offset on; `nil` for an empty one.
  fileprivate func firstRange(of wanted: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = wanted.first else { return nil }
    var at = start
    while let place = self[Swift.min(at, count)...].firstIndex(of: first) {
      if self[place...].starts(with: wanted) { return place..<place + wanted.count }
      at = place + 1
    }
    return nil
  }
}

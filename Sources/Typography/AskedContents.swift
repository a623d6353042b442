internal import Layout

/// Paragraphs known without a look at what is in them, by the identity of their contents: those of a bill's pages, each of which is measured, broken
/// and placed.
///
/// A content is held as long as its paragraph is remembered, so that nothing else can take its identity. Two fit where their identities lead to the
/// same place; a third takes the place of the one remembered first.
struct AskedContents {
  /// Contents remembered: those of a bill of some pages.
  ///
  /// - Stops: bills of ever more paragraphs, all of them held.
  private static let limit = 512

  private var identities = [UInt](repeating: 0, count: AskedContents.limit)
  private var entries = [Entry?](repeating: nil, count: AskedContents.limit)

  private struct Entry {
    var content: TextContent
    var paragraph: Paragraph
  }

  /// The first of the two entries where an identity may stand.
  @inline(__always) private static func place(_ identity: UInt) -> Int {
    Int(truncatingIfNeeded: (identity &* 0x9E37_79B9_7F4A_7C15) >> 32) & (limit / 2 - 1) << 1
  }

  @inline(__always) func paragraph(of content: TextContent) -> Paragraph? {
    let identity = UInt(bitPattern: content.identity)
    let place = AskedContents.place(identity)
    if identities[place] == identity { return entries[place]?.paragraph }
    if identities[place + 1] == identity { return entries[place + 1]?.paragraph }
    return nil
  }

  mutating func remember(_ paragraph: Paragraph, of content: TextContent) {
    let identity = UInt(bitPattern: content.identity)
    let place = AskedContents.place(identity)
    identities[place + 1] = identities[place]
    // Moved: to copy an entry would be to count its references.
    entries.withUnsafeMutableBufferPointer { all in
      guard let base = all.baseAddress else { return }
      (base + place + 1).moveUpdate(from: base + place, count: 1)
      (base + place).initialize(to: Entry(content: content, paragraph: paragraph))
    }
    identities[place] = identity
  }

  mutating func removeAll() {
    for place in entries.indices { (identities[place], entries[place]) = (0, nil) }
  }
}

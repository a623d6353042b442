/// The root element of an XML text, found without reading on: its name and namespace tell what the document is.
struct XMLRoot: Hashable {
  /// The name as written, with its prefix.
  var written: String
  /// The URI of its namespace, where the element itself declares it.
  var namespace: String?
  /// The offset of its `<`.
  var offset: Int

  /// The local name.
  var name: String { written.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(written[written.utf8.index(after: $0)...]) } ?? written }

  init(written: String, namespace: String?, offset: Int) { (self.written, self.namespace, self.offset) = (written, namespace, offset) }

  /// Bytes of a start tag that are looked at: real ones have up to 3,000.
  ///
  /// - Stops: a start tag without an end, read to the end of the file.
  private static let longestTag = 1 << 16

  /// The root of a text in UTF-8; `nil` where it is no XML. What follows need not be well-formed.
  init?(of bytes: [UInt8]) {
    guard let start = XMLProlog.rootOffset(in: bytes) else { return nil }
    let end = min(bytes.count, start + XMLRoot.longestTag)
    var index = start + 1
    let isName = { (byte: UInt8) in byte > 0x20 && !"/><='\"".utf8.contains(byte) }
    while index < end, isName(bytes[index]) { index += 1 }
    guard index > start + 1 else { return nil }
    offset = start
    written = String(decoding: bytes[(start + 1)..<min(index, start + 1 + InvoiceLimits.name)], as: UTF8.self)
    let wanted = written.utf8.contains(UInt8(ascii: ":")) ? "xmlns:" + written.prefix { $0 != ":" } : "xmlns"
    while index < end, bytes[index] != UInt8(ascii: ">") {
      guard isName(bytes[index]) else {
        index += 1
        continue
      }
      let nameStart = index
      while index < end, isName(bytes[index]) { index += 1 }
      let name = bytes[nameStart..<index]
      while index < end, bytes[index] <= 0x20 { index += 1 }
      guard index < end, bytes[index] == UInt8(ascii: "=") else { continue }
      index += 1
      while index < end, bytes[index] <= 0x20 { index += 1 }
      guard index < end, bytes[index] == 0x22 || bytes[index] == 0x27 else { continue }
      let quote = bytes[index]
      let value = bytes[(index + 1)..<end].prefix { $0 != quote }
      index = min(end, value.endIndex + 1)
      if name.elementsEqual(wanted.utf8) { namespace = InvoiceText.collapsed(value) }
    }
  }
}

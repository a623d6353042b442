internal import Diagnostics

extension EInvoice.Attachment {
  /// What XRechnung writes before the name of a file that comes with the invoice, in the place of a link.
  private static let filePrefix = "#ef="

  /// The documents of one reference (BG-24): more than one where it embeds several files, or links to several.
  static func all(id: Term?, description: [InvoiceElement], links: [Term], embedded: [InvoiceElement]) -> [Self] {
    var documents: [Self] = []
    for element in embedded {
      var document = Self(id: id)
      document.embed(element)
      documents.append(document)
    }
    var places = documents.indices.makeIterator()
    for link in links {
      if let file = fileName(link.text) {
        // The name of a file that is here says nothing new.
        if documents.contains(where: { $0.file == file }) { continue }
        if let place = documents.firstIndex(where: { $0.file == nil }) {
          documents[place].file = file
        } else {
          documents.append(Self(id: id, file: file))
        }
      } else if let place = places.next() {
        documents[place].link = link
      } else {
        documents.append(Self(id: id, link: link))
      }
    }
    if documents.isEmpty { documents.append(Self(id: id)) }
    documents[0].description = description.flatMap(\.paragraphs)
    return documents
  }

  /// The name of a file that comes with the invoice, where a link is one: `#ef=times.pdf`.
  private static func fileName(_ link: String) -> String? {
    guard link.lowercased().hasPrefix(filePrefix), link.utf8.count > filePrefix.utf8.count else { return nil }
    return unescaped(String(link.dropFirst(filePrefix.count)))
  }

  /// A text with `%20` and the like resolved (RFC 3986, 2.1); as it is, where that gives no text.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(validating: result, as: UTF8.self) ?? text
  }
}

extension EInvoice {
  /// Takes in the files that lie beside the invoice in a PDF: what is known of one that the invoice names goes there, others come last.
  mutating func add(_ files: [EnclosedFile]) {
    for file in files {
      let place = attachments.firstIndex { attachment in
        attachment.bytes == nil && attachment.file.map { $0.lowercased() == file.name.lowercased() } == true
      }
      if let place {
        if attachments[place].mime == nil { attachments[place].mime = file.mime }
        attachments[place].bytes = file.bytes
      } else if !attachments.contains(where: { $0.file == file.name && $0.bytes == file.bytes }) {
        attachments.append(
          Attachment(description: file.text.map { [$0] } ?? [], file: file.name, mime: file.mime, bytes: file.bytes))
      }
    }
  }
}

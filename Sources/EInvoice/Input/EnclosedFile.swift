/// A file that lies in a PDF beside the invoice.
public struct EnclosedFile: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// What the PDF says of it.
  public var text: String?
  /// Its media type, as the PDF names it.
  public var mime: String?
  /// Its size, as the PDF states it.
  public var bytes: Int?

  /// The file of an attachment; `nil` where it has no name.
  init?(_ attachment: PDFAttachments.Attachment) {
    guard let name = EnclosedFile.words(attachment.name) else { return nil }
    self.name = name
    text = attachment.text.flatMap(EnclosedFile.words)
    if text == name { text = nil }
    mime = attachment.stream.key("/Subtype")?.name.map { String($0.dropFirst()) }.flatMap {
      $0.contains("/") ? EnclosedFile.words($0) : nil
    }
    bytes = attachment.stream.key("/Params")?.key("/Size")?.integer.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Characters of a text that are kept; the longest file names have 255.
  ///
  /// - Stops: names of kilobytes on a page.
  private static let longestText = 260

  private static func words(_ text: String) -> String? {
    let words = InvoiceText.collapsed(Array(text.utf8)[...])
    return words.isEmpty ? nil : String(words.prefix(longestText))
  }
}

/// An invoice in a PDF, and what lies beside it.
public struct HybridInvoice: Sendable {
  /// The XML of the invoice, in whichever encoding it is there.
  public var xml: [UInt8]
  /// The other files, in the order in which the PDF names them.
  public var files: [EnclosedFile]
}

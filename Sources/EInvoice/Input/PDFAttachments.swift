/// The files attached to a PDF, found through its structure: the names tree `EmbeddedFiles`, `AF` arrays of the document and its pages, and
/// annotations of the kind `FileAttachment` (ISO 32000-2, 7.11.4, 14.13 and 12.5.6.15).
///
/// Trees may loop or go on without end: every object is visited once, depth and number are bounded.
struct PDFAttachments {
  struct Attachment {
    /// The name it has in the PDF; empty where it has none.
    var name: String
    /// What is said of it.
    var text: String?
    var stream: PDFObject
  }

  /// In the order they were found: names tree, document, pages; each stream once.
  private(set) var found: [Attachment] = []
  /// Attachments whose stream is missing, by name.
  private(set) var missing: [String] = []
  private var visited: Set<PDFObject.ID> = []
  private var streams: Set<PDFObject.ID> = []

  init(of document: PDFDocument) {
    guard let catalogue = document.catalogue else { return }
    if let tree = catalogue.key("/Names")?.key("/EmbeddedFiles") { names(tree, depth: 0) }
    associated(catalogue)
    if let pages = catalogue.key("/Pages") { page(pages, depth: 0) }
  }

  /// Whether a node of a tree is met for the first time. Direct objects cannot be met again on a way down, depth bounds them.
  private mutating func isNew(_ node: PDFObject) -> Bool { node.id.map { visited.insert($0).inserted } ?? true }

  private var isFull: Bool { found.count >= InvoiceLimits.pdfAttachments }

  // MARK: Ways to a file

  /// A node of the names tree (ISO 32000-1, 7.9.6).
  private mutating func names(_ node: PDFObject, depth: Int) {
    guard depth < InvoiceLimits.pdfTreeDepth, node.isDictionary, isNew(node) else { return }
    if let pairs = node.key("/Names") {
      var index = 0
      while index + 1 < pairs.count, !isFull {
        if let file = pairs[index + 1] { self.file(file, called: pairs[index]?.text) }
        index += 2
      }
    }
    if let kids = node.key("/Kids") {
      for index in 0..<kids.count where !isFull {
        if let kid = kids[index] { names(kid, depth: depth + 1) }
      }
    }
  }

  /// The files that an object says belong to it.
  private mutating func associated(_ owner: PDFObject) {
    guard let files = owner.key("/AF") else { return }
    if files.isDictionary { file(files, called: nil) }
    for index in 0..<files.count where !isFull {
      if let file = files[index] { self.file(file, called: nil) }
    }
  }

  /// A page or a node of pages.
  private mutating func page(_ node: PDFObject, depth: Int) {
    guard depth < InvoiceLimits.pdfTreeDepth, node.isDictionary, isNew(node) else { return }
    associated(node)
    if let annotations = node.key("/Annots") {
      for index in 0..<annotations.count where !isFull {
        guard let annotation = annotations[index] else { continue }
        associated(annotation)
        if annotation.key("/Subtype")?.name == "/FileAttachment", let file = annotation.key("/FS") { self.file(file, called: nil) }
      }
    }
    if let kids = node.key("/Kids") {
      for index in 0..<kids.count where !isFull {
        if let kid = kids[index] { page(kid, depth: depth + 1) }
      }
    }
  }

  /// A file specification (ISO 32000-1, 7.11.3).
  private mutating func file(_ file: PDFObject, called key: String?) {
    guard file.isDictionary else { return }
    let name = file.key("/UF")?.text ?? file.key("/F")?.text ?? key ?? ""
    guard let versions = file.key("/EF") else { return }
    for way in ["/UF", "/F", "/Unix", "/DOS", "/Mac"] {
      guard let stream = versions.key(way), stream.isStream else { continue }
      if let id = stream.id, !streams.insert(id).inserted { return }
      found.append(Attachment(name: name, text: file.key("/Desc")?.text, stream: stream))
      return
    }
    missing.append(name)
  }
}

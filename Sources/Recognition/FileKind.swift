/// What a file's bytes show it to be. Bytes are compared and nothing is parsed, so that any process may ask.
package enum FileKind: Hashable, Sendable {
  case xml, pdf, zip, gzip
  /// JSON, which a file of JSON Lines begins with.
  case json
  case empty
  /// Something else, with its article: `a JPEG picture`.
  case other(String)

  /// How far into a file a PDF may begin (ISO 32000-1, annex H, note 13).
  private static let pdfHead = 1_024

  /// Looks at the first bytes: the whole file, or as many as there are at hand.
  ///
  /// - Complexity: O(leading white space).
  package init(_ head: some Collection<UInt8>) {
    let first = Array(head.prefix(FileKind.pdfHead))
    guard !first.isEmpty else {
      self = .empty
      return
    }
    if let known = FileKind.marks.first(where: { first.starts(with: $0.bytes) }) {
      self = known.kind
      return
    }
    if first.starts(with: "RIFF".utf8) {
      let form = first.dropFirst(8)
      self = .other(form.starts(with: "WEBP".utf8) ? "a WebP picture" : "a RIFF file, as sound and video are")
      return
    }
    switch FileKind.firstCharacter(head) {
    case UInt8(ascii: "<"): self = .xml
    case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json
    case let character:
      // Some writers put up to a kilobyte before a PDF.
      if first.indices.contains(where: { first[$0] == UInt8(ascii: "%") && first[$0...].starts(with: "%PDF-".utf8) }) {
        self = .pdf
      } else if character == nil {
        self = FileKind.blank
      } else {
        self = .other(FileKind.isText(first) ? "plain text" : "of no kind that is known here")
      }
    }
  }

  /// How many first bytes tell what a file is, but for files that begin with more white space than that.
  package static let headBytes = 1_024

  /// Whether a file has to be opened up to get at its records, rather than read as JSON Lines.
  ///
  /// Its content decides: XML, PDF, ZIP or gzip are opened up whatever the name. So is a file that is none of these by its content but
  /// `.xml`, `.pdf` or `.zip` by its name, also an empty one: what it is instead has to be said.
  ///
  /// - Parameters:
  ///   - name: Bytes of the file's name or path.
  ///   - head: Its first ``headBytes`` bytes, or all of them where it has fewer.
  package static func isOpenedUp(name: some Collection<UInt8>, head: some Collection<UInt8>) -> Bool {
    switch FileKind(head) {
    case .xml, .pdf, .zip, .gzip: return true
    case .json, .empty, .other: break
    }
    if case .data(let ending, let isGzip) = DataName(of: name) { return ending != .lines || isGzip }
    return false
  }

  /// The first byte that is no white space, behind a byte order mark; of UTF-16 and UTF-32 the byte that is no zero.
  private static func firstCharacter(_ head: some Collection<UInt8>) -> UInt8? {
    var rest = head[...]
    while rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) { rest = rest.dropFirst(2) }
    let isWide = rest.count != head.count || rest.first == 0 || rest.dropFirst().first == 0
    return rest.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && !(isWide && ($0 == 0 || $0 == 0xFF || $0 == 0xFE)) }
  }

  private static func isText(_ first: [UInt8]) -> Bool {
    first.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 || $0 == 0x0C }
  }

  /// Whether a file that begins so is XML, or may be behind more white space.
  package var mayBeXML: Bool { self == .xml || self == FileKind.blank }

  private static let blank = FileKind.other("nothing but white space")

  /// The words for what it is, behind `is`.
  package var words: String {
    switch self {
    case .xml: "XML"
    case .pdf: "a PDF"
    case .zip: "a ZIP archive"
    case .gzip: "a gzip file"
    case .json: "JSON text"
    case .empty: "empty"
    case .other(let words): words
    }
  }

  private static let marks: [(bytes: [UInt8], kind: FileKind)] = [
    (Array("%PDF-".utf8), .pdf),
    // The first entry, the end of an empty archive, and the two marks of archives that were prepared for several disks.
    ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x50, 0x4B, 0x05, 0x06], .zip), ([0x50, 0x4B, 0x07, 0x08], .zip), (Array("PK00PK".utf8), .zip),
    ([0x1F, 0x8B], .gzip),
    // `<?xm` in EBCDIC.
    ([0x4C, 0x6F, 0xA7, 0x94], .xml),
    ([0xFF, 0xD8, 0xFF], .other("a JPEG picture")),
    ([0x89, 0x50, 0x4E, 0x47], .other("a PNG picture")),
    (Array("GIF8".utf8), .other("a GIF picture")),
    ([0x49, 0x49, 0x2A, 0x00], .other("a TIFF picture")), ([0x4D, 0x4D, 0x00, 0x2A], .other("a TIFF picture")),
    ([0x28, 0xB5, 0x2F, 0xFD], .other("a zstd archive")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .other("an xz archive")),
    (Array("BZh".utf8), .other("a bzip2 archive")),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .other("a 7z archive")),
    (Array("Rar!".utf8), .other("a RAR archive")),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .other("a file of an older Office program or Outlook")),
    (Array("{\\rtf".utf8), .other("a text of a word processor (RTF)")),
    (Array("%!PS".utf8), .other("a PostScript file")),
    (Array("SQLite format 3".utf8), .other("an SQLite database")),
    (Array("UNA:+".utf8), .other("an EDIFACT message")), (Array("UNB+".utf8), .other("an EDIFACT message")),
    (Array("From: ".utf8), .other("an e-mail")), (Array("Received: ".utf8), .other("an e-mail")),
    (Array("Return-Path: ".utf8), .other("an e-mail")),
  ]
}

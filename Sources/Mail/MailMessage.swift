internal import CGMime
public import Dates
public import MailAddresses

/// A message to one customer: plain text and HTML as alternatives, the HTML with its pictures.
///
/// A value; the same one gives the same bytes, whenever and wherever it is written.
public struct MailMessage: Sendable, Hashable {
  /// A picture that the HTML shows as `cid:` and its content ID.
  public struct Picture: Sendable, Hashable {
    /// Such as `image/png`.
    public var mediaType: String
    /// ASCII, with an `@` in it.
    public var contentID: String
    /// What it is called where it is saved; letters, digits, `.`, `-` and `_` of it are kept.
    public var fileName: String
    /// The whole file.
    public var bytes: [UInt8]

    /// Makes a picture.
    public init(mediaType: String, contentID: String, fileName: String, bytes: [UInt8]) {
      (self.mediaType, self.contentID, self.fileName, self.bytes) = (mediaType, contentID, fileName, bytes)
    }
  }

  /// Whose message it is.
  public var from: Mailbox
  /// To whom it goes.
  public var to: Mailbox
  /// Where answers go; `nil`: to ``from``.
  public var replyTo: Mailbox?
  /// One line.
  public var subject: String
  /// Its day, at 00:00 UTC.
  public var date: PlainDate
  /// Without the angle brackets: ASCII, unique to it.
  public var messageID: String
  /// The language of its words, in canonical case.
  public var language: String
  /// How to leave the list, by preference: addresses in ASCII, the first of which takes a POST (RFC 2369, RFC 8058).
  public var unsubscribing: [String]
  /// For readers without HTML; lines part at U+000A.
  public var text: String
  /// A whole document of HTML5.
  public var html: String
  /// Those it shows.
  public var pictures: [Picture]

  /// Makes a message.
  public init(
    from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, date: PlainDate, messageID: String, language: String,
    unsubscribing: [String], text: String, html: String, pictures: [Picture] = []
  ) {
    (self.from, self.to, self.replyTo, self.subject, self.date) = (from, to, replyTo, subject, date)
    (self.messageID, self.language, self.unsubscribing) = (messageID, language, unsubscribing)
    (self.text, self.html, self.pictures) = (text, html, pictures)
  }

  /// Its header fields as people read them, for those who look at a message.
  public var headers: [(name: String, value: String)] {
    func shown(_ mailbox: Mailbox) -> String {
      mailbox.name.map { "\(HeaderText.plain($0)) <\(mailbox.address.text)>" } ?? mailbox.address.text
    }
    return [("From", shown(from)), ("To", shown(to))] + (replyTo.map { [("Reply-To", shown($0))] } ?? [])
      + [("Subject", HeaderText.plain(subject)), ("Date", "\(date.iso) 00:00 UTC"), ("Message-ID", "<\(messageID)>")]
      + other.map { ($0.name, $0.value.replacing("\n", with: "")) }
  }

  /// The fields beside those every message has.
  private var other: [(name: String, value: String)] {
    var fields = [("Content-Language", language)]
    if !unsubscribing.isEmpty {
      fields += [
        ("List-Unsubscribe", unsubscribing.map { "<\($0)>" }.joined(separator: ",\n ")),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
      ]
    }
    // RFC 3834: nobody's absence is to be answered to it.
    return fields + [("Auto-Submitted", "auto-generated")]
  }

  /// The message as it is sent: ASCII, lines of at most 998 characters that end in CR LF. Complexity: linear in its texts and pictures.
  ///
  /// - Throws: ``MailFault/unwritable``.
  public func written() throws(MailFault) -> [UInt8] {
    _ = MailEngine.started
    func mailbox(_ name: String, _ mailbox: Mailbox) -> (name: String, value: String) {
      (name, HeaderText.mailbox(mailbox.name, address: mailbox.address.text, offset: name.utf8.count + 2))
    }
    let fields =
      [mailbox("From", from), mailbox("To", to)] + (replyTo.map { [mailbox("Reply-To", $0)] } ?? [])
      + [("Subject", HeaderText.unstructured(subject, offset: 9))] + other
    let memory = CMemory()
    let headers = fields.map { cgmime_header(name: memory.text($0.name), value: memory.text(" \($0.value)\n"), is_raw: true) }
    let shown = pictures.map { picture in
      let type = picture.mediaType.split(separator: "/", maxSplits: 1).map(String.init)
      return cgmime_picture(
        type: memory.text(type.first ?? "image"), subtype: memory.text(type.last ?? "png"), content_id: memory.text(picture.contentID),
        file_name: memory.text(Self.plainName(picture.fileName)), bytes: memory.bytes(picture.bytes), count: picture.bytes.count)
    }
    let (plain, marked) = (Array(text.utf8), Array(html.utf8))
    var count = 0
    let written = headers.withUnsafeBufferPointer { headers in
      shown.withUnsafeBufferPointer { pictures in
        var draft = cgmime_draft(
          headers: headers.baseAddress, header_count: headers.count, date: Int64(date.daysSinceEpoch) * 86_400,
          message_id: memory.text(messageID), boundary: memory.text(boundary), text: memory.bytes(plain), html: memory.bytes(marked),
          text_count: plain.count, html_count: marked.count, pictures: pictures.baseAddress, picture_count: pictures.count)
        return cgmime_write(&draft, &count)
      }
    }
    guard let written else { throw .unwritable }
    defer { cgmime_free(written) }
    return Array(UnsafeBufferPointer(start: written, count: count))
  }

  /// What the boundaries of its parts begin with: `=_` stands in no line of base64, nor of quoted-printable text.
  private var boundary: String {
    "=_" + String(messageID.utf8.prefix { $0 != UInt8(ascii: "@") }.prefix(40).filter(Self.isPlain).map { Character(Unicode.Scalar($0)) })
  }

  private static func plainName(_ name: String) -> String {
    let kept = name.utf8.filter { isPlain($0) || $0 == UInt8(ascii: ".") }.prefix(60)
    return kept.isEmpty ? "picture" : String(decoding: kept, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
  }
}

/// Copies of texts and bytes for the length of a call.
private final class CMemory {
  private var held: [UnsafeMutableRawPointer] = []

  deinit { for pointer in held { pointer.deallocate() } }

  /// With a NUL behind it; a NUL in it would end it.
  func text(_ text: String) -> UnsafePointer<CChar> {
    let copy = bytes(Array(text.utf8.filter { $0 != 0 }) + [0])
    return UnsafeRawPointer(copy).assumingMemoryBound(to: CChar.self)
  }

  func bytes(_ bytes: [UInt8]) -> UnsafePointer<UInt8> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    held.append(memory)
    bytes.withUnsafeBytes { if let start = $0.baseAddress { memory.copyMemory(from: start, byteCount: $0.count) } }
    return UnsafePointer(memory.bindMemory(to: UInt8.self, capacity: max(1, bytes.count)))
  }
}

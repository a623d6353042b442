import Dates
import Foundation
import Mail
import MailAddresses
import TestSupport
import Testing

/// Messages as GMime writes them, read by Python's `email`.
struct MailMessageTests {
  static func message(name: String? = "Ana Petrović", subject: String = "Your bills by e-mail from 1 March 2027") throws -> MailMessage {
    MailMessage(
      from: try Mailbox("Larkspur Light & Power <bills@larkspur.example>"),
      to: Mailbox(name: name, address: try MailAddress("ana@bücher.example")), replyTo: try Mailbox("help@larkspur.example"),
      subject: subject, date: try #require(PlainDate("2026-11-23")), messageID: "0123456789abcdef@larkspur.example", language: "en-US",
      unsubscribing: ["https://my.larkspur.example/u/0123-4567", "mailto:stop@larkspur.example?subject=stop"],
      text: "Grüße\n.a line with a dot\nFrom me\n" + String(repeating: "long ", count: 300) + "\n",
      html: "<!DOCTYPE html>\n<html><body><p>Grüße <img src=\"cid:a@billfold\" alt=\"\"></p></body></html>\n",
      pictures: [.init(mediaType: "image/png", contentID: "a@billfold", fileName: "../lögo 1.png", bytes: (0...255).map { UInt8($0) })])
  }

  /// Every name, and what is to be read: the same, white space as one space.
  static let names = [
    "Mary \"Peg\" O'Hara", "Mary \"Peg\" O'Hara\" <x>", "Ана Петровић", "Anna 😀 Smile", "Comma, Name; (x) [y] \\ z", "محمد بن سلمان",
    "a\r\nBcc: evil@x.example", "x\u{0}y\u{1F}z\u{85}q\u{2028}r", "=?utf-8?q?evil?=", "dot. at@x <b@c.example>, d", "@", "\"", "\\",
    "  padded  ",
    String(repeating: "x", count: 500), String(repeating: "Anna Maria ", count: 45) + "Last", String(repeating: "\"q\" ", count: 120) + "z",
    String(repeating: "Ж", count: 500), String(repeating: "Анна ", count: 100) + "Я", String(repeating: "👩‍👩‍👧 ", count: 60),
    "a" + String(repeating: "\u{301}", count: 30),
    String(repeating: "y", count: 1_000),
  ]

  @Test(.needs(Tool.python)) func pythonReadsTheSame() throws {
    var lines: [Data] = []
    for name in Self.names {
      let bytes = try Self.message(name: name, subject: name).written()
      let expected = name.unicodeScalars.split { $0.value <= 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 }
        .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
      lines.append(
        try JSONSerialization.data(withJSONObject: ["name": expected, "message": Data(bytes).base64EncodedString()]))
    }
    let input = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    let result = try Tool.run(
      ["/usr/bin/python3", "-B", Project.path("Tests/MailTests/Check/read_messages.py"), "{}"], on: Array(input.utf8), suffix: ".jsonl")
    #expect(result.output == "\(Self.names.count) messages, 0 faults\n", "\(result.output)")
  }

  @Test func sameBytesEachTime() throws { #expect(try Self.message().written() == Self.message().written()) }

  @Test func nobodyWithoutAName() throws {
    let text = String(decoding: try Self.message(name: nil).written(), as: UTF8.self)
    #expect(text.contains("\r\nTo: ana@xn--bcher-kva.example\r\n"))
  }

  @Test func storedMessagesGetAnotherDateAndNothingElse() throws {
    let bytes = try Self.message().written()
    let stored = try StoredMessage(bytes)
    #expect(stored.recipient.text == "ana@xn--bcher-kva.example")
    #expect(stored.messageID == "0123456789abcdef@larkspur.example")
    let dated = String(decoding: stored.dated(seconds: 1_800_000_000), as: UTF8.self)
    #expect(dated.contains("Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"))
    #expect(
      dated.replacing("Fri, 15 Jan 2027 08:00:00", with: "Mon, 23 Nov 2026 00:00:00") == String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: [
    "", "Date: x\r\n\r\n", "To: a@b.example, c@d.example\r\nDate: Mon, 23 Nov 2026 00:00:00 +0000\r\nMessage-ID: <a@b>\r\n\r\nx",
  ])
  func whatIsNoMessageOfOursIsRefused(_ text: String) {
    #expect(throws: MailFault.malformed) { try StoredMessage(Array(text.utf8)) }
  }
}

import MailAddresses
import Testing

/// What is an address, and what is none.
struct MailAddressTests {
  @Test(arguments: [
    ("ana@mail.example", "ana@mail.example"), ("o'hara+bills@Mail.Example", "o'hara+bills@mail.example"),
    ("\"Mary Peg\"@mail.example", "\"Mary Peg\"@mail.example"), ("\"a@b\"@mail.example", "\"a@b\"@mail.example"),
    ("info@bücher.example", "info@xn--bcher-kva.example"), ("почта@x.example".replacing("почта", with: "mail"), "mail@x.example"),
    ("a@почта.рф", "a@xn--80a1acny.xn--p1ai"), ("straße@x.example".replacing("ß", with: "ss"), "strasse@x.example"),
    ("a@straße.example", "a@xn--strae-oqa.example"),
    ("x@XN--BCHER-KVA.example", "x@xn--bcher-kva.example"),
  ])
  func addresses(_ text: String, _ expected: String) throws { #expect(try MailAddress(text).text == expected) }

  @Test(arguments: [
    "", "ana", "@mail.example", "ana@", "ana@mail", "ana@@mail.example", "a@b.example,c@d.example", "a@b.example, c@d.example",
    "group: a@b.example;", "<ana@mail.example>", "Ana <ana@mail.example>", "ana @mail.example", "ana@mail .example", ".ana@mail.example",
    "ana.@mail.example", "a..b@mail.example", "ana@mail..example", "ana@.example", "ana@mail.example.", "ana@-mail.example",
    "ana@[127.0.0.1]", "ana@127.0.0.1", "аня@mail.example", "ana@mail.example\r\nBcc: x@y.example", "\"ana@mail.example",
    "\"a\"b\"@mail.example",
    "ana@mail_box.example", "ana@" + String(repeating: "a", count: 64) + ".example", String(repeating: "a", count: 65) + "@mail.example",
    "a@" + String(repeating: "abcdefghi.", count: 26) + "example", "ana@mail.example;b@c.example", "a\u{0}@b.example",
    "a@b.\u{200D}example",
  ])
  func noAddresses(_ text: String) { #expect(throws: MailAddress.Fault.self) { try MailAddress(text) } }

  @Test(arguments: [
    ("ana@mail.example", nil), ("Larkspur Light & Power <bills@larkspur.example>", "Larkspur Light & Power"),
    ("\"Larkspur, Light\" <bills@larkspur.example>", "Larkspur, Light"), ("  <bills@larkspur.example> ", nil),
    ("\"A \\\"B\\\" C\" <bills@larkspur.example>", "A \"B\" C"),
  ])
  func mailboxes(_ text: String, _ name: String?) throws { #expect(try Mailbox(text).name == name) }

  @Test(arguments: [
    "", "a@b.example, c@d.example", "Larkspur, Light <bills@larkspur.example>", "a <b@c.example> <d@e.example>", "A\r\nB <b@c.example>",
  ])
  func noMailboxes(_ text: String) { #expect(throws: MailAddress.Fault.self) { try Mailbox(text) } }
}

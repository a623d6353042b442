import Testing

@testable import MailAddresses

/// What may stand behind `mailto:`, by RFC 6068.
@Suite struct MailtoAddressTests {
  private func read(_ text: String) throws -> String { try MailtoAddress(text, placeholder: "{token}").text }

  @Test func oneAddressWithSubjectAndBodyIsTaken() throws {
    #expect(try read("leave@mail.example") == "leave@mail.example")
    #expect(try read("MAILTO:leave@mail.example?subject=off") == "leave@mail.example?subject=off")
    #expect(
      try read("leave@mail.example?Subject=take%20me%20off&body={token}") == "leave@mail.example?Subject=take%20me%20off&body={token}")
    // What the address says is written anew: its domain in ASCII, and what no link may hold percent-encoded.
    #expect(try read("a%26b@m%C3%BCller.example") == "a%26b@xn--mller-kva.example")
    #expect(try read("%22a,b%22@mail.example?subject=") == "%22a%2Cb%22@mail.example?subject=")
  }

  @Test(arguments: [
    ("", "has no address"), ("?subject=a", "has no address"), ("a@b.example,c@d.example", "is more than one address"),
    ("a{token}@b.example", "has '{token}' in the address; it may stand in subject and body only"),
    ("a b@mail.example", "has a space or a character outside ASCII, which must be percent-encoded"),
    ("a@mail.example?cc=b@mail.example", "has the header 'cc'; expected subject or body, and no other"),
    ("a@mail.example?b%63c=b@mail.example", "has the header 'bcc'; expected subject or body, and no other"),
    ("a@mail.example?subject=a&SUBJECT=b", "has the header 'subject' twice"),
    ("a@mail.example?subject", "has 'subject' where 'subject=…' or 'body=…' is expected"),
    ("a@mail.example?subject=a&", "has '' where 'subject=…' or 'body=…' is expected"),
    ("a@mail.example?subject=a%0D%0ABcc:%20b@mail.example", "has a line end or another control character in 'subject'"),
    ("a@mail.example?body=a%E2%80%A8b", "has a line end or another control character in 'body'"),
    ("a@mail.example?subject=100%", "has a '%' without two hexadecimal digits behind it"),
    ("a@mail.example?subject=%FF", "is not UTF-8 once decoded"),
    ("a@mail.example?subject={name}", "has the character '{', which must be percent-encoded"),
    ("a@mail.example?subject=<b>", "has the character '<', which must be percent-encoded"),
    ("a%0A@mail.example", "holds a line end or another control character"),
    ("a@mail", "has a domain without a dot, or with nothing between dots"),
  ])
  func anythingElseIsRefused(_ text: String, _ reason: String) throws {
    #expect(throws: MailAddress.Fault(reason: reason)) { try read(text) }
  }
}

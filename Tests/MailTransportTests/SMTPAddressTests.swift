import MailTransport
import Testing

struct SMTPAddressTests {
  @Test func readsWhatIsOne() throws {
    let whole = try SMTPAddress("smtps://billing%40larkspur.example@mail.larkspur.example:4650")
    #expect((whole.security, whole.user, whole.host, whole.port) == (.implicit, "billing@larkspur.example", "mail.larkspur.example", 4650))
    let short = try SMTPAddress("SMTP://mail.example/")
    #expect((short.security, short.user, short.port) == (.startTLS, nil, 587))
    #expect(try SMTPAddress("smtps://mail.example").port == 465)
    let six = try SMTPAddress("smtp://[2001:db8::25]:2525")
    #expect((six.host, six.url) == ("2001:db8::25", "smtp://[2001:db8::25]:2525"))
    #expect(try SMTPAddress("smtp://a@b@mail.example").user == "a@b")
  }

  @Test(arguments: [
    "", "mail.example", "http://mail.example", "smtp://", "smtp://@mail.example", "smtp://user:secret@mail.example",
    "smtp://user:@mail.example",
    "smtp://mail.example:0", "smtp://mail.example:65536", "smtp://mail.example:", "smtp://mail.example:+25", "smtp://mail.example/path",
    "smtp://mail.example?x", "smtp://mail example", "smtp://[::1", "smtp://[mail]:25", "smtp://::1", "smtp://-x",
    "smtp://u%0d%0a@mail.example",
    "smtp://u%zz@mail.example", "smtp://u%ff@mail.example", "smtp://mail.example\r\nQUIT", "smtp://mä.example", "smtp://mail,example",
  ])
  func refusesWhatIsNone(_ text: String) {
    #expect { _ = try SMTPAddress(text) } throws: { error in
      let reason = (error as? SMTPAddress.Fault)?.reason ?? "secret"
      return !reason.contains("secret") && !reason.isEmpty
    }
  }

  @Test func goesPlainToThisMachineOnly() throws {
    for host in ["localhost", "127.0.0.1", "127.9.8.7", "[::1]", "LocalHost"] {
      #expect(try SMTPAddress("smtp://\(host):25", plain: true).security == .plain)
    }
    for text in [
      "smtp://mail.example", "smtp://127.0.0.1.example", "smtp://127.1", "smtp://128.0.0.1", "smtp://127.0.0.256", "smtp://0127.0.0.1",
      "smtps://localhost", "smtp://localhost.example",
    ] {
      #expect(throws: SMTPAddress.Fault.self) { _ = try SMTPAddress(text, plain: true) }
    }
  }
}

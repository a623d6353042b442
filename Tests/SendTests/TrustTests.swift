import Foundation
import MailAddresses
import MailTransport
import TestSupport
import Testing

/// Which servers are spoken to, and how a password travels.
@Suite(.onOwnThreads, .needs(Tool.mailServer, "openssl")) struct TrustTests {
  /// Sends one message to a server.
  private func deliver(
    _ security: MailServer.Security = .starttls, certificate: String = "good", login: Bool = false, _ more: [String] = [],
    address: String? = nil, plain: Bool = false, password: String? = nil, trusted: Bool = true, from: String = "bounces@larkspur.example"
  ) throws -> Delivery {
    let folder = try TemporaryFolder()
    let server = try MailServer(in: folder, security, certificate: certificate, login: login, more)
    let user = password == nil ? "" : "billing%40larkspur.example@"
    let usual = "\(security == .implicit ? "smtps" : "smtp")://\(user)localhost:{}"
    let connection = try SMTPConnection(
      SMTPAddress((address ?? usual).replacing("{}", with: "\(server.port)"), plain: plain), password: password,
      authorities: trusted ? Certificates.shared.path("ca.pem") : nil, timeout: 1, isStopped: { false })
    let delivery = connection.deliver(
      Array("To: <a@b.example>\r\n\r\nwords\r\n".utf8), from: try MailAddress(from), to: try MailAddress("a@b.example"))
    let isTaken = try !MailServer.log(folder).isEmpty
    if case .accepted = delivery { #expect(isTaken) } else { #expect(!isTaken) }
    return delivery
  }

  private func failure(_ delivery: Delivery) -> ServerFailure? {
    if case .serverFailure(let failure, let words) = delivery, !words.isEmpty { return failure }
    return nil
  }

  @Test func serverThatShowsWhoItIsIsTrusted() throws {
    let good = Delivery.accepted("250 2.0.0 taken over")
    #expect(try deliver() == good)
    #expect(try deliver(.implicit) == good)
    #expect(try deliver(.starttls, login: true, password: MailServer.password) == good)
    #expect(try deliver(.implicit, login: true, password: MailServer.password) == good)
    #expect(try deliver(address: "smtp://127.0.0.1:{}") == good)
    #expect(try deliver(.plain, plain: true) == good)
  }

  @Test func noOtherIs() throws {
    for security in [MailServer.Security.starttls, .implicit] {
      for certificate in ["expired", "self", "other"] {
        #expect(failure(try deliver(security, certificate: certificate)) == .certificate, "\(security) \(certificate)")
      }
    }
    #expect(failure(try deliver(trusted: false)) == .certificate)
    #expect(failure(try deliver(.plain)) == .insecure)
    #expect(failure(try deliver(.starttls, address: "smtps://localhost:{}")) == .insecure)
  }

  @Test func serverThatCannotBeUsedIsTold() throws {
    #expect(failure(try deliver(login: true, password: "wrong")) == .login)
    #expect(failure(try deliver(login: true)) == .sender)
    #expect(failure(try deliver(from: "nobody@larkspur.example")) == .sender)
    #expect(failure(try deliver(.starttls, ["--greeting", "554 not for you"])) == .refused)
    #expect(failure(try deliver(.starttls, ["--greeting", "421 busy"])) == .unavailable)
    #expect(failure(try deliver(.starttls, ["--greeting", "silence"])) == .unreachable)
    #expect(failure(try deliver(address: "smtp://localhost:9")) == .unreachable)
    #expect(failure(try deliver(address: "smtp://nowhere.invalid")) == .unreachable)
  }

  @Test func passwordIsToldNobody() throws {
    let bench = try SendBench(1, names: ["hangrcpt-a"])
    let server = try MailServer(in: bench.folder, login: true)
    let process = try bench.begin(bench.arguments(server.port, login: true, ["--timeout", "60"]))
    try bench.waitForBegun(process)
    for place in ["cmdline", "environ"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(process.processIdentifier)/\(place)"))
      #expect(!String(decoding: bytes, as: UTF8.self).contains("p\"ss w"), "\(place)")
    }
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    server.stop()
    try bench.folder.write("password", "another secret\n")
    try bench.setMode(0o600)
    try FileManager.default.removeItem(atPath: bench.folder.path("out/.send"))
    let other = try MailServer(in: bench.folder, login: true)
    let wrong = try bench.send(other.port, login: true)
    #expect(wrong.code == 69 && wrong.of("server-login").count == 1 && wrong.totals["untried"] == 1, "\(wrong)")
    #expect(!wrong.lines.joined().contains("secret"))
  }

  @Test func passwordFileIsItsOwnersAlone() throws {
    let bench = try SendBench(1)
    func told() throws -> String {
      let outcome = try bench.send(9, login: true)
      return outcome.code == 78 ? outcome.of("password-unusable").joined() : "\(outcome)"
    }
    for mode in [0o644, 0o640, 0o660, 0o700, 0o604] {
      try bench.setMode(mode)
      #expect(try told().contains("its mode must be 0600, and is 0\(String(mode, radix: 8))"))
    }
    for (text, why) in [
      ("", "it is empty"), ("\n", "it is empty"), ("a\nb\n", "single line"), (String(repeating: "x", count: 1_025), "1024 bytes"),
    ] {
      try bench.folder.write("password", text)
      try bench.setMode(0o600)
      #expect(try told().contains(why), "\(why)")
    }
    try FileManager.default.removeItem(atPath: bench.folder.path("password"))
    #expect(try told().contains("no such file"))
    try FileManager.default.createDirectory(atPath: bench.folder.path("password"), withIntermediateDirectories: false)
    #expect(try told().contains("no regular file"))
  }
}

extension SendBench {
  /// Sets the permissions of the password's file.
  func setMode(_ mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path("password"))
  }
}

import Foundation
import TestSupport

/// A mail server of its own process, which keeps a log of what it took over; see `Server/server.py`.
final class MailServer {
  /// One line of its log.
  struct Taken: Decodable {
    var to: [String]
    var from: String
    var id: String
    var date: String
    var dateless: String
    /// Line ends that are not CR LF.
    var bare: Int
  }

  enum Security: String { case plain, starttls, implicit }

  static let user = "billing@larkspur.example"
  static let password = "p\"ss w\u{F6}rd'"

  let port: Int
  private let process = Process()
  private let input = Pipe()
  private let folder: TemporaryFolder

  /// Starts one, and waits until it listens.
  ///
  /// - Parameters:
  ///   - folder: Where its log lies.
  ///   - certificate: Of ``Certificates``.
  init(
    in folder: TemporaryFolder, _ security: Security = .starttls, certificate: String = "good", port: Int = 0, login: Bool = false,
    _ more: [String] = []
  ) throws {
    self.folder = folder
    process.executableURL = URL(fileURLWithPath: Tool.python)
    process.arguments =
      [
        "-B", Project.path("Tests/SendTests/Server/server.py"), "--port", "\(port)", "--security", security.rawValue, "--log",
        folder.path("log"),
      ]
      + ["--certificate", Certificates.shared.path("\(certificate).pem"), "--key", Certificates.shared.path("\(certificate).key")]
      + (login ? ["--user", Self.user, "--password", Self.password] : []) + more
    let output = Pipe()
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
    try process.run()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
    guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw TestFailure("the mail server does not start") }
    self.port = port
  }

  deinit { stop() }

  /// Ends it by SIGKILL.
  func stop() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Waits until it has ended by itself.
  func waitUntilExit() { process.waitUntilExit() }

  /// What servers in this folder took over, in this order.
  static func log(_ folder: TemporaryFolder) throws -> [Taken] {
    guard FileManager.default.fileExists(atPath: folder.path("log")) else { return [] }
    return try folder.text("log").split(separator: "\n").map { try JSONDecoder().decode(Taken.self, from: Data($0.utf8)) }
  }
}

/// Certificates for `localhost`: `good` of an authority (`ca.pem`), `expired` of the same, `other` for another host, `self` by itself.
enum Certificates {
  static let shared: TemporaryFolder = {
    guard let folder = try? TemporaryFolder(["names": "subjectAltName=DNS:localhost,IP:127.0.0.1\n"]) else {
      fatalError("no folder for certificates")
    }
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    let here = "-addext subjectAltName=DNS:localhost,IP:127.0.0.1"
    let script = """
      set -e
      openssl req -x509 \(key) -keyout ca.key -out ca.pem -days 10 -subj /CN=authority -addext basicConstraints=critical,CA:TRUE
      openssl req -x509 \(key) -keyout good.key -out good.pem -days 10 -subj /CN=localhost \(here) -CA ca.pem -CAkey ca.key
      openssl req -x509 \(key) -keyout other.key -out other.pem -days 10 -subj /CN=mail.example -CA ca.pem -CAkey ca.key \
        -addext subjectAltName=DNS:mail.example
      openssl req -x509 \(key) -keyout self.key -out self.pem -days 10 -subj /CN=localhost \(here)
      openssl req \(key) -keyout expired.key -out expired.csr -subj /CN=localhost
      openssl x509 -req -in expired.csr -CA ca.pem -CAkey ca.key -days -1 -extfile names -out expired.pem
      """
    let made = try? Tool.run(["sh", "-c", script], in: folder.url)
    precondition(made?.code == 0, "openssl: \(made?.output ?? "")")
    return folder
  }()
}

import Contract
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

/// A folder with a finished run of e-mails, made up by `Server/finished_run.py`, and a ledger.
final class SendBench {
  static let company = "Larkspur Light & Power"
  let folder: TemporaryFolder
  var ledger: String { folder.path("ledger") }

  /// Makes a run of some messages.
  ///
  /// - Parameter names: The local parts of the first addresses, by which the server answers; those of the others begin with `ok`.
  init(_ count: Int, names: [String] = [], _ more: [String] = []) throws {
    folder = try TemporaryFolder()
    try LedgerCreation.create(folder.path("ledger"), company: Self.company)
    try folder.write("password", MailServer.password + "\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("password"))
    try makeRun("out", count, names: names, more)
  }

  func makeRun(_ out: String, _ count: Int, names: [String] = [], _ more: [String] = []) throws {
    let list = try folder.write("names", names.joined(separator: "\n"))
    let script = Project.path("Tests/SendTests/Server/finished_run.py")
    let made = try Tool.run([Tool.python, "-B", script, folder.path(out), "\(count)", "--names", list] + more)
    guard made.code == 0 else { throw TestFailure(made.output) }
  }

  // MARK: Sending

  /// What a send came to.
  struct Outcome {
    /// The exit code, or minus the signal.
    var code: Int32
    var lines: [String]
    /// The last line, as a program reads it.
    var totals: [String: Int]

    /// The lines with a code.
    func of(_ id: String) -> [String] { lines.filter { $0.contains("\"id\":\"\(id)\"") } }
    /// The accounts that stand in the lines with a code.
    func accounts(_ id: String) -> [String] {
      of(id).compactMap { $0.firstMatch(of: #/account '([^']*)'/#).map { String($0.output.1) } }
    }

    init(code: Int32, output: String) {
      self.code = code
      lines = output.split(separator: "\n").map(String.init)
      let last = lines.last { $0.hasPrefix("{\"messages\"") || $0.hasPrefix("{\"dry_run\"") } ?? ""
      let object = (try? JSONSerialization.jsonObject(with: Data(last.utf8))) as? [String: Any]
      totals = (object ?? [:]).compactMapValues { $0 as? Int }
    }

    /// Whether each message came to one end.
    var isReconciled: Bool {
      let ends = ["accepted", "refused", "unknown", "suppressed", "deferred", "untried"].compactMap { totals[$0] }
      return ends.count == 6 && ends.reduce(0, +) == totals["messages"]
    }
  }

  static let pause = ["--test-pause", "20"]

  /// The arguments of a send to a server on this machine.
  func arguments(_ port: Int, _ out: String = "out", login: Bool = false, _ more: [String] = []) -> [String] {
    let user = login ? "billing%40larkspur.example@" : ""
    return ["send", out, "--ledger", "ledger", "--smtp", "smtp://\(user)localhost:\(port)", "--format", "json"]
      + ["--smtp-ca", Certificates.shared.path("ca.pem")] + (login ? ["--password-file", "password"] : []) + Self.pause + more
  }

  func send(_ port: Int, _ out: String = "out", login: Bool = false, _ more: [String] = []) throws -> Outcome {
    try run(arguments(port, out, login: login, more))
  }

  func run(_ arguments: [String]) throws -> Outcome {
    let ran = try Tool.run([BuiltProgram.path("billfold")] + arguments, in: folder.url)
    return Outcome(code: ran.code, output: ran.output)
  }

  /// A send that goes on while the test does something else.
  func begin(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path("billfold"))
    (process.arguments, process.currentDirectoryURL) = (arguments, folder.url)
    (process.standardOutput, process.standardError) = (try output("stdout"), FileHandle.nullDevice)
    try process.run()
    return process
  }

  /// Waits until one that goes on is sending a message.
  func waitForBegun(_ process: Process) throws {
    var configuration = Configuration()
    configuration.readonly = true
    while process.isRunning {
      let queue = try? DatabaseQueue(path: folder.path("out/.send"), configuration: configuration)
      let begun = try? queue?.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM message WHERE state = 'begun'") }
      try? queue?.close()
      if begun == 1 { break }
      usleep(20_000)
    }
    // On its way to the server.
    usleep(200_000)
  }

  /// Waits for the end of one that goes on.
  func end(_ process: Process) throws -> Outcome {
    process.waitUntilExit()
    let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Outcome(code: code, output: try folder.text("stdout"))
  }

  private func output(_ name: String) throws -> FileHandle {
    try folder.write(name, "")
    return try FileHandle(forWritingTo: folder.url.appendingPathComponent(name))
  }

  // MARK: What came of it

  /// The numbers of the accounts that the servers' log has, each as often as it stands there.
  func logged() throws -> [Int] {
    try MailServer.log(folder).compactMap { $0.id.firstMatch(of: #/<(\d+)\./#).flatMap { Int($0.output.1) } }.sorted()
  }

  /// The accounts of which the ledger has an e-mail, each as often as it has one.
  func recorded() throws -> [Int] {
    var numbers: [Int] = []
    try LedgerExport(ledger).forEachAccount(asOf: nil) { entries in
      numbers += entries.pieces.filter { $0.kind == .email }.compactMap { Int($0.account.dropFirst()) }
      return true
    }
    return numbers.sorted()
  }
}

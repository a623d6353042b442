import Crypto
import Foundation
import TestSupport
import Testing

/// A run's e-mails, sent to a server that answers in every way there is.
@Suite(.onOwnThreads, .needs(Tool.mailServer, "openssl")) struct SendingTests {
  @Test func eachMessageComesToOneEnd() throws {
    let names = [
      "ok-0", "refuse-a", "ok-2", "defer-2-a", "defer-3-b", "defer-4-c", "ok-6", "deferdata-1-a", "refusedata-a", "full-a", "drop-1-a",
      "ok-11",
      "closing-1-a", "ok-13", "taken-a", "ok-15", "lost-a", "ok-17", "'quoted", "first.last+tag",
    ]
    let bench = try SendBench(40, names: names)
    let server = try MailServer(in: bench.folder)
    let first = try bench.send(server.port)
    #expect(first.code == 65 && first.isReconciled, "\(first)")
    #expect(first.accounts("message-refused") == ["a00001", "a00008", "a00009"])
    #expect(first.accounts("message-unknown") == ["a00014", "a00016"])
    #expect(first.accounts("message-deferred") == ["a00005"])
    #expect(first.totals["accepted"] == 34 && first.totals["new"] == 34, "\(first)")
    // The server's words are told, without what could steer a terminal, and no customer's address is.
    let told = first.lines.joined(separator: "\n")
    #expect(told.contains("550 5.1.1 (address) no such user here") && told.contains("450 4.2.1 mailbox of (address) busy"), "\(told)")
    #expect(!told.contains("customers.example") && !told.contains("\u{1B}"), "\(told)")
    // The log has what was accepted, and one that the server took without saying so.
    let accepted = Set(0..<40).subtracting([1, 5, 8, 9, 14, 16])
    #expect(try bench.logged() == (accepted.union([14])).sorted())
    #expect(try bench.recorded() == accepted.sorted())
    for taken in try MailServer.log(bench.folder) {
      #expect(taken.to.count == 1 && taken.from == "bounces@larkspur.example" && taken.bare == 0, "\(taken)")
      #expect(taken.date != "Mon, 23 Nov 2026 00:00:00 +0000", "\(taken)")
      let number = try #require(taken.id.firstMatch(of: #/<(\d+)\./#).map { String($0.output.1) })
      let account = "a" + String(repeating: "0", count: 5 - number.count) + number
      #expect(taken.dateless == (try Self.datelessDigest(bench, account)), "\(account)")
    }

    // The same again sends what is left, and repeats nothing of which nobody knows.
    let second = try bench.send(server.port)
    #expect(second.code == 65 && second.isReconciled, "\(second)")
    #expect(second.totals["accepted"] == 35 && second.totals["new"] == 1 && second.totals["deferred"] == 0, "\(second)")
    #expect(second.accounts("message-unknown") == ["a00014", "a00016"] && second.of("message-refused").count == 3)
    #expect(try bench.logged().count == 36)
    // Nor does anything but that.
    let third = try bench.send(server.port, "out", ["--retry-unknown"])
    #expect(third.totals["accepted"] == 35 && third.totals["unknown"] == 2, "\(third)")
    #expect(try bench.logged() == (accepted.union([5]).sorted() + [14, 14]).sorted())
    #expect(try bench.recorded() == accepted.union([5]).sorted())
  }

  /// The digest of a message without its line of the date.
  private static func datelessDigest(_ bench: SendBench, _ account: String) throws -> String {
    let files = try #require(FileManager.default.enumerator(atPath: bench.folder.path("out/emails")))
    for case let name as String in files where name.contains("/\(account)_") {
      let lines = String(decoding: try bench.folder.bytes("out/emails/\(name)"), as: UTF8.self).components(separatedBy: "\r\n")
      let rest = lines.filter { !$0.hasPrefix("Date:") }.joined(separator: "\r\n")
      return SHA256.hash(data: Data(rest.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return ""
  }

  @Test func dryRunSpeaksToNobodyAndWritesNothing() throws {
    let bench = try SendBench(4, names: ["ok-0", "refuse-a"])
    let before = try bench.files()
    let dry = try bench.send(9, "out", ["--dry-run", "--exclude", "a00003"])
    #expect(dry.code == 0 && dry.accounts("message-ready") == ["a00000", "a00001", "a00002"], "\(dry)")
    #expect(dry.totals["messages"] == 3 && dry.totals["untried"] == 3 && dry.totals["skipped"] == 1, "\(dry)")
    #expect(try bench.files() == before)
    let server = try MailServer(in: bench.folder)
    #expect(try bench.send(server.port, "out", ["--only", "a00000", "--only", "a00001"]).code == 65)
    let after = try bench.files()
    let again = try bench.send(9, "out", ["--dry-run"])
    #expect(again.code == 65 && again.accounts("message-ready") == ["a00002", "a00003"] && again.totals["accepted"] == 1, "\(again)")
    #expect(try bench.files() == after)
    // Text for people.
    let text = try Tool.run(
      [BuiltProgram.path("billfold"), "send", "out", "--ledger", "ledger", "--smtp", "smtp://localhost:9", "--dry-run"],
      in: bench.folder.url)
    #expect(text.output.hasSuffix("4 messages: 2 would be sent, 1 accepted earlier, 1 refused\n"), "\(text)")
  }

  @Test func onlySomeAccountsAndOnesThatHaveNone() throws {
    let bench = try SendBench(5)
    let server = try MailServer(in: bench.folder)
    let some = try bench.send(server.port, "out", ["--only", "a00001", "--only", "a00003", "--only", "nobody", "--mailed", "2026-11-30"])
    #expect(some.code == 65 && some.totals["accepted"] == 2 && some.totals["skipped"] == 3, "\(some)")
    #expect(some.of("account-not-met").count == 1)
    let rest = try bench.send(server.port)
    #expect(rest.code == 0 && rest.totals["accepted"] == 5 && rest.totals["new"] == 3, "\(rest)")
    #expect(try bench.logged() == Array(0..<5) && bench.recorded() == Array(0..<5))
    let told = try Tool.run([BuiltProgram.path("billfold"), "ledger", "show", "a00001", "--ledger", "ledger"], in: bench.folder.url)
    #expect(told.output.contains("2026-11-30  mailed e-mail i00001"), "\(told)")
  }

  @Test func messagesGoEvenlySpaced() throws {
    let bench = try SendBench(6)
    let server = try MailServer(in: bench.folder)
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try bench.send(server.port, "out", ["--rate", "10"]).code == 0)
    #expect(clock.now - start >= .milliseconds(500))
  }

  @Test func answerThatComesTooLateIsNotTakenForAnother() throws {
    let bench = try SendBench(4, names: ["ok-0", "slow-1-a"])
    let server = try MailServer(in: bench.folder)
    let sent = try bench.send(server.port, "out", ["--timeout", "1"])
    #expect(sent.code == 65 && sent.accounts("message-unknown") == ["a00001"] && sent.totals["accepted"] == 3, "\(sent)")
    #expect(try bench.logged() == [0, 1, 2, 3])
  }

  @Test func stopSignalWaitsForAnAnswerAndForNothingElse() throws {
    let bench = try SendBench(3, names: ["hang-a", "hangrcpt-a"])
    let server = try MailServer(in: bench.folder)
    // All of the first was sent: its answer is waited for, as long as any.
    let first = try bench.begin(bench.arguments(server.port, "out", ["--timeout", "2"]))
    while try bench.logged().isEmpty { usleep(10_000) }
    kill(first.processIdentifier, SIGTERM)
    let stopped = try bench.end(first)
    #expect(stopped.code == -SIGTERM && stopped.accounts("message-unknown") == ["a00000"] && stopped.isReconciled, "\(stopped)")
    #expect(stopped.totals["untried"] == 2, "\(stopped)")
    // Nothing of the second was: it is left at once.
    let clock = ContinuousClock()
    let second = try bench.begin(bench.arguments(server.port, "out", ["--timeout", "60"]))
    try bench.waitForBegun(second)
    let start = clock.now
    kill(second.processIdentifier, SIGINT)
    let left = try bench.end(second)
    #expect(clock.now - start < .seconds(20))
    #expect(left.code == -SIGINT && left.totals["unknown"] == 1 && left.totals["untried"] == 2, "\(left)")
    #expect(try bench.send(server.port, "out", ["--timeout", "1", "--exclude", "a00001"]).totals["accepted"] == 1)
  }

  @Test func runWithoutEMailsIsSentAtOnce() throws {
    let bench = try SendBench(0)
    let sent = try bench.send(9)
    #expect(sent.code == 0 && sent.totals["messages"] == 0, "\(sent)")
    #expect(!FileManager.default.fileExists(atPath: bench.folder.path("out/.send")))
  }
}

extension SendBench {
  /// The files of ledger and output folder with their bytes.
  func files() throws -> [String: Data] {
    var result = ["ledger": try Data(contentsOf: URL(fileURLWithPath: ledger))]
    let names = try #require(FileManager.default.enumerator(atPath: folder.path("out")))
    for case let name as String in names {
      result[name] = (try? Data(contentsOf: folder.url.appendingPathComponent("out/\(name)"))) ?? Data()
    }
    return result
  }
}

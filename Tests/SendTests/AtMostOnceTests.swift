import Foundation
import GRDB
import TestSupport
import Testing

/// Senders and servers that are killed: no message goes twice, and the accounts agree with the server's own log.
@Suite(.onOwnThreads, .needs(Tool.mailServer, "openssl")) struct AtMostOnceTests {
  @Test(.timeLimit(.minutes(3))) func killedSendersAndServersSendNothingTwice() throws {
    let count = 160
    let bench = try SendBench(count, names: ["ok-0", "ok-1", "ok-2", "refuse-a", "ok-4", "ok-5", "defer-1-a"])
    var server = try MailServer(in: bench.folder, login: true)
    let port = server.port
    var random = SeededNumbers(seed: 19)
    let arguments = bench.arguments(port, login: true)
    // Senders that are killed after some messages of theirs.
    var killed = 0
    for _ in 0..<4 {
      let before = try bench.logged().count
      let process = try bench.begin(arguments)
      let wanted = before + 5 + random.next(below: 15)
      while process.isRunning, try bench.logged().count < wanted { usleep(500) }
      usleep(UInt32(random.next(below: 5_000)))
      kill(process.processIdentifier, SIGKILL)
      if try bench.end(process).code == -SIGKILL { killed += 1 }
    }
    #expect(killed == 4)
    #expect(try bench.logged().count == Set(bench.logged()).count)
    // A server that is killed in the middle of a send, and comes back.
    let process = try bench.begin(arguments + ["--test-pause", "200"])
    let wanted = try bench.logged().count + 20
    while process.isRunning, try bench.logged().count < wanted { usleep(500) }
    server.stop()
    usleep(300_000)
    server = try MailServer(in: bench.folder, port: port, login: true)
    let ended = try bench.end(process)
    #expect(ended.code == 65 && ended.isReconciled && ended.totals["untried"] == 0, "\(ended)")
    let last = try bench.run(arguments)
    #expect(last.code == 65 && last.isReconciled && last.totals["new"] == 0, "\(last)")

    let (logged, recorded) = (try bench.logged(), try bench.recorded())
    #expect(logged.count == Set(logged).count, "a message was taken twice: \(logged)")
    let unknown = Set(last.accounts("message-unknown").compactMap { Int($0.dropFirst()) })
    #expect(recorded.count == last.totals["accepted"] && Set(recorded).isDisjoint(with: unknown))
    #expect(recorded == recorded.filter(Set(logged).contains), "the ledger has what the server never took")
    // Every message the server took was accepted, or is one of which nobody knows.
    #expect(Set(logged).subtracting(recorded).isSubset(of: unknown))
    #expect(Set(recorded).union(unknown).union([3]) == Set(0..<count))
  }

  @Test func messageThatWasAcceptedIsInTheLedgerWhateverKilledTheSender() throws {
    let bench = try SendBench(3)
    let server = try MailServer(in: bench.folder)
    // The ledger cannot be written when the first is accepted: the send ends, with what it knows kept.
    let holder = try WriteLock(on: bench.ledger)
    let process = try bench.begin(bench.arguments(server.port))
    while process.isRunning, try bench.logged().isEmpty { usleep(1_000) }
    usleep(500_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    holder.release()
    let taken = try bench.logged().count
    let next = try bench.send(server.port)
    #expect(next.code == 0 && next.totals["accepted"] == 3 && next.totals["new"] == 2, "\(next)")
    #expect(try bench.logged() == [0, 1, 2] && bench.recorded() == [0, 1, 2] && taken == 1)
  }
}

/// Keeps every writer from a ledger.
private final class WriteLock {
  private let queue: DatabaseQueue

  init(on path: String) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { db in try db.execute(sql: "BEGIN IMMEDIATE") }
  }

  func release() {
    try? queue.inDatabase { db in try db.execute(sql: "ROLLBACK") }
    try? queue.close()
  }
}

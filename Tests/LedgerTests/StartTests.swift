import Contract
import Dates
import Diagnostics
import Foundation
import GRDB
import Glibc
import TestSupport
import Testing

@testable import Ledger

/// What a ledger is refused for at start, each with its words to the letter; and how it is made.
@Suite struct StartTests {
  @Test func ledgerIsItsOwnersAlone() throws {
    let bench = try LedgerBench()
    let attributes = try FileManager.default.attributesOfItem(atPath: bench.ledger)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path) == ["ledger"])
    #expect(try LedgerExport(bench.ledger).company == LedgerBench.company)
    #expect(try bench.export().isEmpty)
  }

  @Test func ledgerIsMadeOnce() throws {
    let bench = try LedgerBench("a,paper,2027-01-01,,,\n")
    let before = try bench.folder.bytes("ledger")
    try FileManager.default.createSymbolicLink(atPath: bench.folder.path("link"), withDestinationPath: "nowhere")
    for name in ["ledger", "link", "."] {
      let told = bench.told { () throws(RunFailure) in try LedgerCreation.create(bench.folder.path(name), company: "Other") }
      #expect(told == "73 error: '\(name)' is there already; a ledger is made once and kept [ledger-exists]")
    }
    #expect(try bench.folder.bytes("ledger") == before)
    let told = bench.told { () throws(RunFailure) in try LedgerCreation.create(bench.folder.path("none/ledger"), company: "Other") }
    #expect(told == "74 error: cannot make the ledger 'none/ledger': no such file or directory [ledger-unwritable]")
    for company in ["", String(repeating: "x", count: 201), "a\nb"] {
      let told = bench.told { () throws(RunFailure) in try LedgerCreation.create(bench.folder.path("new"), company: company) }
      #expect(told.hasPrefix("64 error: the company's name must have 1 to 200 characters"))
    }
    // What a killed `create` left is no ledger, and in nobody's way.
    try bench.folder.write("new.new", "half")
    try LedgerCreation.create(bench.folder.path("new"), company: "Other")
    #expect(!FileManager.default.fileExists(atPath: bench.folder.path("new.new")))
  }

  /// What is done to a good ledger, and what reading and writing it say then; an empty second text: the same.
  private static let faults: [(String, @Sendable (LedgerBench) throws -> Void, String, String)] = [
    (
      "missing", { try FileManager.default.removeItem(atPath: $0.ledger) },
      "78 error: there is no ledger 'ledger'; 'billfold ledger create' makes one [ledger-missing]", ""
    ),
    (
      "link",
      { bench in
        try FileManager.default.moveItem(atPath: bench.ledger, toPath: bench.folder.path("other"))
        try FileManager.default.createSymbolicLink(atPath: bench.ledger, withDestinationPath: "other")
      }, "78 error: the ledger 'ledger' is a symbolic link, which is not followed; name the file itself [ledger-link]", ""
    ),
    (
      "names", { try FileManager.default.linkItem(atPath: $0.ledger, toPath: $0.folder.path("other")) },
      "78 error: the ledger 'ledger' has 2 names, which are hard links; name the file itself [ledger-link]", ""
    ),
    (
      "folder",
      { bench in
        try FileManager.default.removeItem(atPath: bench.ledger)
        try FileManager.default.createDirectory(atPath: bench.ledger, withIntermediateDirectories: false)
      }, "78 error: cannot open the ledger 'ledger': it is a folder [ledger-unreadable]", ""
    ),
    (
      "pipe",
      { bench in
        try FileManager.default.removeItem(atPath: bench.ledger)
        #expect(mkfifo(bench.ledger, 0o600) == 0)
      }, "78 error: cannot open the ledger 'ledger': it is no regular file [ledger-unreadable]", ""
    ),
    ("empty", { try $0.folder.write("ledger", "") }, "78 error: 'ledger' is no ledger of Billfold's [ledger-foreign]", ""),
    ("text", { try $0.folder.write("ledger", LedgerBench.header) }, "78 error: 'ledger' is no ledger of Billfold's [ledger-foreign]", ""),
    (
      "other database", { try change($0, "PRAGMA application_id = 17") }, "78 error: 'ledger' is no ledger of Billfold's [ledger-foreign]",
      ""
    ),
    (
      "newer", { try change($0, "INSERT INTO grdb_migrations VALUES ('2')") },
      "78 error: the ledger 'ledger' was written by a newer version of Billfold; use that one, or a later one [ledger-newer]", ""
    ),
    (
      "trigger", { try change($0, "CREATE TRIGGER spy AFTER INSERT ON event BEGIN DELETE FROM event; END") },
      "78 error: the ledger 'ledger' is damaged: its tables are not those of a ledger; put the last good copy of it in its place [ledger-damaged]",
      ""
    ),
    (
      "table gone", { try change($0, "DROP TABLE change") },
      "78 error: the ledger 'ledger' is damaged: its tables are not those of a ledger; put the last good copy of it in its place [ledger-damaged]",
      ""
    ),
    (
      "nobody's", { try change($0, "DELETE FROM fact") },
      "78 error: the ledger 'ledger' is damaged: it does not say whose it is; put the last good copy of it in its place [ledger-damaged]",
      ""
    ),
    (
      "torn page",
      { bench in
        var bytes = try bench.folder.bytes("ledger")
        // The root of the events' table, which holds one row.
        let page = try bench.page(of: "event")
        for index in (page - 1) * 4096..<(page - 1) * 4096 + 16 { bytes[index] = 0xEE }
        try bench.folder.write("ledger", bytes)
      }, "78 error: the ledger 'ledger' is damaged: ", ""
    ),
    (
      "older", { try change($0, "DELETE FROM grdb_migrations") },
      "78 error: the ledger 'ledger' was written by an older version of Billfold; the next 'ledger import' or 'release' brings it to this one [ledger-older]",
      "78 error: the ledger 'ledger' is damaged: "
    ),
  ]

  private static func change(_ bench: LedgerBench, _ sql: String) throws {
    let queue = try DatabaseQueue(path: bench.ledger)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test(arguments: faults.indices) func faultyLedgerIsToldAtStart(_ index: Int) throws {
    let (_, harm, reading, writing) = Self.faults[index]
    let bench = try LedgerBench("a,paper,2027-01-01,,,\n")
    try harm(bench)
    let read = bench.told { () throws(RunFailure) in _ = try LedgerExport(bench.ledger) }
    #expect(read.hasPrefix(reading) && (reading.hasSuffix("]") ? read == reading : read.hasSuffix("[ledger-damaged]")), "\(read)")
    let input = bench.told { () throws(RunFailure) in try LedgerReader(bench.ledger, company: LedgerBench.company).close() }
    #expect(input == read)
    let written = bench.told { () throws(RunFailure) in _ = try PieceRecording(bench.ledger) }
    #expect(writing.isEmpty ? written == read : written.hasPrefix(writing), "\(written)")
  }

  /// Whatever part of it is cut off or overwritten is told, or was of no use: never a crash, never another ledger.
  @Test(arguments: 0..<60) func damageIsToldAndNothingElse(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let bench = try LedgerBench((0..<40).map { "account-\($0),paper,2027-01-01,,\(String(repeating: "x", count: 200)),\n" }.joined())
    let whole = try bench.export()
    var bytes = try bench.folder.bytes("ledger")
    if random.next(below: 3) == 0 {
      bytes.removeLast(1 + random.next(below: bytes.count))
    } else {
      for _ in 0..<1 + random.next(below: 40) { bytes[random.next(below: bytes.count)] = UInt8(random.next(below: 256)) }
    }
    try bench.folder.write("ledger", bytes)
    do throws(RunFailure) {
      let lines = try Self.lines(bench)
      // A changed letter in a row is not damage that can be seen; rows are not lost nor made up.
      #expect(lines.count == whole.count)
    } catch {
      #expect(error.code == .configuration, "\(error.diagnostics.map(\.message))")
    }
  }

  private static func lines(_ bench: LedgerBench) throws(RunFailure) -> [AccountEntries] {
    var found: [AccountEntries] = []
    try LedgerExport(bench.ledger).forEachAccount {
      found.append($0)
      return true
    }
    return found
  }

  @Test func ledgerOfAnotherCompanyIsRefused() throws {
    let bench = try LedgerBench()
    let told = bench.told { () throws(RunFailure) in _ = try LedgerReader(bench.ledger, company: "Larkspur Light") }
    #expect(
      told
        == "78 error: the ledger 'ledger' is that of 'Larkspur Light & Power', and the campaign that of 'Larkspur Light' [ledger-other-company]"
    )
  }

  // MARK: Several at a time

  @Test func secondWriterGivesUp() throws {
    let bench = try LedgerBench()
    let file = try bench.folder.write("events.csv", LedgerBench.header + "a,paper,2027-01-01,,,\n")
    let other = try DatabaseQueue(path: bench.ledger)
    try LedgerConnection.$patience.withValue(0) {
      try other.inDatabase { db throws in
        try db.inTransaction(.immediate) { () throws in
          // Who reads does not mind.
          let known = try bench.export()
          #expect(known.isEmpty)
          let told = bench.told { () throws(RunFailure) in _ = try EventImport(file, ledger: bench.ledger, rejects: nil) { _ in }.run() }
          #expect(
            told
              == "75 error: another process has been using the ledger 'ledger' for more than 0 seconds; wait until it has ended [ledger-locked]"
          )
          return .rollback
        }
        // A reader in the middle of its transaction keeps a writer from its end.
        let reader = try LedgerReader(bench.ledger, company: nil)
        let told = bench.told { () throws(RunFailure) in _ = try EventImport(file, ledger: bench.ledger, rejects: nil) { _ in }.run() }
        #expect(told.hasPrefix("75 "))
        reader.close()
      }
    }
    #expect(try bench.export().isEmpty)
    #expect(try EventImport(file, ledger: bench.ledger, rejects: nil) { _ in }.run().new == 1)
    #expect(LedgerConnection.patience == 10)
  }

  @Test(.needs(Tool.python)) func secondWriterWaits() async throws {
    try await Tool.waiting {
      let bench = try LedgerBench()
      try bench.folder.write("events.csv", LedgerBench.header + "a,paper,2027-01-01,,,\n")
      let script = """
        import sqlite3, subprocess, sys, time
        db = sqlite3.connect("ledger", isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        child = subprocess.Popen([sys.argv[1], "ledger", "import", "events.csv", "--ledger", "ledger"])
        time.sleep(0.5)
        assert child.poll() is None, "it did not wait"
        db.execute("COMMIT")
        sys.exit(child.wait())
        """
      let ran = try Tool.run([Tool.python, "-c", script, BuiltProgram.path("billfold")], in: bench.folder.url)
      #expect(ran.code == 0 && ran.output.contains("1 event new"), "\(ran)")
    }
  }
}

extension LedgerBench {
  /// The first page of a table.
  func page(of table: String) throws -> Int {
    let queue = try DatabaseQueue(path: ledger)
    defer { try? queue.close() }
    return try queue.read { try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table]) } ?? 0
  }
}

import Foundation
import Ledger
import TestSupport
import Testing

/// Runs that are not sent, or not from there.
@Suite(.onOwnThreads, .needs(Tool.mailServer, "openssl")) struct RefusalTests {
  private func told(_ outcome: SendBench.Outcome, _ id: String) -> Int32? { outcome.of(id).isEmpty ? nil : outcome.code }

  @Test func wrongUsageEndsWith64AndRepeatsNoPassword() throws {
    let folder = try TemporaryFolder()
    let base = ["send", "out", "--ledger", "ledger", "--smtp"]
    for more in [
      ["smtp://user:hidden@localhost"], ["smtp://user@localhost"], ["http://localhost"], ["smtp://mail.example", "--smtp-plain"],
      ["smtp://localhost", "--smtp-plain", "--password-file", "hidden"], ["smtp://localhost", "--password-file", "hidden"],
      ["smtp://localhost", "--rate", "0"], ["smtp://localhost", "--timeout", "0"], ["smtp://localhost", "--smtp-plain", "--smtp-ca", "ca"],
    ] {
      let ran = try Tool.run([BuiltProgram.path("billfold")] + base + more, in: folder.url)
      #expect(ran.code == 64 && !ran.output.contains("hidden"), "\(more): \(ran)")
    }
  }

  @Test func fileThatIsNotWhatTheManifestSaysKeepsAllFromGoing() throws {
    let bench = try SendBench(4)
    let server = try MailServer(in: bench.folder)
    let files = try #require(FileManager.default.enumerator(atPath: bench.folder.path("out/emails"))).compactMap { $0 as? String }
    let path = "out/emails/" + (try #require(files.first { $0.contains("a00002_") }))
    let whole = try bench.folder.bytes(path)
    for damage in [whole + [0x20], Array(whole.dropLast()) + [0x20], []] {
      try bench.folder.write(path, damage)
      let sent = try bench.send(server.port)
      #expect(sent.code == 1 && sent.of("file-differs").count == 1 && sent.totals["findings"] == 1, "\(sent)")
    }
    // Of an account that is left out it is nobody's business.
    #expect(try bench.send(server.port, "out", ["--exclude", "a00002"]).code == 0)
    #expect(try bench.logged() == [0, 1, 3])
    try FileManager.default.removeItem(atPath: bench.folder.path(path))
    #expect(told(try bench.send(server.port), "file-missing") == 1)
    try bench.folder.write(path, whole)
    #expect(try bench.send(server.port).code == 0)
    #expect(try bench.logged() == [0, 1, 2, 3])
  }

  @Test func journalBelongsToOneManifest() throws {
    let bench = try SendBench(2)
    let server = try MailServer(in: bench.folder)
    #expect(try bench.send(server.port).code == 0)
    #expect(try FileManager.default.attributesOfItem(atPath: bench.folder.path("out/.send"))[.posixPermissions] as? Int == 0o600)
    try bench.makeRun("other", 3, ["--cycle", "2026-12"])
    try FileManager.default.copyItem(atPath: bench.folder.path("out/.send"), toPath: bench.folder.path("other/.send"))
    #expect(told(try bench.send(server.port, "other"), "send-other-manifest") == 73)
    var journal = try bench.folder.bytes("out/.send")
    // The head of the page of messages: the tree is none any more.
    for place in 8_192..<8_204 { journal[place] ^= 0x55 }
    try bench.folder.write("out/.send", journal)
    #expect(told(try bench.send(server.port), "send-damaged") == 73)
    try bench.folder.write("out/.send", Array("no journal of anything, but long enough to be one, or so it seems".utf8))
    #expect(told(try bench.send(server.port), "send-damaged") == 73)
    try FileManager.default.removeItem(atPath: bench.folder.path("out/.send"))
    try FileManager.default.createSymbolicLink(
      atPath: bench.folder.path("out/.send"), withDestinationPath: bench.folder.path("elsewhere"))
    #expect(told(try bench.send(server.port), "output-unwritable") == 74)
    #expect(!FileManager.default.fileExists(atPath: bench.folder.path("elsewhere")))
    #expect(try bench.logged() == [0, 1])
  }

  @Test func foldersThatHoldNoFinishedRunAreRefused() throws {
    let bench = try SendBench(2)
    let run = try bench.folder.text("out/run.json")
    try bench.folder.write("out/run.json", run.replacing("\"specimen\": false", with: "\"specimen\": true"))
    #expect(told(try bench.send(9), "output-specimen") == 73)
    // A run that knew the ledger, and has lost what it knew.
    try bench.folder.write("out/run.json", run.replacing("\"ledger\": null", with: "\"ledger\": \"\(String(repeating: "0", count: 64))\""))
    #expect(told(try bench.send(9), "journal-missing") == 73)
    try bench.folder.write("out/run.json", run.replacing("Larkspur Light", with: "Another Light"))
    #expect(told(try bench.send(9), "ledger-other-company") == 78)
    try bench.folder.write("out/run.json", run)
    let manifest = try bench.folder.bytes("out/manifest.jsonl")
    try FileManager.default.removeItem(atPath: bench.folder.path("out/manifest.jsonl"))
    #expect(told(try bench.send(9), "output-unfinished") == 73)
    // One line less than the summary knows of.
    let lines = manifest.split(separator: 0x0A)
    try bench.folder.write("out/manifest.jsonl", Array(lines[0]) + [0x0A])
    #expect(told(try bench.send(9), "file-differs") == 1)
    try bench.folder.write("out/manifest.jsonl", manifest)
    #expect(told(try bench.run(bench.arguments(9) + ["--ledger", "nowhere"]), "ledger-missing") == 78)
    #expect(told(try bench.run(bench.arguments(9) + ["--smtp-ca", "nowhere"]), "authorities-unusable") == 78)
    #expect(told(try bench.run(bench.arguments(9) + ["--smtp-ca", "password"]), "authorities-unusable") == 78)
    #expect(told(try bench.send(9), "server-unreachable") == 69)
  }

  @Test func twoSendsWithOneFolderOrOneLedgerKeepOutOfEachOthersWay() throws {
    let bench = try SendBench(2, names: ["hangrcpt-a"])
    try bench.makeRun("other", 2, ["--cycle", "2026-12"])
    let server = try MailServer(in: bench.folder)
    let process = try bench.begin(bench.arguments(server.port, "out", ["--timeout", "60"]))
    try bench.waitForBegun(process)
    let sameLedger = try bench.send(server.port, "other")
    #expect(told(sameLedger, "send-locked") == 75, "\(sameLedger)")
    try LedgerCreation.create(bench.folder.path("second"), company: SendBench.company)
    let sameFolder = try bench.run(bench.arguments(server.port) + ["--ledger", "second"])
    #expect(told(sameFolder, "send-locked") == 75, "\(sameFolder)")
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try bench.send(server.port, "other").code == 0)
  }

  @Test func runThatWasSentIsNotMadeAnew() throws {
    let bench = try SendBench(1)
    let server = try MailServer(in: bench.folder)
    #expect(try bench.send(server.port).code == 0)
    let before = try bench.files()
    try FileManager.default.createDirectory(atPath: bench.folder.path("layout"), withIntermediateDirectories: false)
    try bench.folder.write("data.jsonl", #"{"v":1,"account":"a","invoice":"1"}"# + "\n")
    let probe = try Tool.run(
      [BuiltProgram.path("pipeline-probe"), "render", "--layout", "layout", "--data", "data.jsonl", "--out", "out", "--force"],
      in: bench.folder.url)
    #expect(probe.code == 73 && probe.output.contains("[output-sent]"), "\(probe)")
    let after = try bench.files().filter { !$0.key.hasPrefix(".work") }
    #expect(after == before)
  }
}

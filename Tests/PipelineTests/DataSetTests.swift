import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Intake
@testable import Pipeline

/// What `--data` takes, and that nothing is passed over without a word.
@Suite(.serialized, .onOwnThreads) struct DataSetTests {
  private func names(_ bench: Workbench, _ arguments: [String]) throws -> [String] {
    try DataSet(arguments.map { bench.path($0) }).inputs.map(\.name)
  }

  @Test func folderIsReadWithItsFoldersInTheOrderOfTheirPaths() throws {
    let bench = try Workbench()
    for name in ["in/b.JSONL", "in/a/z.jsonl", "in/a.jsonl", "in/a/Deep/x.NdJson", "in/c.jsonl.GZ"] {
      try bench.makeFolder((name as NSString).deletingLastPathComponent)
      try bench.write(name, "")
    }
    #expect(try names(bench, ["in"]) == ["a.jsonl", "a/Deep/x.NdJson", "a/z.jsonl", "b.JSONL", "c.jsonl.GZ"])
    #expect(try names(bench, ["in/", "in/b.JSONL"]).last == "b.JSONL")
  }

  @Test func whatIsNoDataIsCountedAndNamed() throws {
    let bench = try Workbench()
    for name in ["in/.DS_Store", "in/sub/Thumbs.db", "in/._a.xml", "in/__MACOSX/a.xml", "in/notes.txt", "in/table.csv", "in/a.json"] {
      try bench.makeFolder((name as NSString).deletingLastPathComponent)
      try bench.write(name, "x")
    }
    try bench.write("in/bills.jsonl", Workbench.records(1))
    let set = try DataSet([bench.path("in")])
    #expect(set.inputs.map(\.name) == ["bills.jsonl"])
    #expect(set.ignored.system == 4)
    #expect(set.ignored.ending == 3)
    #expect(set.ignored.names == ["a.json", "notes.txt", "table.csv"])
    let outcome = try bench.render(["in"])
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("[data-ignored]") && outcome.errors.contains("'notes.txt'"))
    #expect(try bench.summary()["ignored"] as? [String: Int] == ["system": 4, "ending": 3])
    // The same again when the run is found finished.
    #expect(try bench.render(["in"]).errors == outcome.errors)
  }

  @Test func linksAreFollowedToFilesOnly() throws {
    let bench = try Workbench()
    try bench.makeFolder("in")
    try bench.makeFolder("other")
    try bench.write("other/far.jsonl", Workbench.records(1))
    try FileManager.default.createSymbolicLink(atPath: bench.path("in/near.jsonl"), withDestinationPath: bench.path("other/far.jsonl"))
    try FileManager.default.createSymbolicLink(atPath: bench.path("in/folder.jsonl"), withDestinationPath: bench.path("other"))
    let set = try DataSet([bench.path("in")])
    #expect(set.inputs.map(\.name) == ["near.jsonl"])
    #expect(set.ignored.ending == 1)
    try FileManager.default.createSymbolicLink(atPath: bench.path("in/gone.jsonl"), withDestinationPath: bench.path("nothing"))
    #expect(try bench.render(["in"]).code == 66)
  }

  @Test func foldersAreReadEightDeep() throws {
    let bench = try Workbench()
    let eight = "in" + String(repeating: "/d", count: 7)
    try bench.makeFolder(eight + "/e")
    try bench.write(eight + "/a.jsonl", Workbench.records(1))
    try bench.write(eight + "/e/b.jsonl", Workbench.records(1))
    let set = try DataSet([bench.path("in")])
    #expect(set.inputs.count == 1)
    #expect(set.warnings.map(\.id) == ["folder-too-deep"])
  }

  @Test func inputWithoutARecordIsToldAndARunWithoutAnyIs66() throws {
    let bench = try Workbench()
    try bench.write("none.jsonl", "\n\n")
    try bench.write("bills.jsonl", Workbench.records(2))
    let both = try bench.render(["none.jsonl", "bills.jsonl"])
    #expect(both.code == 0)
    #expect(both.errors.contains("[input-empty]") && both.errors.contains("none.jsonl"))
    try bench.remove("out")
    let alone = try bench.render(["none.jsonl"])
    #expect(alone.code == 66)
    #expect(alone.errors.contains("[no-records]"))
    #expect(!bench.exists("out"))
    let check = try bench.run(["check", "--layout", "layout", "--data", "none.jsonl"])
    #expect(check.code == 66)
  }

  @Test func fileThatIsNotWhatItsNameSaysIsOneReject() throws {
    let bench = try Workbench()
    try bench.makeFolder("in")
    try bench.write("in/empty.xml", "")
    try bench.write("in/random.pdf", [0x0B, 0x0A, 0x2F, 0x0A, 0x2F])
    try bench.write("in/bills.jsonl", Workbench.records(2))
    #expect(try bench.render(["in"]).code == 65)
    #expect(try bench.summary()["in"] as? Int == 4)
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.map { $0["code"] as? String } == ["not-an-e-invoice", "not-an-e-invoice"])
    #expect(rejects.map { $0["file"] as? String } == ["empty.xml", "random.pdf"])
    #expect(rejects.allSatisfy { $0["kind"] as? String == "bill" })
  }

  @Test(.needs("zip"))
  func recordsInsideArchivesAreBillsToo() throws {
    let bench = try Workbench()
    try bench.makeFolder("a")
    try bench.write("a/one.jsonl", Workbench.records(3))
    try bench.write("a/two.JSONL", Workbench.record("other", "1") + "\n{broken\n")
    try bench.write("a/readme.txt", "x")
    #expect(try Tool.run(["zip", "-q", "-r", "../all.zip", "."], in: URL(fileURLWithPath: bench.path("a"))).code == 0)
    #expect(try bench.render(["all.zip"], ["--jobs", "2"]).code == 65)
    let summary = try bench.summary()
    #expect(summary["in"] as? Int == 5 && summary["out"] as? Int == 4)
    #expect(summary["ignored"] as? [String: Int] == ["system": 0, "ending": 1])
    let lines = try bench.objects("out/manifest.jsonl")
    #expect(Set(lines.compactMap { ($0["record"] as? [String: Any])?["file"] as? String }) == ["all.zip/one.jsonl", "all.zip/two.JSONL"])
    // The places in the archive are those of the second pass, too, when a run is continued.
    try FileManager.default.removeItem(atPath: bench.path("out/manifest.jsonl"))
    #expect(try bench.render(["all.zip"], ["--jobs", "1"]).code == 65)
  }
}

import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// Links in the output folder, files of others there, and what a failed start leaves.
@Suite(.serialized, .onOwnThreads) struct OwnFilesTests {
  private func link(_ bench: Workbench, _ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: bench.path(name), withDestinationPath: bench.path(target))
  }

  private func names(_ bench: Workbench, _ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.path(folder)).sorted()
  }

  @Test func foldersThatAreLinksAreNotFollowed() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(6))
    try bench.makeFolder("victim")
    try bench.write("victim/notes", "mine")
    #expect(try bench.render().code == 0)
    let group = try #require(try names(bench, "out/bills").first)
    for folder in ["out/bills/\(group)", "out/bills", "out/.work"] {
      try bench.remove(folder)
      try link(bench, folder, to: "victim")
      for more in [[], ["--force"]] {
        let outcome = try bench.render(["bills.jsonl"], more)
        #expect(outcome.code == 74, "\(folder): \(outcome)")
        #expect(outcome.errors.contains("symbolic link") && outcome.errors.contains("'\(folder)"), "\(folder): \(outcome)")
        #expect(try names(bench, "victim") == ["notes"])
      }
      try bench.remove(folder)
    }
    // The folder itself may be reached through one: its owner has said so.
    try bench.remove("out")
    try bench.makeFolder("disk")
    try link(bench, "out", to: "disk")
    #expect(try bench.render().code == 0)
    #expect(bench.exists("disk/manifest.jsonl"))
  }

  @Test func filesThatAreLinksAreReplaced() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(6))
    #expect(try bench.render(out: "whole").code == 0)
    #expect(try bench.render().code == 0)
    let whole = try bench.snapshot("whole")
    let piece = try #require(whole.keys.first { $0.hasSuffix(".pdf") })
    try bench.write("victim", "mine")
    for name in [piece, "manifest.jsonl", "rejects.jsonl"] {
      try bench.remove("out/\(name)")
      try link(bench, "out/\(name)", to: "victim")
    }
    for name in ["piece.tmp", "manifest.jsonl.tmp", "workers.log"] {
      if bench.exists("out/.work/\(name)") { try bench.remove("out/.work/\(name)") }
      try FileManager.default.linkItem(atPath: bench.path("victim"), toPath: bench.path("out/.work/\(name)"))
    }
    #expect(try bench.render().code == 0)
    #expect(try bench.text("victim") == "mine")
    #expect(try bench.snapshot() == whole)
    #expect(try FileManager.default.attributesOfItem(atPath: bench.path("out/\(piece)"))[.type] as? FileAttributeType == .typeRegular)
    // A lock is opened, not emptied; a link of that name is refused.
    try bench.remove("out/.work/lock")
    try FileManager.default.linkItem(atPath: bench.path("victim"), toPath: bench.path("out/.work/lock"))
    #expect(try bench.render().code == 0)
    #expect(try bench.text("victim") == "mine")
    try bench.remove("out/.work/lock")
    try link(bench, "out/.work/lock", to: "victim")
    #expect(try bench.render().code == 74)
    try bench.remove("out/.work/lock")
    // SQLite would follow a journal that is a link.
    try bench.remove("out/.work/journal.sqlite")
    try link(bench, "out/.work/journal.sqlite", to: "whole/.work/journal.sqlite")
    let linked = try bench.render()
    #expect(linked.code == 73 && linked.errors.contains("[journal-damaged]"), "\(linked)")
    #expect(try bench.render(["bills.jsonl"], ["--force"]).code == 0)
    #expect(try bench.snapshot() == whole)
    #expect(try bench.render(out: "whole").code == 0)
  }

  @Test func forceRemovesOnlyWhatJournalOrManifestName() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(6))
    try bench.write("more.jsonl", Workbench.records(1, from: 6))
    for lost in ["nothing", "out/.work/journal.sqlite", "out/manifest.jsonl"] {
      if bench.exists("out") { try bench.remove("out") }
      #expect(try bench.render().code == 0)
      let group = try #require(try names(bench, "out/bills").first)
      // Of the form of a bill's name, but of no run.
      for name in ["out/bills/\(group)/my_notes.pdf", "out/bills/mine.pdf", "out/.work/notes", "out/notes.txt", "outside_1.pdf"] {
        try bench.write(name, "mine")
      }
      if bench.exists("out/manifest.jsonl") {
        let lines = [
          "../outside_1.pdf", bench.path("outside_1.pdf"), "bills/../notes.txt", "notes.txt", "bills/\(group)/../../notes.txt",
          "bills/mine.pdf", ".work/notes",
        ]
        .map { #"{"v":1,"file":"\#($0)"}"# + "\n" }
        try bench.write("out/manifest.jsonl", try bench.text("out/manifest.jsonl") + lines.joined() + "{\"file\":7}\n[\n")
      }
      if lost != "nothing" { try bench.remove(lost) }
      let outcome = try bench.render(["more.jsonl"], ["--force"])
      #expect(outcome.code == 0, "\(lost): \(outcome)")
      #expect(outcome.errors.contains("[files-left]") && outcome.errors.contains("'out/bills'"), "\(lost): \(outcome)")
      let after = try bench.snapshot()
      #expect(after.keys.filter { $0.hasSuffix(".pdf") }.count == 3, "\(lost): \(after.keys.sorted())")
      for name in ["bills/\(group)/my_notes.pdf", "bills/mine.pdf", "notes.txt"] {
        #expect(after[name] == Data("mine".utf8), "\(lost): \(name)")
      }
      #expect(try bench.text("out/.work/notes") == "mine" && bench.text("outside_1.pdf") == "mine")
    }
    // Without files of others nothing is left, and nothing is said.
    #expect(try bench.render(out: "clean").code == 0)
    let clean = try bench.render(["more.jsonl"], out: "clean", ["--force"])
    #expect(clean.code == 0 && clean.errors == "")
    #expect(try bench.snapshot("clean").keys.filter { $0.hasSuffix(".pdf") }.count == 1)
  }

  @Test func forceFindsPiecesThatWereWrittenAndNotNoted() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(150, extra: #"{"microseconds":"3000"}"#))
    try bench.write("more.jsonl", Workbench.records(1, from: 150))
    let run = try bench.begin(bench.arguments())
    while !bench.exists("out/bills"), run.process.isRunning { usleep(2000) }
    usleep(100_000)
    kill(run.process.processIdentifier, SIGKILL)
    _ = try run.finish()
    #expect(try bench.snapshot().keys.contains { $0.hasSuffix(".pdf") })
    let outcome = try bench.render(["more.jsonl"], ["--force"])
    #expect(outcome.code == 0 && outcome.errors == "", "\(outcome)")
    #expect(try bench.snapshot().keys.filter { $0.hasSuffix(".pdf") }.count == 1)
  }

  @Test func startThatFailsLeavesNothingBehind() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    try bench.write("blank.jsonl", "\n")
    for folder in ["empty", "dying", "changing"] { try bench.makeFolder(folder) }
    let long = String(repeating: "x", count: 300)
    let attempts: [(arguments: [String], code: Int32)] = [
      (["render", "--layout", "nowhere", "--data", "bills.jsonl", "--out", "OUT"], 78),
      (bench.arguments(["missing.jsonl"], out: "OUT"), 66),
      (bench.arguments(["blank.jsonl"], out: "OUT"), 66), (bench.arguments(out: "OUT", ["--only", "@missing"]), 66),
      (bench.arguments(["-"], out: "OUT"), 66), (bench.arguments(["blank.jsonl"], out: "OUT", ["--force"]), 66),
      (bench.arguments(out: "OUT/\(long)"), 74), (["render", "--layout", "dying", "--data", "bills.jsonl", "--out", "OUT"], 70),
      (["render", "--layout", "changing", "--data", "bills.jsonl", "--out", "OUT"], 66),
    ]
    for (arguments, code) in attempts {
      for out in ["new", "new/er/one", "empty"] {
        let outcome = try bench.run(arguments.map { $0.replacingOccurrences(of: "OUT", with: out) })
        #expect(outcome.code == code, "\(arguments): \(outcome)")
        #expect(!bench.exists("new"), "\(arguments)")
        #expect(try names(bench, "empty").isEmpty, "\(arguments)")
      }
    }
    // Stopped while it waits for its data, it leaves nothing either.
    #expect(mkfifo(bench.path("pipe"), 0o600) == 0)
    let holder = open(bench.path("pipe"), O_RDWR)
    defer { close(holder) }
    let run = try bench.begin(bench.arguments(["pipe"], out: "new"))
    while !bench.exists("new/.work/lock"), run.process.isRunning { usleep(2000) }
    usleep(200_000)
    run.process.terminate()
    #expect(try run.finish().code == -SIGTERM)
    #expect(!bench.exists("new"))
  }

  @Test func forcedStartThatFailsLeavesTheEarlierRunWhole() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(6))
    try bench.write("blank.jsonl", "\n")
    #expect(try bench.render().code == 0)
    let before = try bench.snapshot()
    let work = try names(bench, "out/.work")
    for data in ["blank.jsonl", "missing.jsonl"] { #expect(try bench.render([data], ["--force"]).code == 66) }
    #expect(try bench.snapshot() == before)
    #expect(try names(bench, "out/.work") == work)
    #expect(try bench.render().code == 0)
  }

  // MARK: Copies

  @Test func ofTheDataNothingStaysInTheWorkFolder() throws {
    let bench = try Workbench()
    // Its reject stands in the journal, with the record.
    let loud = Workbench.record("loud", "1", extra: #"{"shout":"1"}"#).replacing("Ana Petrović", with: "Lou Dspeaker")
      .replacing("Larkspur Ave", with: "Far Away")
    try bench.write("piped", Workbench.records(40, extra: #"{"microseconds":"20000"}"#) + loud)
    func check(_ when: String) throws {
      for name in try names(bench, "out/.work") {
        #expect(!name.hasPrefix("spool"), "\(when)")
        // One bill is being written while the run is on, and that file is there for as long.
        guard name != "piece.tmp", let bytes = FileManager.default.contents(atPath: bench.path("out/.work/\(name)")) else { continue }
        #expect(bytes.range(of: Data("Larkspur Ave".utf8)) == nil && bytes.range(of: Data("Petrovi".utf8)) == nil, "\(when): \(name)")
      }
    }
    let arguments = bench.arguments(["-"], ["--jobs", "1"])
    let run = try bench.begin(arguments, input: "piped")
    while !bench.exists("out/bills"), run.process.isRunning { usleep(2000) }
    try check("under way")
    kill(run.process.processIdentifier, SIGKILL)
    _ = try run.finish()
    try check("killed")
    #expect(try bench.run(arguments, input: "piped").code == 65)
    try check("finished")
    #expect(try names(bench, "out/.work") == ["journal.sqlite", "lock", "workers.log"])
    // What a worker prints before it ends is not kept, and why it ended is.
    #expect(
      try bench.text("out/.work/workers.log").split(separator: "\n").allSatisfy { $0.contains("-:41: time ") && $0.contains("signal") })
  }
}

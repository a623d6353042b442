import Foundation
import TestSupport
import Testing

/// What ends a run before its first record, and what it leaves behind: nothing.
@Suite(.serialized, .onOwnThreads) struct StartTests {
  @Test func wrongUsageIs64() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    for arguments in [
      ["render"], ["render", "--layout", "layout", "--data", "bills.jsonl"], ["nonsense"], bench.arguments(["-", "-"]),
      bench.arguments(["bills.jsonl"], ["--jobs", "0"]), bench.arguments(["bills.jsonl"], ["--as-of", "2026-02-30"]),
      bench.arguments(["bills.jsonl"], ["--language", "english language"]), bench.arguments(["bills.jsonl"], ["--cycle", "a/b"]),
      bench.arguments(["bills.jsonl"], ["--test-fault", "fire:A"]), bench.arguments(["bills.jsonl"], ["--only", "@"]),
    ] {
      let outcome = try bench.run(arguments)
      #expect(outcome.code == 64, "\(arguments)")
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("Error: "))
    }
    #expect(!bench.exists("out"))
    #expect(try bench.run(["--version"]).output == "probe\n")
    #expect(try bench.run(["render", "--help"]).code == 0)
  }

  @Test func faultyLayoutIs78BeforeAnythingElse() throws {
    let bench = try Workbench()
    let outcome = try bench.run(["render", "--layout", "nowhere", "--data", "nothing", "--out", "out"])
    #expect(outcome.code == 78)
    #expect(outcome.errors == "error: cannot read the layout 'nowhere' [layout-unreadable]\n")
    #expect(!bench.exists("out"))
  }

  @Test(arguments: [
    ("fonts-crashing", "ended the process by signal 6"), ("fonts-ending", "ended the process"), ("fonts-eating", "trying it"),
    ("fonts-faulty", "for this test"),
  ]) func aFontThatCannotBeBorneIs78ByItsName(_ fonts: String, _ words: String) throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    for arguments in [
      bench.arguments(["bills.jsonl"], ["--fonts", fonts]), ["check", "--layout", "layout", "--data", "bills.jsonl", "--fonts", fonts],
    ] {
      let outcome = try bench.run(arguments)
      let said = outcome.output + outcome.errors
      #expect(outcome.code == 78, "\(said)")
      #expect(said.contains("font file 'last.ttf' is damaged") && said.contains(words) && said.contains("[font-damaged]"), "\(said)")
    }
    #expect(!bench.exists("out"))
    #expect(try bench.render(["bills.jsonl"], ["--fonts", "fonts-good"]).code == 0)
  }

  @Test func dataThatCannotBeReadAre66() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    try bench.write("packed.zip", [0x50, 0x4B, 0x03, 0x04, 0x00])
    try bench.makeFolder("empty")
    try bench.write("file", "")
    for (arguments, word) in [
      (bench.arguments(["bills.jsonl", "missing.jsonl"]), "'missing.jsonl'"), (bench.arguments(["packed.zip"]), "archive"),
      (bench.arguments(["empty"]), "'empty'"), (bench.arguments(["bills.jsonl"], ["--only", "@missing"]), "'missing'"),
      (bench.arguments(["missing.jsonl"], out: "file"), "'missing.jsonl'"),
    ] {
      let outcome = try bench.run(arguments)
      #expect(outcome.code == 66, "\(arguments)")
      #expect(outcome.errors.contains(word))
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
    #expect(!bench.exists("out"))
  }

  @Test func outputFolderThatCannotBeMadeIs74() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    try bench.write("file", "mine")
    for out in ["file", "file/below", "/proc/nothing/here"] {
      let outcome = try bench.render(out: out)
      #expect(outcome.code == 74, "\(out)")
      #expect(outcome.errors.contains("'\(out)'"))
    }
    #expect(try bench.text("file") == "mine")
  }

  @Test func folderOfSomeoneElseIs73AndStaysAsItIs() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    try bench.makeFolder("theirs")
    try bench.write("theirs/notes.txt", "mine")
    for more in [[], ["--force"]] {
      let outcome = try bench.render(out: "theirs", more)
      #expect(outcome.code == 73)
      #expect(outcome.errors.contains("not Billfold's"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("theirs")) == ["notes.txt"])
    }
    // A file of the right name is not enough.
    try bench.write("theirs/run.json", #"{"v":1}"#)
    #expect(try bench.render(out: "theirs").code == 73)
    #expect(!bench.exists("theirs/.work"))
    // Billfold's, but nobody knows which run: its owner has to say that it may go.
    #expect(try bench.render().code == 0)
    try bench.remove("out/run.json")
    #expect(try bench.render().code == 73)
    #expect(try bench.render(["bills.jsonl"], ["--force"]).code == 0)
  }

  @Test func anotherRunIs73AndIsNamed() throws {
    let bench = try Workbench()
    try bench.makeFolder("other")
    try bench.write("bills.jsonl", Workbench.records(4))
    try bench.write("more.jsonl", Workbench.records(1, from: 4))
    #expect(try bench.render().code == 0)
    let before = try bench.snapshot()
    func refused(_ arguments: [String], _ words: [String]) throws {
      let outcome = try bench.run(arguments)
      #expect(outcome.code == 73)
      for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
      #expect(try bench.snapshot() == before)
    }
    try refused(["render", "--layout", "other", "--data", "bills.jsonl", "--out", "out"], ["in: the layout;"])
    try refused(bench.arguments(["bills.jsonl", "more.jsonl"]), ["in: the data;"])
    try refused(
      bench.arguments(["bills.jsonl"], ["--as-of", "2027-01-01", "--only", "A-0", "--specimen"]), ["in: --as-of, --only, --specimen;"])
    try refused(bench.arguments(["bills.jsonl"], ["--cycle", "x"]), ["in: --cycle;"])
    try refused(bench.arguments(["bills.jsonl"], ["--language", "es-us"]), ["in: --language;"])
    try refused(bench.arguments(["bills.jsonl"], ["--campaign", "c"]), ["in: the campaign;"])
    #expect(try bench.render(["bills.jsonl"], ["--jobs", "7"]).code == 0)
    // --force begins anew, and leaves alone what is not Billfold's.
    let group = try #require(before.keys.first { $0.hasSuffix(".pdf") }).split(separator: "/").dropLast().joined(separator: "/")
    try bench.write("out/notes.txt", "mine")
    try bench.write("out/\(group)/notes.txt", "mine")
    #expect(try bench.render(["more.jsonl"], ["--force"]).code == 0)
    let after = try bench.snapshot()
    #expect(after.keys.filter { $0.hasSuffix(".pdf") }.count == 1)
    #expect(after["notes.txt"] == Data("mine".utf8))
    #expect(after["\(group)/notes.txt"] == Data("mine".utf8))
    #expect(try bench.summary()["in"] as? Int == 1)
  }

  @Test func anotherBuildOfTheProgramIs73AndIsNamed() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(4))
    #expect(try bench.render().code == 0)
    let before = try bench.snapshot()
    // The same version with another build ID.
    let own = try Data(contentsOf: URL(fileURLWithPath: Workbench.program))
    let build = try Workbench.buildID(in: own)
    var program = own
    program[build.lowerBound] ^= 1
    func digest(_ bytes: Data) throws -> String {
      try bench.write("digested", [UInt8](bytes))
      return String(try Tool.run(["sha256sum", bench.path("digested")]).output.prefix(64))
    }
    let digests = try [own, program].map { try digest($0[build]) }
    func write(_ bytes: Data, _ name: String) throws {
      try bench.write(name, [UInt8](bytes))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bench.path(name))
    }
    try write(program, "another")
    let outcome = try bench.run(program: bench.path("another"), bench.arguments())
    #expect(outcome.code == 73)
    #expect(
      outcome.errors.contains("in: the build of billfold \(digests[0].prefix(12)) → \(digests[1].prefix(12)); --force"), "\(outcome.errors)"
    )
    #expect(try bench.snapshot() == before)
    #expect(try bench.text("out/run.json").contains("\"build\": \"\(digests[0])\""))
    // A run of a program that noted no build is another one, too.
    let run = try bench.text("out/run.json")
    try bench.write("out/run.json", run.split(separator: "\n").filter { !$0.contains("\"build\"") }.joined(separator: "\n") + "\n")
    #expect(try bench.render().errors.contains("the build of billfold none → \(digests[0].prefix(12))"))
    try bench.write("out/run.json", run)
    #expect(try bench.run(program: bench.path("another"), bench.arguments(["bills.jsonl"], ["--force"])).code == 0)
    #expect(try bench.render().code == 73)
    // A program that was linked without one is told by its whole file: the note is of another type.
    program[build.lowerBound - 8] = 0x7F
    try write(program, "bare")
    #expect(try bench.run(program: bench.path("bare"), bench.arguments(["bills.jsonl"], ["--force"])).code == 0)
    #expect(try bench.text("out/run.json").contains("\"build\": \"\(try digest(program))\""))
  }

  @Test func anotherVersionOfALibraryIs73AndIsNamed() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    #expect(try bench.render().code == 0)
    let run = try bench.text("out/run.json")
    #expect(run.contains("\"engines\": {\"probe\":\"1\"}"), "what opens up PDFs and archives has no part in lines of JSON")
    try bench.write("out/run.json", run.replacing("\"probe\":\"1\"", with: "\"probe\":\"0.1\""))
    let outcome = try bench.render()
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("in: probe 0.1 → 1; --force"), "\(outcome.errors)")
  }

  @Test func folderThatAnotherProcessHoldsIs75() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(200, extra: #"{"microseconds":"20000"}"#))
    let first = try bench.begin(bench.arguments())
    while !bench.exists("out/run.json"), first.process.isRunning { usleep(5000) }
    let second = try bench.render(["bills.jsonl"], ["--force"])
    #expect(second.code == 75)
    #expect(second.errors.contains("'out'"))
    #expect(first.process.isRunning)
    first.process.terminate()
    let stopped = try first.finish()
    #expect(stopped.code == -SIGTERM, "\(stopped)")
  }

  @Test func workersThatCannotStartEndTheRun() throws {
    let bench = try Workbench()
    try bench.makeFolder("dying")
    try bench.makeFolder("changing")
    try bench.makeFolder("changed")
    try bench.write("bills.jsonl", Workbench.records(4))
    let dying = try bench.run(["render", "--layout", "dying", "--data", "bills.jsonl", "--out", "one"])
    #expect(dying.code == 70)
    let changing = try bench.run(["render", "--layout", "changing", "--data", "bills.jsonl", "--out", "two"])
    #expect(changing.code == 66)
    #expect(changing.errors.contains("the layout has changed"))
    #expect(!bench.exists("two/manifest.jsonl"))
    // What it reads is good, and not what the run was prepared with.
    let changed = try bench.run(["render", "--layout", "changed", "--data", "bills.jsonl", "--out", "three"])
    #expect(changed.code == 66)
    #expect(changed.errors.contains("have changed since the run began [inputs-changed]"), "\(changed)")
    #expect(!bench.exists("three/manifest.jsonl"))
  }
}

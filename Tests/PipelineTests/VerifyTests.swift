import Foundation
import TestSupport
import Testing

/// `billfold verify`: what a folder's damage is called, and that a clean folder has none.
@Suite(.serialized, .onOwnThreads) struct VerifyTests {
  /// One finding as programs get it.
  struct Finding: Hashable {
    var id: String
    var file: String
    var line: Int?
    var path: String?
  }

  struct Verdict {
    var code: Int32
    var findings: [Finding]
    var messages: [String]
    /// The last object.
    var counts: [String: Any]
    var errors: String

    func has(_ id: String, _ file: String? = nil, line: Int? = nil, path: String? = nil) -> Bool {
      findings.contains {
        $0.id == id && (file == nil || $0.file == file) && (line == nil || $0.line == line) && (path == nil || $0.path == path)
      }
    }
    /// The codes, each once.
    var ids: Set<String> { Set(findings.map(\.id)) }
  }

  private static func verify(_ bench: Workbench, _ more: [String] = [], out: String = "out") throws -> Verdict {
    let outcome = try bench.run(["verify", out, "--format", "json"] + more)
    var objects = try outcome.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let counts = objects.popLast() ?? [:]
    let findings = objects.map { object in
      Finding(
        id: object["id"] as? String ?? "", file: object["file"] as? String ?? "", line: object["record"] as? Int,
        path: object["path"] as? String)
    }
    #expect(counts["findings"] as? Int ?? findings.count == findings.count)
    return Verdict(
      code: outcome.code, findings: findings, messages: objects.map { $0["message"] as? String ?? "" }, counts: counts,
      errors: outcome.errors)
  }

  /// The records of a folder with 30 bills and 3 rejects of two kinds.
  private static let records =
    Workbench.records(15) + "{}\n" + Workbench.records(1) + Workbench.records(15, from: 15, extra: #"{"pages":"3"}"#) + "[]\n"

  /// That folder, made once and removed when the tests end; only read once it is made.
  nonisolated(unsafe) private static let master: Result<Workbench, any Error> = Result {
    let bench = try Workbench()
    atexit { if let bench = try? VerifyTests.master.get() { try? FileManager.default.removeItem(at: bench.root) } }
    try bench.write("bills.jsonl", records)
    #expect(try bench.render().code == 65)
    return bench
  }

  /// A copy of it for one test.
  private static func finished() throws -> Workbench {
    let (bench, master) = (try Workbench(), try master.get())
    for name in ["bills.jsonl", "out"] { try FileManager.default.copyItem(atPath: master.path(name), toPath: bench.path(name)) }
    return bench
  }

  private static func lines(_ bench: Workbench, _ name: String) throws -> [String] {
    try bench.text("out/\(name)").split(separator: "\n").map(String.init)
  }

  private static func write(_ bench: Workbench, _ name: String, _ lines: [String]) throws {
    try bench.write("out/\(name)", lines.map { $0 + "\n" }.joined())
  }

  /// Changes one line of the manifest.
  private static func change(_ bench: Workbench, line: Int, _ change: (String) -> String) throws {
    var lines = try lines(bench, "manifest.jsonl")
    let changed = change(lines[line - 1])
    #expect(changed != lines[line - 1])
    lines[line - 1] = changed
    try write(bench, "manifest.jsonl", lines)
  }

  private static func file(_ bench: Workbench, line: Int) throws -> String {
    try #require(try bench.objects("out/manifest.jsonl")[line - 1]["file"] as? String)
  }

  // MARK: Nothing wrong

  @Test func finishedFolderHasNoFindings() throws {
    let bench = try Self.finished()
    let before = try bench.snapshot()
    let text = try bench.run(["verify", "out"])
    #expect(text.code == 0 && text.errors == "", "\(text)")
    #expect(text.output.wholeMatch(of: /30 pieces, [0-9]+ bytes: no findings\n/) != nil, "\(text.output)")
    for jobs in ["1", "7"] {
      let verdict = try Self.verify(bench, ["--jobs", jobs])
      #expect(verdict.code == 0 && verdict.findings.isEmpty && verdict.counts["pieces"] as? Int == 30)
    }
    // Nothing is written, also where there is no work folder any more.
    #expect(try bench.snapshot() == before)
    try bench.remove("out/.work")
    #expect(try Self.verify(bench).code == 0)
    #expect(!bench.exists("out/.work"))
  }

  @Test func runOfNothingButRejectsAndSkippedHasNone() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", "{}\n" + Workbench.records(5))
    #expect(try bench.render(["bills.jsonl"], ["--only", "nobody", "--specimen"]).code == 65)
    #expect(try Self.verify(bench).code == 0)
    #expect(try bench.summary()["skipped"] as? Int == 5)
  }

  @Test func runThatWasStoppedAndContinuedHasNone() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", "{}\n" + Workbench.records(120, extra: #"{"microseconds":"8000"}"#))
    let run = try bench.begin(bench.arguments())
    while !bench.exists("out/bills"), run.process.isRunning { usleep(2000) }
    usleep(100_000)
    run.process.terminate()
    _ = try run.finish()
    #expect(!bench.exists("out/manifest.jsonl"))
    let unfinished = try Self.verify(bench)
    #expect(unfinished.code == 73 && unfinished.errors.contains("output-unfinished"), "\(unfinished)")
    #expect(try bench.render().code == 65)
    let verdict = try Self.verify(bench, ["--layout", "layout", "--data", "bills.jsonl", "--sample", "10"])
    #expect(verdict.code == 0 && verdict.counts["sampled"] as? Int == 10, "\(verdict)")
  }

  // MARK: Files

  @Test func flippedByteIsFound() throws {
    let bench = try Self.finished()
    let file = try Self.file(bench, line: 3)
    var bytes = [UInt8](try Data(contentsOf: bench.root.appendingPathComponent("out/\(file)")))
    bytes[bytes.count / 2] ^= 1
    try bench.write("out/\(file)", bytes)
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.has("file-differs", file) && verdict.findings.allSatisfy { $0.file == file }, "\(verdict)")
    // The size is the same: only what is read can tell.
    #expect(try bench.render().code == 65)
    #expect(try Self.verify(bench).code == 1)
  }

  @Test func allThatIsWrongIsTold() throws {
    let bench = try Self.finished()
    let files = try (1...6).map { try Self.file(bench, line: $0) }
    try bench.remove("out/\(files[0])")
    try bench.write("out/\(files[1])", "%PDF-1.5\nshort\n")
    try bench.remove("out/\(files[2])")
    try FileManager.default.createSymbolicLink(atPath: bench.path("out/\(files[2])"), withDestinationPath: bench.path("bills.jsonl"))
    try bench.remove("out/\(files[3])")
    try bench.makeFolder("out/\(files[3])")
    try bench.remove("out/\(files[4])")
    #expect(mkfifo(bench.path("out/\(files[4])"), 0o600) == 0)
    let group = files[5].split(separator: "/").dropLast().joined(separator: "/")
    for extra in ["notes.txt", "bills/notes.txt", "\(group)/A_I.pdf", "manifest.jsonl.bak"] { try bench.write("out/\(extra)", "x") }
    try bench.makeFolder("out/bills/zz/deep")
    try FileManager.default.createSymbolicLink(atPath: bench.path("out/emails"), withDestinationPath: bench.path("layout"))
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1)
    #expect(
      Set(verdict.findings.map { "\($0.id) \($0.file)" }) == [
        "file-missing \(files[0])", "file-differs \(files[1])", "pdf-damaged \(files[1])", "not-a-file \(files[2])",
        "not-a-file \(files[3])",
        "not-a-file \(files[4])", "file-unnamed notes.txt", "file-unnamed bills/notes.txt", "file-unnamed \(group)/A_I.pdf",
        "file-unnamed manifest.jsonl.bak", "file-unnamed bills/zz", "not-a-file emails",
      ])
    #expect(verdict.messages.contains { $0.contains("is a symbolic link, which is not followed") })
    // In the same order whatever the number of threads.
    #expect(try Self.verify(bench, ["--jobs", "1"]).findings == verdict.findings)
    let text = try bench.run(["verify", "out"])
    #expect(text.output.split(separator: "\n").count == 13 && text.output.hasSuffix(": 12 findings\n"), "\(text.output)")
  }

  @Test func linksInPlaceOfFoldersAreNotFollowed() throws {
    let bench = try Self.finished()
    try FileManager.default.moveItem(atPath: bench.path("out/bills"), toPath: bench.path("elsewhere"))
    try FileManager.default.createSymbolicLink(atPath: bench.path("out/bills"), withDestinationPath: bench.path("elsewhere"))
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.ids == ["not-a-file"] && verdict.findings.count == 31, "\(verdict.ids)")
    // The folder itself may be named by a link: that is its user's doing.
    try bench.remove("out/bills")
    try FileManager.default.moveItem(atPath: bench.path("elsewhere"), toPath: bench.path("out/bills"))
    try FileManager.default.createSymbolicLink(atPath: bench.path("link"), withDestinationPath: bench.path("out"))
    #expect(try Self.verify(bench, out: "link/").code == 0)
  }

  /// Puts the truth about a changed file into the manifest and the manifest's digest into the summary, so that only reading can tell.
  private static func cover(_ bench: Workbench, line: Int) throws {
    let old = try bench.objects("out/manifest.jsonl")[line - 1]
    let file = try #require(old["file"] as? String)
    let size = try Data(contentsOf: bench.root.appendingPathComponent("out/\(file)")).count
    let digest = try sha256(bench, "out/\(file)")
    try change(bench, line: line) {
      $0.replacing("\"sha256\":\"\(old["sha256"] as? String ?? "")\"", with: "\"sha256\":\"\(digest)\"")
        .replacing("\"bytes\":\(old["bytes"] as? Int ?? 0)", with: "\"bytes\":\(size)")
    }
    try reseal(bench)
  }

  private static func sha256(_ bench: Workbench, _ name: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    (process.arguments, process.standardOutput) = ([bench.path(name)], output)
    try process.run()
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile().prefix(64), as: UTF8.self)
  }

  /// Makes the summary's digests those of the files as they are, as someone would who wants to hide a change.
  private static func reseal(_ bench: Workbench) throws {
    let text = try bench.text("out/summary.json")
    let start = try #require(text.firstRange(of: ",\"sha256\":{"))
    try bench.write("body", String(text[..<start.lowerBound]))
    let digests = try ["manifest.jsonl", "rejects.jsonl", "run.json"].map { "\"\($0)\":\"\(try sha256(bench, "out/\($0)"))\"" }
    let own = "\"summary.json\":\"\(try sha256(bench, "body"))\""
    try bench.write("out/summary.json", text[..<start.upperBound] + (digests + [own]).joined(separator: ",") + "}}\n")
  }

  @Test func cutPDFIsFoundWhateverTheManifestSays() throws {
    let bench = try Self.finished()
    try Self.reseal(bench)
    #expect(try Self.verify(bench).code == 0, "resealing without a change changes nothing")
    let file = try Self.file(bench, line: 4)
    let whole = [UInt8](try Data(contentsOf: bench.root.appendingPathComponent("out/\(file)")))
    try bench.write("out/\(file)", Array(whole[..<(whole.count - 200)]))
    try Self.cover(bench, line: 4)
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.findings.map(\.id) == ["pdf-damaged"] && verdict.findings[0].file == file, "\(verdict)")
  }

  @Test func pageCountThatIsMixedUpIsFound() throws {
    let bench = try Self.finished()
    // Of two pages and of three: exchanged, all sums stay as they are.
    let objects = try bench.objects("out/manifest.jsonl")
    let two = try #require(objects.firstIndex { $0["pages"] as? Int == 2 }) + 1
    let three = try #require(objects.firstIndex { $0["pages"] as? Int == 3 }) + 1
    try Self.change(bench, line: two) { $0.replacing("\"pages\":2,\"sheets\":1", with: "\"pages\":3,\"sheets\":2") }
    try Self.change(bench, line: three) { $0.replacing("\"pages\":3,\"sheets\":2", with: "\"pages\":2,\"sheets\":1") }
    try Self.reseal(bench)
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1)
    #expect(
      Set(verdict.findings.map { "\($0.id) \($0.file)" }) == [
        "pages-differ \(try Self.file(bench, line: two))", "pages-differ \(try Self.file(bench, line: three))",
      ])
  }

  // MARK: Lines

  @Test func lineThatIsGoneIsFound() throws {
    let bench = try Self.finished()
    let file = try Self.file(bench, line: 9)
    var lines = try Self.lines(bench, "manifest.jsonl")
    lines.remove(at: 8)
    try Self.write(bench, "manifest.jsonl", lines)
    try Self.reseal(bench)
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.has("file-unnamed", file))
    for path in ["$.out", "$.totals.USD.due", "$.totals.USD.bills", "$.pages", "$.sheets", "$.pieces.bill.out", "$.notices"] {
      #expect(verdict.has("summary-differs", "summary.json", path: path), "\(path)")
    }
  }

  @Test func lineThatStandsTwiceIsFound() throws {
    for place in [9, 30] {
      let bench = try Self.finished()
      var lines = try Self.lines(bench, "manifest.jsonl")
      lines.insert(lines[8], at: place)
      try Self.write(bench, "manifest.jsonl", lines)
      try Self.reseal(bench)
      let verdict = try Self.verify(bench)
      #expect(verdict.code == 1)
      #expect(verdict.has("identity-repeated", "manifest.jsonl", line: place + 1))
      #expect(verdict.has("record-repeated", "manifest.jsonl", line: place + 1))
      #expect(verdict.has("lines-unsorted") == (place == 30))
      #expect(verdict.has("summary-differs", path: "$.out"))
    }
  }

  @Test(arguments: [
    ("\"amount_due\":\"10.25\"", "\"amount_due\":\"10.26\"", "summary-differs"),
    ("\"kind\":\"bill\"", "\"kind\":\"till\"", "line-malformed"),
    ("\"sheets\":1", "\"sheets\":2", "line-contradicts"), ("\"cycle\":\"", "\"cycle\":\"x", "line-contradicts"),
    ("\"file\":\"bills/", "\"file\":\"../bills/", "line-contradicts"), ("\"file\":\"bills/", "\"file\":\"/etc/", "line-contradicts"),
    ("\"account\":\"A-", "\"account\":\"B-", "line-contradicts"), ("\"v\":1", "\"v\":2", "line-malformed"),
    ("\"sha256\":\"", "\"sha256\":\"0", "line-malformed"), ("\"input\":0", "\"input\":1", "line-contradicts"),
    ("\"pages\":2", "\"pages\":9223372036854775807", "line-malformed"), ("\"number\":", "\"number\":9223372036854775", "line-malformed"),
    ("\"bytes\":", "\"bytes\":1000", "file-differs"), ("\"first_page\":1", "\"first_page\":9223372036854775807", "line-malformed"),
    ("\"currency\":\"USD\"", "\"currency\":\"EUR\"", "summary-differs"), ("{\"v\":1,", "{\"v\":1,\"v\":1,", "line-malformed"),
    ("\"warnings\":[]", "\"warnings\":[\"word-broken\"]", "summary-differs"), ("\"findings\":[]}", "\"findings\":[]", "line-malformed"),
    ("\"findings\":[]}", "\"findings\":[],\"specimen\":true}", "line-contradicts"),
    ("\"phase\":\"announce\"", "\"phase\":\"final\"", "summary-differs"),
    ("\"name\":\"standard\"", "\"name\":\"thanks\"", "summary-differs"), ("\"text_size\":", "\"type_size\":", "line-malformed"),
    (",\"record\":{", ",\"fit\":\"\",\"record\":{", "line-malformed"), (",\"record\":{", ",\"fit\":9,\"record\":{", "line-malformed"),
  ]) func aLineThatWasChangedIsFound(_ old: String, _ new: String, _ id: String) throws {
    let bench = try Self.finished()
    try Self.change(bench, line: 2) { $0.replacing(old, with: new, maxReplacements: 1) }
    try Self.reseal(bench)
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.has(id), "\(verdict)")
    if id.hasPrefix("line-") { #expect(verdict.has(id, "manifest.jsonl", line: 2)) }
  }

  /// What no figure tells is told by the digests.
  @Test(arguments: [
    ("manifest.jsonl", "\"language\":\"en-US\"", "\"language\":\"en-GB\""), ("manifest.jsonl", "\"content\":\"c", "\"content\":\"d"),
    ("manifest.jsonl", "\"number\":1}", "\"number\":99}"), ("rejects.jsonl", "\"offset\":0", "\"offset\":1"),
    ("rejects.jsonl", "\"message\":\"", "\"message\":\"not "), ("run.json", "\"language\": null", "\"language\": \"de\""),
    ("summary.json", "\"charges\":\"307", "\"charges\":\"308"), ("summary.json", "\"system\":0", "\"system\":1"),
  ]) func anyByteThatWasChangedIsFound(_ name: String, _ old: String, _ new: String) throws {
    let bench = try Self.finished()
    let text = try bench.text("out/\(name)")
    let changed =
      name == "rejects.jsonl" && old.contains("offset")
      ? text.replacing(/"offset":[0-9]+/, with: "\"offset\":7") : text.replacing(old, with: new)
    #expect(changed != text)
    try bench.write("out/\(name)", changed)
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.has("summary-differs", "summary.json", path: "$.sha256"), "\(verdict)")
  }

  @Test func rejectsThatAreGoneOrStandTwiceAreFound() throws {
    let bench = try Self.finished()
    let rejects = try Self.lines(bench, "rejects.jsonl")
    #expect(rejects.count == 3)
    try Self.write(bench, "rejects.jsonl", Array(rejects.dropFirst()))
    try Self.reseal(bench)
    let gone = try Self.verify(bench)
    #expect(gone.code == 1 && gone.has("summary-differs", path: "$.rejected") && gone.findings.allSatisfy { $0.file == "summary.json" })
    #expect(gone.findings.contains { $0.path?.hasPrefix("$.rejects") == true })
    try Self.write(bench, "rejects.jsonl", rejects + [rejects[0]])
    try Self.reseal(bench)
    let twice = try Self.verify(bench)
    #expect(twice.has("record-repeated", "rejects.jsonl", line: 4) && twice.has("lines-unsorted", "rejects.jsonl", line: 4))
    // One record that is both a bill and a reject.
    let number = try #require((try bench.objects("out/manifest.jsonl")[0]["record"] as? [String: Any])?["number"] as? Int)
    try Self.write(bench, "rejects.jsonl", [rejects[0].replacing(/"number":[0-9]+/, with: "\"number\":\(number)")] + rejects.dropFirst())
    try Self.reseal(bench)
    #expect(try Self.verify(bench).has("record-repeated", "rejects.jsonl", line: 1))
    try Self.write(bench, "rejects.jsonl", ["nonsense"] + rejects)
    #expect(try Self.verify(bench).has("line-malformed", "rejects.jsonl", line: 1))
  }

  @Test(arguments: [
    ("\"in\":33", "\"in\":34", "$.in"), ("\"skipped\":0", "\"skipped\":1", "$.in"), ("\"rejected\":3", "\"rejected\":2", "$.rejected"),
    ("\"due\":\"", "\"due\":\"1", "$.totals.USD.due"), ("\"count\":30", "\"count\":29", "$.notices"),
    ("\"pages\":75", "\"pages\":76", "$.pages"),
    ("\"warnings\":{}", "\"warnings\":{\"a\":1}", "$.warnings"), ("\"v\":1", "\"v\":1,\"x\":1", "$"), ("\"sheets\":", "\"sheats\":", "$"),
    ("\"sha256\":", "\"sha\":", "$"),
  ]) func aFigureThatWasChangedIsFound(_ old: String, _ new: String, _ path: String) throws {
    let bench = try Self.finished()
    let text = try bench.text("out/summary.json")
    #expect(text.contains(old), "\(text)")
    try bench.write("out/summary.json", text.replacing(old, with: new, maxReplacements: 1))
    if old != "\"sha256\":" { try Self.reseal(bench) }
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1 && verdict.findings.contains { $0.path == path }, "\(verdict)")
    if path == "$.in" { #expect(verdict.has("counts-differ")) }
  }

  @Test func resultsThatAreGoneAreFound() throws {
    let bench = try Self.finished()
    try bench.remove("out/rejects.jsonl")
    try bench.remove("out/summary.json")
    try FileManager.default.createSymbolicLink(atPath: bench.path("out/summary.json"), withDestinationPath: bench.path("bills.jsonl"))
    let verdict = try Self.verify(bench)
    #expect(verdict.code == 1)
    #expect(verdict.findings.map { "\($0.id) \($0.file)" } == ["file-missing rejects.jsonl", "not-a-file summary.json"])
  }

  @Test func linesWithoutAnEndAreBounded() throws {
    let bench = try Self.finished()
    let long = "{\"v\":1,\"kind\":\"" + String(repeating: "x", count: 40 << 20) + "\"}\n"
    try bench.write("out/manifest.jsonl", long + String(repeating: "[", count: 100_000) + "\n" + (try bench.text("out/manifest.jsonl")))
    let verdict = try Self.verify(bench)
    #expect(verdict.has("line-malformed", "manifest.jsonl", line: 1) && verdict.has("line-malformed", "manifest.jsonl", line: 2))
    #expect(!verdict.has("file-unnamed") && !verdict.has("file-missing"))
  }

  // MARK: Folders that are none

  @Test func whatIsNoFinishedFolderIs73AndSaysWhy() throws {
    let bench = try Self.finished()
    try bench.makeFolder("empty")
    try bench.makeFolder("theirs")
    try bench.write("theirs/notes.txt", "x")
    try bench.write("theirs/manifest.jsonl", "")
    for (out, code, id) in [
      ("nowhere", 66, "output-unreadable"), ("bills.jsonl", 73, "output-not-billfolds"), ("empty", 73, "output-not-billfolds"),
      ("theirs", 73, "output-unfinished"),
    ] {
      let verdict = try Self.verify(bench, out: out)
      #expect(verdict.code == code && verdict.errors.contains(id), "\(out): \(verdict)")
    }
    let run = try bench.text("out/run.json")
    try bench.write("out/run.json", "{}")
    #expect(try Self.verify(bench).errors.contains("output-not-billfolds"))
    try bench.write("out/run.json", run)
    try bench.remove("out/manifest.jsonl")
    let unfinished = try Self.verify(bench)
    #expect(unfinished.code == 73 && unfinished.errors.contains("not finished"))
    #expect(try bench.render().code == 65)
    #expect(try Self.verify(bench).code == 0)
    for arguments in [
      ["verify"], ["verify", "out", "--sample", "3"], ["verify", "out", "--layout", "layout"], ["verify", "out", "--specimen"],
      ["verify", "out", "--seed", "1"], ["verify", "out", "--sample", "0", "--layout", "layout", "--data", "bills.jsonl"],
    ] {
      #expect(try bench.run(arguments).code == 64, "\(arguments)")
    }
  }

  @Test func folderThatIsBeingWrittenIs75() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(200, extra: #"{"microseconds":"20000"}"#))
    let run = try bench.begin(bench.arguments())
    while !bench.exists("out/run.json"), run.process.isRunning { usleep(5000) }
    #expect(try Self.verify(bench).code == 75)
    run.process.terminate()
    _ = try run.finish()
  }

  @Test func whatCannotBeReadIs66() throws {
    let bench = try Self.finished()
    let (file, folder) = (
      try Self.file(bench, line: 1), try Self.file(bench, line: 2).split(separator: "/").prefix(2).joined(separator: "/")
    )
    for name in [file, folder, "rejects.jsonl"] {
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: bench.path("out/\(name)"))
    }
    // Whoever may read everything gives that right up.
    let command = ["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", Workbench.program, "verify", "out"]
    let outcome =
      getuid() == 0 ? try bench.run(program: "/usr/bin/setpriv", command) : try bench.run(["verify", "out"])
    #expect(outcome.code == 66, "\(outcome)")
    for name in [file, "rejects.jsonl"] {
      #expect(outcome.output.contains("\(name): error: cannot be read: permission denied"), "\(outcome)")
    }
    #expect(outcome.output.contains("\(folder): error: cannot be read") || outcome.output.contains("\(folder)/"))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: bench.path("out/\(folder)"))
  }

  // MARK: Bills made again

  @Test func drawnBillsAreMadeAgain() throws {
    let bench = try Self.finished()
    let inputs = ["--layout", "layout", "--data", "bills.jsonl"]
    let all = try Self.verify(bench, inputs + ["--sample", "1000"])
    #expect(all.code == 0 && all.counts["sampled"] as? Int == 30 && all.counts["seed"] is Int, "\(all)")
    let text = try bench.run(["verify", "out", "--sample", "4", "--seed", "11"] + inputs)
    #expect(text.output.hasSuffix(", 4 bills made again (--seed 11): no findings\n"), "\(text.output)")
    // A file, its digest and the manifest's changed together: only making it again tells.
    let file = try Self.file(bench, line: 5)
    let bytes = String(decoding: try Data(contentsOf: bench.root.appendingPathComponent("out/\(file)")), as: UTF8.self)
    try bench.write("out/\(file)", bytes.replacing("10.25 cycle", with: "99.25 cycle"))
    try Self.cover(bench, line: 5)
    try Self.change(bench, line: 7) { $0.replacing("\"language\":\"en-US\"", with: "\"language\":\"fr\"") }
    try Self.reseal(bench)
    #expect(try Self.verify(bench).code == 0)
    let verdict = try Self.verify(bench, inputs + ["--sample", "1000"])
    #expect(verdict.code == 1 && verdict.ids == ["sample-differs"])
    #expect(Set(verdict.findings.map(\.file)) == [file, try Self.file(bench, line: 7)])
    // The same bills are drawn for the same seed.
    let seeds = try (0..<12).map { try Self.verify(bench, inputs + ["--sample", "3", "--seed", "\($0)"]).findings }
    #expect(Set(seeds).count > 1)
    #expect(try Self.verify(bench, inputs + ["--sample", "3", "--seed", "4", "--jobs", "1"]).findings == seeds[4])
  }

  @Test func inputsOfAnotherRunAre73() throws {
    let bench = try Self.finished()
    try bench.makeFolder("other")
    try bench.write("changed.jsonl", try bench.text("bills.jsonl").replacing("10.25", with: "10.26"))
    for (arguments, word) in [
      (["--layout", "other", "--data", "bills.jsonl"], "the layout"), (["--layout", "layout", "--data", "changed.jsonl"], "the data"),
      (["--layout", "layout", "--data", "bills.jsonl", "--campaign", "c"], "the campaign"),
      (["--layout", "layout", "--data", "bills.jsonl", "--specimen", "--as-of", "2026-01-01"], "--as-of, --specimen"),
    ] {
      let verdict = try Self.verify(bench, arguments + ["--sample", "2"])
      #expect(verdict.code == 73 && verdict.findings.isEmpty && verdict.errors.contains("in: \(word);"), "\(verdict)")
      #expect(try Self.verify(bench, arguments).code == 73)
    }
    #expect(try Self.verify(bench, ["--layout", "nowhere", "--data", "bills.jsonl"]).code == 78)
    #expect(try Self.verify(bench, ["--layout", "layout", "--data", "nowhere"]).code == 66)
    // By another program, too.
    var program = try Data(contentsOf: URL(fileURLWithPath: Workbench.program))
    program[try Workbench.buildID(in: program).lowerBound] ^= 1
    try bench.write("another", [UInt8](program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bench.path("another"))
    let another = try bench.run(program: bench.path("another"), ["verify", "out", "--layout", "layout", "--data", "bills.jsonl"])
    #expect(another.code == 73 && another.errors.contains("the build of billfold"))
    // To look at the folder itself any build will do.
    #expect(try bench.run(program: bench.path("another"), ["verify", "out"]).code == 0)
  }

  @Test func whatOnlyTheDataTellIsCompared() throws {
    let bench = try Self.finished()
    let text = try bench.text("out/summary.json")
    try bench.write("out/summary.json", text.replacing("\"in\":33", with: "\"in\":35").replacing("\"skipped\":0", with: "\"skipped\":2"))
    try Self.reseal(bench)
    #expect(try Self.verify(bench).code == 0)
    let verdict = try Self.verify(bench, ["--layout", "layout", "--data", "bills.jsonl"])
    #expect(verdict.code == 1 && verdict.has("summary-differs", path: "$.in") && verdict.has("summary-differs", path: "$.skipped"))
  }

  @Test func streamsAndDuplicatesAreMadeAgain() throws {
    let bench = try Workbench()
    try bench.write(
      "bills.jsonl", Workbench.records(6) + Workbench.records(2) + Workbench.record("A-0", "I-0", amount: "11.00") + "\n")
    let more = ["--accept", "duplicate-differs"]
    #expect(try bench.run(bench.arguments(["-"], more), input: "bills.jsonl").code == 65)
    #expect(try bench.objects("out/manifest.jsonl").contains { $0["copy"] as? Int == 2 })
    let outcome = try bench.run(["verify", "out", "--sample", "50", "--layout", "layout", "--data", "-"] + more, input: "bills.jsonl")
    #expect(outcome.code == 0 && outcome.output.contains(" 7 bills made again"), "\(outcome)")
  }

  /// The real program over the sample cycle.
  @Test func sampleCycleVerifies() throws {
    let bench = try Workbench()
    try bench.write("key", "a key of the tests, 32 bytes or more")
    let program = BuiltProgram.path("billfold")
    let inputs = [
      "--layout", Project.path("Layouts/larkspur"), "--data",
      Project.path("Samples/larkspur/bills.jsonl"), "--campaign",
      Project.path("Samples/larkspur/campaign"), "--token-key", bench.path("key"),
    ]
    #expect(try bench.run(program: program, ["render", "--out", "out"] + inputs).code == 0)
    #expect(try bench.run(program: program, ["verify", "out"]).output.hasSuffix(" bytes: no findings\n"))
    let sampled = try bench.run(program: program, ["verify", "out", "--sample", "6", "--seed", "1"] + inputs)
    #expect(sampled.code == 0 && sampled.output.contains("6 bills made again"), "\(sampled)")
    // A bit within a packed stream, and the manifest in step: the stream's own checksum tells.
    let file = try Self.file(bench, line: 1)
    var bytes = [UInt8](try Data(contentsOf: bench.root.appendingPathComponent("out/\(file)")))
    bytes[400] ^= 0x10
    try bench.write("out/\(file)", bytes)
    try Self.cover(bench, line: 1)
    let damaged = try bench.run(program: program, ["verify", "out"])
    #expect(damaged.code == 1 && damaged.output.contains("[pdf-damaged]"), "\(damaged.output)")
  }
}

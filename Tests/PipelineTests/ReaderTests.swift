import Contract
import Foundation
import TestSupport
import Testing

/// Files from outside that cost the process that reads them.
@Suite(.serialized, .onOwnThreads) struct ReaderTests {
  private static func invoice(_ number: Int) -> [UInt8] { SmallInvoice(number: "R-\(number)").bytes }

  /// What a run rejected because of its readers: file, number, code.
  private func lost(_ bench: Workbench, _ out: String = "out") throws -> [String] {
    try bench.objects("\(out)/rejects.jsonl").compactMap { line in
      guard let code = line["code"] as? String, ["crashed", "timed-out", "out-of-memory"].contains(code) else { return nil }
      return "\(line["file"] ?? ""):\(line["number"] ?? "") \(code)"
    }
  }

  private func made(_ bench: Workbench, _ out: String = "out") throws -> [String] {
    try bench.objects("\(out)/manifest.jsonl").compactMap { line in
      (line["record"] as? [String: Any]).map { "\($0["file"] ?? ""):\($0["number"] ?? "")" }
    }.sorted()
  }

  /// Readers that a run has at work.
  private func readers(of run: Workbench.Running) -> [Int32] {
    run.children.filter {
      let line = FileManager.default.contents(atPath: "/proc/\($0)/cmdline") ?? Data()
      return String(decoding: line, as: UTF8.self).contains("reader-process")
    }
  }

  @Test func entryThatNoReaderSurvivesIsOneRejectAndAllOthersAreBills() throws {
    let bench = try Workbench()
    let inner = StoredArchive.zip([("i.xml", Self.invoice(21)), ("j.xml", Self.invoice(22)), ("k.xml", Self.invoice(23))])
    let lines = Array(Workbench.records(3).utf8)
    try bench.write(
      "a.zip",
      StoredArchive.zip([
        ("a.xml", Self.invoice(1)), ("b.xml", Self.invoice(2)), ("c.xml", Self.invoice(3)), ("d.jsonl", []), ("e.xml", Self.invoice(5)),
        ("f.zip", inner), ("g.jsonl", lines), ("h.pdf", SmallInvoice(number: "R-8").pdf), ("i.xml", Self.invoice(9)), ("j.zip", inner),
      ]))
    let faults = [
      // Two in a row, one behind an entry without records, one inside an archive, a whole archive, the last.
      "read-crash:b.xml", "read-hang:c.xml", "read-memory:e.xml", "read-crash:f.zip/j.xml", "read-sleep:h.pdf", "read-crash:j.zip",
    ].flatMap { ["--test-fault", $0] }
    let bounds = ["--record-seconds", "1", "--worker-memory", "128", "--idle-seconds", "2"]
    #expect(try bench.render(["a.zip"], faults + bounds + ["--jobs", "2"]).code == 65)
    let expected = [
      "a.zip/b.xml:2 crashed", "a.zip/c.xml:3 timed-out", "a.zip/e.xml:4 out-of-memory", "a.zip/f.zip/j.xml:6 crashed",
      "a.zip/h.pdf:11 timed-out", "a.zip/j.zip:13 crashed",
    ]
    #expect(try lost(bench) == expected)
    #expect(
      try made(bench) == [
        "a.zip/a.xml:1", "a.zip/f.zip/i.xml:5", "a.zip/f.zip/k.xml:7", "a.zip/g.jsonl:10", "a.zip/g.jsonl:8", "a.zip/g.jsonl:9",
        "a.zip/i.xml:12",
      ])
    let messages = try bench.objects("out/rejects.jsonl").compactMap { $0["message"] as? String }
    #expect(messages.first == "reading the entry 'b.xml' crashed the process that did (signal 4), twice")
    #expect(messages.contains("reading the entry 'c.xml' took more than the 1 seconds allowed, twice"))
    #expect(messages.contains("reading the entry 'e.xml' took more than the 128 MiB of memory allowed, twice"))
    #expect(messages.contains("the process that was reading the entry 'h.pdf' neither worked nor answered for 2 seconds, twice"))
    let summary = try bench.summary()
    #expect(summary["in"] as? Int == 13)
    // The same with one worker, and when the command is given again: what was lost is tried anew, with the same end.
    let before = try bench.snapshot()
    #expect(try bench.render(["a.zip"], out: "one", faults + bounds + ["--jobs", "1"]).code == 65)
    #expect(try bench.snapshot("one") == before)
    let log = try bench.text("out/.work/workers.log").split(separator: "\n").count
    #expect(try bench.render(["a.zip"], faults + bounds).code == 65)
    #expect(try bench.snapshot() == before)
    let again = try bench.text("out/.work/workers.log").split(separator: "\n").count
    #expect(again == 2 * log)
    // What was lost twice is not tried a third time.
    #expect(try bench.render(["a.zip"], faults + bounds).code == 65)
    #expect(try bench.text("out/.work/workers.log").split(separator: "\n").count == again)
  }

  @Test func fileThatNoReaderSurvivesIsOneReject() throws {
    let bench = try Workbench()
    try bench.makeFolder("in")
    for number in 1...6 { try bench.write("in/\(number).xml", Self.invoice(number)) }
    try bench.write("in/7.pdf", SmallInvoice(number: "R-7").pdf)
    try bench.write("in/8.jsonl.gz", StoredArchive.gzip(Array(Workbench.records(4).utf8)))
    try bench.write("in/9.zip", StoredArchive.zip([("a.xml", Self.invoice(9))]))
    try bench.write("in/a.jsonl", Workbench.records(2, from: 50))
    let faults = ["read-crash:2.xml", "read-hang:4.xml", "read-memory:7.pdf", "read-crash:8.jsonl.gz", "read-crash:9.zip"].flatMap {
      ["--test-fault", $0]
    }
    let bounds = ["--record-seconds", "1", "--worker-memory", "128"]
    let outcome = try bench.render(["in"], faults + bounds)
    #expect(outcome.code == 65)
    #expect(
      try lost(bench) == ["2.xml:1 crashed", "4.xml:1 timed-out", "7.pdf:1 out-of-memory", "8.jsonl.gz:1 crashed", "9.zip:1 crashed"])
    #expect(try bench.objects("out/manifest.jsonl").count == 6)
    let check = try bench.run(["check", "--layout", "layout", "--data", "in"] + faults + bounds)
    #expect(check.code == 65)
    #expect(check.output.contains("reading the file crashed the process that did (signal 4), twice [crashed]"))
    #expect(check.output.contains("11 bills: 5 rejected"))
  }

  @Test func readerThatIsKilledFromOutsideCostsNothing() throws {
    let bench = try Workbench()
    try bench.write("a.zip", StoredArchive.zip((100..<800).map { ("\($0).xml", Self.invoice($0)) }))
    let begun = ContinuousClock.now
    #expect(try bench.render(["a.zip"], out: "calm").code == 0)
    // What the machine, busy with whatever else, needs for some files of the archive: two readers that die at one of them would be its fault.
    let pause = UInt32((ContinuousClock.now - begun) / .microseconds(20))
    let run = try bench.begin(bench.arguments(["a.zip"]))
    var killed: Set<Int32> = []
    // A fresh one each time, until there is none any more.
    while run.process.isRunning, killed.count < 12 {
      for reader in readers(of: run) where killed.insert(reader).inserted {
        // Some before they are ready, some at work.
        usleep(UInt32(killed.count % 4) * 70_000)
        kill(reader, SIGKILL)
        usleep(pause)
      }
      usleep(5_000)
    }
    #expect(try run.finish().code == 0)
    #expect(killed.count > 3)
    #expect(try bench.snapshot() == bench.snapshot("calm"))
  }

  @Test func runThatWaitsForAReaderCanBeStopped() throws {
    let bench = try Workbench()
    try bench.write("a.xml", Self.invoice(1))
    let run = try bench.begin(bench.arguments(["a.xml"], ["--test-fault", "read-hang:a.xml"]))
    for _ in 0..<2_000 where readers(of: run).isEmpty { usleep(5_000) }
    usleep(200_000)
    run.process.terminate()
    #expect(try run.finish().code == -SIGTERM)
  }

  @Test func whatIsWrongWithAnArchiveIsSaidAtOnce() throws {
    let bench = try Workbench()
    let archive = StoredArchive.zip([("a.xml", Self.invoice(1)), ("b.xml", Self.invoice(2))])
    try bench.write("cut.zip", Array(archive.dropLast(60)))
    let cut = try bench.render(["cut.zip"])
    #expect(cut.code == 66)
    #expect(
      cut.errors.contains(
        "cannot read the data 'cut.zip': the ZIP archive cannot be opened: its directory, which ends every ZIP archive, is missing"))
    #expect(!bench.exists("out"))
    // Its first bytes lost: the directory is there, and not where its end says.
    var broken = archive
    let place = archive.count - 22 - 2 * (46 + 5)
    broken[place] = 0x51
    try bench.write("broken.zip", broken)
    let damaged = try bench.render(["broken.zip"])
    #expect(damaged.code == 66)
    #expect(damaged.errors.contains("its directory is damaged at byte \(place), where the header of entry 1 of 2 is expected"))
    // Looking costs a reader: then the file is a reject.
    try bench.write("whole.zip", archive)
    #expect(try bench.render(["whole.zip"], ["--test-fault", "read-crash:whole.zip"]).code == 65)
    #expect(try lost(bench) == ["whole.zip:1 crashed"])
  }
}

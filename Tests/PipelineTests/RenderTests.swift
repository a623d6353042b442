import Foundation
import TestSupport
import Testing

/// Whole runs of the program over the probe's renderer.
@Suite(.serialized, .onOwnThreads) struct RenderTests {
  @Test func everyRecordBecomesAPieceWithALineInTheManifest() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", "\u{FEFF}" + Workbench.records(20) + "\n   \r\n" + Workbench.records(5, from: 20))
    let outcome = try bench.render()
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("25 records in, 25 bills out, 0 rejected, 0 skipped"))
    let lines = try bench.objects("out/manifest.jsonl")
    #expect(lines.count == 25)
    let keys = try lines.map { try #require($0["account"] as? String) + "\0" + (try #require($0["invoice"] as? String)) }
    #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    for line in lines {
      let file = try #require(line["file"] as? String)
      let bytes = try Data(contentsOf: bench.root.appendingPathComponent("out/\(file)"))
      #expect(bytes.count == line["bytes"] as? Int)
      #expect(bytes.starts(with: Data("%PDF".utf8)))
      #expect((line["sha256"] as? String)?.count == 64)
      #expect(line["sheets"] as? Int == 1)
      #expect(line["amount_due"] as? String == "10.25")
      #expect(line["specimen"] == nil)
    }
    // Blank lines count, so that the last record stands in line 27 of an editor.
    #expect(lines.contains { ($0["record"] as? [String: Any])?["number"] as? Int == 27 })
    let summary = try bench.summary()
    #expect(summary["in"] as? Int == 25)
    #expect(summary["out"] as? Int == 25)
    #expect(try bench.text("out/rejects.jsonl") == "")
    let totals = try #require((summary["totals"] as? [String: Any])?["USD"] as? [String: Any])
    #expect(totals["due"] as? String == "256.25")
  }

  @Test func filesAreForTheirOwnerOnly() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(3))
    #expect(try bench.render().code == 0)
    let names = try #require(FileManager.default.enumerator(atPath: bench.path("out")))
    var seen = 0
    for case let name as String in names {
      let attributes = try FileManager.default.attributesOfItem(atPath: bench.path("out/\(name)"))
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode == (attributes[.type] as? FileAttributeType == .typeDirectory ? 0o700 : 0o600), "\(name)")
      seen += 1
    }
    #expect(seen > 8)
  }

  @Test func sameBytesComeOutWhateverTheNumberOfWorkers() throws {
    let bench = try Workbench()
    let odd = Workbench.record("odd", "1", amount: "1.005") + "\n{broken\n"
    try bench.write("bills.jsonl", Workbench.records(60, extra: #"{"microseconds":"200"}"#) + odd)
    #expect(try bench.render(out: "one", ["--jobs", "1"]).code == 65)
    #expect(try bench.render(out: "deep/er/two", ["--jobs", "2"]).code == 65)
    #expect(try bench.render(out: "five", ["--jobs", "5"]).code == 65)
    let one = try bench.snapshot("one")
    #expect(one.count > 60)
    #expect(try bench.snapshot("deep/er/two") == one)
    #expect(try bench.snapshot("five") == one)
  }

  @Test func finishedRunIsOnlyVerified() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(10) + "{}\n")
    let first = try bench.render()
    #expect(first.code == 65)
    let before = try bench.snapshot()
    let date = try FileManager.default.attributesOfItem(atPath: bench.path("out/manifest.jsonl"))[.modificationDate] as? Date
    let second = try bench.render(["bills.jsonl"], ["--jobs", "1"])
    #expect(second.code == 65)
    #expect(second.output == first.output)
    #expect(second.errors == first.errors)
    #expect(try bench.snapshot() == before)
    #expect(try FileManager.default.attributesOfItem(atPath: bench.path("out/manifest.jsonl"))[.modificationDate] as? Date == date)
  }

  @Test func piecesThatAreMissingOrCutOffAreMadeAnew() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(12))
    #expect(try bench.render().code == 0)
    let before = try bench.snapshot()
    let files = before.keys.filter { $0.hasSuffix(".pdf") }.sorted()
    try bench.remove("out/\(files[0])")
    try bench.write("out/\(files[1])", "%PDF")
    try bench.remove("out/rejects.jsonl")
    #expect(try bench.render().code == 0)
    #expect(try bench.snapshot() == before)
    // A run whose journal is lost is done again, into the same files.
    try bench.remove("out/.work")
    #expect(try bench.render().code == 0)
    #expect(try bench.snapshot() == before)
  }

  @Test func firstOfTwoBillsWithOneIdentityWins() throws {
    let bench = try Workbench()
    let bill = Workbench.record("A", "1", amount: "5.00")
    // The same bytes, written in two ways; the other is only equal to the eye: a composed and a decomposed letter.
    let escaped = Workbench.record("\\u0041", "1", amount: "6.00")
    let composed = Workbench.record("caf\u{E9}", "1")
    let decomposed = Workbench.record("cafe\u{301}", "1")
    try bench.write("a.jsonl", [bill, escaped, composed, decomposed].map { $0 + "\n" }.joined())
    try bench.write("b.jsonl", bill + "\n")
    #expect(try bench.render(["a.jsonl", "b.jsonl"]).code == 65)
    let lines = try bench.objects("out/manifest.jsonl")
    #expect(lines.count == 3)
    #expect(lines.first?["amount_due"] as? String == "5.00")
    #expect(lines.map { ($0["account"] as? String)?.utf8.count } == [1, 6, 5])
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.map { $0["code"] as? String } == ["duplicate-differs", "duplicate"])
    #expect(rejects.map { $0["input"] as? Int } == [0, 1])
    #expect((rejects.last?["message"] as? String)?.contains("a.jsonl:1") == true)
  }

  @Test func dataFromOutsideNeverBecomesAPath() throws {
    let bench = try Workbench()
    let accounts = [
      "../../etc/passwd", ".", "..", ".hidden", "a/b", "Case", "case", "null\\u0041", "100%", "a_b", "ü",
      String(repeating: "x", count: 200),
    ]
    try bench.write(
      "bills.jsonl",
      accounts.map { Workbench.record($0, "../1") + "\n" }.joined() + Workbench.record(String(repeating: "y", count: 300), "1"))
    #expect(try bench.render().code == 65)
    let files = try bench.objects("out/manifest.jsonl").compactMap { $0["file"] as? String }
    #expect(Set(files).count == accounts.count)
    for file in files {
      #expect(file.wholeMatch(of: #/bills/[0-9a-f]{2}/[A-Za-z0-9%_~-][A-Za-z0-9%_~.-]*\.pdf/#) != nil, "\(file)")
      #expect(file.utf8.count <= 9 + 180 + 4)
      #expect(bench.exists("out/\(file)"))
    }
    #expect(files.contains { $0.hasSuffix("/%2E.%2F..%2Fetc%2Fpasswd_%2E.%2F1.pdf") })
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.map { $0["path"] as? String } == ["$.account"])
    #expect(Set(try bench.snapshot().keys.filter { $0.hasSuffix(".pdf") }) == Set(files))
  }

  @Test func whatCannotBecomeABillIsRejectedAndTheRestIsWritten() throws {
    let bench = try Workbench()
    var bytes = Array(Workbench.records(3).utf8)
    bytes += Array("{\"v\":1,\"account\":\"A\n".utf8)
    bytes += [0x7B, 0x22, 0xFF, 0x22, 0x7D, 0x0A]
    bytes += Array((String(repeating: "[", count: 200) + "\n").utf8)
    bytes += Array(Workbench.record("sum", "1").replacingOccurrences(of: #""due":"10.25""#, with: #""due":"11""#).utf8) + [0x0A]
    bytes += [UInt8](repeating: UInt8(ascii: "z"), count: 50 << 20) + [0x0A]
    bytes += Array(Workbench.records(2, from: 3).utf8)
    try bench.write("bills.jsonl", bytes)
    let outcome = try bench.render()
    #expect(outcome.code == 65)
    let summary = try bench.summary()
    #expect(summary["in"] as? Int == 10)
    #expect(summary["out"] as? Int == 5)
    #expect(summary["rejected"] as? Int == 5)
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(rejects.map { $0["number"] as? Int } == [4, 5, 6, 7, 8])
    #expect(rejects.last?["code"] as? String == "too-long")
    #expect(rejects.last?["length"] as? Int == 50 << 20)
    #expect((rejects.last?["raw"] as? String)?.utf8.count == (4096 + 2) / 3 * 4)
    #expect(rejects[3]["account"] as? String == "sum")
    #expect((rejects[3]["record"] as? [String: Any])?["account"] as? String == "sum")
    #expect(outcome.errors.contains("bills.jsonl:7: $"))
    #expect(outcome.output.contains("5 rejected"))
  }

  @Test func totalsStayExactBeyondWhatOneAmountHolds() throws {
    let bench = try Workbench()
    let large = "92233720368547758.07"
    let bills = (0..<3).map { Workbench.record("A\($0)", "1", amount: large) + "\n" }.joined()
    let yen = Workbench.record("J", "1", amount: "-900", currency: "JPY") + "\n"
    try bench.write("bills.jsonl", bills + yen + Workbench.record("B", "1", amount: "-0.5") + "\n")
    #expect(try bench.render().code == 0)
    let totals = try #require(try bench.summary()["totals"] as? [String: [String: Any]])
    #expect(totals["USD"]?["due"] as? String == "276701161105643273.71")
    #expect(totals["USD"]?["bills"] as? Int == 4)
    #expect(totals["JPY"]?["charges"] as? String == "-900")
  }

  @Test func findingsAndResultsAreAlsoThereForPrograms() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(2) + String(repeating: "{}\n", count: 30))
    let outcome = try bench.render(["bills.jsonl"], ["--format", "json"])
    #expect(outcome.code == 65)
    let findings = try outcome.errors.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(findings.count == 30)
    #expect(findings[0]["id"] as? String == "missing-field")
    #expect(findings[0]["record"] as? Int == 3)
    let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(result?["rejected"] as? Int == 30)
    // A person is told of the first only.
    let text = try bench.render()
    #expect(text.errors.split(separator: "\n").count == 21)
    #expect(text.errors.contains("10 more rejects"))
  }
}

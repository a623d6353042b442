import Foundation
import TestSupport
import Testing

/// Leaflets in a run: one file for many records, and a line of the manifest for each.
@Suite(.serialized, .onOwnThreads) struct LeafletRunTests {
  private static let enclosed = #"{"leaflet":"3"}"#

  /// Bills with and without a leaflet, and a record at fault.
  private static func records(microseconds: Int = 0) -> String {
    let slow = microseconds > 0 ? #","microseconds":"\#(microseconds)""# : ""
    return Workbench.records(40, extra: #"{"leaflet":"3"\#(slow)}"#) + "{}\n"
      + Workbench.records(20, from: 40, extra: #"{"pages":"1"\#(slow)}"#)
  }

  @Test func oneFileServesManyRecords() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records())
    let ran = try bench.render(out: "out", ["--jobs", "1"])
    #expect(
      ran.code == 65 && ran.output.contains("61 records in, 60 bills out") && ran.output.contains("40 leaflets: out/terms\n"), "\(ran)")
    #expect(try bench.render(out: "two", ["--jobs", "2"]).code == 65)
    #expect(try bench.snapshot() == bench.snapshot("two"))
    #expect(try bench.snapshot().keys.filter { $0.hasPrefix("terms/") } == ["terms/en-US.pdf"])
    let lines = try bench.objects("out/manifest.jsonl")
    let leaflets = lines.filter { $0["kind"] as? String == "terms" }
    #expect(leaflets.count == 40 && lines.count == 100)
    #expect(
      Set(leaflets.compactMap { $0["sha256"] as? String }).count == 1
        && leaflets.allSatisfy { $0["bytes"] as? Int == leaflets[0]["bytes"] as? Int })
    let keys = lines.map { "\($0["account"] as? String ?? "") \($0["kind"] as? String ?? "")" }
    #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let summary = try bench.summary()
    #expect(summary["out"] as? Int == 60 && summary["rejected"] as? Int == 1 && summary["pages"] as? Int == 100)
    let pieces = summary["pieces"] as? [String: [String: Int]]
    #expect(pieces == ["bill": ["out": 60, "rejected": 1], "terms": ["out": 40, "rejected": 0]])
    let verified = try bench.run(["verify", "out"])
    #expect(verified.code == 0 && verified.output.hasPrefix("100 pieces, "), "\(verified)")
    let inputs = ["--layout", "layout", "--data", "bills.jsonl", "--sample", "20", "--seed", "1"]
    let again = try bench.run(["verify", "out"] + inputs)
    #expect(again.code == 0 && again.output.contains("20 bills made again"), "\(again)")
  }

  @Test(arguments: ["gone", "short"]) func damagedLeafletIsMadeAnew(_ damage: String) throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records())
    #expect(try bench.render().code == 65)
    let whole = try bench.snapshot()
    if damage == "gone" { try bench.remove("out/terms/en-US.pdf") } else { try bench.write("out/terms/en-US.pdf", "%PDF") }
    let found = try bench.run(["verify", "out"])
    // On forty lines, and told once.
    #expect(found.code == 1 && found.output.split(separator: "\n").filter { $0.contains("terms/en-US.pdf") }.count <= 2, "\(found.output)")
    #expect(try bench.render().code == 65)
    #expect(try bench.snapshot() == whole)
    let journal = try bench.render()
    #expect(journal.code == 65)
  }

  @Test func changedLeafletIsFound() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records())
    #expect(try bench.render().code == 65)
    var bytes = [UInt8](try Data(contentsOf: bench.root.appendingPathComponent("out/terms/en-US.pdf")))
    bytes[bytes.count / 2] ^= 1
    try bench.write("out/terms/en-US.pdf", bytes)
    let found = try bench.run(["verify", "out"])
    #expect(found.code == 1 && found.output.contains("terms/en-US.pdf") && found.output.contains("has the SHA-256"), "\(found.output)")
    try bench.write("out/terms/de.pdf", bytes)
    #expect(
      try bench.run(["verify", "out"]).output.contains("out/terms/de.pdf") || bench.run(["verify", "out"]).output.contains("terms/de.pdf"))
  }

  @Test func killedRunEndsInTheSameBytes() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records(microseconds: 2000))
    #expect(try bench.render(out: "whole").code == 65)
    // Each time a little further than the time before: the first before anything is noted, with the leaflet in its place.
    func pieces() -> Int { FileManager.default.subpaths(atPath: bench.path("out/bills"))?.count { $0.hasSuffix(".pdf") } ?? 0 }
    var kills = 0
    for wanted in [1, 12, 30] {
      let run = try bench.begin(bench.arguments())
      while run.process.isRunning, pieces() < wanted { usleep(1000) }
      kill(run.process.processIdentifier, SIGKILL)
      if try run.finish().code == -SIGKILL { kills += 1 }
    }
    #expect(try bench.render().code == 65)
    #expect(kills > 0)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
    // What was made is removed by name, and nothing else.
    try bench.write("out/terms/notes.txt", "mine")
    try bench.write("bills.jsonl", Workbench.records(3))
    let forced = try bench.render(out: "out", ["--force"])
    #expect(forced.code == 0 && bench.exists("out/terms/notes.txt") && !bench.exists("out/terms/en-US.pdf"), "\(forced)")
    #expect(forced.errors.contains("files-left"))
  }

  @Test func makersThatDisagreeAreTold() throws {
    let bench = try Workbench()
    // Each worker's leaflet is another: the records of the second one fail, and its file is not overwritten.
    try bench.write("bills.jsonl", Workbench.records(60, extra: #"{"leaflet":"9","microseconds":"2000"}"#))
    let ran = try bench.render(out: "out", ["--jobs", "2"])
    let rejects = try bench.objects("out/rejects.jsonl")
    #expect(ran.code == 65 && !rejects.isEmpty && rejects.count < 60, "\(ran)")
    #expect(
      rejects.allSatisfy {
        $0["code"] as? String == "defect" && ($0["message"] as? String)?.contains("'terms/en-US.pdf' was made twice") == true
      })
    #expect(try bench.run(["verify", "out"]).code == 0)
  }

  @Test func billWithoutItsLeafletIsRejected() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(2) + Workbench.record("B", "1", extra: #"{"missing":"1"}"#) + "\n")
    #expect(try bench.render().code == 65)
    let reject = try #require(try bench.objects("out/rejects.jsonl").first)
    #expect(reject["code"] as? String == "leaflet-failed" && reject["kind"] as? String == "bill")
    #expect(try bench.summary()["rejects"] as? [String: Int] == ["leaflet-failed": 1])
  }

  @Test func withoutBillsTheyAreJudgedAndNotWritten() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records())
    let ran = try bench.render(out: "out", ["--pieces", "terms"])
    #expect(ran.code == 65 && ran.output.contains("61 records in, 60 bills judged and not written, 1 rejected"), "\(ran)")
    #expect(!bench.exists("out/bills") && bench.exists("out/terms/en-US.pdf"))
    #expect(try bench.objects("out/manifest.jsonl").map { $0["kind"] as? String } == Array(repeating: "terms", count: 40))
    let summary = try bench.summary()
    #expect(summary["out"] as? Int == 60 && summary["pages"] as? Int == 0 && (summary["totals"] as? [String: Any])?.isEmpty == true)
    #expect(try bench.text("out/run.json").contains(#"  "pieces": ["terms"],"#))
    let whole = try bench.snapshot()
    #expect(try bench.render(out: "out", ["--pieces", "terms"]).code == 65)
    #expect(try bench.snapshot() == whole)
    #expect(try bench.run(["verify", "out"]).code == 0)
    let inputs = ["--layout", "layout", "--data", "bills.jsonl", "--pieces", "terms", "--sample", "5", "--seed", "1"]
    let again = try bench.run(["verify", "out"] + inputs)
    #expect(again.code == 0, "\(again)")
    // Another choice of pieces is another run; a bill brings its leaflet, so that these two are one.
    let other = try bench.render()
    #expect(other.code == 73 && other.errors.contains("with a difference in: --pieces;"), "\(other)")
    #expect(try bench.render(out: "both", ["--pieces", "bill"]).code == 65)
    #expect(try bench.render(out: "both", ["--pieces", "bill,terms"]).code == 65)
    #expect(try bench.text("both/run.json").contains(#"  "pieces": ["bill","terms"],"#))
    // A line of what was not asked for is none of this run.
    let manifest = try bench.text("out/manifest.jsonl")
    try bench.write("out/manifest.jsonl", bench.text("both/manifest.jsonl"))
    #expect(try bench.run(["verify", "out"]).output.contains("the run was made without '--pieces bill'"))
    try bench.write("out/manifest.jsonl", manifest)
  }

  @Test(arguments: [
    ("postcard", "'--pieces postcard' makes the postcards of a campaign: it needs '--campaign'."),
    ("bill,email", "'--pieces email' makes the e-mails of a campaign: it needs '--campaign'."),
    ("bills", "'--pieces' takes bill, email, postcard, terms, and not 'bills'."), ("", "and not ''."),
  ]) func unknownPiecesAre64(kinds: String, message: String) throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    let ran = try bench.render(out: "out", ["--pieces", kinds])
    #expect(ran.code == 64 && ran.errors.contains(message), "\(ran)")
    #expect(!bench.exists("out"))
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// `billfold release`: a finished run's printed pieces go into the ledger, all of them or none.
@Suite struct ReleaseTests {
  /// A finished run of five bills, one of them electronic, that each test copies.
  private static let finished: Result<TemporaryFolder, any Error> = Result {
    let (folder, bench) = (try TemporaryFolder(), try Bench(bills: 0))
    let bills = try String(contentsOf: Project.url("Samples/larkspur/bills.jsonl"), encoding: .utf8).split(separator: "\n").map(String.init)
    let electronic = bills.first { $0.contains("\"delivery\":\"electronic\"") }
    try bench.write(
      "bills.jsonl",
      (bills.filter { $0.contains("\"delivery\":\"paper\"") }.prefix(4) + [try #require(electronic)]).joined(separator: "\n") + "\n")
    let ran = try bench.run(bench.render(["bills.jsonl"], out: folder.path("out"), ["--cycle", "2026-11"]))
    #expect(ran.code == 0, "\(ran.errors)")
    try folder.write("bills.jsonl", bench.text("bills.jsonl"))
    return folder
  }

  private static func bench() throws -> Bench {
    let source = try finished.get()
    let bench = try Bench(bills: 0)
    try FileManager.default.copyItem(atPath: source.path("out"), toPath: bench.path("out"))
    let made = try bench.run(["ledger", "create", "--ledger", "ledger", "--company", "Larkspur Light & Power"])
    #expect(made.code == 0, "\(made.errors)")
    return bench
  }

  private static func release(_ bench: Bench, mailed: String = "2026-11-25", _ more: String...) throws -> Bench.Outcome {
    try bench.run(["release", "out", "--ledger", "ledger", "--mailed", mailed] + more)
  }

  private static func export(_ bench: Bench) throws -> String { try bench.run(["ledger", "export", "--ledger", "ledger"]).output }

  /// The lines of the manifest as dictionaries.
  private static func manifest(_ bench: Bench) throws -> [[String: Any]] {
    try bench.text("out/manifest.jsonl").split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  @Test func printedPiecesAreReleasedOnce() throws {
    let bench = try Self.bench()
    let first = try Self.release(bench)
    #expect(
      (first.code, first.output) == (0, "4 pieces mailed on 2026-11-25: 4 new in the ledger, 0 known already; 1 not printed\n"),
      "\(first.errors)")
    let export = try Self.export(bench)
    let lines = try export.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let printed = try Self.manifest(bench).filter { $0["channel"] as? String == "print" }
    #expect(lines.compactMap { $0["account"] as? String } == printed.compactMap { $0["account"] as? String })
    for (line, entry) in zip(lines, printed) {
      let piece = try #require((line["pieces"] as? [[String: Any]])?.first)
      for key in ["sha256", "kind", "invoice", "cycle", "channel"] { #expect(piece[key] as? String == entry[key] as? String, "\(key)") }
      let (notice, terms) = (entry["notice"] as? [String: Any], entry["terms"] as? [String: Any])
      #expect(
        piece["phase"] as? String == entry["phase"] as? String && piece["words_digest"] as? String == notice?["words_digest"] as? String)
      #expect(piece["area"] as? Double == notice?["area"] as? Double && piece["contrast"] as? Double == notice?["contrast"] as? Double)
      #expect(piece["terms_version"] as? String == terms?["version"] as? String && piece["mailed"] as? String == "2026-11-25")
    }
    let again = try Self.release(bench)
    #expect((again.code, again.output) == (0, "4 pieces mailed on 2026-11-25: 0 new in the ledger, 4 known already; 1 not printed\n"))
    let json = try Self.release(bench, mailed: "2026-11-25", "--format", "json")
    #expect(json.output == "{\"pieces\":4,\"new\":0,\"known\":4,\"electronic\":1,\"skipped\":0,\"findings\":0}\n")
    let other = try Self.release(bench, mailed: "2026-11-26")
    #expect(other.code == 1 && other.output.contains("mailed on 2026-11-25, and not on 2026-11-26 [piece-differs]\n"))
    #expect(other.output.hasSuffix("4 pieces: 4 findings, nothing was written\n"))
    #expect(try Self.export(bench) == export)
  }

  @Test func partsOfARunAreReleasedOneAfterTheOther() throws {
    let bench = try Self.bench()
    let accounts = try Self.manifest(bench).filter { $0["channel"] as? String == "print" }.compactMap { $0["account"] as? String }
    try bench.write("some", accounts[0] + "\n" + accounts[1] + "\n")
    let first = try Self.release(bench, mailed: "2026-11-25", "--only", "@some")
    #expect(
      (first.code, first.output) == (0, "2 pieces mailed on 2026-11-25: 2 new in the ledger, 0 known already; 1 not printed; 2 left out\n"))
    let rest = try Self.release(bench, mailed: "2026-11-26", "--exclude", "@some")
    #expect(
      (rest.code, rest.output) == (0, "2 pieces mailed on 2026-11-26: 2 new in the ledger, 0 known already; 1 not printed; 2 left out\n"))
    let none = try Self.release(bench, mailed: "2026-11-26", "--only", "nobody")
    #expect(none.code == 65 && none.errors.contains("no piece has the account 'nobody' named with --only [account-not-met]"))
  }

  /// Where the pieces go, for the lettershop: what the records say, and the digits that are on the piece.
  @Test(.needs(Tool.python)) func listSaysWherePiecesGo() throws {
    let bench = try Self.bench()
    let source = try Self.finished.get()
    let some = try #require(try Self.manifest(bench).first { $0["channel"] as? String == "print" }?["account"] as? String)
    let ran = try Self.release(bench, mailed: "2026-11-25", "--list", "list.csv", "--exclude", some)
    #expect(ran.code == 0, "\(ran)")
    try bench.write("records.jsonl", source.text("bills.jsonl"))
    let script = """
      import csv, json
      records = {r["account"]: r for r in map(json.loads, open("records.jsonl", encoding="utf-8"))}
      manifest = [m for m in map(json.loads, open("out/manifest.jsonl", encoding="utf-8")) if m["channel"] == "print" and m["account"] != "\(some)"]
      rows = list(csv.reader(open("list.csv", encoding="utf-8", newline=""), strict=True))
      assert rows[0] == "kind,file,sheets,name,address1,address2,address3,address4,address5,address6,address7,address8,code,country,imb,insert,class,size".split(",")
      assert len(rows) - 1 == len(manifest) == 3
      codes = 0
      for row, piece in zip(rows[1:], manifest):
          customer = records[piece["account"]]["customer"]
          postal = customer.get("postal") or {}
          lines = customer["address"] + [""] * (8 - len(customer["address"]))
          assert row[:4] == [piece["kind"], piece["file"], str(piece["sheets"]), customer["name"]], row
          assert row[4:12] == lines and row[12:14] == [postal.get("code") or "", postal.get("country") or ""], row
          assert row[15:] == ["", "", ""], row
          if row[14]:
              digits = "".join(c for c in piece["invoice"] if c.isdigit())[-9:].rjust(9, "0")
              assert row[14] == "00300314159" + digits + postal["imb_routing"], row
              codes += 1
      assert codes > 0
      """
    let looked = try Tool.run([Tool.python, "-c", script], in: bench.root)
    #expect(looked.code == 0, "\(looked.output)")
    // A list that cannot be made, and a release that is none, leave nothing.
    let (before, list) = (try Self.export(bench), try bench.text("list.csv"))
    #expect(try Self.release(bench, mailed: "2026-11-25", "--list", "none/list.csv").code == 74)
    #expect(try Self.release(bench, mailed: "2026-11-26", "--list", "list.csv").code == 1)
    try FileManager.default.removeItem(atPath: bench.path("out/.work/journal.sqlite"))
    let lost = try Self.release(bench, mailed: "2026-11-25", "--list", "list.csv")
    #expect(lost.code == 73 && lost.errors.contains("[journal-missing]"), "\(lost)")
    #expect(try Self.export(bench) == before && bench.text("list.csv") == list)
    #expect(try Self.release(bench).code == 0)
  }

  /// A leaflet is a piece that was mailed, and in the list the insert of its bill: each line names a file that is what the manifest says of it.
  @Test(.needs(Tool.python)) func leafletsAreInsertsOfTheirBills() throws {
    let bench = try Bench(bills: 0)
    let bills = try String(contentsOf: Project.url("Samples/larkspur/bills.jsonl"), encoding: .utf8).split(separator: "\n")
    try bench.write("bills.jsonl", bills[5..<13].joined(separator: "\n") + "\n")
    let campaign = try bench.text("campaign/campaign.yaml")
    let changed = campaign.replacing(
      "{rule: undecided, notice: standard, terms: bill}", with: "{rule: undecided, notice: standard, terms: leaflet}")
    #expect(changed != campaign)
    try bench.write("campaign/campaign.yaml", changed)
    let ran = try bench.run(bench.render(["bills.jsonl"], out: "out", ["--cycle", "2026-11"]))
    #expect(ran.code == 0 && ran.output.contains("leaflets: out/terms\n"), "\(ran)")
    #expect(try bench.run(["ledger", "create", "--ledger", "ledger", "--company", "Larkspur Light & Power"]).code == 0)
    let released = try Self.release(bench, mailed: "2026-11-25", "--list", "list.csv")
    #expect(released.code == 0, "\(released)")
    let script = """
      import csv, hashlib, json, os
      manifest = list(map(json.loads, open("out/manifest.jsonl", encoding="utf-8")))
      keys = [(m["account"].encode(), m["invoice"].encode(), m["kind"].encode()) for m in manifest]
      assert keys == sorted(keys)
      rows = list(csv.DictReader(open("list.csv", encoding="utf-8", newline=""), strict=True))
      bills = {m["account"]: m for m in manifest if m["kind"] == "bill"}
      leaflets = {m["account"]: m for m in manifest if m["kind"] == "terms"}
      assert 2 <= len(leaflets) < len(bills) == 8, (len(leaflets), len(bills))
      for account, leaflet in leaflets.items():
          bill = bills[account]
          assert bill["rule"] in ("undecided", "business") and bill["terms"] is None and leaflet["terms"]["version"] == "2027-03"
          assert leaflet["channel"] == bill["channel"] == "print" and leaflet["sheets"] == (leaflet["pages"] + 1) // 2
          assert leaflet["record"] == bill["record"] and leaflet["amount_due"] == bill["amount_due"] and leaflet["notice"] is None
          name = leaflet["language"] + ("" if leaflet["format"] == "standard" else "-" + leaflet["format"])
          assert leaflet["file"] == "terms/" + name + ".pdf", leaflet["file"]
          whole = open("out/" + leaflet["file"], "rb").read()
          assert len(whole) == leaflet["bytes"] and hashlib.sha256(whole).hexdigest() == leaflet["sha256"]
      assert {m["account"] for m in bills.values() if m["rule"] in ("undecided", "business") and m["channel"] == "print"} == set(leaflets)
      assert sorted(os.listdir("out/terms")) == sorted({m["file"][6:] for m in leaflets.values()})
      inserts = {row["file"]: row["insert"] for row in rows}
      printed = {m["file"]: leaflets.get(m["account"], {}).get("file", "") for m in bills.values() if m["channel"] == "print"}
      assert inserts == printed and all(row["kind"] == "bill" for row in rows), inserts
      summary = json.load(open("out/summary.json"))
      assert summary["pieces"] == {"bill": {"out": 8, "rejected": 0}, "terms": {"out": len(leaflets), "rejected": 0}}
      assert summary["pages"] == sum(m["pages"] for m in bills.values()) and summary["sheets"] == sum(m["sheets"] for m in bills.values())
      print(len(printed) + len(leaflets))
      """
    let looked = try Tool.run([Tool.python, "-c", script], in: bench.root)
    #expect(looked.code == 0, "\(looked.output)")
    let pieces = looked.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(released.output.hasPrefix("\(pieces) pieces mailed on 2026-11-25: \(pieces) new in the ledger"), "\(released.output)")
    let account = try #require(try Self.manifest(bench).first { $0["kind"] as? String == "terms" }?["account"] as? String)
    let shown = try bench.run(["ledger", "show", account, "--ledger", "ledger"]).output
    #expect(shown.contains("mailed leaflet ") && shown.contains("mailed bill "), "\(shown)")
    // Coverage counts bills: the leaflet beside one is no second notice.
    #expect(try Self.export(bench).contains("\"kind\":\"terms\""))
  }

  /// A card is a piece by itself, with a line of its own that says what its post takes it for; the leaflet that stands behind it in the journal goes
  /// into its bill's envelope. In another cycle the same customer's card is another piece.
  @Test(.needs(Tool.python)) func cardsHaveLinesOfTheirOwn() throws {
    let bench = try Bench(bills: 0)
    let bills = try String(contentsOf: Project.url("Samples/larkspur/bills.jsonl"), encoding: .utf8).split(separator: "\n")
    try bench.write("bills.jsonl", bills[5..<13].joined(separator: "\n") + "\n")
    let campaign = try bench.text("campaign/campaign.yaml")
    let changed = campaign.replacing(
      "{rule: undecided, notice: standard, terms: bill}", with: "{rule: undecided, notice: standard, terms: leaflet}"
    ).replacing("coverage: {bills: 3", with: "coverage: {bills: 1").replacing(
      "coverage: {bills: 1}", with: "coverage: {bills: 1, postcards: 1}")
    #expect(changed != campaign && changed.contains("coverage: {bills: 1, postcards: 1}"))
    try bench.write("campaign/campaign.yaml", changed)
    let ran = try bench.run(
      bench.render(["bills.jsonl"], out: "out", ["--cycle", "2027-01", "--as-of", "2027-01-22", "--pieces", "bill,postcard"]))
    #expect(ran.code == 0, "\(ran)")
    for ledger in ["ledger", "early"] {
      #expect(try bench.run(["ledger", "create", "--ledger", ledger, "--company", "Larkspur Light & Power"]).code == 0)
    }
    let released = try Self.release(bench, mailed: "2027-01-25", "--list", "list.csv")
    let script = """
      import csv, json
      manifest = list(map(json.loads, open("out/manifest.jsonl", encoding="utf-8")))
      rows = list(csv.DictReader(open("list.csv", encoding="utf-8", newline=""), strict=True))
      cards = {m["account"]: m for m in manifest if m["kind"] == "postcard"}
      leaflets = {m["account"]: m for m in manifest if m["kind"] == "terms"}
      assert len(cards) >= 3 and set(cards) & set(leaflets), (cards, leaflets)
      owners = {m["file"]: m for m in manifest if m["kind"] != "terms"}
      printed = [m["file"] for m in manifest if m["kind"] != "terms" and m["channel"] == "print"]
      assert [row["file"] for row in rows] == printed
      for row in rows:
          piece = owners[row["file"]]
          assert row["kind"] == piece["kind"] and row["sheets"] == str(piece["sheets"]), row
          if row["kind"] == "postcard":
              assert (row["sheets"], row["insert"], row["class"], row["size"]) == ("1", "", "card", "9 x 6 in"), row
          else:
              assert row["insert"] == leaflets.get(piece["account"], {}).get("file", "") and row["class"] == row["size"] == "", row
      print(len(printed) + len(leaflets), len(cards), min(cards))
      """
    let looked = try Tool.run([Tool.python, "-c", script], in: bench.root)
    #expect(looked.code == 0, "\(looked.output)")
    let words = looked.output.split(whereSeparator: \.isWhitespace).map(String.init)
    let (pieces, cards, account) = (words[0], words[1], try #require(words.last))
    #expect(
      released.output.hasPrefix(
        "\(pieces) pieces mailed on 2027-01-25: \(pieces) new in the ledger, 0 known already; \(cards) postcards as usps card"),
      "\(released)")
    // Before the post took cards of that size as cards, they went as letters.
    let early = try bench.run(["release", "out", "--ledger", "early", "--mailed", "2021-08-12", "--format", "json"])
    #expect(early.output.contains(#""postcards":[{"post":"usps","class":"letter","count":\#(cards)}]}"#), "\(early)")
    // The ledger knows of the card, so that none goes out again; one that is made all the same is another piece.
    let told = try bench.run(
      bench.render(
        ["bills.jsonl"], out: "told", ["--cycle", "2027-02", "--as-of", "2027-02-22", "--pieces", "postcard", "--ledger", "ledger"]))
    #expect(try told.code == 0 && bench.text("told/manifest.jsonl").isEmpty, "\(told)")
    let again = try bench.run(
      bench.render(["bills.jsonl"], out: "again", ["--cycle", "2027-02", "--as-of", "2027-02-22", "--pieces", "postcard"]))
    #expect(again.code == 0, "\(again)")
    let second = try bench.run(["release", "again", "--ledger", "ledger", "--mailed", "2027-02-25"])
    #expect(second.output.hasPrefix("\(cards) pieces mailed on 2027-02-25: \(cards) new in the ledger, 0 known already"), "\(second)")
    let shown = try bench.run(["ledger", "show", account, "--ledger", "ledger"]).output
    let lines = shown.split(separator: "\n").filter { $0.contains("mailed postcard") }
    #expect(
      lines.count == 2 && lines[0].hasPrefix("2027-01-25  ")
        && lines[0].contains("; phase remind; rule undecided; notice postcard as standard on page 1, area ")
        && lines[1].contains("; cycle 2027-02; ") && lines[1].contains("; phase final; "), "\(shown)")
    #expect(try Self.export(bench).contains(#""kind":"postcard""#))
    // Coverage says what is missing of which.
    let coverage = try bench.run(
      ["ledger", "coverage", "--ledger", "ledger", "--campaign", "campaign", "--data", "bills.jsonl", "--format", "json"])
    let short = coverage.output.split(separator: "\n").filter { $0.hasPrefix(#"{"account""#) }
    #expect(!short.contains { $0.contains(account) } && short.allSatisfy { $0.contains(#""missing":{"bills":"#) }, "\(coverage)")
  }

  /// What is done to a finished folder, the exit code and what is told; nothing is written.
  private static let faults: [(String, @Sendable (Bench, String) throws -> Void, Int32, String)] = [
    ("a byte more", { try append($0, $1) }, 1, "bytes; the manifest says"), ("another byte", { try flip($0, $1) }, 1, "has the SHA-256"),
    ("a file gone", { try FileManager.default.removeItem(atPath: $0.path("out/" + $1)) }, 1, "is not there [file-missing]"),
    (
      "a link",
      { bench, file in
        try FileManager.default.moveItem(atPath: bench.path("out/" + file), toPath: bench.path("elsewhere.pdf"))
        try FileManager.default.createSymbolicLink(atPath: bench.path("out/" + file), withDestinationPath: bench.path("elsewhere.pdf"))
      }, 1, "is a symbolic link, which is not followed [not-a-file]"
    ),
    (
      "another line",
      { bench, _ in try bench.write("out/manifest.jsonl", bench.text("out/manifest.jsonl").replacing("announce", with: "final")) },
      1, "the summary says"
    ),
    ("no line", { bench, _ in try bench.write("out/manifest.jsonl", "x\n" + bench.text("out/manifest.jsonl")) }, 1, "is no JSON"),
    ("unfinished", { bench, _ in try FileManager.default.removeItem(atPath: bench.path("out/manifest.jsonl")) }, 73, "[output-unfinished]"),
    ("no run", { bench, _ in try FileManager.default.removeItem(atPath: bench.path("out")) }, 66, "[output-unreadable]"),
    (
      "specimens",
      { bench, _ in try bench.write("out/run.json", bench.text("out/run.json").replacing("\"specimen\": false", with: "\"specimen\": true"))
      },
      73, "the run in 'out' was made with '--specimen': its pieces are not to be mailed [output-specimen]"
    ),
    (
      "another company's",
      { bench, _ in
        try bench.write("out/run.json", bench.text("out/run.json").replacing("  \"build\"", with: "  \"company\": \"Other\",\n  \"build\""))
      },
      78,
      "[ledger-other-company]"
    ),
    ("no ledger", { bench, _ in try FileManager.default.removeItem(atPath: bench.path("ledger")) }, 78, "[ledger-missing]"),
  ]

  private static func append(_ bench: Bench, _ file: String) throws {
    let handle = try FileHandle(forWritingTo: bench.root.appendingPathComponent("out/" + file))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0x0A]))
    try handle.close()
  }

  private static func flip(_ bench: Bench, _ file: String) throws {
    let url = bench.root.appendingPathComponent("out/" + file)
    var data = try Data(contentsOf: url)
    data[data.count / 2] ^= 1
    try data.write(to: url)
  }

  @Test(arguments: faults.indices) func faultyFolderIsNotReleased(_ index: Int) throws {
    let (what, harm, code, told) = Self.faults[index]
    let bench = try Self.bench()
    let file = try #require(try Self.manifest(bench).filter { $0["channel"] as? String == "print" }.last?["file"] as? String)
    try harm(bench, file)
    let ran = try Self.release(bench)
    #expect(ran.code == code && (ran.output + ran.errors).contains(told), "\(what): \(ran)")
    if code != 78 { #expect(try Self.export(bench).isEmpty) }
  }

  /// Killed at any moment: nothing of it is in the ledger, or all.
  @Test func releaseThatIsKilledIsMadeGoodByTheSameAgain() async throws {
    try await Tool.waiting {
      let (bench, undisturbed) = (try Self.bench(), try Self.bench())
      #expect(try Self.release(undisturbed).code == 0)
      var random = SeededNumbers(seed: 3)
      for _ in 0..<10 {
        let running = try bench.begin(["release", "out", "--ledger", "ledger", "--mailed", "2026-11-25"])
        usleep(UInt32(random.next(below: 250_000)))
        kill(running.number, SIGKILL)
        _ = try running.finish()
        let lines = try Self.export(bench).split(separator: "\n").count
        #expect(lines == 0 || lines == 4)
      }
      #expect(try Self.release(bench).code == 0)
      #expect(try Self.export(bench) == Self.export(undisturbed))
    }
  }
}

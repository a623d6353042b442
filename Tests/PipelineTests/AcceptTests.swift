import Contract
import Foundation
import TestSupport
import Testing

/// `--accept`, and what is told of warnings.
@Suite(.serialized, .onOwnThreads) struct AcceptTests {
  /// A record whose due is not what its figures add up to.
  private func unsound(_ account: String) -> String {
    Workbench.record(account, "1").replacingOccurrences(of: #""due":"10.25"}"#, with: #""due":"11.25"}"#)
  }

  @Test func sumsThatAreAcceptedStandAsTheyAreGiven() throws {
    let bench = try Workbench()
    let lines = [Workbench.record("A", "1"), unsound("C"), unsound("B"), Workbench.record("D", "1")]
    try bench.write("bills.jsonl", lines.joined(separator: "\n"))
    #expect(try bench.render(out: "strict").code == 65)
    let accepting = ["--accept", "word-broken,sum-mismatch", "--accept", "sum-mismatch"]
    let outcome = try bench.render(out: "out", accepting)
    #expect(outcome.code == 0)
    #expect(
      outcome.errors
        == "bills.jsonl:2: $.totals.due: warning: 2 findings on 2 bills, the first: balance and charges add up to 10.25, but totals.due is "
        + "11.25 [sum-mismatch]\n")
    let summary = try bench.summary()
    #expect(summary["rejected"] as? Int == 0)
    #expect((summary["warnings"] as? [String: Int]) == ["sum-mismatch": 2])
    #expect(((summary["totals"] as? [String: [String: Any]])?["USD"])?["due"] as? String == "43.00")
    let pieces = try bench.objects("out/manifest.jsonl")
    #expect(pieces.map { $0["amount_due"] as? String } == ["10.25", "11.25", "11.25", "10.25"])
    let findings = try pieces.map { try #require($0["findings"] as? [[String: Any]]) }
    #expect(findings.map(\.count) == [0, 1, 1, 0])
    #expect(findings[1][0]["code"] as? String == "sum-mismatch" && findings[1][0]["path"] as? String == "$.totals.due")
    #expect(findings[1][0]["block"] is NSNull && findings[1][0]["page"] is NSNull && findings[1][0]["count"] as? Int == 1)
    // Said again when the finished run is looked at again, for programs as an object.
    let again = try bench.render(out: "out", accepting + ["--format", "json"])
    #expect(again.code == 0)
    let said = try #require(try JSONSerialization.jsonObject(with: Data(again.errors.utf8)) as? [String: Any])
    #expect(said["id"] as? String == "sum-mismatch" && said["severity"] as? String == "warning" && said["record"] as? Int == 2)
    #expect(try bench.text("out/run.json").contains(#""accept": ["sum-mismatch","word-broken"]"#))
    let other = try bench.render(out: "out", ["--accept", "sum-mismatch"])
    #expect(other.code == 73 && other.errors.contains("--accept"))
  }

  @Test(arguments: ["render", "check"]) func otherCodesAreRefusedWithAListOfThoseThereAre(command: String) throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Workbench.records(1))
    for codes in ["bad-date", "missing-glyph,", "", "sum-mismatch,Word-Broken"] {
      let outcome = try bench.run(
        [command, "--layout", "layout", "--data", "bills.jsonl", "--accept", codes] + (command == "render" ? ["--out", "out"] : []))
      #expect(outcome.code == 64, "\(codes)")
      for code in ["duplicate-differs", "missing-glyph", "no-consent", "sum-mismatch", "word-broken"] {
        #expect(outcome.errors.contains(code), "\(outcome.errors)")
      }
    }
    #expect(!bench.exists("out"))
  }

  @Test func checkTellsEqualFindingsOnceAndCounts() throws {
    let bench = try Workbench()
    let check = ["check", "--layout", "layout"]
    #expect(try bench.run(check).output == "layout: no faults\n")
    #expect(try bench.run(check + ["--campaign", "c"]).output == "layout and campaign: no faults\n")
    #expect(
      try bench.run(["check", "--layout", "nowhere", "--format", "json"]).output.hasSuffix(
        #"{"records":0,"rejects":0,"errors":1,"warnings":0}"# + "\n"))
    let lines = [Workbench.record("A", "1"), unsound("B"), "{broken", unsound("C"), unsound("D")]
    try bench.write("bills.jsonl", lines.joined(separator: "\n"))
    let all = check + ["--data", "bills.jsonl", "--jobs", "2"]
    let found = try bench.run(all)
    #expect(found.code == 65)
    let said = found.output.split(separator: "\n")
    #expect(said.count == 3)
    #expect(said[0].hasPrefix("bills.jsonl:2: $.totals.due: error: ") && said[0].hasSuffix("[sum-mismatch] and in 2 more records"))
    #expect(said[1].hasPrefix("bills.jsonl:3: ") && said[1].hasSuffix("[malformed-json]"))
    #expect(said[2] == "5 bills: 4 rejected")
    let accepted = try bench.run(all + ["--accept", "sum-mismatch"])
    #expect(accepted.code == 65)
    #expect(accepted.output.contains("warning: balance") && accepted.output.hasSuffix("\n5 bills: 1 rejected, 3 warnings\n"))
    try bench.write("good.jsonl", Workbench.records(20))
    let clean = try bench.run(check + ["--data", "good.jsonl", "--as-of", "2026-11-01", "--token-key", "k", "--strict"])
    #expect(clean.code == 0)
    #expect(clean.output == "20 bills, no faults\n")
    let json = try bench.run(all + ["--format", "json"]).output.split(separator: "\n")
    let first = try #require(try JSONSerialization.jsonObject(with: Data(json[0].utf8)) as? [String: Any])
    #expect(first["count"] as? Int == 3)
    #expect(json.last == #"{"records":5,"rejects":4,"warnings":0}"#)
    // What cannot be read is no "no faults".
    let unread = try bench.run(check + ["--data", "good.jsonl", "nowhere.jsonl"])
    #expect(unread.code == 66 && unread.output.hasSuffix("0 bills: 1 error\n"), "\(unread.output)")
  }

  @Test func helpNamesEveryExitCodeAndEveryFormOfData() throws {
    let bench = try Workbench()
    let root = try bench.run(["--help"])
    #expect(root.code == 0)
    let words = root.output.split(whereSeparator: \.isWhitespace)
    for code in ExitCode.allCases { #expect(words.contains { $0 == "\(code.rawValue)" }, "\(code)") }
    for command in ["render", "check", "preview"] {
      let help = try bench.run([command, "--help"]).output
      let folded = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for word in [".jsonl", ".ndjson", "XML", "PDF", "ZIP", ".gz", "folders", "'-' is the standard input"] {
        #expect(folded.contains(word), "\(command): \(word)")
      }
      for option in ["--layout", "--data", "--campaign", "--token-key", "--fonts", "--as-of", "--language", "--accept"] {
        #expect(help.components(separatedBy: "\n").count { $0.hasPrefix("  \(option) ") } == 1, "\(command) \(option)")
      }
    }
  }
}

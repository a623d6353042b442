import Foundation
import TestSupport
import Testing

/// `--data`, `--only` and `--exclude`.
@Suite(.serialized, .onOwnThreads) struct SelectionTests {
  @Test func otherRecordsThanThoseNamedAreSkipped() throws {
    let bench = try Workbench()
    let broken = Workbench.record("C", "1").replacingOccurrences(of: #""v":1"#, with: #""v":7"#)
    let bills = ["A", "B", "D", "B"].enumerated().map { Workbench.record($1, "\($0)") + "\n" }.joined()
    try bench.write("bills.jsonl", bills + broken + "\n")
    // C is faulty, but is not read so far.
    #expect(try bench.render(out: "only", ["--only", "B", "--only", "A"]).code == 0)
    let summary = try bench.summary("only")
    #expect(summary["in"] as? Int == 5)
    #expect(summary["out"] as? Int == 3)
    #expect(summary["skipped"] as? Int == 2)
    try bench.write("list", "\u{FEFF}B\r\n\r\nC\r\nnobody\n")
    #expect(try bench.render(out: "without", ["--exclude", "@list"]).code == 0)
    #expect(try bench.summary("without")["out"] as? Int == 2)
    let both = try bench.render(out: "both", ["--only", "@list", "--exclude", "C"])
    #expect(both.code == 65)
    #expect(both.errors.contains("'nobody'"))
    #expect(try bench.summary("both")["out"] as? Int == 2)
    // Said again when the finished run is looked at again.
    let again = try bench.render(out: "both", ["--exclude", "C", "--only", "@list"])
    #expect(again.code == 65)
    #expect(again.errors == both.errors)
    #expect(try bench.text("both/run.json").contains(#""only": ["B","C","nobody"]"#))
  }

  @Test func dataComeFromFilesFoldersAndTheStandardInput() throws {
    let bench = try Workbench()
    try bench.makeFolder("folder/deeper")
    for (index, name) in ["b.jsonl", "B.jsonl", "a.ndjson", ".hidden.jsonl", "notes.txt", "deeper/c.jsonl"].enumerated() {
      try bench.write("folder/\(name)", Workbench.record("A\(index)", "1"))
    }
    try bench.write("last", Workbench.record("Z", "1") + "\n")
    #expect(try bench.render(["folder", "last"]).code == 0)
    let inputs = try bench.objects("out/manifest.jsonl").compactMap { ($0["record"] as? [String: Any])?["file"] as? String }
    #expect(inputs == ["b.jsonl", "B.jsonl", "a.ndjson", ".hidden.jsonl", "deeper/c.jsonl", "last"])
    let positions = try bench.objects("out/manifest.jsonl").compactMap { ($0["record"] as? [String: Any])?["input"] as? Int }
    #expect(positions == [3, 1, 2, 0, 4, 5])
    // The standard input is copied, so that it can be read twice.
    try bench.write("piped", Workbench.records(5))
    #expect(try bench.run(bench.arguments(["last", "-"], out: "piping"), input: "piped").code == 0)
    #expect(try bench.summary("piping")["out"] as? Int == 6)
    #expect(try bench.text("piping/run.json").contains(#""file":"-""#))
    #expect(try bench.run(bench.arguments(["last", "-"], out: "piping"), input: "piped").code == 0)
    #expect(try bench.run(bench.arguments(["last", "-"], out: "piping"), input: "last").code == 73)
  }

  @Test func cycleFollowsFromTheContentsOfTheData() throws {
    let bench = try Workbench()
    try bench.write("one.jsonl", Workbench.records(1))
    try bench.write("two.jsonl", Workbench.records(1))
    try bench.write("three.jsonl", Workbench.records(2))
    for name in ["one", "two", "three"] { #expect(try bench.render(["\(name).jsonl"], out: name).code == 0) }
    let cycles = try ["one", "two", "three"].map { try #require(try bench.summary($0)["cycle"] as? String) }
    #expect(cycles[0] == cycles[1])
    #expect(cycles[0] != cycles[2])
    #expect(cycles[0].count == 12)
    #expect(try bench.render(["one.jsonl"], out: "named", ["--cycle", "2026-11", "--specimen"]).code == 0)
    #expect(try bench.summary("named")["cycle"] as? String == "2026-11")
    #expect(try bench.objects("named/manifest.jsonl").first?["specimen"] as? Bool == true)
  }

  @Test func cycleWithoutRecordsIsNone() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", "\n\n")
    for command in [try bench.render(), try bench.run(["check", "--layout", "layout", "--data", "bills.jsonl"])] {
      #expect(command.code == 66)
      #expect((command.output + command.errors).contains("[no-records]"), "\(command)")
    }
    #expect(!bench.exists("out/summary.json") && !bench.exists("out/manifest.jsonl"))
  }

  @Test func checkTellsFindingsInTheOrderOfTheDataAndWritesNothing() throws {
    let bench = try Workbench()
    let slow = Workbench.record("slow", "1", extra: #"{"microseconds":"300000"}"#).replacingOccurrences(of: "Ana", with: "A\\u0007na")
    let twice = Workbench.record("A-0", "I-0")
    let lines = [slow] + Workbench.records(40).split(separator: "\n").map(String.init) + ["{}", twice, "{broken"]
    try bench.write("bills.jsonl", lines.joined(separator: "\n"))
    let before = try FileManager.default.contentsOfDirectory(atPath: bench.root.path).filter { !$0.hasPrefix("std") }
    let outcome = try bench.run(["check", "--layout", "layout", "--data", "bills.jsonl", "--jobs", "3", "--format", "json"])
    #expect(outcome.code == 65)
    let said = outcome.output.split(separator: "\n")
    #expect(said.last == #"{"records":44,"rejects":3,"warnings":1}"#)
    let findings = try said.dropLast().map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    #expect(findings.map { $0["record"] as? Int } == [1, 42, 43, 44])
    #expect(findings.map { $0["severity"] as? String } == ["warning", "error", "error", "error"])
    #expect(findings[2]["id"] as? String == "duplicate")
    #expect(findings.allSatisfy { $0["count"] as? Int == 1 })
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.root.path).filter { !$0.hasPrefix("std") } == before)
  }
}

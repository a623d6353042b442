import Foundation
import TestSupport
import Testing

/// E-mails in a run of the program: made beside bills or alone, rejected one by one, verified, made anew where they are lost.
@Suite(.onOwnThreads) struct EmailRunTests {
  @Test func emailsAreMadeRejectedVerifiedAndMadeAnew() throws {
    let bench = try Bench(bills: 0)
    let bills = try String(contentsOf: Project.url("Samples/larkspur/bills.jsonl"), encoding: .utf8).split(separator: "\n").map(String.init)
    // Two with an address, one whose address is none, one without, one who has agreed.
    let faulty = bills[4].replacing("\"sofia@papadopoulou.example\"", with: "\"sofia@papadopoulou.example, x@y.example\"")
    try bench.write(
      "bills.jsonl",
      ([bills[0], bills[3], faulty] + bills.filter { $0.contains("\"4400-1259-91\"") || $0.contains("\"4400-1370-30\"") }).joined(
        separator: "\n") + "\n")
    let asked = ["--pieces", "email"]
    let ran = try bench.run(bench.render(["bills.jsonl"], out: "out", asked))
    #expect(ran.code == 65 && ran.output.contains("2 e-mails, 1 rejected: out/emails\n"), "\(ran)")
    #expect(ran.errors.contains("is more than one address; expected"), "\(ran)")
    #expect(!bench.exists("out/bills") && !bench.exists("out/terms"))
    let lines = try bench.text("out/manifest.jsonl").split(separator: "\n").map(String.init)
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains("\"kind\":\"email\"") && $0.contains("\"channel\":\"electronic\"") })
    let reject = try bench.text("out/rejects.jsonl")
    #expect(reject.contains("\"kind\":\"email\",\"code\":\"email-address\"") && reject.split(separator: "\n").count == 1)
    #expect(try bench.text("out/summary.json").contains("\"email\":{\"out\":2,\"rejected\":1}"))
    let whole = try bench.snapshot("out")
    let verified = try bench.run(
      ["verify", "out", "--layout", "layout", "--campaign", "campaign", "--token-key", "key", "--data", "bills.jsonl", "--sample", "10"]
        + asked
        + Bench.fonts)
    #expect(verified.code == 0 && verified.output.contains("2 bills made again"), "\(verified)")
    let file = try #require(whole.keys.first { $0.hasSuffix(".eml") })
    try FileManager.default.removeItem(at: bench.root.appendingPathComponent("out/\(file)"))
    // The journal of a sending is none of a stranger's files, and keeps the folder from being cleared.
    #expect(try bench.run(bench.render(["bills.jsonl"], out: "out", asked)).code == 65)
    #expect(try bench.snapshot("out") == whole)
    try bench.write("out/.send", "a journal")
    #expect(try bench.run(["verify", "out"]).code == 0)
    let forced = try bench.run(bench.render(["bills.jsonl"], out: "out", asked + ["--force", "--cycle", "other"]))
    #expect(forced.code == 73 && bench.exists("out/\(file)"), "\(forced)")
  }
}

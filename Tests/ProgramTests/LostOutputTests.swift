import Foundation
import Glibc
import TestSupport
import Testing

/// What cannot be told is never a success.
@Suite(.serialized, .onOwnThreads) struct LostOutputTests {
  @Test(arguments: [">/dev/full", ">&-"]) func resultsThatCannotBeWrittenAre74(how: String) throws {
    let bench = try Bench()
    for arguments in [
      bench.render(), bench.render(["bills.jsonl"], ["--format", "json"]), bench.check(), bench.check(["bills.jsonl"]),
      bench.check([], ["--format", "json"]), bench.check(["bills.jsonl"], ["--strict"]),
      ["sample", "--layout", "layout", "--count", "3", "--seed", "1"],
      ["new", "mine-\(UUID().uuidString)", "--like", bench.path("layout")],
      ["preview", "--layout", "layout", "--data", "bills.jsonl", "--port", "0"] + Bench.fonts, ["--help"], ["--version"],
      ["token", "--help"], ["format", "--help"],
    ] {
      let outcome = try bench.shell("exec \"$@\" \(how)", arguments)
      #expect(outcome.code == 74 && !outcome.hung, "\(arguments): \(outcome)")
      #expect(outcome.errors.contains("cannot write results to the standard output"), "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains("[output-failed]") || outcome.errors.contains(#""id":"output-failed""#))
    }
    // The bills are there: only what was to be told is lost.
    #expect(try bench.run(bench.render()).code == 0)
  }

  @Test func findingsThatCannotBeWrittenAre74() throws {
    let bench = try Bench()
    try bench.write("layout/part.xml", "<b ")
    #expect(chmod(bench.path("key"), 0o644) == 0)
    for arguments in [
      bench.render(), ["token", "verify", "0000", "--account", "a", "--campaign", "campaign", "--token-key", "key"],
    ] {
      #expect(try bench.shell(#"exec "$@" 2>/dev/full"#, arguments).code == 74, "\(arguments)")
    }
    // The first failure is the one that counts.
    #expect(try bench.shell(#"exec "$@" 2>/dev/full"#, ["format", "layout/part.xml"]).code == 78)
    #expect(try bench.shell(#"exec "$@" 2>/dev/full"#, ["nonsense"]).code == 64)
  }

  @Test func readerWhoIsGoneIs74() throws {
    let bench = try Bench()
    let outcome = try bench.shell(
      #""$@" > >(exec true); echo "code $?" >code"#, bench.check(["bills.jsonl"]))
    #expect(outcome.code == 0)
    // A pipe whose reader goes a moment later may still have taken all.
    #expect(["code 74\n", "code 0\n"].contains(try bench.text("code")))
  }

  @Test func limitOfFileSizesIs74AndTheRunCanBeContinued() throws {
    let bench = try Bench()
    #expect(try bench.run(bench.render(out: "whole")).code == 0)
    let limited = try bench.shell(#"ulimit -f 16; exec "$@""#, bench.render())
    #expect(limited.code == 74 && !limited.hung, "\(limited)")
    #expect(limited.errors.contains("file too large") || limited.errors.contains("cannot write"), "\(limited.errors)")
    #expect(try bench.run(bench.render()).code == 0)
    #expect(try bench.snapshot("out") == bench.snapshot("whole"))
  }
}

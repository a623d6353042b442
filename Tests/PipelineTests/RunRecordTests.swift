import Contract
import Foundation
import Intake
import Testing

@testable import Pipeline

@Suite struct RunRecordTests {
  private func record(
    program: String = "1", build: String = "ab12", ledger: String? = nil,
    _ change: (inout RenderOptions, inout PreparedRun, inout DataDigest) -> Void = { _, _, _ in }
  ) throws -> RunRecord {
    var options = RenderOptions(job: JobOptions(layout: "l"), data: ["d"], out: "o")
    var prepared = PreparedRun(layoutDigest: "l", campaignDigest: nil, fontsDigest: "f", keyCheck: nil, engines: [.init("cairo", "1")])
    var data = DataDigest(inputs: [.init(name: "d", bytes: 5, digest: [1, 2])])
    change(&options, &prepared, &data)
    let filter = try AccountFilter(only: options.only, exclude: options.exclude)
    return RunRecord(
      options: options, filter: filter, prepared: prepared, data: data, ledger: ledger, cycle: options.cycle ?? data.defaultCycle,
      program: program, build: build)
  }

  @Test func fileIsReadBackAsItWasWritten() throws {
    let record = try record { options, _, _ in options.only = ["a\"b", "\\", "ä"] }
    #expect(RunRecord(record.bytes) == record)
    #expect((try JSONSerialization.jsonObject(with: Data(record.bytes)) as? [String: Any])?["only"] as? [String] == ["\\", "a\"b", "ä"])
    for length in 0..<record.bytes.count { #expect(RunRecord(Array(record.bytes[..<length])) == nil) }
    for text in ["", "{}", "{\n}\n", "{\n  \"v\": 1\n}\n", "hello"] { #expect(RunRecord(Array(text.utf8)) == nil) }
  }

  @Test func whatDiffersIsNamedInTheWordsOfTheCommand() throws {
    let plain = try record()
    #expect(plain.differences(from: plain) == [])
    #expect(
      try record {
        $0.jobs = 99; _ = ($1, $2)
      } == plain)
    #expect(
      try record {
        $0.only = ["b", "a", "b"]; _ = ($1, $2)
      }
        == record {
          $0.only = ["a", "b"]; _ = ($1, $2)
        })
    #expect(
      try record {
        $1.engines = [.init("cairo", "2"), .init("hyphen", "x")]; _ = ($0, $2)
      }.differences(from: plain) == ["cairo 1 → 2", "hyphen none → x"])
    #expect(
      try plain.differences(
        from: record(program: "0.9", build: String(repeating: "c", count: 64)) {
          $1.engines = [.init("zint", "3"), .init("cairo", "1")]; _ = ($0, $2)
        }) == ["the version of billfold 0.9 → 1", "the build of billfold cccccccccccc → ab12", "zint 3 → none"])
    #expect(
      try record {
        $2.inputs[0].digest = [3]; _ = ($0, $1)
      }.differences(from: plain) == ["the data"])
    #expect(
      try record {
        $2.inputs[0].name = "e"; _ = ($0, $1)
      }.differences(from: plain) == ["the names of the data files"])
    #expect(
      try record {
        $0.limits.memory = 1; $1.keyCheck = "k"; _ = $2
      }.differences(from: plain) == ["the token key", "--worker-memory"])
    var accepting = [try record(), try record()]
    for (index, codes) in [["word-broken", "missing-glyph"], ["missing-glyph", "word-broken", "missing-glyph"]].enumerated() {
      accepting[index] = try record {
        $0.job = JobOptions(layout: "l", accepts: codes); _ = ($1, $2)
      }
    }
    #expect(accepting[0] == accepting[1])
    #expect(plain.differences(from: accepting[0]) == ["--accept"])
    #expect(String(decoding: accepting[0].bytes, as: UTF8.self).contains(#""accept": ["missing-glyph","word-broken"]"#))
    #expect(
      try plain.differences(
        from: record {
          $0.faults = [TestFault(.crash, account: [65])]; _ = ($1, $2)
        }) == ["--test-fault"])
  }
}

import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// Which records are bills of their own.
@Suite(.serialized, .onOwnThreads) struct IdentityTests {
  /// A record in a series, with a customer's name of its own.
  private static func record(_ series: String?, name: String = "Ana") -> String {
    let record = Workbench.record("A", "1").replacingOccurrences(of: "Ana", with: name)
    guard let series else { return record + "\n" }
    return record.replacingOccurrences(of: #""invoice":"1""#, with: #""invoice":"1","series":"\#(series)""#) + "\n"
  }

  private static func files(_ bench: Workbench) throws -> [String] {
    try bench.objects("out/manifest.jsonl").compactMap { ($0["file"] as? String)?.split(separator: "/").last.map(String.init) }
  }

  @Test func sameNumberInAnotherSeriesIsAnotherBill() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.record("B") + Self.record("A") + Self.record(nil) + Self.record("A"))
    #expect(try bench.render().code == 65)
    let lines = try bench.objects("out/manifest.jsonl")
    #expect(lines.map { $0["series"] as? String } == [nil, "A", "B"])
    // SHA-256 of nothing, of "A", of "B".
    #expect(try Self.files(bench) == ["A_1~e3b0c442.pdf", "A_1~559aead0.pdf", "A_1~df7e70e5.pdf"])
    #expect(try bench.objects("out/rejects.jsonl").map { $0["code"] as? String } == ["duplicate"])
  }

  @Test func oneSeriesLeavesNamesAsTheyAre() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.record("A"))
    #expect(try bench.render().code == 0)
    #expect(try Self.files(bench) == ["A_1.pdf"])
  }

  @Test func laterRecordWithOtherBytesDiffers() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.record(nil) + Self.record(nil, name: "Bea") + Self.record(nil) + Self.record(nil, name: "Bea"))
    #expect(try bench.render().code == 65)
    #expect(
      try bench.objects("out/rejects.jsonl").map { $0["code"] as? String } == ["duplicate-differs", "duplicate", "duplicate-differs"])
    #expect(try Self.files(bench) == ["A_1.pdf"])
    #expect(try bench.text("out/rejects.jsonl").contains("bills.jsonl:1 already, and the two records differ"))
  }

  @Test func acceptedRecordsAreAllMadeAndNumbered() throws {
    let bench = try Workbench()
    try bench.write(
      "bills.jsonl", Self.record(nil) + Self.record(nil, name: "Bea") + Self.record(nil, name: "Cem") + Self.record(nil, name: "Bea"))
    let accepting = ["--accept", "duplicate-differs"]
    #expect(try bench.render(["bills.jsonl"], accepting).code == 65)
    let lines = try bench.objects("out/manifest.jsonl")
    #expect(lines.map { $0["copy"] as? Int } == [nil, 2, 3])
    #expect(try Self.files(bench) == ["A_1.pdf", "A_1~2.pdf", "A_1~3.pdf"])
    #expect(try bench.objects("out/rejects.jsonl").map { $0["code"] as? String } == ["duplicate"])
    // Made anew the same way when one has gone.
    let before = try bench.snapshot()
    try FileManager.default.removeItem(atPath: bench.path("out/" + (lines[1]["file"] as? String ?? "")))
    #expect(try bench.render(["bills.jsonl"], accepting).code == 65)
    #expect(try bench.snapshot() == before)
  }
}

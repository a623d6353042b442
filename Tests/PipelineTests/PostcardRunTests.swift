import Foundation
import TestSupport
import Testing

/// Postcards in a run: judged with their records, painted once all of them are known, each with its rank.
@Suite(.serialized, .onOwnThreads) struct PostcardRunTests {
  private static let pieces = ["--campaign", "campaign", "--pieces", "bill,postcard"]

  /// Accounts with a card, without one, with two bills, whose first record is at fault, and cards that cannot be made.
  private static func records(microseconds: Int = 0) -> String {
    let slow = microseconds > 0 ? #","microseconds":"\#(microseconds)""# : ""
    let card = #"{"card":"1"\#(slow)}"#
    return Workbench.records(30, extra: card) + "{}\n" + Workbench.records(10, from: 30, extra: #"{"pages":"1"\#(slow)}"#)
      + Workbench.record("twice", "1", extra: card) + "\n" + Workbench.record("twice", "2", extra: card) + "\n"
      + Workbench.record("first at fault", "1", amount: "x", extra: card) + "\n"
      + Workbench.record("first at fault", "2", extra: card) + "\n"
      + Workbench.record("faulty card", "1", extra: #"{"card":"2"}"#) + "\n"
      + Workbench.records(20, from: 40, extra: card)
  }

  private static func cards(_ bench: Workbench, _ out: String = "out") throws -> [[String: Any]] {
    try bench.objects("\(out)/manifest.jsonl").filter { $0["kind"] as? String == "postcard" }.sorted { place($0) < place($1) }
  }

  private static func place(_ line: [String: Any]) -> Int { (line["record"] as? [String: Any])?["number"] as? Int ?? 0 }
  private static func rank(_ line: [String: Any]) -> Int? { (line["card"] as? [String: Any])?["rank"] as? Int }

  @Test func eachAccountGetsOneWithItsFirstRecord() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records())
    let ran = try bench.render(out: "out", Self.pieces + ["--jobs", "1"])
    #expect(ran.code == 65 && ran.output.contains("51 postcards, 1 rejected: out/postcards\n"), "\(ran)")
    #expect(ran.errors.contains("for this test"))
    #expect(try bench.render(out: "two", Self.pieces + ["--jobs", "2"]).code == 65)
    #expect(try bench.snapshot() == bench.snapshot("two"))
    let cards = try Self.cards(bench)
    #expect(cards.map(Self.rank) == Array(1...51))
    #expect(cards.filter { $0["account"] as? String == "twice" }.map { $0["invoice"] as? String } == ["1"])
    #expect(!cards.contains { $0["account"] as? String == "first at fault" })
    for line in cards {
      let (file, rank) = (try #require(line["file"] as? String), try #require(Self.rank(line)))
      #expect(file.hasPrefix("postcards/") && file.hasSuffix(".pdf"))
      #expect(try bench.text("out/\(file)").contains("card \(rank) side 1"))
    }
    let rejects = try bench.objects("out/rejects.jsonl").filter { $0["kind"] as? String == "postcard" }
    #expect(rejects.count == 1 && rejects[0]["account"] as? String == "faulty card" && rejects[0]["record"] is [String: Any])
    let pieces = try bench.summary()["pieces"] as? [String: [String: Int]]
    #expect(pieces?["postcard"] == ["out": 51, "rejected": 1] && pieces?["bill"] == ["out": 64, "rejected": 2], "\(pieces ?? [:])")
    let verified = try bench.run(["verify", "out"])
    #expect(verified.code == 0, "\(verified)")
    let inputs = ["--layout", "layout", "--data", "bills.jsonl", "--sample", "30", "--seed", "1"] + Self.pieces
    let again = try bench.run(["verify", "out"] + inputs)
    #expect(again.code == 0 && again.output.contains("30 bills made again"), "\(again)")
    // Without bills the cards are the same, and the bills are judged.
    #expect(try bench.render(out: "cards", ["--campaign", "campaign", "--pieces", "postcard"]).code == 65)
    #expect(!bench.exists("cards/bills"))
    #expect(try Self.cards(bench, "cards").map { $0["sha256"] as? String } == cards.map { $0["sha256"] as? String })
  }

  @Test(arguments: ["gone", "short"]) func damagedCardIsPaintedAnew(_ damage: String) throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records())
    #expect(try bench.render(out: "out", Self.pieces).code == 65)
    let whole = try bench.snapshot()
    let file = try #require(try Self.cards(bench)[20]["file"] as? String)
    if damage == "gone" { try bench.remove("out/\(file)") } else { try bench.write("out/\(file)", "%PDF") }
    #expect(try bench.run(["verify", "out"]).code == 1)
    #expect(try bench.render(out: "out", Self.pieces).code == 65)
    #expect(try bench.snapshot() == whole)
  }

  @Test func killedRunEndsInTheSameBytes() throws {
    let bench = try Workbench()
    try bench.write("bills.jsonl", Self.records(microseconds: 2000))
    #expect(try bench.render(out: "whole", Self.pieces).code == 65)
    func made() -> Int {
      ["bills", "postcards"].map { FileManager.default.subpaths(atPath: bench.path("out/\($0)"))?.count { $0.hasSuffix(".pdf") } ?? 0 }
        .reduce(0, +)
    }
    var kills = 0
    // Among the bills, at their end, and among the cards.
    for wanted in [1, 30, 60, 66, 80, 100] {
      let run = try bench.begin(bench.arguments(out: "out", Self.pieces))
      while run.process.isRunning, made() < wanted { usleep(500) }
      kill(run.process.processIdentifier, SIGKILL)
      if try run.finish().code == -SIGKILL { kills += 1 }
    }
    #expect(try bench.render(out: "out", Self.pieces).code == 65)
    #expect(kills > 2)
    #expect(try bench.snapshot() == bench.snapshot("whole"))
  }

  @Test func cardThatCannotBePaintedLeavesAllOthersTheirRanks() throws {
    let bench = try Workbench()
    func records(_ card: Int) -> String {
      Workbench.records(5, extra: #"{"card":"1"}"#) + Workbench.record("odd", "1", extra: #"{"card":"\#(card)"}"#) + "\n"
        + Workbench.records(5, from: 5, extra: #"{"card":"1"}"#)
    }
    try bench.write("bills.jsonl", records(3))
    #expect(try bench.render(out: "out", Self.pieces).code == 65)
    let ranks = try Self.cards(bench).map(Self.rank)
    #expect(ranks == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11])
    let reject = try #require(try bench.objects("out/rejects.jsonl").first)
    #expect(reject["code"] as? String == "painting-failed" && reject["kind"] as? String == "postcard" && reject["number"] as? Int == 6)
    #expect((reject["record"] as? [String: Any])?["account"] as? String == "odd")
    let whole = try bench.snapshot()
    #expect(whole.keys.contains { $0.hasPrefix("bills/") && $0.hasSuffix("odd_1.pdf") })
    #expect(!whole.keys.contains { $0.hasPrefix("postcards/") && $0.hasSuffix("odd_1.pdf") })
    // A finished run that is asked for again changes nothing, also where a card behind it was lost.
    #expect(try bench.render(out: "out", Self.pieces).code == 65)
    #expect(try bench.snapshot() == whole)
    try bench.remove("out/\(try #require(try Self.cards(bench).last?["file"] as? String))")
    #expect(try bench.render(out: "out", Self.pieces).code == 65)
    #expect(try bench.snapshot() == whole)
    #expect(try bench.run(["verify", "out"]).code == 0)
    // What costs two workers is a reject of the card alone, and tried once more by the next run.
    try bench.write("bills.jsonl", records(4))
    let lost = try bench.render(out: "lost", Self.pieces)
    #expect(lost.code == 65 && lost.errors.contains("crashed"), "\(lost)")
    #expect(try Self.cards(bench, "lost").map(Self.rank) == ranks)
    #expect(try bench.objects("lost/rejects.jsonl").map { $0["code"] as? String } == ["crashed"])
    #expect(try bench.render(out: "lost", Self.pieces).code == 65)
    #expect(try Self.cards(bench, "lost").map(Self.rank) == ranks)
  }
}

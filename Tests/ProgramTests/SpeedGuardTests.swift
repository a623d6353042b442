import Foundation
import TestSupport
import Testing

/// The guard of a bill's cost (`Scripts/bench --guard`): how it reads what callgrind counted, and what it says of it. Nothing is counted here.
@Suite struct SpeedGuardTests {
  /// Two files as callgrind writes them: names once by their number, what a called function took behind `calls`.
  private static let start = """
    version: 1
    events: Ir
    fl=(1) main.swift
    ob=(1) /usr/bin/billfold-bench
    fn=(1) main
    3 1000
    cob=(2) /usr/lib/libc.so.6
    cfn=(2) malloc
    calls=4 0
    3 400
    ob=(2)
    fn=(2)
    1 400
    """

  private static func bills(layout: Int, shaping: Int = 60_000, allocations: Int) -> String {
    """
    events: Ir
    ob=(1) /usr/bin/billfold-bench
    fn=(1) $s6Layout5FrameV3addyyF
    5 \(layout)
    cob=(2) /usr/lib/libswiftCore.so
    cfn=(2) swift_allocObject
    calls=\(allocations) 0
    5 7000
    fn=(5) $s6Layout5FrameV3addyyF'2
    +1 1000
    ob=(2)
    fn=(2)
    1 2000
    cob=(3) /usr/lib/libc.so.6
    cfn=(3) malloc
    calls=\(allocations) 0
    1 5000
    ob=(3)
    fn=(3)
    1 3000
    cfn=(6) realloc
    calls=7 0
    1 9
    ob=(4) /usr/lib/libharfbuzz.so.0.60000.0
    fn=(4) hb_shape
    9 \(shaping)
    """
  }

  private static func act(_ words: String..., in folder: TemporaryFolder) throws -> (code: Int32, output: String) {
    try Tool.run([Tool.python, "-B", Project.path("Tests/SpeedGuard/guard.py")] + words, in: folder.url)
  }

  /// What the guard reads of a run.
  private static func read(_ bills: String, to name: String, in folder: TemporaryFolder) throws {
    try start.write(to: folder.url.appending(path: "start"), atomically: true, encoding: .utf8)
    try bills.write(to: folder.url.appending(path: "bills"), atomically: true, encoding: .utf8)
    // The guard knows our modules by their folders.
    try FileManager.default.createDirectory(at: folder.url.appending(path: "Sources/Layout"), withIntermediateDirectories: true)
    let ran = try act("read", name, "start", "bills", in: folder)
    #expect(ran.code == 0, "\(ran.output)")
  }

  @Test(.needs(Tool.python)) func countsAreReadByModuleAndLibrary() throws {
    let folder = try TemporaryFolder()
    try Self.read(Self.bills(layout: 30_000, allocations: 20), to: "m.json", in: folder)
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.url.appending(path: "m.json"))) as? [String: Any]
    let run = try #require(value?["run"] as? [String: Any])
    let begin = try #require(value?["start"] as? [String: Any])
    // What a called function took is that one's own, and what allocates within an allocation is one.
    #expect(run["instructions"] as? Int == 30_000 + 1_000 + 2_000 + 3_000 + 60_000)
    #expect(run["allocations"] as? Int == 20)
    #expect(begin["instructions"] as? Int == 1_400)
    #expect(begin["allocations"] as? Int == 4)
    let by = try #require(run["by"] as? [String: [Int]])
    // Swift's runtime allocates for who calls it.
    #expect(by == ["Layout": [31_000, 20], "libswiftCore": [2_000, 0], "libc": [3_000, 0], "libharfbuzz": [60_000, 0]])
  }

  @Test(.needs(Tool.python)) func moreThanTheSlackFails() throws {
    let folder = try TemporaryFolder()
    try Self.read(Self.bills(layout: 30_000, allocations: 1_000), to: "old.json", in: folder)
    #expect(try Self.act("record", "old.json", "figures.json", in: folder).code == 0)
    let cases: [(layout: Int, shaping: Int, allocations: Int, code: Int32, says: String)] = [
      (30_000, 60_000, 1_000, 0, "+0.00%"),
      (32_000, 60_000, 1_020, 0, "+2.08%"),
      (33_000, 60_000, 1_000, 1, "TOO MUCH"),
      (30_000, 60_000, 1_040, 1, "TOO MUCH"),
      (30_000, 50_000, 1_000, 0, "costs less than recorded"),
      (30_000, 50_000, 1_040, 1, "TOO MUCH"),
    ]
    for one in cases {
      try Self.read(Self.bills(layout: one.layout, shaping: one.shaping, allocations: one.allocations), to: "new.json", in: folder)
      let ran = try Self.act("compare", "new.json", "figures.json", in: folder)
      #expect(ran.code == one.code, "\(one): \(ran.output)")
      #expect(ran.output.contains(one.says), "\(one): \(ran.output)")
    }
    // The table names whose the cost is.
    try Self.read(Self.bills(layout: 40_000, allocations: 1_000), to: "new.json", in: folder)
    let ran = try Self.act("compare", "new.json", "figures.json", in: folder)
    #expect(ran.output.split(separator: "\n").contains { $0.hasPrefix("  Layout") && $0.contains("31,000") && $0.contains("41,000") })
  }

  @Test(.needs(Tool.python)) func withoutARecordOrFiguresItFails() throws {
    let folder = try TemporaryFolder()
    try Self.read(Self.bills(layout: 30_000, allocations: 20), to: "m.json", in: folder)
    let unknown = try Self.act("compare", "m.json", "none.json", in: folder)
    #expect(unknown.code == 1 && unknown.output.contains("No figures are recorded"), "\(unknown.output)")
    try "events: Ir\n".write(to: folder.url.appending(path: "bills"), atomically: true, encoding: .utf8)
    let empty = try Self.act("read", "m.json", "start", "bills", in: folder)
    #expect(empty.code == 2 && empty.output.contains("holds no figures"), "\(empty.output)")
    #expect(try Self.act("measure", in: folder).code == 64)
  }

  /// The record is of the run that the guard makes now, on this kind of processor.
  @Test func recordIsOfTheRunThatIsMade() throws {
    let value = try JSONSerialization.jsonObject(with: Data(Project.text("Tests/SpeedGuard/figures.json").utf8)) as? [String: Any]
    let guardText = try Project.text("Tests/SpeedGuard/guard.py")
    let recorded = try #require(value?.values.first as? [String: Any])
    let bills = try #require(recorded["bills"] as? Int)
    #expect(guardText.contains("\nBILLS = \(bills)\n"))
    #expect(guardText.contains("\nSLACK = 0.03\n"))
    for part in ["start", "run"] {
      let figures = try #require(recorded[part] as? [String: Any])
      #expect((figures["instructions"] as? Int ?? 0) > 0 && (figures["allocations"] as? Int ?? 0) > 0)
    }
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// A named pipe, a socket or a device in the place of a file: refused in words, and never waited for.
@Suite(.serialized, .onOwnThreads) struct InputKindTests {
  /// An input, and the command that reads it.
  private struct Input: Sendable, CustomStringConvertible {
    var name: String
    var code: Int32 = 78
    var arguments: @Sendable (Bench) -> [String]
    /// What the message must name.
    var word: String?
    var description: String { name }
  }

  @Sendable private static func check(_ bench: Bench) -> [String] { bench.check() }

  private static let inputs: [Input] = [
    Input(name: "layout/layout.xml", arguments: check), Input(name: "layout/parts/amount.xml", arguments: check),
    Input(name: "layout/strings/en-US.yaml", arguments: check), Input(name: "layout/images/larkspur.svg", arguments: check),
    Input(name: "layout/fonts/own.ttf", arguments: check, word: "own.ttf"),
    Input(name: "campaign/campaign.yaml", arguments: check), Input(name: "campaign/terms/2027-03.en.md", arguments: check),
    Input(name: "key", arguments: check, word: "key"),
    Input(name: "layout/sample.yaml", arguments: { _ in ["sample", "--layout", "layout", "--count", "1", "--seed", "1"] }),
    Input(name: "part.xml", arguments: { _ in ["format", "part.xml"] }),
    Input(
      name: "key",
      arguments: { _ in
        ["token", "verify", "0000", "--account", "a", "--campaign", "campaign", "--token-key", "key"]
      }),
    Input(name: "accounts", code: 66, arguments: { $0.render(["bills.jsonl"], ["--only", "@accounts"]) }),
    Input(name: "accounts", code: 66, arguments: { $0.render(["bills.jsonl"], ["--exclude", "@accounts"]) }),
  ]

  @Test(arguments: inputs.indices) func pipeOrASocketIsRefused(index: Int) throws {
    let input = Self.inputs[index]
    let bench = try Bench()
    try? FileManager.default.createDirectory(
      at: bench.root.appendingPathComponent(input.name).deletingLastPathComponent(), withIntermediateDirectories: true)
    let word = input.word ?? URL(fileURLWithPath: input.name).lastPathComponent
    func look(_ kind: String) throws {
      let outcome = try bench.run(input.arguments(bench))
      #expect(!outcome.hung && outcome.code == input.code, "\(input) as \(kind): \(outcome)")
      #expect((outcome.output + outcome.errors).contains(word), "\(input) as \(kind): \(outcome)")
      #expect(!bench.exists("out"))
    }
    try bench.makePipe(input.name)
    try look("a pipe")
    let socket = try bench.makeSocket(input.name)
    defer { close(socket) }
    try look("a socket")
  }

  @Test func deviceIsRefused() throws {
    let bench = try Bench()
    for (arguments, code) in [
      (["check", "--layout", "layout", "--campaign", "campaign", "--token-key", "/dev/zero"] + Bench.fonts, Int32(78)),
      (["check", "--layout", "layout", "--campaign", "/dev/zero"] + Bench.fonts, 78),
      (bench.render(["bills.jsonl"], ["--only", "@/dev/zero"]), 66), (bench.render(["bills.jsonl"], ["--only", "@/dev/tty"]), 66),
      (["format", "/dev/zero"], 78),
    ] {
      let outcome = try bench.run(arguments)
      #expect(!outcome.hung && outcome.code == code, "\(arguments): \(outcome)")
    }
  }

  @Test func inAFolderOfDataAPipeIsPassedOver() throws {
    let bench = try Bench()
    try FileManager.default.createDirectory(atPath: bench.path("data"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: bench.path("bills.jsonl"), toPath: bench.path("data/a.jsonl"))
    try bench.makePipe("data/b.jsonl")
    let socket = try bench.makeSocket("data/c.xml")
    defer { close(socket) }
    let outcome = try bench.run(bench.render(["data"]))
    #expect(outcome.code == 0 && !outcome.hung, "\(outcome)")
    #expect(try bench.text("out/summary.json").contains("\"in\":3"))
  }

  @Test func socketAsDataIsRefused() throws {
    let bench = try Bench()
    let socket = try bench.makeSocket("bills.sock")
    defer { close(socket) }
    for arguments in [bench.render(["bills.sock"]), bench.check(["bills.sock"])] {
      let outcome = try bench.run(arguments)
      #expect(outcome.code == 66 && !outcome.hung, "\(outcome)")
      #expect((outcome.output + outcome.errors).contains("'bills.sock'"))
    }
    #expect(!bench.exists("out"))
  }

  @Test func whereOutputIsToBeWrittenAPipeIsNotWaitedFor() throws {
    let bench = try Bench()
    #expect(try bench.run(bench.render()).code == 0)
    for name in ["workers.log", "manifest.jsonl.tmp"] {
      #expect(try bench.run(bench.render(["bills.jsonl"], ["--force"])).code == 0)
      try? FileManager.default.removeItem(atPath: bench.path("out/manifest.jsonl"))
      try bench.makePipe("out/.work/\(name)")
      let outcome = try bench.run(bench.render())
      // Refused, or taken away with whatever else an interrupted run leaves there.
      #expect(outcome.code == 74 || (outcome.code == 0 && !bench.isPipe("out/.work/\(name)")), "\(name): \(outcome)")
      #expect(!outcome.hung)
      try? FileManager.default.removeItem(atPath: bench.path("out/.work/\(name)"))
      #expect(try bench.run(bench.render()).code == 0)
    }
  }
}

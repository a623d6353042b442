import Foundation
import TestSupport

/// Bills printed by the program itself, as a company would, for programs that look at its output from outside.
struct PrintedCycle: Sendable {
  /// The folder with bills, manifest and summary.
  let out: String
  /// The file with the campaign's key, where there is one.
  private(set) var key: String?
  private let folder: TemporaryFolder
  private var keyFolder: TemporaryFolder?

  /// Prints records with a layout.
  ///
  /// - Parameters:
  ///   - layout: The layout's folder.
  ///   - data: Files or folders with data.
  ///   - options: Further options of `render`.
  ///   - expected: The exit code it must end with.
  /// - Throws: What the program said, where it ended otherwise.
  init(layout: String, data: [String], options: [String] = [], expected: Int32 = 0) throws {
    folder = try TemporaryFolder()
    out = folder.path("out")
    let run = try Tool.run(
      [BuiltProgram.path("billfold"), "render", "--layout", layout, "--data"] + data + ["--out", out, "--fonts", Project.fonts] + options)
    guard run.code == expected else { throw TestFailure("render ended with \(run.code): \(run.output)") }
  }

  /// Larkspur's samples, or some of them, with its campaign on a day.
  static func larkspur(asOf day: String, only accounts: [String] = [], layout: String = Project.path("Layouts/larkspur")) throws
    -> PrintedCycle
  {
    let key = try TemporaryFolder()
    let keyFile = try key.write("key", "thirty-two bytes of a key for tests")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keyFile)
    var cycle = try PrintedCycle(
      layout: layout, data: [Project.path("Samples/larkspur/bills.jsonl")],
      options: ["--campaign", Project.path("Samples/larkspur/campaign"), "--token-key", keyFile, "--as-of", day]
        + accounts.flatMap { ["--only", $0] })
    (cycle.key, cycle.keyFolder) = (keyFile, key)
    return cycle
  }
}

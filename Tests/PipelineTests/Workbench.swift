import Contract
import Foundation
import TestSupport
import Testing

/// A folder of its own for a test, and the probe program to run in it.
final class Workbench {
  let root: URL

  init() throws {
    root = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("billfold-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root.appendingPathComponent("layout"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: root.appendingPathComponent(name)) }
  func write(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: root.appendingPathComponent(name)) }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(at: root.appendingPathComponent(name), withIntermediateDirectories: true)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(at: root.appendingPathComponent(name)) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  func text(_ name: String) throws -> String { String(decoding: try Data(contentsOf: root.appendingPathComponent(name)), as: UTF8.self) }

  /// The objects of a file of JSON Lines.
  func objects(_ name: String) throws -> [[String: Any]] {
    try text(name).split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  func summary(_ out: String = "out") throws -> [String: Any] { try #require(try objects("\(out)/summary.json").first) }

  /// Every file below the output folder but those of `.work`, with its bytes.
  func snapshot(_ out: String = "out") throws -> [String: Data] {
    var result: [String: Data] = [:]
    let base = root.appendingPathComponent(out)
    let names = try #require(FileManager.default.enumerator(atPath: base.path))
    for case let name as String in names where name != ".work" && !name.hasPrefix(".work/") {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: base.appendingPathComponent(name).path, isDirectory: &isFolder)
      result[name] = isFolder.boolValue ? Data() : try Data(contentsOf: base.appendingPathComponent(name))
    }
    return result
  }

  // MARK: Running

  struct Outcome {
    /// The exit code, or minus the signal.
    var code: Int32
    var output: String
    var errors: String
  }

  /// The built program beside the tests.
  static let program = BuiltProgram.path("pipeline-probe")

  /// Where the build ID stands in a program's bytes: behind the head of a note of four bytes of name, twenty of digest and type 3.
  static func buildID(in program: Data) throws -> Range<Data.Index> {
    let note = try #require(program.range(of: Data([4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0]) + Data("GNU\0".utf8)))
    return note.upperBound..<note.upperBound + 20
  }

  /// A run that goes on while the test does something else.
  final class Running {
    let process = Process()
    private let output: URL
    private let errors: URL

    init(_ bench: Workbench, _ arguments: [String], input: URL?, program: String = Workbench.program) throws {
      output = bench.root.appendingPathComponent("stdout-\(UUID().uuidString)")
      errors = bench.root.appendingPathComponent("stderr-\(UUID().uuidString)")
      for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.currentDirectoryURL = bench.root
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
      try process.run()
    }

    func finish() throws -> Outcome {
      process.waitUntilExit()
      let code = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
      defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
      return Outcome(
        code: code, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    /// The processes it has started.
    var children: [Int32] {
      let id = process.processIdentifier
      let text = (try? String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { Int32($0) }
    }
  }

  func begin(_ arguments: [String], input: String? = nil) throws -> Running {
    try Running(self, arguments, input: input.map { root.appendingPathComponent($0) })
  }

  /// Runs another program than the probe.
  func run(program: String, _ arguments: [String]) throws -> Outcome {
    try Running(self, arguments, input: nil, program: program).finish()
  }

  func run(_ arguments: [String], input: String? = nil) throws -> Outcome { try begin(arguments, input: input).finish() }

  /// `render` with the usual layout; `data` and `out` below the bench.
  func arguments(_ data: [String] = ["bills.jsonl"], out: String = "out", _ more: [String] = []) -> [String] {
    ["render", "--layout", "layout", "--data"] + data + ["--out", out] + more
  }

  func render(_ data: [String] = ["bills.jsonl"], out: String = "out", _ more: [String] = []) throws -> Outcome {
    try run(arguments(data, out: out, more))
  }

  // MARK: Records

  /// A complete record.
  static func record(
    _ account: String, _ invoice: String, amount: String = "10.25", currency: String = "USD", extra: String = "{}", pad: Int = 0
  ) -> String {
    let account = account.replacingOccurrences(of: "\"", with: "\\\"")
    return """
      {"v":1,"account":"\(account)","invoice":"\(invoice)","kind":"bill","issued":"2026-11-23","due":"2026-12-14","currency":"\(currency)",\
      "language":"en-US","customer":{"name":"Ana Petrović","address":["18 Larkspur Ave","Portland OR 97204"]},"delivery":"paper",\
      "consent":null,"format":"standard","sections":[{"title":"E","lines":[{"description":"Energy\(String(repeating: " x", count: pad))",\
      "amount":"\(amount)"}]}],"totals":{"charges":"\(amount)","due":"\(amount)"},"extra":\(extra)}
      """
  }

  /// `count` records in an order of accounts that is not that of the data.
  static func records(_ count: Int, from first: Int = 0, extra: String = "{}", pad: Int = 0) -> String {
    (first..<first + count).map { record("A-\($0 * 7919 % 10007)", "I-\($0)", extra: extra, pad: pad) + "\n" }.joined()
  }
}

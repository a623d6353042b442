import Foundation
import Glibc
import TestSupport
import Testing

/// A folder of its own with a layout, a campaign, a key and a few bills, and the built program to run in it.
final class Bench {
  let root: URL

  /// The built program beside the tests.
  static let program = BuiltProgram.path("billfold")
  /// Seconds after which a program hangs; most take one.
  private static let patience = 120.0

  init(bills: Int = 3) throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-program-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (from, to) in [("Layouts/larkspur", "layout"), ("Samples/larkspur/campaign", "campaign")] {
      try FileManager.default.copyItem(at: Project.url(from), to: root.appendingPathComponent(to))
    }
    let all = try String(contentsOf: Project.url("Samples/larkspur/bills.jsonl"), encoding: .utf8)
    try write("bills.jsonl", all.split(separator: "\n").prefix(bills).joined(separator: "\n") + "\n")
    try write("key", String(decoding: (0..<32).map { UInt8(0x40 + $0) }, as: UTF8.self))
    #expect(chmod(path("key"), 0o600) == 0)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appendingPathComponent(name).path }
  func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: root.appendingPathComponent(name)) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  func text(_ name: String) throws -> String { String(decoding: try Data(contentsOf: root.appendingPathComponent(name)), as: UTF8.self) }

  /// Whether a named pipe is there.
  func isPipe(_ name: String) -> Bool {
    var status = stat()
    return lstat(path(name), &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// Puts a named pipe in the place of whatever is there.
  func makePipe(_ name: String) throws {
    try? FileManager.default.removeItem(at: root.appendingPathComponent(name))
    #expect(mkfifo(path(name), 0o600) == 0)
  }

  /// Puts a socket that listens there in the place of whatever is there; it lives as long as what is given back is open.
  func makeSocket(_ name: String) throws -> Int32 {
    try? FileManager.default.removeItem(at: root.appendingPathComponent(name))
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // From within the folder: a whole path may be too long for a socket's.
    let bytes = Array("/proc/self/fd/".utf8)
    let folder = open(URL(fileURLWithPath: path(name)).deletingLastPathComponent().path, O_RDONLY)
    defer { close(folder) }
    let place = bytes + Array("\(folder)/\(URL(fileURLWithPath: name).lastPathComponent)".utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: place) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    #expect(result == 0)
    #expect(listen(descriptor, 1) == 0)
    return descriptor
  }

  /// Every file below a folder with its bytes, but those of `.work`.
  func snapshot(_ name: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    let base = root.appendingPathComponent(name)
    let names = try #require(FileManager.default.enumerator(atPath: base.path))
    for case let name as String in names where name != ".work" && !name.hasPrefix(".work/") {
      result[name] = (try? Data(contentsOf: base.appendingPathComponent(name))) ?? Data()
    }
    return result
  }

  // MARK: Running

  /// How a program ended.
  struct Outcome {
    /// The exit code; minus the signal that ended it.
    var code: Int32
    var output: String
    var errors: String
    /// It had to be ended.
    var hung = false
  }

  /// A program that goes on while the test does something else.
  final class Running {
    let process = Process()
    private let output: URL
    private let errors: URL

    fileprivate init(_ bench: Bench, _ words: [String], environment: [String: String]?) throws {
      output = bench.root.appendingPathComponent("output-\(UUID().uuidString)")
      errors = bench.root.appendingPathComponent("errors-\(UUID().uuidString)")
      for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
      process.executableURL = URL(fileURLWithPath: words[0])
      process.arguments = Array(words.dropFirst())
      process.currentDirectoryURL = bench.root
      if let environment { process.environment = environment }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
    }

    var number: Int32 { process.processIdentifier }

    /// The processes it has started.
    var children: [Int32] {
      let text = (try? String(contentsOfFile: "/proc/\(number)/task/\(number)/children", encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { Int32($0) }
    }

    /// Waits until something is so; whether it became so while the program ran.
    func wait(until isSo: () -> Bool) -> Bool {
      let end = Date().addingTimeInterval(Bench.patience)
      while process.isRunning, Date() < end {
        if isSo() { return true }
        usleep(2_000)
      }
      return isSo()
    }

    /// Waits for its end.
    func finish() throws -> Outcome {
      let end = Date().addingTimeInterval(Bench.patience)
      var hung = false
      while process.isRunning {
        if Date() > end {
          hung = true
          kill(number, SIGKILL)
        }
        usleep(5_000)
      }
      process.waitUntilExit()
      let code = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
      return Outcome(
        code: code, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self), hung: hung)
    }
  }

  func begin(_ arguments: [String], environment: [String: String]? = nil) throws -> Running {
    try Running(self, [Bench.program] + arguments, environment: environment)
  }

  func run(_ arguments: [String], environment: [String: String]? = nil) throws -> Outcome {
    try begin(arguments, environment: environment).finish()
  }

  /// Has a shell run a script in which `"$@"` is the program with its arguments.
  func shell(_ script: String, _ arguments: [String], environment: [String: String]? = nil) throws -> Outcome {
    try beginShell(script, arguments, environment: environment).finish()
  }

  func beginShell(_ script: String, _ arguments: [String], environment: [String: String]? = nil) throws -> Running {
    try Running(self, ["/bin/bash", "-c", script, "shell", Bench.program] + arguments, environment: environment)
  }

  static let fonts = ["--fonts", Project.url("Fonts").path]

  func render(_ data: [String] = ["bills.jsonl"], out: String = "out", _ more: [String] = []) -> [String] {
    ["render", "--layout", "layout", "--campaign", "campaign", "--token-key", "key", "--jobs", "2", "--data"] + data + ["--out", out]
      + Bench.fonts + more
  }

  func check(_ data: [String] = [], _ more: [String] = []) -> [String] {
    ["check", "--layout", "layout", "--campaign", "campaign", "--token-key", "key", "--jobs", "2"] + (data.isEmpty ? [] : ["--data"] + data)
      + Bench.fonts + more
  }
}

import Foundation
import TestSupport
import Testing

/// A copy of the sample layout, campaign and data in a folder of its own, and a preview that shows them.
final class Studio {
  let folder: URL
  private var printed: PreviewAddress?
  private let process = Process()

  /// The built program beside the tests.
  static let program = URL(fileURLWithPath: BuiltProgram.path("billfold"))

  init(starts: Bool = true) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-preview-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Project.url("Layouts/larkspur"), to: folder.appendingPathComponent("layout"))
    try FileManager.default.copyItem(
      at: Project.url("Samples/larkspur/campaign"), to: folder.appendingPathComponent("campaign"))
    try FileManager.default.copyItem(
      at: Project.url("Samples/larkspur/bills.jsonl"), to: folder.appendingPathComponent("bills.jsonl"))
    try Data(0..<32).write(to: folder.appendingPathComponent("key"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("key"))
    if starts { try start() }
  }

  var arguments: [String] {
    [
      "preview", "--layout", path("layout"), "--data", path("bills.jsonl"), "--campaign", path("campaign/campaign.yaml"), "--token-key",
      path("key"), "--fonts", Project.fonts, "--port", "0",
    ]
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func start() throws {
    let output = Pipe()
    process.executableURL = Studio.program
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var text = ""
    while !text.contains("\n") {
      let part = output.fileHandleForReading.availableData
      if part.isEmpty { break }
      text += String(decoding: part, as: UTF8.self)
    }
    let read: PreviewAddress = try #require(PreviewAddress(text), "\(text)")
    printed = read
  }

  /// What the preview has printed.
  var address: PreviewAddress {
    guard let printed else { preconditionFailure("the preview was not started") }
    return printed
  }

  var port: UInt16 { address.port }

  deinit {
    if process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(at: folder)
  }

  var isRunning: Bool { process.isRunning }

  /// The preview's own process.
  var number: Int32 { process.processIdentifier }

  /// Bytes of memory the preview has resident.
  var residentBytes: Int { Studio.residentBytes(of: number) }

  static func residentBytes(of process: Int32) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) << 10
  }

  /// Sockets the preview has open.
  var socketCount: Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(number)/fd")) ?? []
    return names.count {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/fd/\($0)"))?.hasPrefix("socket:") == true
    }
  }

  /// The worker processes of the preview.
  var workers: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { number in
      guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else { return false }
      let fields = (stat.split(separator: ")").last ?? "").split(separator: " ")
      return fields.count > 1 && fields[0] != "Z" && Int32(fields[1]) == process.processIdentifier
    }
  }

  func get(_ target: String) throws -> RawAnswer { try RawAnswer.get(target, at: address) }

  /// Replaces text in a file of the studio.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path(name), encoding: .utf8)
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new).write(toFile: path(name), atomically: true, encoding: .utf8)
  }

  /// Asks again until the answer is as wanted; the last one.
  func wait(_ target: String, seconds: Double = 30, until isWanted: ([String: Any]) -> Bool) throws -> [String: Any] {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let json = try get(target).json
      if isWanted(json) || Date() > end { return json }
      usleep(40_000)
    }
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String]) throws -> (code: Int32, errors: String) {
    let process = Process()
    // Into a file: a pipe's end may live on in whatever other tests start meanwhile, and reading it would never end.
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-errors-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: file)
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOf: file, encoding: .utf8)
    return (process.terminationStatus, text)
  }
}

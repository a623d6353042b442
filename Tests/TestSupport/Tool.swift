package import Foundation
package import Testing

/// Programs that are not ours and look at our output from outside.
package enum Tool {
  /// A program the tests need and do not find.
  package struct Missing: Error, CustomStringConvertible {
    /// What is not there.
    package let name: String
    package var description: String { "'\(name)' is not installed, and with CI=true that is a failure" }
  }

  /// The Python whose modules `Scripts/setup` installs, not another that comes first on the path.
  package static let python = "/usr/bin/python3"
  /// Python's readers of barcodes and of pictures, by the modules they are.
  package static let barcodeReader = "\(python) -c import zxingcpp, PIL"
  /// Python's reader of YAML and its validator of JSON schemas.
  package static let schemaValidator = "\(python) -c import yaml, jsonschema"
  /// Python's reader of XML with the places of its elements, and of YAML.
  package static let xmlReader = "\(python) -c import lxml, yaml"

  /// Python's mail server.
  package static let mailServer = "\(python) -c import aiosmtpd"

  /// Looks for a program, or for one with arguments.
  ///
  /// - Returns: Whether it is there.
  /// - Throws: ``Missing`` where it is not and `CI=true` makes that a failure, not a reason to leave a test out.
  package static func find(_ name: String) throws -> Bool {
    if exists(name) { return true }
    if ProcessInfo.processInfo.environment["CI"] == "true" { throw Missing(name: name) }
    return false
  }

  private static let known = Findings()

  /// Whether a program is on the path; of a name with arguments, whether it runs with them and ends with 0.
  package static func exists(_ name: String) -> Bool {
    known.value(of: name) {
      let words = name.split(separator: " ", maxSplits: 2).map(String.init)
      return (try? run(words.count > 1 ? words : ["sh", "-c", "command -v \(name)"]).code) == 0
    }
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - words: Its name and its arguments; `NAME=VALUE` before the name puts that into its environment.
  ///   - folder: Where it runs; where the tests do if `nil`.
  ///   - withErrors: Whether what it wrote on standard error is part of the output.
  /// - Returns: Its exit code, and what it wrote.
  package static func run(_ words: [String], in folder: URL? = nil, withErrors: Bool = true) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    if let folder { process.currentDirectoryURL = folder }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = withErrors ? pipe : FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Does what waits long for other programs outside the threads that all tests share: two that waited there would keep every other test from
  /// going on, and those with a time limit beyond it.
  ///
  /// - Throws: What `body` throws.
  package static func waiting<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Runs a program on a file with these bytes; `{}` in the words stands for its path.
  package static func run(_ words: [String], on bytes: [UInt8], suffix: String = ".pdf", withErrors: Bool = true) throws -> (
    code: Int32, output: String
  ) {
    let folder = try TemporaryFolder()
    let path = try folder.write("file" + suffix, bytes)
    return try run(words.map { $0.replacingOccurrences(of: "{}", with: path) }, withErrors: withErrors)
  }

  /// What is known of the tools, so that each is looked for once.
  ///
  /// `@unchecked Sendable`: guarded by `lock`.
  private final class Findings: @unchecked Sendable {
    private let lock = NSLock()
    private var found: [String: Bool] = [:]

    func value(of name: String, _ find: () -> Bool) -> Bool {
      if let known = lock.withLock({ found[name] }) { return known }
      let isThere = find()
      lock.withLock { found[name] = isThere }
      return isThere
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Leaves a test out where one of these programs is not installed; with `CI=true` it fails instead.
  ///
  /// - Parameter names: As ``Tool/exists(_:)`` takes them.
  package static func needs(_ names: String...) -> Self {
    .enabled("needs \(names.map { "'\($0)'" }.joined(separator: ", ")): skipped where that is not installed") {
      try names.allSatisfy { try Tool.find($0) }
    }
  }
}

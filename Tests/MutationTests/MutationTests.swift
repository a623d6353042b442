import Foundation
import Testing

/// A few mutations of every file the program reads; `Scripts/soak mutations` tries many.
@Suite struct MutationTests {
  private static let root: String = {
    var place = URL(fileURLWithPath: #filePath)
    while place.path != "/", !FileManager.default.fileExists(atPath: place.appendingPathComponent("Package.swift").path) {
      place.deleteLastPathComponent()
    }
    return place.path
  }()

  private static let program: URL = {
    let here = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: here).deletingLastPathComponent().appendingPathComponent("billfold-mutations")
  }()

  @Test func everyReaderBearsMutations() throws {
    let process = Process()
    process.executableURL = Self.program
    // Another seed in each run would make a fault come and go.
    process.arguments = [ProcessInfo.processInfo.environment["MUTATIONS"] ?? "300", "11"]
    process.environment = ProcessInfo.processInfo.environment.merging(["MUTATIONS_ROOT": Self.root]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(output)")
    #expect(output.contains(" 0 faults"), "\(output)")
  }
}

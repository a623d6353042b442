import Foundation
import TestSupport
import Testing

/// A few mutations of every file the program reads; `Scripts/soak mutations` tries many.
@Suite(.onOwnThreads) struct MutationTests {
  @Test func everyReaderBearsMutations() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path("billfold-mutations"))
    // Another seed in each run would make a fault come and go.
    process.arguments = [ProcessInfo.processInfo.environment["MUTATIONS"] ?? "300", "11"]
    process.environment = ProcessInfo.processInfo.environment.merging(["MUTATIONS_ROOT": Project.root.path]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(output)")
    #expect(output.contains(" 0 faults"), "\(output)")
  }
}

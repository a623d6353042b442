import Foundation

/// The programs that are built beside the tests.
package enum BuiltProgram {
  /// Where one of them lies.
  package static func path(_ name: String) -> String {
    let here = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: here).deletingLastPathComponent().appendingPathComponent(name).path
  }
}

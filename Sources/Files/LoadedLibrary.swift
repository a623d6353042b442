internal import CLinux

/// A C library as it was loaded into this process.
public enum LoadedLibrary {
  /// Bytes of a build ID that are told: enough to tell builds apart.
  private static let bytes = 8

  /// The beginning of the build ID that the linker gave a library, as hexadecimal digits; `nil` where it is not loaded or has none.
  ///
  /// For libraries that do not say their version: headers tell what the program was built with, not what it runs with.
  ///
  /// - Parameter name: What the name of the library's file begins with, such as `libhyphen.so`.
  public static func build(of name: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: LoadedLibrary.bytes)
    let count = Int(bf_library_build_id(name, &bytes, Int32(bytes.count)))
    guard count > 0 else { return nil }
    return bytes[..<count].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Gives back the memory of code and constants, of the program's own and of all libraries: those that are needed come back from their files.
  ///
  /// For a process that has begun, and goes on with little of what beginning took. Complexity: a call of the system for each part of a library.
  package static func releaseCode() { bf_release_code() }

  /// The whole build ID that the linker gave the program that is running, made of all it put into it; empty where it has none.
  package static var programBuild: [UInt8] {
    // SHA-1 has 20 bytes; whoever asks for more is told at most so many.
    var bytes = [UInt8](repeating: 0, count: 64)
    // The program itself is the first object, and the one without a name.
    let count = Int(bf_library_build_id("", &bytes, Int32(bytes.count)))
    return Array(bytes[..<max(0, count)])
  }
}

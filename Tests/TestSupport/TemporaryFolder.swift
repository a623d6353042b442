package import Foundation

/// A folder that lasts as long as the object.
package final class TemporaryFolder: Sendable {
  /// Where it is, without symbolic links.
  package let url: URL

  /// Makes an empty one.
  package init(_ files: [String: String] = [:]) throws {
    let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    url = place.appendingPathComponent("billfold-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Its path.
  package var path: String { url.path }

  /// The path of something in it.
  package func path(_ name: String) -> String { name.isEmpty ? url.path : url.path + "/" + name }

  /// Writes a file whole, with the folders above it, and gives its path.
  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let place = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place, options: .atomic)
    return path(name)
  }

  /// Writes a file whole, with the folders above it, and gives its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// The bytes of a file in it.
  package func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url.appendingPathComponent(name))) }

  /// The text of a file in it.
  package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}

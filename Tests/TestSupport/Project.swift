package import Foundation

/// The project's own files, wherever the tests are run from.
package enum Project {
  /// The folder of `Package.swift`.
  package static let root: URL = {
    var place = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while place.path != "/", !FileManager.default.fileExists(atPath: place.appendingPathComponent("Package.swift").path) {
      place.deleteLastPathComponent()
    }
    return place
  }()

  /// The folder of the fonts that come along.
  package static let fonts = path("Fonts")

  /// Whether `RECORD=1` asks the tests to write anew what is made from the code: references, pictures, expected results.
  package static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  /// Where a file or folder of the project lies.
  package static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// Where a file or folder of the project lies, as a path.
  package static func path(_ path: String) -> String { url(path).path }

  /// The bytes of a file of the project.
  package static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(path))) }

  /// The text of a file of the project.
  package static func text(_ path: String) throws -> String { String(decoding: try Data(contentsOf: url(path)), as: UTF8.self) }

  /// The lines of a file of JSON Lines of the project.
  package static func records(_ path: String) throws -> [String] { try text(path).split(separator: "\n").map(String.init) }

  /// Every file below a folder whose name ends so, as paths from the root, sorted.
  package static func files(below folder: String, ending: String = "") -> [String] {
    (FileManager.default.enumerator(atPath: url(folder).path)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(ending) }
      .sorted().map { folder + "/" + $0 }
  }

  /// A folder of material that is not the project's own and may lie beside it or beside a folder above it; `nil` where it does not.
  package static func shared(_ path: String) -> URL? {
    var place = root
    while place.path != "/" {
      let folder = place.appendingPathComponent("shared/" + path)
      if FileManager.default.fileExists(atPath: folder.path) { return folder }
      place.deleteLastPathComponent()
    }
    return nil
  }
}

import Diagnostics
import Foundation
import LayoutLanguage
import Reporting
import TestSupport
import Testing

/// The error gallery: one folder per fault under `Gallery/`, with the exact text it gives in `expected.txt`.
///
/// `RECORD=1 swift test --filter GalleryTests` writes the texts and the README anew.
@Suite struct GalleryTests {
  static let folder = Project.url("Tests/LayoutLanguageTests/Gallery")

  static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0 != "README.md" }.sorted()

  /// The files of a case; a layout that brings no strings gets one.
  static func files(_ name: String) throws -> [String: [UInt8]] {
    let root = folder.appendingPathComponent(name)
    var files: [String: [UInt8]] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      var isFolder: ObjCBool = false
      let place = root.appendingPathComponent(path)
      guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), !isFolder.boolValue, path != "expected.txt" else {
        continue
      }
      files[path] = Array(try Data(contentsOf: place))
    }
    if !files.keys.contains(where: { $0.hasPrefix("strings/") }) { files["strings/en-US.yaml"] = [] }
    return files
  }

  static func text(_ name: String) throws -> String {
    let package = LayoutPackage.load(MemoryFiles(try files(name)))
    return package.diagnostics.map { DiagnosticRenderer.text($0) + "\n" }.joined()
  }

  @Test(arguments: names) func everyFaultSaysExactlyThis(_ name: String) throws {
    let text = try Self.text(name)
    let expected = Self.folder.appendingPathComponent(name).appendingPathComponent("expected.txt")
    if Project.isRecording { try text.write(to: expected, atomically: true, encoding: .utf8) }
    #expect(text == (try String(contentsOf: expected, encoding: .utf8)))
    #expect(!text.isEmpty)
  }

  @Test func readmeListsEveryCaseAndEveryFindingHasOne() throws {
    var readme = """
      # Error gallery: layouts and strings

      One folder per fault with the smallest files that show it; `expected.txt` is what `billfold check` says, to the letter. Written anew by
      `RECORD=1 swift test --filter GalleryTests`; read the difference before it is committed.

      | case | finds |
      |---|---|

      """
    var found: Set<String> = []
    for name in Self.names {
      let ids = LayoutPackage.load(MemoryFiles(try Self.files(name))).diagnostics.map(\.id)
      found.formUnion(ids)
      var seen: Set<String> = []
      readme += "| [\(name)](\(name)/) | \(ids.filter { seen.insert($0).inserted }.joined(separator: ", ")) |\n"
    }
    let place = Self.folder.appendingPathComponent("README.md")
    if Project.isRecording { try readme.write(to: place, atomically: true, encoding: .utf8) }
    #expect(readme == (try String(contentsOf: place, encoding: .utf8)))
    // These need files or sizes that a gallery does not hold; they have tests of their own.
    let elsewhere: Set<LanguageFinding> = [
      .fileUnreadable, .fileTooLarge, .fileOutsideLayout, .tooManyElements, .tooManyDeclarations, .includeTooDeep,
    ]
    for finding in LanguageFinding.allCases where !elsewhere.contains(finding) {
      #expect(found.contains(finding.rawValue), "no case of the gallery shows '\(finding.rawValue)'")
    }
    #expect(Self.names.count >= 60)
  }
}

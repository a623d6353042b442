import Diagnostics
import Foundation
import LayoutLanguage
import Reporting
import TestSupport
import Testing

/// The layouts the project ships, where the tests stand in the project: they are checked without a finding, and formatting keeps their
/// meaning.
@Suite struct ProjectLayoutTests {
  static let folder = Project.url("Layouts")

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    .filter { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).appendingPathComponent("layout.xml").path) }

  @Test(arguments: names) func layoutIsWithoutFindings(_ name: String) throws {
    let package = LayoutPackage.load(folder: Self.folder.appendingPathComponent(name).path)
    #expect(package.diagnostics.map { DiagnosticRenderer.text($0) } == [])
    #expect(package.template?.canCarryCampaign == true)
  }

  @Test(arguments: names) func formattingTheLayoutKeepsItsMeaning(_ name: String) throws {
    let package = LayoutPackage.load(folder: Self.folder.appendingPathComponent(name).path)
    var files = Dictionary(uniqueKeysWithValues: package.files.map { ($0.path, $0.bytes) })
    for (path, bytes) in files where path.hasSuffix(".xml") {
      let formatted = try LayoutFormatter.format(bytes, name: path)
      #expect(try LayoutFormatter.format(formatted, name: path) == formatted)
      files[path] = formatted
    }
    let after = LayoutPackage.load(MemoryFiles(files))
    #expect(after.diagnostics.map { DiagnosticRenderer.text($0) } == [])
    #expect(after.template?.nodes.map(\.element) == package.template?.nodes.map(\.element))
    #expect(
      after.template?.editions.map { $0.body.children.map(\.isConstant) }
        == package.template?.editions.map { $0.body.children.map(\.isConstant) })
  }
}

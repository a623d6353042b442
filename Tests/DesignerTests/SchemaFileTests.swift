import Foundation
import LayoutLanguage
import TestSupport
import Testing

/// `Layouts/billfold.xsd`, which editors complete and mark with.
@Suite struct SchemaFileTests {
  private static let path = Desk.layouts.appendingPathComponent("billfold.xsd")

  @Test func schemaIsCurrent() throws {
    let text = SchemaWriter.xsd()
    if Project.isRecording { try Data(text.utf8).write(to: Self.path) }
    #expect(try Data(contentsOf: Self.path) == Data(text.utf8), "stale: RECORD=1 swift test --filter DesignerTests")
  }

  @Test(.needs("xmllint"))
  func everyLayoutAndPartialIsValid() throws {
    let files = Project.files(below: "Layouts", ending: ".xml")
    #expect(files.count > 20)
    let (code, output) = try Tool.run(
      ["xmllint", "--noout", "--nonet", "--schema", Self.path.path] + files.map { Project.path($0) })
    #expect(
      code == 0, "\(output.split(separator: "\n").filter { !$0.hasSuffix(" validates") }.joined(separator: "\n"))")
    #expect(output.split(separator: "\n").count { $0.hasSuffix(" validates") } == files.count)
  }

  @Test func editorsAreToldWhereTheSchemaIs() throws {
    let settings = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: Project.url(".vscode/settings.json"))) as? [String: Any])
    let associations = try #require(settings["xml.fileAssociations"] as? [[String: String]])
    for association in associations {
      let schema = try #require(association["systemId"])
      #expect(FileManager.default.fileExists(atPath: Project.url(schema).path), "\(schema)")
    }
    let schemas = try #require(settings["yaml.schemas"] as? [String: Any])
    #expect(schemas.keys.contains("Layouts/campaign.schema.json"))
    for schema in schemas.keys {
      #expect(FileManager.default.fileExists(atPath: Project.url(schema).path), "\(schema)")
    }
    let extensions = try Project.text(".vscode/extensions.json")
    #expect(extensions.contains("redhat.vscode-xml") && extensions.contains("redhat.vscode-yaml"))
  }
}

import Foundation
import LayoutLanguage
import Testing

/// `Layouts/billfold.xsd`, which editors complete and mark with.
@Suite struct SchemaFileTests {
  private static let path = Desk.layouts.appendingPathComponent("billfold.xsd")
  private static let xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test func theSchemaIsCurrent() throws {
    let text = SchemaWriter.xsd()
    if Desk.isRecording { try Data(text.utf8).write(to: Self.path) }
    #expect(try Data(contentsOf: Self.path) == Data(text.utf8), "stale: RECORD=1 swift test --filter DesignerTests")
  }

  @Test(.enabled(if: xmllint != nil, "xmllint is not installed: skipped"))
  func everyLayoutAndPartialIsValid() throws {
    let files = Desk.files(below: "Layouts", ending: ".xml")
    #expect(files.count > 20)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.xmllint))
    process.arguments = ["--noout", "--nonet", "--schema", Self.path.path] + files.map { Desk.root.appendingPathComponent($0).path }
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      process.terminationStatus == 0, "\(output.split(separator: "\n").filter { !$0.hasSuffix(" validates") }.joined(separator: "\n"))")
    #expect(output.split(separator: "\n").count { $0.hasSuffix(" validates") } == files.count)
  }

  @Test func editorsAreToldWhereTheSchemaIs() throws {
    let settings = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: Desk.root.appendingPathComponent(".vscode/settings.json"))) as? [String: Any])
    let associations = try #require(settings["xml.fileAssociations"] as? [[String: String]])
    for association in associations {
      let schema = try #require(association["systemId"])
      #expect(FileManager.default.fileExists(atPath: Desk.root.appendingPathComponent(schema).path), "\(schema)")
    }
    let schemas = try #require(settings["yaml.schemas"] as? [String: Any])
    #expect(schemas.keys.contains("Layouts/campaign.schema.json"))
    for schema in schemas.keys {
      #expect(FileManager.default.fileExists(atPath: Desk.root.appendingPathComponent(schema).path), "\(schema)")
    }
    let extensions = try Desk.text(".vscode/extensions.json")
    #expect(extensions.contains("redhat.vscode-xml") && extensions.contains("redhat.vscode-yaml"))
  }
}

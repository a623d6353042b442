import Foundation
import TestSupport
import Testing

/// The articles for developers say what is so: their files are there, and their code is that of the patch they lead to or of the sources.
@Suite struct TutorialTests {
  private static let folder = "Sources/billfold/billfold.docc"

  private struct Patch {
    /// The lines it adds, without white space around.
    var added: Set<String> = []
    /// The files it makes.
    var files: Set<String> = []

    init(_ text: String) {
      for line in text.split(separator: "\n") {
        if line.hasPrefix("+++ b/") {
          files.insert(String(line.dropFirst(6)))
        } else if line.hasPrefix("+") {
          added.insert(line.dropFirst().trimmingCharacters(in: .whitespaces))
        }
      }
    }
  }

  private static let articles = Project.files(below: folder, ending: ".md")

  @Test func everyFileThatIsNamedIsThere() throws {
    for article in Self.articles {
      let text = try Project.text(article)
      let made = try Self.patches(of: text).reduce(into: Set<String>()) { $0.formUnion($1.files) }
      for match in text.matches(of: /`((?:Sources|Tests|Layouts|Scripts)\/[^`\s]+)`/) {
        let path = String(match.1)
        #expect(
          FileManager.default.fileExists(atPath: Project.path(path)) || made.contains(path),
          "\(article) names '\(path)', which is not there")
      }
      for match in text.matches(of: /<doc:([A-Za-z]+)>/) {
        #expect(Self.articles.contains("\(Self.folder)/\(match.1).md"), "\(article) refers to '\(match.1)', which is not there")
      }
      for match in text.matches(of: /!\[[^\]]+\]\(([^)]+)\)/) {
        #expect(FileManager.default.fileExists(atPath: Project.path("\(Self.folder)/Resources/\(match.1).svg")), "\(article): \(match.1)")
      }
    }
  }

  @Test func everyPatchIsTheResultOfAnArticleWhoseCodeItIs() throws {
    var led: Set<String> = []
    for article in Self.articles {
      let text = try Project.text(article)
      led.formUnion(Self.patchNames(in: text))
      let added = try Self.patches(of: text).reduce(into: Set<String>()) { $0.formUnion($1.added) }
      for block in text.matches(of: /```swift\n([^`]|`[^`]|``[^`])*```/) {
        for line in block.output.0.split(separator: "\n").dropFirst().dropLast() {
          let line = line.trimmingCharacters(in: .whitespaces)
          #expect(added.contains(line), "\(article): no patch it leads to adds the line '\(line)'")
        }
      }
    }
    #expect(led == Set(Project.files(below: "Tests/Tutorials", ending: ".patch")))
  }

  private static func patchNames(in text: String) -> Set<String> {
    Set(text.matches(of: /`(Tests\/Tutorials\/[a-z-]+\.patch)`/).map { String($0.1) })
  }

  private static func patches(of text: String) throws -> [Patch] {
    try patchNames(in: text).sorted().map { Patch(try Project.text($0)) }
  }
}

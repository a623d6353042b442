import Foundation
import Testing

/// Who calls a function of another module reads what it throws in its documentation.
@Suite struct ThrowingTests {
  /// All sources, by their paths below `Sources`.
  private static func files() throws -> [(path: String, lines: [Substring])] {
    var root = URL(fileURLWithPath: #filePath)
    while root.path != "/", !FileManager.default.fileExists(atPath: root.appendingPathComponent("Package.swift").path) {
      root.deleteLastPathComponent()
    }
    let sources = root.appendingPathComponent("Sources")
    let paths = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      return (path, text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  /// A function or initialiser that other modules see: its head up to the body, and its documentation.
  private struct Declaration {
    var head: String
    var documentation: String

    /// `nil` where no such declaration begins on the line.
    init?(_ lines: [Substring], at index: Int) {
      let line = lines[index].drop { $0 == " " }
      guard line.hasPrefix("public ") || line.hasPrefix("package "), line.contains(" func ") || line.contains(" init") else { return nil }
      var head = String(line)
      for next in lines[(index + 1)...].prefix(12) where !head.contains("{") { head += " " + next.drop { $0 == " " } }
      self.head = String(head.prefix { $0 != "{" })
      var above = lines[..<index]
      while let last = above.last?.drop(while: { $0 == " " }), last.hasPrefix("@") { above.removeLast() }
      documentation = above.reversed().map { $0.drop { $0 == " " } }.prefix { $0.hasPrefix("///") }.reversed().joined(separator: "\n")
    }

    /// Whether it throws errors of its own: not those of a function it was given, and not one of its parameters' types.
    var isThrowing: Bool {
      var depth = 0
      let outside = head.filter { character in
        if character == "(" { depth += 1 }
        defer { if character == ")" { depth -= 1 } }
        return depth == 0
      }
      return outside.split(separator: " ").contains("throws") && !head.contains("throws(E)")
    }
  }

  @Test func throwingFunctionsSayWhatTheyThrow() throws {
    var looked = 0
    for (path, lines) in try Self.files() {
      for index in lines.indices {
        guard let declaration = Declaration(lines, at: index), declaration.isThrowing else { continue }
        // What a protocol asks for is said there.
        if declaration.documentation.isEmpty || declaration.documentation.hasPrefix("/// See ``") { continue }
        looked += 1
        let says = declaration.documentation.contains("- Throws:") || declaration.documentation.contains("hrows")
        #expect(says, "Sources/\(path):\(index + 1): \(declaration.head)")
      }
    }
    #expect(looked > 100)
  }
}

import Foundation
import TestSupport
import Testing

/// `NOTICE` lists everything that is not our own, and nothing else.
@Suite struct NoticeTests {
  /// The rows below the paragraph that begins with some words, each cut into its columns.
  private static func rows(_ heading: String) throws -> [[String]] {
    let lines = try Project.text("NOTICE").split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix(heading) }, "NOTICE has no paragraph '\(heading)'")
    let rows = lines[start...].drop { !$0.isEmpty }.dropFirst().prefix { $0.hasPrefix("  ") }
    return rows.map { row in row.split(separator: #/ {2,}/#).map(String.init) }
  }

  /// A list's names and versions; every row must have a version and a licence.
  private static func listed(_ heading: String, columns: Int) throws -> [String: String] {
    var found: [String: String] = [:]
    for row in try rows(heading) {
      #expect(row.count == columns, "\(row)")
      guard row.count == columns else { continue }
      #expect(found.updateValue(row[columns - 2], forKey: row[0]) == nil, "'\(row[0])' stands twice")
      #expect(row[columns - 2].first?.isNumber == true && !row[columns - 1].isEmpty, "\(row)")
    }
    return found
  }

  // MARK: Packages

  @Test func packagesOfTheSystemAreListed() throws {
    let packages = try Project.text("Scripts/packages.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    #expect(packages.count > 15 && Set(packages).count == packages.count)
    let linked = try Self.listed("Linked", columns: 4)
    let tools = try Self.listed("Used to build", columns: 4)
    #expect(Set(linked.keys) == Set(packages.filter { $0.hasSuffix("-dev") }))
    #expect(Set(tools.keys) == Set(packages.filter { !$0.hasSuffix("-dev") }))
    let needed = try Project.text("Package.swift").matches(of: #/\.apt\(\["([^"]+)"\]\)/#).map { String($0.output.1) }
    #expect(needed.count > 5)
    for package in needed { #expect(linked[package] != nil, "Package.swift needs '\(package)', which NOTICE does not list") }
  }

  @Test func swiftPackagesArePinnedAndListed() throws {
    let manifest = try Project.text("Package.swift")
    var pinned: [String: String] = [:]
    for match in manifest.matches(of: #/\.package\(url: "[^"]*\/([^"\/]+)"(.*)\),/#) {
      let requirement = try #require(
        String(match.output.2).wholeMatch(of: #/, exact: "([0-9.]+)"/#), "'\(match.output.1)' is not pinned by 'exact:'")
      pinned[String(match.output.1)] = String(requirement.output.1)
    }
    #expect(pinned.count == manifest.ranges(of: ".package(url:").count)
    #expect(try Self.listed("Compiled in", columns: 3) == pinned)
    // Those that come along are pinned as well: what was fetched is what is written.
    struct Resolved: Decodable {
      struct Pin: Decodable {
        struct State: Decodable { var version: String? }
        var identity: String
        var state: State
      }
      var pins: [Pin]
    }
    let resolved = try JSONDecoder().decode(Resolved.self, from: Data(try Project.text("Package.resolved").utf8))
    let fetched = Dictionary(uniqueKeysWithValues: resolved.pins.map { ($0.identity, $0.state.version ?? "") })
    #expect(fetched == Dictionary(uniqueKeysWithValues: pinned.map { ($0.key.lowercased(), $0.value) }))
  }

  // MARK: Files

  /// Endings of files that may be someone else's work; whatever else is here is text of our own.
  private static let works: Set<String> = [
    "otf", "ttf", "ttc", "woff", "woff2", "dic", "aff", "png", "jpg", "jpeg", "gif", "svg", "pdf", "icc", "zip", "gz", "dat", "bin", "csv",
    "wasm", "a", "so", "o",
  ]

  /// All files of the repository but what a build leaves, by their paths.
  private static func files() throws -> [String] {
    var found: [String] = []
    for top in try FileManager.default.contentsOfDirectory(atPath: Project.root.path) where !top.hasPrefix(".") && top != "out" {
      found.append(top)
      let below = FileManager.default.enumerator(atPath: Project.root.appendingPathComponent(top).path)
      while let name = below?.nextObject() as? String { found.append("\(top)/\(name)") }
    }
    return found.filter { !$0.contains("__pycache__") }
  }

  @Test func everyFontAndPictureIsListed() throws {
    let fonts = try Self.listed("Fonts and hyphenation", columns: 3)
    let own = try Self.rows("Pictures made for").map { $0[0] }
    let works = try Self.files().filter { Self.works.contains(($0 as NSString).pathExtension.lowercased()) }
    #expect(works.count > 40)
    #expect(Set(fonts.keys) == Set(works.filter { $0.hasPrefix("Fonts/") }))
    for work in works where !work.hasPrefix("Fonts/") {
      #expect(own.contains { work.hasPrefix($0 + "/") }, "NOTICE does not say whose '\(work)' is")
    }
    for folder in own { #expect(works.contains { $0.hasPrefix(folder + "/") }, "NOTICE lists '\(folder)', where there is no picture") }
    // All that lies beside a font are its licence and where it is from, and both are there.
    let others = try Self.files().filter { $0.hasPrefix("Fonts/") && fonts[$0] == nil && $0.split(separator: "/").count > 2 }
    for folder in Set(fonts.keys.map { ($0 as NSString).deletingLastPathComponent }) {
      let beside = others.filter { $0.hasPrefix(folder + "/") }
      #expect(beside.contains("\(folder)/ORIGIN.md") && beside.contains { $0.hasSuffix(".txt") }, "\(folder): \(beside)")
      for file in beside { #expect(file.hasSuffix("/ORIGIN.md") || file.hasSuffix(".txt"), "\(file)") }
    }
  }

  @Test func fontsHaveTheVersionThatIsListed() throws {
    var count = 0
    for (path, version) in try Self.listed("Fonts and hyphenation", columns: 3) where !path.hasSuffix(".dic") {
      let bytes = [UInt8](try Data(contentsOf: Project.root.appendingPathComponent(path)))
      func number(_ at: Int, _ width: Int) -> Int { bytes[at..<at + width].reduce(0) { $0 << 8 | Int($1) } }
      // OpenType: the table directory, then `fontRevision` of the table `head`, a 16.16 number.
      let entry = try #require((0..<number(4, 2)).map { 12 + 16 * $0 }.first { bytes[$0..<$0 + 4].elementsEqual("head".utf8) })
      let revision = Double(number(number(entry + 8, 4) + 4, 4)) / 65536
      #expect(String(format: "%.3f", revision) == version, "\(path)")
      count += 1
    }
    #expect(count > 10)
  }

  @Test func patternsHaveTheVersionTheirOriginTells() throws {
    let origin = try Project.text("Fonts/Hyphenation/ORIGIN.md")
    for (path, version) in try Self.listed("Fonts and hyphenation", columns: 3) where path.hasSuffix(".dic") {
      let row = try #require(origin.split(separator: "\n").first { $0.hasPrefix("| `\((path as NSString).lastPathComponent)`") }, "\(path)")
      #expect(row.firstMatch(of: #/` (?:[0-9]+:)?([0-9.]+)-[0-9]/#).map { String($0.output.1) } == version, "\(row)")
    }
  }
}

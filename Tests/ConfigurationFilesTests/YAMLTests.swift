import ConfigurationFiles
import Dates
import Diagnostics
import Files
import Testing

@Suite struct YAMLTests {
  private func parse(_ text: String) throws -> YAMLValue { try YAMLParser.parse(SourceFile(name: "f.yaml", bytes: Array(text.utf8))) }
  private func shown(_ range: SourceRange) -> String { String(decoding: range.file.bytes[range.bytes], as: UTF8.self) }

  @Test func scalarsStayTexts() throws {
    let value = try parse("a: no\nb: 1.10\nc: 2027-03-01\nd: 0x10\ne:\nf: ~\ng: 'null'\nh: \"\\u00e9\"\n")
    guard case .mapping(let members) = value.content else {
      Issue.record("expected a mapping")
      return
    }
    #expect(members.map { $0.value.text } == ["no", "1.10", "2027-03-01", "0x10", "", "~", "null", "é"])
    #expect(members.map { $0.value.isNull } == [false, false, false, false, true, true, false, false])
  }

  @Test func placesAreBytesWhateverStandsBefore() throws {
    let value = try parse("# ünï 😀\nkéy: [one, 'two ''x''', \"th\\\"ree\", {a: b}]\r\nnext: |\n  lines\n  more\n")
    guard case .mapping(let members) = value.content, case .list(let list) = members[0].value.content else {
      Issue.record("expected a mapping with a list")
      return
    }
    #expect(members.map { shown($0.range) } == ["kéy", "next"])
    #expect(list.map { shown($0.range) } == ["one", "'two ''x'''", "\"th\\\"ree\"", "{"])
    #expect(shown(members[1].value.range) == "|")
    #expect(members[1].value.text == "lines\nmore\n")
    #expect(shown(members[1].value.range(ofText: 6..<10)) == "more")
    #expect(shown(list[1].range(ofText: 0..<3)) == "two")
    // What YAML wrote otherwise is shown as a whole.
    #expect(shown(list[1].range(ofText: 3..<6)) == "'two ''x'''")
  }

  @Test func lineBreaksYAMLKnowsAloneDoNotShiftPlaces() throws {
    let value = try parse("a: \"x\u{2028}y\"\nb: z\u{85}c: w\n")
    guard case .mapping(let members) = value.content else {
      Issue.record("expected a mapping")
      return
    }
    #expect(members.map { shown($0.range) } == members.map(\.name))
  }

  @Test(arguments: [
    ("a: &x 1\nb: *x", "yaml-alias"), ("a: &x 1", "yaml-alias"), ("a: *x", "yaml-syntax"), ("&k a: 1", "yaml-alias"),
    ("a: !t 1", "yaml-tag"),
    ("a: 1\na: 2", "duplicate-key"), ("a: [", "yaml-syntax"), ("a: 1\n---\nb: 1", "yaml-syntax"), ("", "yaml-syntax"),
    ("a: \u{1}", "yaml-syntax"),
    ("? [a]\n: b", "yaml-syntax"), ("a: b: c", "yaml-syntax"), ("a: \"\\ud800\"", "yaml-syntax"),
  ]) func oddYAMLIsRefused(text: String, id: String) {
    do {
      _ = try YAMLParser.parse(SourceFile(name: "f.yaml", bytes: Array(text.utf8)))
      Issue.record("parsed")
    } catch {
      #expect(error.diagnostics.first?.id == id, "\(error.diagnostics)")
    }
  }

  @Test func starsAndAmpersandsInTextsAreNoAliases() throws {
    let value = try parse("a: \"*one* & *two*\"\nb: R&D\nc: |\n  *three* and &four and *five*\n")
    guard case .mapping(let members) = value.content else {
      Issue.record("expected a mapping")
      return
    }
    #expect(members[0].value.text == "*one* & *two*" && members[1].value.text == "R&D")
  }

  @Test func duplicateKeyPointsAtTheSecondPlace() {
    do {
      _ = try YAMLParser.parse(SourceFile(name: "f.yaml", bytes: Array("name: 1\nother: 2\nname: 3\n".utf8)))
      Issue.record("parsed")
    } catch {
      #expect(error.diagnostics.first?.range?.bytes == 17..<21)
      #expect(error.diagnostics.first?.notes.first?.range?.bytes == 0..<4)
    }
  }

  @Test func findingsAreCollected() throws {
    let findings = YAMLFindings()
    let value = try parse("name: [x]\nday: 2026-02-30\nmode: fst\nextra: 1\nempty: ''\n")
    let mapping = try #require(
      findings.mapping(value, "the file", required: ["name", "day", "mode", "missing"], optional: ["empty", "extras"]))
    #expect(findings.text(try #require(mapping["name"]), "the name", limit: 5) == nil)
    #expect(findings.date(try #require(mapping["day"]), "the day") == nil)
    enum Mode: String, CaseIterable { case fast, slow }
    #expect(findings.choice(try #require(mapping["mode"]), "the mode", Mode.self) == nil)
    #expect(findings.text(try #require(mapping["empty"]), "the text", limit: 5) == nil)
    #expect(findings.diagnostics.map(\.id) == ["unknown-key", "missing-key", "wrong-type", "bad-date", "bad-value", "bad-value"])
    #expect(findings.diagnostics[0].suggestion == "did you mean 'extras'?")
  }

  @Test(arguments: ["", "/a", "../a", "a/../b", "a//b", "./a", "a\\b", "a\u{0}b", "a/", String(repeating: "a", count: 501)])
  func pathsOutOfTheFolderAreRefused(path: String) {
    #expect(FolderFile.fault(of: path) != nil)
  }

  @Test func ordinaryPathsAreTaken() {
    for path in ["a", "a/b.md", "..a/b..c", "ü/é.md"] { #expect(FolderFile.fault(of: path) == nil) }
  }

  @Test func onlyRegularFilesWithinTheLimitAreRead() throws {
    #expect(throws: BoundedFile.Failure(.notAFile, reason: "is a folder")) { try BoundedFile.read("/tmp", limit: 10) }
    #expect(throws: BoundedFile.Failure(.notAFile, reason: "is not a regular file")) { try BoundedFile.read("/dev/zero", limit: 10) }
    #expect(throws: BoundedFile.Failure(.missing, reason: "does not exist")) { try BoundedFile.read("/nowhere", limit: 10) }
    #expect(throws: BoundedFile.Failure.self) { try BoundedFile.read(#filePath, limit: 10) }
    #expect(try BoundedFile.read(#filePath, limit: 1 << 20).starts(with: Array("import".utf8)))
  }
}

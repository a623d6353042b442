import Diagnostics
import FindingCodes
import Foundation
import LayoutLanguage
import TestSupport
import Testing

/// The table of finding codes, held against what the sources can report.
@Suite struct FindingCodesTests {
  /// Every Swift file of the program but the table itself and the bindings to Cairo, whose errors have other names.
  private static func sources() throws -> [(path: String, text: String)] {
    try Project.files(below: "Sources", ending: ".swift").filter {
      !$0.hasPrefix("Sources/FindingCodes/") && !$0.hasPrefix("Sources/Cairo/")
    }
    .map { ($0, try Project.text($0)) }
  }

  /// The codes that stand in the sources where a finding is made, each with a file.
  private static func used() throws -> [String: String] {
    var used: [String: String] = [:]
    func note(_ code: Substring, _ path: String) { used[String(code), default: path] = path }
    for (path, text) in try sources() {
      for match in text.matches(of: /[^A-Za-z]id: (?:String = )?"([a-z][a-z0-9-]*)"/) { note(match.output.1, path) }
      for match in text.matches(of: /[^A-Za-z]id: [^"\n]*\? "([a-z][a-z0-9-]*)" : "([a-z][a-z0-9-]*)"/) {
        note(match.output.1, path)
        note(match.output.2, path)
      }
      // Functions and types that take a code first; a message stands behind it.
      for match in text.matches(
        of: /[^A-Za-z](?:RecordFault|RecordWarning|DiagnosticList|report|refuse|fault|warn)\(\s*"([a-z][a-z0-9-]*)"/)
      {
        note(match.output.1, path)
      }
      for match in text.matches(of: /[^A-Za-z]Failure\(\s*\.[A-Za-z]+, "([a-z][a-z0-9-]*)"/) { note(match.output.1, path) }
      for match in text.matches(of: /public static let [A-Za-z0-9]+: Self = "([a-z][a-z0-9-]*)"/) { note(match.output.1, path) }
      // A code and a word for what it is about, chosen together.
      for match in text.matches(of: /\("([a-z]+(?:-[a-z]+)+)", "[a-z]+"\)/) where text.contains("refuse(what.0") {
        note(match.output.1, path)
      }
      // Enumerations whose raw values are codes.
      for match in text.matches(of: /(?s)enum (?:Cause|Reason|LanguageFinding): String.*?\n  ?  ?\}/) {
        for value in match.output.matches(of: /case [A-Za-z0-9`]+ = "([a-z][a-z0-9-]*)"/) { note(value.output.1, path) }
      }
      for match in text.matches(of: /(?s)enum EvaluationFault.*?func message/) {
        for value in match.output.matches(of: /case \.[a-zA-Z]+: "([a-z][a-z0-9-]*)"/) { note(value.output.1, path) }
      }
    }
    for finding in LanguageFinding.allCases { used[finding.rawValue] = used[finding.rawValue] ?? "LanguageFinding" }
    return used
  }

  @Test func everyCodeThatIsReportedHasItsEntry() throws {
    let used = try Self.used()
    #expect(used.count > 150)
    let known = Set(FindingCodes.all.map(\.id))
    for (code, path) in used where !known.contains(code) {
      Issue.record("'\(code)' of \(path) is missing in Sources/FindingCodes")
    }
  }

  @Test func everyEntryIsReportedSomewhere() throws {
    let used = Set(try Self.used().keys)
    for code in Set(FindingCodes.all.map(\.id)) where !used.contains(code) {
      Issue.record("nothing reports '\(code)', which stands in Sources/FindingCodes")
    }
  }

  @Test func everyEntryIsWhole() {
    var seen: Set<String> = []
    for code in FindingCodes.all {
      #expect(seen.insert("\(code.area) \(code.id)").inserted, "'\(code.id)' stands twice in one area")
      #expect(code.id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, "\(code.id)")
      #expect(!code.effects.isEmpty && Set(code.effects).count == code.effects.count, "\(code.id)")
      for sentence in [code.meaning, code.remedy] {
        #expect(sentence.hasSuffix(".") && sentence.first?.isLowercase == false && sentence.count < 240, "\(code.id): \(sentence)")
      }
      // Only what would cost a bill can be let pass.
      if code.isAcceptable { #expect(code.effects.contains(.reject), "\(code.id)") }
    }
  }
}

import Billing
import Contract
import Diagnostics
import Foundation
import Contract
import Reporting
import TestSupport
import Testing

@testable import Billmaking

/// The gallery of faulty campaigns and records: one folder per fault below `Cases/`, with what differs from `Shared/`, where all is well,
/// and in `expected.txt` exactly what `billfold check` says; in cases whose names begin with `lint-`, what `billfold campaign lint` says, of a
/// campaign made from `Shared/lint.yaml`.
///
/// `RECORD=1 swift test --filter GalleryTests` writes the texts and the README anew.
@Suite(.serialized) struct CampaignAndRecordGalleryTests {
  static let folder = Project.url("Tests/GalleryTests")
  static let names: [String] = list(folder.appendingPathComponent("Cases"))

  static func list(_ place: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// What `check` finds in each case; looked for once, with the fonts opened once.
  private static let found: [String: Result<[Diagnostic], any Error>] = {
    var fonts: FontSet?
    return Dictionary(uniqueKeysWithValues: names.map { name in (name, Result { try findings(name, &fonts) }) })
  }()

  private static func findings(_ name: String) throws -> [Diagnostic] { try #require(found[name]).get() }

  /// What `check` finds in `Shared/` with the files of a case laid over it: of layout and campaign, else of the record.
  ///
  /// - Parameter fonts: Those of the case before, kept where opening them anew would give the same.
  private static func findings(_ name: String?, _ fonts: inout FontSet?) throws -> [Diagnostic] {
    let files = FileManager.default
    let place = files.temporaryDirectory.appendingPathComponent("billfold-gallery-\(UUID().uuidString)")
    defer { try? files.removeItem(at: place) }
    try files.copyItem(at: folder.appendingPathComponent("Shared"), to: place)
    if let name {
      let own = folder.appendingPathComponent("Cases/\(name)")
      for file in list(own) where file != "expected.txt" && file != "README.md" {
        if file == "remove.txt" {
          for line in try String(contentsOf: own.appendingPathComponent(file), encoding: .utf8).split(separator: "\n") {
            try files.removeItem(at: place.appendingPathComponent(String(line)))
          }
          continue
        }
        try? files.removeItem(at: place.appendingPathComponent(file))
        try files.copyItem(at: own.appendingPathComponent(file), to: place.appendingPathComponent(file))
      }
    }
    // What counsel is told of a campaign, from one about which nothing is said.
    if name?.hasPrefix("lint-") == true {
      let options = JobOptions(layout: "", campaign: place.path + "/campaign.yaml", purpose: .check)
      do throws(DiagnosticList) {
        return try Workshop.lint(options).map { shortened($0, place.path + "/") }
      } catch {
        return error.diagnostics.map { shortened($0, place.path + "/") }
      }
    }
    // A case that brings a layout of its own without a notice does without the campaign.
    let hasCampaign = name?.hasPrefix("campaign") != false || files.fileExists(atPath: place.path + "/campaign.yaml")
    let job: LayoutJob
    let options = JobOptions(
      layout: place.path, campaign: hasCampaign ? place.path + "/campaign.yaml" : nil, fonts: [Project.fonts], purpose: .check)
    do throws(DiagnosticList) {
      job = try LayoutJob(options, fonts: fonts.flatMap { $0.isCurrent(for: options) ? $0 : nil })
      fonts = job.fonts
    } catch {
      return error.diagnostics.map { shortened($0, place.path + "/") }
    }
    var bytes = [UInt8](try Data(contentsOf: place.appendingPathComponent("record.json")))
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    func warning(_ warning: RecordWarning) -> Diagnostic { warning.diagnostic(file: "record.json", record: 1) }
    switch BillMaker(job).render(RecordInput(file: "record.json", input: 0, number: 1, offset: 0, identity: nil, bytes: bytes)) {
    case .pieces(_, _, let warnings): return warnings.map(warning)
    case .reject(let fault, let warnings): return warnings.map(warning) + [fault.diagnostic(file: "record.json", record: 1)]
    }
  }

  /// Messages name files as the user wrote them; here that is a temporary folder, which a committed text cannot hold.
  private static func shortened(_ diagnostic: Diagnostic, _ prefix: String) -> Diagnostic {
    func file(_ range: SourceRange?) -> SourceRange? {
      range.map { SourceRange(file: SourceFile(name: $0.file.name.replacing(prefix, with: ""), bytes: $0.file.bytes), bytes: $0.bytes) }
    }
    var short = diagnostic
    short.message = short.message.replacing(prefix, with: "")
    short.range = file(short.range)
    short.notes = short.notes.map { Diagnostic.Note($0.message.replacing(prefix, with: ""), at: file($0.range)) }
    return short
  }

  static func text(_ findings: [Diagnostic]) -> String { findings.map { DiagnosticRenderer.text($0) + "\n" }.joined() }

  @Test func nothingIsFoundInWhatTheCasesStartFrom() throws {
    var fonts: FontSet?
    #expect(Self.text(try Self.findings(nil, &fonts)) == "")
  }

  @Test func counselIsToldNothingOfTheCampaignThatLintCasesStartFrom() throws {
    let options = JobOptions(layout: "", campaign: Self.folder.path + "/Shared/lint.yaml", purpose: .check)
    #expect(Self.text(try Workshop.lint(options)) == "")
  }

  @Test(arguments: names) func everyFaultSaysExactlyThis(_ name: String) throws {
    let text = Self.text(try Self.findings(name))
    let expected = Self.folder.appendingPathComponent("Cases/\(name)/expected.txt")
    if Project.isRecording { try Data(text.utf8).write(to: expected) }
    #expect(text == (try String(contentsOf: expected, encoding: .utf8)))
    #expect(!text.isEmpty)
  }

  @Test func readmeListsEveryCase() throws {
    var readme = """
      # Error gallery: campaigns and records

      One folder per fault below `Cases/` with the files that differ from `Shared/`, where all is well; `expected.txt` is what `billfold check`
      says, to the letter; in cases `lint-…`, which start from `Shared/lint.yaml`, what `billfold campaign lint` says. Written anew by `RECORD=1 swift test --filter GalleryTests`; read the difference before it is committed.
      Faulty layouts and strings are in [LayoutLanguageTests/Gallery](../LayoutLanguageTests/Gallery/README.md).

      | case | finds |
      |---|---|

      """
    var found: Set<String> = []
    for name in Self.names {
      let ids = try Self.findings(name).map(\.id)
      var seen: Set<String> = []
      found.formUnion(ids)
      readme += "| [\(name)](Cases/\(name)/) | \(ids.filter { seen.insert($0).inserted }.joined(separator: ", ")) |\n"
    }
    let place = Self.folder.appendingPathComponent("README.md")
    if Project.isRecording { try Data(readme.utf8).write(to: place) }
    #expect(try String(contentsOf: place, encoding: .utf8) == readme)
    // Every fault a record can have, but for one that needs more values than a gallery should hold, has a case.
    let codes: [RecordFault.Code] = [
      .malformedJSON, .invalidUTF8, .missingField, .unknownKey, .duplicateKey, .wrongType, .unknownValue, .unknownVersion, .badNumber,
      .badDate,
      .badLanguage, .unknownCurrency, .tooManyDecimals, .outOfRange, .sumMismatch, .lineArithmetic, .taxArithmetic, .tooDeep, .tooLong,
      .tooManyMarks, .controlCharacter, .controlCharactersRemoved, .languageNotOffered, "missing-glyph", "content-too-high", "does-not-fit",
      "notice-not-prominent", "format-not-offered", "content-too-wide", "barcode-invalid", "barcode-too-long", "text-shrunk",
      "too-many-pages", "word-broken", "tab-passed", "chart-labels-dropped", "figure-far", "cells-covered",
      "picture-too-high", "disclosure-missing", "keep-paper-faint", "zone-notice",
    ]
    for code in codes { #expect(found.contains(code.rawValue), "no case shows '\(code)'") }
    let others = [
      "bad-value", "missing-key", "bad-url", "phases-out-of-order", "duplicate-language", "missing-language", "unknown-language",
      "file-unreadable", "not-one-paragraph", "markdown-html", "markdown-image", "markdown-code", "bad-expression", "yaml-alias",
      "yaml-tag",
      "yaml-syntax", "terms-expression", "campaign-unreadable", "campaign-language-without-strings", "layout-without-notice",
      "image-format", "image-unreadable", "svg-not-allowed", "unknown-font-family", "missing-font-slant",
      "same-as-circle",
      "consent-by-phone", "consent-not-asked", "contact-differs", "date-ambiguous", "date-differs", "date-missing", "date-weekday",
      "disclosure-missing", "disclosure-unknown", "disclosure-unreached", "environmental-claim", "form-not-asked", "hard-to-read",
      "heading-long", "layout-needed", "mode-against-consent", "not-checked", "notice-long", "page-nowhere", "page-typed",
      "paper-cost-differs", "paper-fee-forbidden", "paper-fee-words", "point-unmapped", "rule-unconfirmed", "sentence-long", "slot-empty",
      "words-not-checked",
    ]
    for id in others { #expect(found.contains(id), "no case shows '\(id)'") }
  }
}

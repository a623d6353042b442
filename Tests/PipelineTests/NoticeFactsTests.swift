import Billing
import Contract
import JSON
import Money
import Testing

@testable import Pipeline

/// What is told of notices: in the manifest's lines, which are read back, and counted in the summary.
@Suite struct NoticeFactsTests {
  private func facts(_ name: String, _ variant: String, _ phase: String, number: Int = 1) throws -> PieceFacts {
    let digest = String(repeating: "d", count: 64)
    var facts = PieceFacts(
      billKind: .bill, channel: .print, account: "a", invoice: "i\(number)", content: digest, pages: 3, charges: .zero, due: .zero,
      currency: try #require(Currency(code: "USD")), language: "en-US", format: .standard,
      notice: NoticeFacts(
        name: name, variant: variant, phase: phase, rule: "r", wordsDigest: digest, page: 2, area: 0.125, contrast: 7.5, headingRatio: 1.25,
        textSize: 8.251),
      terms: nil)
    (facts.cycle, facts.file, facts.sha256, facts.bytes) = ("c", "bills/f", digest, 9)
    facts.record = PieceFacts.Source(file: "d.jsonl", input: 0, number: number)
    return facts
  }

  @Test func manifestLinesAreReadBack() throws {
    let written = try facts("thanks", "short", "remind")
    var line = JSONWriter()
    JSONFieldWriter.write(written, for: .manifest, to: &line)
    #expect(try ManifestEntry(line: line.bytes).facts.notice == written.notice)
  }

  @Test func noticesAreCountedByNamePhaseAndVariant() throws {
    var summary = Summary(cycle: "c", isSpecimen: false)
    let notices = [
      ("standard", "full", "remind"), ("thanks", "standard", "announce"), ("standard", "short", "announce"),
      ("standard", "full", "announce"),
      ("standard", "short", "announce"), ("kept", "standard", "remind"),
    ]
    for (number, notice) in notices.enumerated() { summary.add(try facts(notice.0, notice.1, notice.2, number: number)) }
    let text = String(decoding: summary.bytes(), as: UTF8.self)
    #expect(
      text.contains(
        #""notices":[{"name":"kept","phase":"remind","variant":"standard","count":1},{"name":"standard","phase":"announce","variant":"full","count":1},"#
          + #"{"name":"standard","phase":"announce","variant":"short","count":2},{"name":"standard","phase":"remind","variant":"full","count":1},"#
          + #"{"name":"thanks","phase":"announce","variant":"standard","count":1}]"#), "\(text)")
  }
}

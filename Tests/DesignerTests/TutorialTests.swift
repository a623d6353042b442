import Billing
import Diagnostics
import Foundation
import Layout
import LayoutLanguage
import Contract
import Reporting
import TestSupport
import Testing

@testable import Billmaking

/// `Layouts/TUTORIAL.md`: what it shows is what lies in `Layouts/tutorial`, and that works.
@Suite struct TutorialTests {
  private static let steps = Array(1...10)
  /// How many pages the tutorial's bill has in each step.
  private static let pages = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2]

  private func folder(_ step: Int) -> String { Desk.layouts.appendingPathComponent("tutorial/step-\(step < 10 ? "0" : "")\(step)").path }
  private func record() throws -> String { try Project.text("Layouts/tutorial/bills.jsonl").split(separator: "\n").map(String.init)[0] }

  @Test(arguments: steps) func stepIsWithoutFindings(_ step: Int) throws {
    let package = LayoutPackage.load(folder: folder(step))
    #expect(package.diagnostics.map { DiagnosticRenderer.text($0) } == [])
    #expect(package.template?.canCarryCampaign == (step >= 9))
  }

  @Test(arguments: steps) func stepsBillHasThePagesTheTutorialPromises(_ step: Int) throws {
    let campaign = step >= 9 ? Desk.layouts.appendingPathComponent("tutorial/campaign").path : nil
    let pages = try Proof(layout: folder(step), campaign: campaign).pages(try record())
    #expect(pages.count == Self.pages[step - 1])
    let words = pages.map(\.words).joined(separator: " ")
    // The first page greets, every later one has more.
    #expect(words.contains("Aspen Water"))
    if step >= 2 { #expect(words.contains("Page 1 of \(pages.count)")) }
    if step >= 4 { #expect(words.contains("212 Aspen Court")) }
    if step >= 5 { #expect(words.contains("Please pay by December 14, 2026")) }
    if step >= 6 { #expect(words.contains("Backflow test")) }
    if step >= 7 { #expect(words.contains("New charges")) }
    if step >= 8 { #expect(words.contains("Meter W-20814, 12 readings")) }
  }

  @Test func lastStepIsATwoPageBillWithNoticeAndTerms() throws {
    let proof = try Proof(layout: folder(10), campaign: Desk.layouts.appendingPathComponent("tutorial/campaign").path, paints: true)
    guard case .pieces(let pieces, _, _) = proof.outcome(try record()), let facts = pieces.first?.facts else {
      Issue.record("the tutorial's bill is rejected")
      return
    }
    #expect(facts.pages == 2 && facts.warnings.isEmpty)
    #expect(facts.notice?.page == 1)
    #expect(facts.terms?.firstPage == 2)
    let words = try proof.pages(try record()).map(\.words)
    #expect(words[0].contains("Bills by e-mail from March 1, 2027"))
    #expect(words[1].contains("You choose whether bills come on paper"))
    #expect(words[1].contains("Please send this part with your check"))
    // The other edition works, too.
    let large = try record().replacing("\"format\":\"standard\"", with: "\"format\":\"large-print\"")
    guard case .pieces(let others, _, _) = proof.outcome(large), let other = others.first?.facts else {
      Issue.record("the large-print bill is rejected")
      return
    }
    #expect(other.format == .largePrint && other.notice != nil)
  }

  /// Every titled block of the page is part of the file it names, line by line.
  @Test func whatTheTutorialShowsIsWhatTheFilesHold() throws {
    let blocks = Markdown.blocks(try Project.text("Layouts/TUTORIAL.md"))
    var shown: Set<String> = []
    for block in blocks {
      guard let title = block.title else { continue }
      shown.insert(String(title.split(separator: "/")[0]))
      let file = lines(try Project.text("Layouts/tutorial/\(title)"))
      let part = lines(block.text)
      #expect(!part.isEmpty)
      let isThere = file.indices.contains { start in file[start...].starts(with: part) }
      #expect(isThere, "\(title) does not hold:\n\(block.text)")
    }
    #expect(shown.isSuperset(of: Self.steps.map { "step-\($0 < 10 ? "0" : "")\($0)" }))
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

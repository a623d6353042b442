import Campaigns
import Composition
import Contract
import Diagnostics
import Foundation
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// The logical structure of the sample company's bills: what a tagged file of them will say.
@Suite(.serialized) struct StructureTests {
  private struct Bill {
    var tree: StructureTree
    var pages: [Frame]
    /// Whether it carries a notice, and whether the terms stand in it.
    var hasNotice, hasTerms: Bool
  }

  private static let bills: Result<[Bill], any Error> = Result {
    let root = Project.root.path
    let job = try LayoutJob(
      JobOptions(
        layout: root + "/Layouts/larkspur", campaign: root + "/Samples/larkspur/campaign",
        tokenKey: Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key")))
    let maker = BillMaker(job)
    return try Project.records("Samples/larkspur/bills.jsonl").map { record in
      var warnings: [RecordWarning] = []
      let laidOut = try maker.layOut(try maker.compose(try maker.read(Array(record.utf8)), maker.occasion, &warnings))
      var pages: [Frame] = []
      try laidOut.pagination.forEachPage { _, page in pages.append(page) }
      return Bill(
        tree: StructureTree(of: pages, language: laidOut.language, direction: laidOut.composer.direction), pages: pages,
        hasNotice: laidOut.decision?.notice != nil, hasTerms: laidOut.decision?.showsTerms == true)
    }
  }

  private let bills: [Bill]
  init() throws { bills = try Self.bills.get() }

  @Test func everythingOnEveryPageIsInOneElementOrOneArtifact() {
    #expect(bills.count == 40)
    for bill in bills { #expect(bill.tree.fault(on: bill.pages) == nil) }
  }

  /// Whatever a record says: long names, other scripts, no lines and very many.
  @Test(arguments: ["larkspur", "e-invoice", "tutorial/step-10"]) func soIsEverythingOnTheExtremeBillsOfALayout(layout: String) throws {
    let job = try LayoutJob(JobOptions(layout: Project.root.path + "/Layouts/" + layout))
    let maker = BillMaker(job)
    let extremes = BillPreviewer(job).render(PreviewRequest(record: [], file: "", number: 1, output: .extremes)).extremes
    var laidOutCount = 0
    for extreme in extremes {
      // What is refused before it has pages has no structure.
      var warnings: [RecordWarning] = []
      guard let bill = try? maker.read(extreme.record), let composed = try? maker.compose(bill, maker.occasion, &warnings),
        let laidOut = try? maker.layOut(composed), laidOut.pagination.count <= 60
      else { continue }
      laidOutCount += 1
      var pages: [Frame] = []
      try laidOut.pagination.forEachPage { _, page in pages.append(page) }
      let tree = StructureTree(of: pages, language: laidOut.language, direction: laidOut.composer.direction)
      #expect(tree.fault(on: pages) == nil, "\(extreme.kind): \(extreme.detail)")
    }
    #expect(laidOutCount > 5)
  }

  @Test func partsStandWhereTheyMayStand() {
    for bill in bills {
      let tree = bill.tree
      for element in tree.all(where: { _ in true }) {
        let kinds = element.children.compactMap { child -> StructureElement.Kind? in
          if case .element(let id) = child { tree[id]?.kind } else { nil }
        }
        let holdsContent = element.children.contains { if case .content = $0 { true } else { false } }
        switch element.kind {
        case .list: #expect(kinds.allSatisfy { $0 == .listItem } && !holdsContent)
        case .listItem: #expect(kinds == [.label, .listBody] || kinds == [.listBody])
        case .table: #expect(kinds.allSatisfy { [.tableHead, .tableBody, .tableFoot].contains($0) } && !holdsContent)
        case .tableHead, .tableBody, .tableFoot: #expect(kinds.allSatisfy { $0 == .tableRow } && !holdsContent)
        case .tableRow:
          #expect(!holdsContent && kinds.allSatisfy { if case .cell = $0 { true } else { false } })
        case .document, .section, .division, .blockQuote: #expect(!holdsContent)
        case .figure: #expect(kinds.isEmpty && element.description?.isEmpty == false)
        case .link: #expect(element.address?.isEmpty == false)
        case .span: #expect(element.language != nil)
        case .heading, .paragraph, .label, .listBody, .cell: break
        }
      }
    }
  }

  @Test func everyRowOfATableIsAsWideAsTheOthers() {
    for bill in bills {
      let tree = bill.tree
      for table in tree.all(where: { $0.kind == .table }) {
        var widths: Set<Int> = []
        func look(_ element: StructureElement) {
          var width = 0
          for case .element(let id) in element.children {
            guard let inner = tree[id] else { continue }
            if case .cell(let place) = inner.kind { width += place.columnSpan } else if inner.kind != .table { look(inner) }
          }
          if element.kind == .tableRow { widths.insert(width) }
        }
        look(table)
        #expect(widths.count == 1, "\(widths)")
      }
    }
  }

  @Test func whatIsReadComesInTheOrderOfTheLetter() throws {
    for bill in bills {
      #expect(bill.tree.root.language != nil)
      #expect(bill.tree.all { $0.landmark?.rawValue == "notice" }.count == (bill.hasNotice ? 1 : 0))
      #expect(bill.tree.all { $0.landmark?.rawValue == "terms" }.count == (bill.hasTerms ? 1 : 0))
      let levels = bill.tree.all { if case .heading = $0.kind { true } else { false } }.map { element -> Int in
        if case .heading(let level) = element.kind { level } else { 0 }
      }
      var last = 0
      for level in levels {
        #expect(level <= last + 1)
        last = level
      }
    }
    #expect(bills.contains { $0.hasNotice && $0.hasTerms } && bills.contains { $0.hasNotice && !$0.hasTerms })
    // The address in the notice is written on two lines, and one link.
    #expect(bills.filter(\.hasNotice).contains { $0.tree.all { $0.kind == .link }.count > 0 })
  }
}

import Billing
import Diagnostics
import Foundation
import Geometry
import Layout
import Contract
import TestSupport
import Testing

@testable import Billmaking

/// A bill of more pages than are kept in memory: broken first, then painted page by page.
@Suite struct LongBillTests {
  private static let lines = (0..<3_000).map { ("Call to number \($0)", ($0 * 7919) % 100_000 - 20_000) }
  private static let xml = TrialLayout.xml(
    """
    <table gap="4pt">
      <column width="1fr"/><column name="amount" width="80pt" align="decimal" figures="tabular" sum="line.amount"/>
      <header><cell>What</cell><cell>Amount</cell></header>
      <group each="section in sections"><row each="line in section.lines"><cell>{line.description}</cell><cell>{line.amount | money(symbol: 'none')}</cell></row></group>
      <brought><cell>Brought forward</cell><cell>{sum.amount | money(symbol: 'none')}</cell></brought>
      <carried><cell>Carried forward</cell><cell>{sum.amount | money(symbol: 'none')}</cell></carried>
      <footer><cell>Total of all</cell><cell>{sum.amount | money(symbol: 'none')}</cell></footer>
    </table>
    """, paper: "300pt 222pt", declarations: "")

  @Test(.needs("pdftotext"))
  func sumsAreRightOnEveryPage() throws {
    let layout = try TrialLayout(Self.xml)
    let printed = try layout.print(TestRecord(lines: Self.lines).json)
    #expect(printed.facts.pages > 200)
    let pages = try Tool.pageTexts(of: printed.pdf)
    #expect(pages.count == printed.facts.pages)
    var (sum, count) = (0, 0)
    for (index, page) in pages.enumerated() {
      var (isBrought, isCarried, onPage) = (false, false, 0)
      for line in page.split(separator: "\n").map({ String($0).folded }) {
        let amount = line.split(separator: " ").last.flatMap { TestRecord.minor($0) }
        if line.hasPrefix("Call to number") {
          sum += try #require(amount)
          count += 1
          onPage += 1
        } else if line.hasPrefix("Brought forward") {
          #expect(amount == sum && onPage == 0, "page \(index + 1)")
          isBrought = true
        } else if line.hasPrefix("Carried forward") {
          #expect(amount == sum, "page \(index + 1)")
          isCarried = true
        } else if line.hasPrefix("Total of all") {
          #expect(amount == sum && index + 1 == pages.count)
        }
      }
      #expect(isBrought == (index > 0) && isCarried == (index + 1 < pages.count) && onPage > 0, "page \(index + 1)")
    }
    #expect(count == Self.lines.count && sum == Self.lines.reduce(0) { $0 + $1.1 })
  }

  /// The steps of loops are bounded; where a bill reaches the bound only while it is painted, it must not end there and look whole.
  @Test(.needs("pdftotext"), arguments: [10, 30])
  func boundReachedWhilePaintingIsAReject(inner: Int) throws {
    let address = (1...8).map { "a\($0)" }
    let loops = String(repeating: "<each each=\"a in customer.address\"></each>", count: inner)
    let layout = try TrialLayout(
      TrialLayout.xml(
        """
        <table><column width="1fr"/>
          <group each="section in sections"><row each="line in section.lines"><cell>{line.description}\(loops)</cell></row></group>
        </table>
        """, paper: "300pt 104pt"))
    let record = TestRecord(address: address, lines: Array(Self.lines.prefix(1_800))).json
    switch layout.outcome(record) {
    case .reject(let fault, _): #expect(fault.code == "too-many-steps")
    case .pieces(let pieces, _, _):
      let piece = try #require(pieces.first)
      let (facts, pdf) = (piece.facts, piece.bytes)
      let pages = try Tool.pageTexts(of: pdf)
      #expect(pages.count == facts.pages && facts.pages > 200)
      #expect(pages.joined().components(separatedBy: "Call to number").count == 1_801)
    }
  }
}

import Geometry
import Layout
import Testing
import Vocabulary

/// Long tables: time and memory of the engine itself, with text that costs nothing. 90,000 rows under `-DSOAK`, in release.
@Suite struct LoadTests {
  #if SOAK
    static let rows = 90_000
  #else
    static let rows = 1_200
  #endif

  /// A charge line: five cells, the last one an amount that the source sums up exactly.
  private final class Charges: TableSource {
    let count: Int
    private(set) var asked = 0
    init(count: Int) { self.count = count }

    func amount(_ index: Int) -> Int { (index * 7919) % 100_000 - 20_000 }
    private func words(_ cents: Int) -> String {
      let part = abs(cents) % 100
      return (cents < 0 ? "-" : "") + "\(abs(cents) / 100).\(part < 10 ? "0" : "")\(part)"
    }
    private func line(_ words: [String]) -> TableRow {
      TableRow(
        words.enumerated().map { TableCell(text: TextNode(content: text($0.element, $0.offset == 4 ? .decimal : .start, style: small))) })
    }
    private let small = style(2, line: 9)

    func row(at index: Int) -> TableRow {
      asked += 1
      return line(["2026-11-01", "call to number \(index)", "\(index % 50)", "min", words(amount(index))])
    }
    func header(isContinuation: Bool) -> [TableRow] { [line(["date", "what", "how many", "unit", "amount"])] }
    func carried(_ rows: RunningRows) -> [TableRow] { [line(["", "carried", "", "", words(sum(rows.completed))])] }
    func brought(_ rows: RunningRows) -> [TableRow] { [line(["", "brought", "", "", words(sum(rows.completed))])] }
    func footer() -> [TableRow] { [line(["", "total", "", "", words(sum(count))])] }
    private lazy var sums: [Int] = {
      var sums = [0]
      for index in 0..<count { sums.append(sums[index] + amount(index)) }
      return sums
    }()
    func sum(_ completed: Int) -> Int { sums[completed] }
  }

  private func cents(_ words: String) -> Int? {
    let digits = words.filter { $0.isNumber }
    guard let value = Int(digits) else { return nil }
    return words.hasPrefix("-") ? -value : value
  }

  @Test func carriedSumsAreRightOnEveryPageOfALongBill() throws {
    let charges = Charges(count: Self.rows)
    let table = TableNode(
      columns: [
        TableColumn(.fixed(.pt(50))), TableColumn(.fraction(1)), TableColumn(.fixed(.pt(30))), TableColumn(.fixed(.pt(30))),
        TableColumn(.fixed(.pt(60)), alignment: .decimal),
      ], source: charges)
    let bench = Bench()
    let document = Document(masters: PageMasters(first: master(400, 440)), body: table, pageLimit: 5_000)
    let pagination = Paginator(document, context: bench.context).paginate(keeping: 10)
    #expect(pagination.count > Self.rows / 50)
    #expect(pagination.frames == nil)

    var (running, rows, separators) = (0, 0, Set<Double>())
    try pagination.forEachPage { number, page in
      // The amounts as they are printed, row by row.
      var printed: [[String]] = []
      FrameWalker.walk(page) { step in
        switch step {
        case .enter(let frame, _):
          if case .tableRow? = frame.tag?.role { printed.append([]) }
        case .item(.run(let run, _), let at):
          if !printed.isEmpty { printed[printed.count - 1].append(run.text) }
          if let dot = run.text.firstIndex(of: "."), printed.last?.count ?? 0 > 1 {
            separators.insert((at.x.points + Double(run.text.distance(from: run.text.startIndex, to: dot)) * 2).rounded())
          }
        default: break
        }
      }
      for row in printed where row.count > 1 {
        guard let amount = row.last.flatMap(cents) else { continue }
        switch row[0] {
        case "brought", "carried", "total": #expect(amount == running, "page \(number): \(row)")
        default:
          running += amount
          rows += 1
        }
      }
    }
    #expect(rows == Self.rows)
    #expect(running == charges.sum(Self.rows))
    #expect(separators.count == 1)
    #expect(bench.context.findings.allSatisfy { $0.cause == .figureFar })
    // Each row is asked for while measuring, in the first pass and in the second, and perhaps again where a page ends.
    #expect(charges.asked < Self.rows * 7 / 2)
  }
}

/// The lines of a text, looked at before the library that reads CommonMark is.
///
/// Some texts cost libcmark-gfm the square of their length, or memory by the cells of tables that are mostly empty. They are told by lines that
/// may be the second of a table (`|---|--:|`) and what stands round them.
struct MarkdownLines {
  /// The most columns of a table: a page has no room for more.
  ///
  /// - Stops: rows of a few bytes that become tens of thousands of empty cells.
  static let maximumColumns = 12
  /// The most lines of a table, with what stands right above it.
  ///
  /// - Stops: a paragraph or table without end, gone over again at each line that may begin one.
  static let maximumLines = 500
  /// The most bytes of them.
  ///
  /// - Stops: the same in long lines.
  static let maximumBytes = 100_000
  /// The most bars in one of them.
  ///
  /// - Stops: a line of bars alone, which the library parts in the square of their number.
  private static let maximumBars = 100
  /// The most lines among them that may be the second of a table.
  ///
  /// - Stops: lines of dashes alone, each of which makes the library go over what stands above.
  private static let maximumRulers = 20
  /// The most cells of all tables of a text.
  ///
  /// - Stops: many tables of rows without cells.
  private static let maximumCells = 20_000
  /// The most exclamation marks with a bracket: each might begin a picture, which is refused anyway.
  ///
  /// - Stops: brackets that the library goes over again and again.
  private static let maximumPictures = 500

  private var lines: [Range<Int>] = []
  private let bytes: [UInt8]

  /// Looks at a text.
  ///
  /// - Throws: ``MarkdownFault`` where it would cost too much to read.
  init(_ text: String) throws(MarkdownFault) {
    bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      lines.append(start..<end)
      let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
      start = end + (isPair ? 2 : 1)
    }
    try checkTables()
    try checkPictures()
  }

  /// How many cells a row of a table is written with, from 1.
  ///
  /// - Parameter line: From 1.
  func cells(in line: Int) -> Int {
    guard lines.indices.contains(line - 1) else { return 1 }
    // What stands before a row is a quotation's sign or an item's indent.
    var row = bytes[lines[line - 1]].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
    while let last = row.last, last == 0x20 || last == 0x09 { row.removeLast() }
    if row.first == UInt8(ascii: "|") { row.removeFirst() }
    var (count, isEscaped, endsInBar) = (1, false, false)
    for byte in row {
      endsInBar = byte == UInt8(ascii: "|") && !isEscaped
      if endsInBar { count += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return endsInBar ? count - 1 : count
  }

  /// Whether a line may be the second of a table: dashes, colons and bars, and what may stand before them in quotations and lists.
  private func isRuler(_ line: Range<Int>) -> Bool {
    var (hasDash, hasPart) = (false, false)
    for byte in bytes[line] {
      switch byte {
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: "|"), UInt8(ascii: ":"): hasPart = true
      case 0x09, 0x0B, 0x0C, 0x20, UInt8(ascii: ">"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ")"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        continue
      default: return false
      }
    }
    return hasDash && hasPart
  }

  private func isBlank(_ line: Range<Int>) -> Bool { bytes[line].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") } }

  private func checkTables() throws(MarkdownFault) {
    var allCells = 0
    var run = 0
    while run < lines.count {
      let end = lines[run...].firstIndex(where: isBlank) ?? lines.count
      defer { run = end + 1 }
      let rulers = (run..<end).filter { isRuler(lines[$0]) }
      guard let first = rulers.first else { continue }
      let bars = (run..<end).map { line in bytes[lines[line]].count { $0 == UInt8(ascii: "|") } }
      let size = lines[end - 1].upperBound - lines[run].lowerBound
      let columns = rulers.reduce(0) { max($0, bars[$1 - run] + 1) }
      func fault(_ what: String, _ line: Int) -> MarkdownFault {
        MarkdownFault(id: "too-long", message: "\(what); part it, with empty lines between", line: line + 1, range: nil)
      }
      // Bars at both ends of a line count as one more than there are columns.
      if columns > Self.maximumColumns + 2 { throw fault("the table has more than the \(Self.maximumColumns) columns allowed", first) }
      if end - run > Self.maximumLines {
        throw fault("the table takes \(end - run) lines, more than the \(Self.maximumLines) allowed", run)
      }
      if size > Self.maximumBytes { throw fault("the table takes \(size) bytes, more than the \(Self.maximumBytes) allowed", run) }
      if let line = bars.firstIndex(where: { $0 > Self.maximumBars }) {
        throw fault("the line has more than the \(Self.maximumBars) bars allowed in a table", run + line)
      }
      if rulers.count > Self.maximumRulers {
        throw fault("the table has more than the \(Self.maximumRulers) lines of dashes allowed", first)
      }
      allCells += (end - run) * columns
      if allCells > Self.maximumCells { throw fault("the tables have more than the \(Self.maximumCells) cells allowed", run) }
    }
  }

  private func checkPictures() throws(MarkdownFault) {
    var count = 0
    for (number, line) in lines.enumerated() {
      for index in line where bytes[index] == UInt8(ascii: "!") && index + 1 < line.upperBound && bytes[index + 1] == UInt8(ascii: "[") {
        count += 1
        guard count <= Self.maximumPictures else {
          throw MarkdownFault(id: "markdown-image", message: "images are not allowed in words and terms", line: number + 1, range: nil)
        }
      }
    }
  }
}

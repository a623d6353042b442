import Files
import Foundation
import Tables
import TestSupport
import Testing

/// CSV as RFC 4180 has it, and as spreadsheets misread it.
@Suite struct CSVTests {
  static func rows(_ bytes: [UInt8]) throws -> [CSVReader.Row] {
    let folder = try TemporaryFolder()
    let reader = try CSVReader(OpenFile(reading: folder.write("table.csv", bytes)))
    var rows: [CSVReader.Row] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  /// A file, and what is read of it: the fields of each row, its line before them, its fault behind them.
  private static let cases: [(String, [String])] = [
    ("", []), ("\n\r\n\n", []), ("a,b", ["1 a|b"]), ("a,b\n", ["1 a|b"]), ("a,b\r\nc,d\r\n", ["1 a|b", "2 c|d"]),
    ("\u{FEFF}a,b\n", ["1 a|b"]), ("\u{FEFF}", []), (",\n", ["1 |"]), ("a,,\n", ["1 a||"]), ("\"\"\n", ["1 "]),
    ("\"a\",\"b\"\n", ["1 a|b"]), ("\"a,b\",c\n", ["1 a,b|c"]), ("\"a\nb\",c\nd,e\n", ["1 a\nb|c", "3 d|e"]),
    ("\"a\r\nb\"\r\nc\r\n", ["1 a\r\nb", "3 c"]), ("\"say \"\"no\"\"\",x\n", ["1 say \"no\"|x"]), ("\"\"\"\"\n", ["1 \""]),
    ("\n\na,b\n\nc,d", ["3 a|b", "5 c|d"]), ("a\rb,c\n", ["1 a\rb|c"]), ("a\r", ["1 a\r"]), ("a,b\r\r\n", ["1 a|b\r"]),
    ("é,日本\n", ["1 é|日本"]), (" a , b \n", ["1  a | b "]), ("a;b\n", ["1 a;b"]),
    ("a\"b,c\nd,e\n", ["1  quoteInside", "2 d|e"]), ("\"a\"b,c\nd\n", ["1  textBehindQuote", "2 d"]),
    ("\"a\" ,c\nd\n", ["1  textBehindQuote", "2 d"]), ("x,\"a\nb\nc", ["1 x quoteOpen"]),
    ("x,a\"b\"\"\nd\n", ["1 x quoteInside", "2 d"]),
  ]

  @Test(arguments: cases.indices) func rowIsReadAsTheStandardSays(_ index: Int) throws {
    let (text, expected) = Self.cases[index]
    let found = try Self.rows(Array(text.utf8)).map { row in
      "\(row.line) \(row.fields.joined(separator: "|"))\(row.fault.map { " \($0)" } ?? "")"
    }
    #expect(found == expected, "\(text.debugDescription)")
  }

  @Test func faultyBytesCostTheirRowOnly() throws {
    let rows = try Self.rows(Array("a,b\n".utf8) + [0x63, 0xFF, 0x2C, 0x64, 0x0A] + Array("e,f\n".utf8))
    #expect(rows.map(\.fault) == [nil, .notUTF8, nil])
    #expect(rows[2].fields == ["e", "f"])
  }

  @Test func rowsAndFieldsAreBounded() throws {
    let full = String(repeating: "x", count: CSVReader.maximumRow - 2)
    #expect(try Self.rows(Array("\(full),y\nz\n".utf8)).map(\.fault) == [nil, nil])
    let rows = try Self.rows(Array("\(full),yy\nz\n".utf8))
    #expect(rows.map(\.fault) == [.tooLong, nil] && rows[1].fields == ["z"])
    // In quotes it is one field up to their end, however long, and not rows.
    let quoted = try Self.rows(Array("\"\(full)\na,b\n\(full)\"\nz\n".utf8))
    #expect(quoted.map(\.fault) == [.tooLong, nil] && quoted[1].line == 4)
    let wide = String(repeating: ",", count: CSVReader.maximumFields - 1)
    #expect(try Self.rows(Array("\(wide)\n\(wide),\n".utf8)).map(\.fault) == [nil, .tooManyFields])
  }

  // MARK: Writing

  /// Texts and what stands for them in a cell.
  private static let cells: [(String, String)] = [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("a;b", "\"a;b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("a\nb", "\"a\nb\""),
    ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@SUM(A1)", "\"'@SUM(A1)\""), ("\t=1", "\"'\t=1\""),
    ("\r=1", "\"'\r=1\""),
    ("'=1", "\"''=1\""), ("''+1", "\"'''+1\""), ("'tis", "\"'tis\""), ("1-1", "1-1"), ("a=b", "a=b"), ("'", "\"'\""), ("''", "\"''\""),
  ]

  @Test func spreadsheetRunsNothing() {
    for (text, cell) in Self.cells {
      var csv = CSVWriter()
      csv.row([text, "x"])
      #expect(String(decoding: csv.bytes, as: UTF8.self) == cell + ",x\r\n")
      #expect(CellText.opened(CellText.shielded(text)).utf8.elementsEqual(text.utf8))
    }
  }

  /// Random tables of what is awkward.
  private static func tables(_ seed: UInt64) -> [[String]] {
    var random = SeededNumbers(seed: seed)
    let parts = ["a", "é", "=", "+", "-", "@", "'", "\"", ",", ";", "\n", "\r\n", "\t", " ", "日", "0"]
    return (0..<40).map { _ in
      (0..<4).map { _ in (0..<random.next(below: 6)).map { _ in parts[random.next(below: parts.count)] }.joined() }
    }
  }

  @Test(arguments: 0..<20) func whatIsWrittenIsReadBack(seed: Int) throws {
    let table = Self.tables(UInt64(seed))
    var csv = CSVWriter()
    for row in table { csv.row(row) }
    let rows = try Self.rows(csv.bytes)
    #expect(rows.allSatisfy { $0.fault == nil })
    #expect(rows.map { $0.fields.map(CellText.opened) }.elementsEqual(table) { $0.elementsEqual($1) { $0.utf8.elementsEqual($1.utf8) } })
  }

  /// Python's reader and writer of CSV, which know nothing of ours.
  @Test(.needs(Tool.python)) func otherProgramsAgree() throws {
    let table = (0..<10).flatMap { Self.tables(UInt64($0) + 100) }
    let folder = try TemporaryFolder()
    var csv = CSVWriter()
    for row in table { csv.row(row) }
    try folder.write("ours.csv", csv.bytes)
    try folder.write("table.json", try [UInt8](JSONEncoder().encode(table)))
    let script = """
      import csv, json
      table = json.load(open("table.json", encoding="utf-8"))
      def mark(text): return "'" + text if text.lstrip("'")[:1] in tuple("=+-@\\t\\r\\n") else text
      ours = list(csv.reader(open("ours.csv", encoding="utf-8", newline=""), strict=True))
      assert ours == [[mark(cell) for cell in row] for row in table], "ours"
      with open("theirs.csv", "w", encoding="utf-8", newline="") as file: csv.writer(file).writerows(table)
      """
    let ran = try Tool.run([Tool.python, "-c", script], in: folder.url)
    #expect(ran.code == 0, "\(ran.output)")
    let rows = try Self.rows(folder.bytes("theirs.csv"))
    #expect(rows.allSatisfy { $0.fault == nil } && rows.map(\.fields) == table)
  }
}

import Consents
import Contract
import Diagnostics
import Foundation
import Ledger
import TestSupport
import Testing

/// Events taken into a ledger.
@Suite struct ImportTests {
  @Test func rowsAreTakenOnce() throws {
    let bench = try LedgerBench()
    let rows = "a,consent,2027-01-12,web,all bills,\"log, 1\"\nb,paper,2027-01-13,,,\r\na,withdrawn,2027-02-01,phone,,\n"
    #expect(try bench.take(rows) == counts(new: 3))
    let before = try bench.folder.bytes("ledger")
    #expect(try bench.take(rows) == counts(known: 3))
    // Not a byte: no transaction was needed.
    #expect(try bench.folder.bytes("ledger") == before)
    #expect(try bench.take(rows + "c,bounced,2027-02-02,,,\n") == counts(new: 1, known: 3))
    // Another evidence is another event.
    #expect(
      try bench.take("a,consent,2027-01-12,web,all bills,log 2\na,consent,2027-01-12,web,all bills,log 2\n") == counts(new: 1, known: 1))
    let lines = try bench.export()
    #expect(lines.count == 3)
    #expect(
      lines[0]
        == #"{"account":"a","state":"undecided","date":"2027-02-01","source":"phone","may_switch":false,"why":"not-checked","events":["#
        + #"{"state":"consent","date":"2027-01-12","source":"web","scope":"all bills","evidence":"log 2"},"#
        + #"{"state":"consent","date":"2027-01-12","source":"web","scope":"all bills","evidence":"log, 1"},"#
        + #"{"state":"withdrawn","date":"2027-02-01","source":"phone","scope":"","evidence":""}],"pieces":[]}"#)
  }

  private func counts(new: Int = 0, known: Int = 0, refused: Int = 0) -> EventImport.Counts {
    var counts = EventImport.Counts()
    (counts.new, counts.known, counts.refused) = (new, known, refused)
    return counts
  }

  /// Rows that are refused, each with its reason to the letter.
  private static let refusals: [(String, String)] = [
    ("a,consent,2027-01-12,web,", "it has 5 fields, expected 6"), ("a", "it has 1 field, expected 6"),
    ("a,consent,2027-01-12,web,,,", "it has 7 fields, expected 6"), (",consent,2027-01-12,web,,", "the account is empty"),
    (String(repeating: "é", count: 201) + ",paper,2027-01-12,web,,", "the account has 201 characters, more than the 200 allowed"),
    ("\"a\nb\",paper,2027-01-12,web,,", "the account holds a control character, a line break or a bidi override"),
    ("a\u{202E}b,paper,2027-01-12,web,,", "the account holds a control character, a line break or a bidi override"),
    ("a,agreed,2027-01-12,web,,", "the state 'agreed' is none of consent, withdrawn, paper, bounced"),
    ("a,Consent,2027-01-12,web,,", "the state 'Consent' is none of consent, withdrawn, paper, bounced; did you mean 'consent'?"),
    ("a, paper,2027-01-12,web,,", "the state ' paper' is none of consent, withdrawn, paper, bounced; did you mean 'paper'?"),
    ("a,,2027-01-12,web,,", "the state '' is none of consent, withdrawn, paper, bounced"),
    ("a,paper,2027-02-29,web,,", "the date '2027-02-29' is no day of the form YYYY-MM-DD"),
    ("a,paper,01/12/2027,web,,", "the date '01/12/2027' is no day of the form YYYY-MM-DD"),
    ("a,paper,,web,,", "the date '' is no day of the form YYYY-MM-DD"),
    ("a,consent,2027-01-12,,,", "a consent needs its source, such as web, email, app, phone or form"),
    ("a,paper,2027-01-12,\(String(repeating: "w", count: 101)),,", "the source has 101 characters, more than the 100 allowed"),
    ("a,paper,2027-01-12,,\(String(repeating: "s", count: 1_001)),", "the scope has 1001 characters, more than the 1000 allowed"),
    ("a,paper,2027-01-12,,,\"x\ty\"", "the evidence holds a control character, a line break or a bidi override"),
    (
      "a,paper,2027-01-12,w\"eb\",,",
      "it has a quote within a field that does not begin with one; write the field in quotes, and a quote in it twice"
    ),
    ("a,paper,2027-01-12,\"we\"b,,", "it has something behind a closing quote; a quote within a field is written twice"),
    ("a,paper,2027-01-12,\(String(repeating: "w", count: 65_536)),,", "it has more than the 65536 bytes allowed"),
    (String(repeating: ",", count: 64), "it has more than the 64 fields allowed"),
  ]

  @Test(arguments: refusals.indices) func badRowIsRefusedAndItsNeighboursAreNot(_ index: Int) throws {
    let (row, reason) = Self.refusals[index]
    let bench = try LedgerBench()
    var told: [Diagnostic] = []
    let found = try bench.take("first,paper,2027-01-01,,,\n\(row)\nlast,paper,2027-01-01,,,\n", rejects: "refused.csv") { told.append($0) }
    #expect(found == counts(new: 2, refused: 1))
    #expect(told.map(\.message) == ["row refused: " + reason] && told.first?.place?.record == 3 && told.first?.severity == .warning)
    #expect(try bench.export().count == 2)
    #expect(try bench.folder.text("refused.csv").contains(reason.replacingOccurrences(of: "\"", with: "\"\"")))
  }

  @Test func facultyBytesAndOpenQuoteAreTold() throws {
    let bench = try LedgerBench()
    var told: [String] = []
    let file = try bench.folder.write(
      "events.csv",
      Array(LedgerBench.header.utf8) + [0x61, 0xFF]
        + Array(",paper,2027-01-01,,,\nb,paper,2027-01-01,\"open,,\nc,paper,2027-01-01,,,\n".utf8))
    let found = try EventImport(file, ledger: bench.ledger, rejects: nil) { told.append("\($0.place?.record ?? 0) \($0.message)") }.run()
    #expect(found == counts(refused: 2))
    #expect(
      told == [
        "2 row refused: it is not UTF-8",
        "3 row refused: it opens a quote that is not closed before the end of the file, so that all behind it was taken for one field",
      ])
  }

  /// The file of refused rows is a file of events once its rows are right.
  @Test func refusedRowsCanBeCorrectedAndImported() throws {
    let bench = try LedgerBench()
    let found = try bench.take("=1+1,paper,2027-1-12,-web,@home,+x\n'=2,paper,soon,,,\ngood,paper,2027-01-01,,,\n", rejects: "refused.csv")
    #expect(found == counts(new: 1, refused: 2))
    let refused = try bench.folder.text("refused.csv")
    #expect(
      refused == """
        account,state,date,source,scope,evidence,line,reason\r
        "'=1+1",paper,2027-1-12,"'-web","'@home","'+x",2,"the date '2027-1-12' is no day of the form YYYY-MM-DD"\r
        "'=2",paper,soon,,,,3,"the date 'soon' is no day of the form YYYY-MM-DD"\r

        """)
    let attributes = try FileManager.default.attributesOfItem(atPath: bench.folder.path("refused.csv"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let corrected = try bench.folder.write(
      "corrected.csv",
      refused.replacingOccurrences(of: "2027-1-12,", with: "2027-01-12,").replacingOccurrences(of: "soon,", with: "2027-01-13,"))
    #expect(try EventImport(corrected, ledger: bench.ledger, rejects: nil) { _ in }.run() == counts(new: 2))
    let lines = try bench.export()
    #expect(
      lines.count == 3 && lines[0].contains(#""account":"=1+1""#) && lines[0].contains(#""evidence":"+x""#)
        && lines[1].contains(#""account":"=2""#))
  }

  @Test func manyRefusalsAreToldShortly() throws {
    let bench = try LedgerBench()
    var told: [Diagnostic] = []
    #expect(try bench.take(String(repeating: "a,x,2027-01-01,,,\n", count: 50)) { told.append($0) } == counts(refused: 50))
    #expect(
      told.count == 21 && told.last?.id == "more-events-refused"
        && told.last?.message == "30 more rows were refused; '--rejects FILE' writes them all")
  }

  @Test func eventsOfOneAccountAreBounded() throws {
    let bench = try LedgerBench()
    let rows = (0..<1_001).map { "a,paper,2027-01-01,,,\($0)\n" }
    #expect(try bench.take(rows.dropLast().joined()) == counts(new: 1_000))
    #expect(try bench.take(rows.joined()) == counts(known: 1_000, refused: 1))
    #expect(try bench.take("b,paper,2027-01-01,,,1\n") == counts(new: 1))
  }

  /// What keeps a file from being imported, to the letter; nothing is changed then.
  private static let files: [(String?, String)] = [
    (nil, "66 error: cannot read the events in 'file.csv': no such file or directory [events-unreadable]"),
    (
      "",
      "66 file.csv:1: error: 'file.csv' must begin with the line 'account,state,date,source,scope,evidence', and is empty [events-header]"
    ),
    (
      "account;state;date;source;scope;evidence\n",
      "66 file.csv:1: error: 'file.csv' must begin with the line 'account,state,date,source,scope,evidence' [events-header]"
    ),
    (
      "a,paper,2027-01-01,,,\n",
      "66 file.csv:1: error: 'file.csv' must begin with the line 'account,state,date,source,scope,evidence' [events-header]"
    ),
    (
      "account,state,date,source,scope,evidence,more\n",
      "66 file.csv:1: error: 'file.csv' must begin with the line 'account,state,date,source,scope,evidence' [events-header]"
    ),
  ]

  @Test(arguments: files.indices) func otherFilesAreRefused(_ index: Int) throws {
    let (text, expected) = Self.files[index]
    let bench = try LedgerBench()
    let before = try bench.folder.bytes("ledger")
    let file = bench.folder.path("file.csv")
    if let text { try bench.folder.write("file.csv", text) }
    let told = bench.told { () throws(RunFailure) in _ = try EventImport(file, ledger: bench.ledger, rejects: nil) { _ in }.run() }
    #expect(told == expected)
    #expect(try bench.folder.bytes("ledger") == before)
  }

  @Test func refusedRowsOverwriteNothingThatIsRead() throws {
    let bench = try LedgerBench()
    let file = try bench.folder.write("events.csv", LedgerBench.header + "a,paper,2027-01-01,,,\n")
    for rejects in [file, bench.ledger, bench.folder.path("none/refused.csv")] {
      let told = bench.told { () throws(RunFailure) in _ = try EventImport(file, ledger: bench.ledger, rejects: rejects) { _ in }.run() }
      #expect(told.hasPrefix("74 error: ") && told.hasSuffix("[output-unwritable]"), "\(told)")
    }
    #expect(try bench.export().isEmpty)
  }
}

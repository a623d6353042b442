import Contract
import Diagnostics
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Preview

/// Finding, searching and re-reading the records of data, however large and while they change.
@Suite struct IndexTests {
  // MARK: Lines

  @Test func findsRecordsAndSurvivesFaultyOnes() throws {
    let place = try TemporaryFolder()
    let sample = try String(contentsOf: Project.url("Samples/larkspur/bills.jsonl"), encoding: .utf8)
    let path = try place.write("bills.jsonl", "{broken\n\n" + sample)
    let index = RecordIndex(files: [path], strictLines: false) {}
    index.waitUntilDone()
    #expect(
      index.progress == RecordIndex.Progress(count: 41, readBytes: sample.utf8.count + 9, totalBytes: sample.utf8.count + 9, isDone: true))
    #expect(index.entry(0)?.summary.isFault == true)
    #expect(index.entry(0)?.summary.code == "malformed-json")
    #expect(index.entry(1)?.number == 3)
    #expect(index.entry(41) == nil)
    #expect(index.entry(-1) == nil)
    let entry = try #require(index.entry(1))
    #expect(index.bytes(of: entry) == sample.split(separator: "\n").first.map { Array($0.utf8) })
    #expect(entry.source == path)
    #expect(index.extremes.contains { $0.kind == .faulty && $0.index == 0 })
    #expect(index.index(account: entry.account, invoice: entry.invoice) == 1)
    #expect(index.index(account: entry.account, invoice: "none") == nil)
  }

  @Test func keepsTheOrderOfManyRecords() throws {
    let place = try TemporaryFolder()
    let lines = (0..<4_000).map { TestBill(account: "a\($0)", name: "Name \($0 % 97)", due: $0 % 1_000 - 300).json }
    let path = try place.write("bills.jsonl", lines.joined(separator: "\n"))
    let index = RecordIndex(files: [path], strictLines: false) {}
    index.waitUntilDone()
    #expect(index.progress.count == 4_000)
    for number in stride(from: 0, to: 4_000, by: 7) {
      let entry = try #require(index.entry(number))
      #expect(entry.account == "a\(number)")
      #expect(entry.number == number + 1)
      #expect(index.bytes(of: entry) == Array(lines[number].utf8))
      #expect(index.index(account: "a\(number)", invoice: "1") == number)
    }
    #expect(index.entries(from: 10, count: 300).map(\.account) == (10..<310).map { "a\($0)" })
    #expect(index.entries(from: 3_990, count: 300).count == 10)
    #expect(index.entries(from: 5_000, count: 3).isEmpty)
    // Found in many blocks by several threads, and still the first of equals.
    func bill(_ kind: Extremes.Kind) -> Int? { index.extremes.first { $0.kind == kind }?.index }
    #expect(bill(.largest) == 999)
    #expect(bill(.smallest) == 301)
    #expect(bill(.credit) == 0)
    #expect(bill(.zero) == 300)
    #expect(bill(.longestName) == 10)
    #expect(bill(.mostLines) == 0)
    #expect(index.heldBytes < 4_000 * 130)
  }

  @Test func searchFindsEveryWordWhateverTheCase() throws {
    let place = try TemporaryFolder()
    let names = ["Ana PETROVIĆ", "Zoë Ångström", "Straße & Söhne", "Bo", "Ölvers"]
    let lines = names.enumerated().map { TestBill(account: "44\($0)", invoice: "INV-\($0)", name: $1, due: 1_250).json }
    let index = RecordIndex(files: [try place.write("bills.jsonl", lines.joined(separator: "\r\n"))], strictLines: false) {}
    index.waitUntilDone()
    func found(_ query: String) -> [Int] { index.search(query, limit: 10).indexes }
    #expect(found("petrović") == [0])
    #expect(found("Petrović 440") == [0])
    #expect(found("Petrović 441") == [])
    #expect(found("ångSTRÖM") == [1])
    #expect(found("STRASSE") == [])
    #expect(found("straße söhne") == [2])
    #expect(found("ölv") == [4])
    #expect(found("inv-3") == [3])
    #expect(found("12.50 usd") == [0, 1, 2, 3, 4])
    #expect(found("usd usd") == [0, 1, 2, 3, 4])
    // Two fields beside each other are no word.
    #expect(found("440inv") == [])
    #expect(found("  ") == [])
    #expect(index.search("44", limit: 2).total == 5)
    #expect(index.search("44", limit: 2).indexes == [0, 1])
  }

  @Test func lineThatIsTooLongIsAFindingAndNoRecord() throws {
    let place = try TemporaryFolder()
    let path = try place.write("bills.jsonl", TestBill().json + "\n" + String(repeating: "x", count: 33 << 20) + "\n" + TestBill().json)
    let index = RecordIndex(files: [path], strictLines: false) {}
    index.waitUntilDone()
    #expect(index.progress.count == 3)
    let entry = try #require(index.entry(1))
    #expect(entry.finding?.id == "too-long")
    #expect(index.bytes(of: entry) == nil)
    #expect(index.entry(2)?.summary.isFault == false)
  }

  // MARK: Extremes

  @Test func firstOfTwoAlikeIsTheExtreme() throws {
    var bills = [TestBill](repeating: TestBill(), count: 14)
    // Eight characters in many bytes are fewer than nine in nine.
    bills[1].name = "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"
    bills[2].name = "Nine Char"
    bills[3].name = "Nine More"
    bills[4].address = ["Donaudampfschifffahrtsgesellschaftskapitänsweg 3"]
    bills[5].lines = 9
    bills[6].language = "fr-CA"
    bills[7].address = ["רחוב 5"]
    bills[8].due = 0
    bills[9].due = 999_999_99
    bills[10].due = -5
    bills[11].format = "large-print"
    bills[12].due = -5
    bills[13].extra = #"{"pay":"https://example.com/aVeryVeryVeryLongAddressOfTheWebThatIsNoWordInAnyLanguage","n":["short"]}"#
    let place = try TemporaryFolder()
    let index = RecordIndex(
      files: [try place.write("bills.jsonl", bills.map(\.json).joined(separator: "\n"))], strictLines: false
    ) {}
    index.waitUntilDone()
    let found = Dictionary(index.extremes.map { ($0.kind == .language ? $0.detail : $0.kind.rawValue, $0.index) }) { a, _ in a }
    #expect(
      found == [
        "longest-name": 2, "most-lines": 5, "largest": 9, "smallest": 0, "credit": 10, "zero": 8, "longest-word": 4, "right-to-left": 7,
        "en-US": 0, "fr-CA": 6, "large-print": 11,
      ])
    #expect(index.extremes.first { $0.kind == .longestWord }?.detail == "Donaudampfschifffahrtsgesellschaftskapitänsweg")
    #expect(index.extremes.first { $0.kind == .largest }?.detail == "999999.99 USD")
  }

  @Test func wordsEndWhereALineMayBreak() {
    for (text, word) in [
      ("a bcd ef", "bcd"), ("one-twothree", "twothree"), ("AB-1234-5678 x", "AB-1234-5678"), ("either/or", "either/"),
      ("no\u{A0}break here", "no\u{A0}break"), ("日本語の文章 ok", "ok"), ("soft\u{AD}hyphenated", "hyphenated"), ("e\u{301}e\u{301} abc", "abc"),
      ("สวัสดีครับ a", "ส"),
    ] { #expect(LongestWord.find(in: text) == word, "\(text)") }
    #expect(LongestWord.find(in: " ") == nil)
  }

  // MARK: Changes

  @Test func bytesOfAChangedFileAreNeverAnotherRecords() throws {
    let place = try TemporaryFolder()
    let lines = (0..<5).map { TestBill(account: "a\($0)").json }
    let path = try place.write("bills.jsonl", lines.joined(separator: "\n"))
    let index = RecordIndex(files: [path], strictLines: false) {}
    index.waitUntilDone()
    let entries = index.entries(from: 0, count: 5)
    // In place, all records one further: the lines are as long as before.
    let file = try #require(FileHandle(forWritingAtPath: path))
    file.write(Data((lines[1...] + [lines[0]]).joined(separator: "\n").utf8))
    for entry in entries { #expect(index.bytes(of: entry) == nil) }
    file.seek(toFileOffset: 0)
    file.write(Data((lines[..<3] + ["{}"]).joined(separator: "\n").utf8))
    #expect(index.bytes(of: entries[2]) == Array(lines[2].utf8))
    #expect(index.bytes(of: entries[3]) == nil)
    file.truncateFile(atOffset: 10)
    for entry in entries { #expect(index.bytes(of: entry) == nil) }
  }

  @Test func billStaysWhileAnEditorReplacesTheFile() throws {
    let place = try TemporaryFolder()
    let path = try place.write("bills.jsonl", (0..<60).map { TestBill(account: "a\($0)", name: "Old").json }.joined(separator: "\n"))
    let old = RecordIndex(files: [path], strictLines: false) {}
    old.waitUntilDone()
    try FileManager.default.moveItem(atPath: path, toPath: path + "~")
    old.cancel()
    let renewed = Counter()
    // As when a change comes before the last one has been read.
    let between = RecordIndex(DataFiles(paths: [path], program: Studio.program.path), strictLines: false, replacing: old) {}
    between.cancel()
    let index = RecordIndex(
      DataFiles(paths: [path], program: Studio.program.path), strictLines: false, replacing: between, renewed: { renewed.add() }
    ) {}
    let entry = try #require(index.entry(30))
    #expect(entry.isOld)
    #expect(entry.summary.customer == "Old")
    #expect(index.bytes(of: entry) != nil)
    #expect(index.entry(30, allowsOld: false) == nil)
    #expect(index.progress.count == 60)
    #expect(index.entries(from: 50, count: 100).map(\.isOld) == [Bool](repeating: true, count: 10))
    _ = try place.write("bills.jsonl", (0..<40).map { TestBill(account: "b\($0)", name: "New").json }.joined(separator: "\n"))
    index.waitUntilDone()
    #expect(index.progress.fault == nil)
    #expect(index.progress.count == 40)
    let fresh = try #require(index.entry(30))
    #expect(!fresh.isOld)
    #expect(fresh.summary.customer == "New")
    #expect(index.entry(50) == nil)
    #expect(renewed.count == 1)
    // What was shown before can still be read to its end.
    #expect(index.bytes(of: entry) != nil)
  }

  @Test func fileThatIsGoneForGoodIsNamed() throws {
    let index = RecordIndex(files: ["/nowhere/bills.jsonl"], strictLines: false) {}
    index.waitUntilDone()
    #expect(index.progress.isDone)
    #expect(index.progress.fault == "cannot read the data '/nowhere/bills.jsonl': no such file or directory")
    #expect(index.entry(0) == nil)
  }

  // MARK: E-invoices

  @Test func recordsOfEInvoicesAreFoundInFilesAndArchives() throws {
    let place = try TemporaryFolder()
    let archive = StoredArchive.zip([
      ("b.xml", SmallInvoice(number: "R-2").bytes),
      ("a/first.xml", SmallInvoice(number: "R-1", buyer: "Müller GmbH").bytes),
      ("c.xml", Array("<Nothing/>".utf8)), ("readme.txt", [1]),
    ])
    _ = try place.write("1.zip", archive)
    _ = try place.write("2.xml", SmallInvoice(number: "R-3").xml)
    _ = try place.write("3.pdf", SmallInvoice(number: "R-4").pdf)
    _ = try place.write("4.jsonl", TestBill(account: "line").json)
    let files = try DataFiles.find([place.path("")], program: Studio.program.path)
    #expect(files.paths.map { $0.split(separator: "/").last } == ["1.zip", "2.xml", "3.pdf", "4.jsonl"])
    let index = RecordIndex(files, strictLines: false) {}
    index.waitUntilDone()
    #expect(index.entries(from: 0, count: 9).map(\.invoice) == ["R-1", "R-2", "", "R-3", "R-4", "1"])
    #expect(index.progress.readBytes == index.progress.totalBytes)
    let first = try #require(index.entry(0))
    #expect(first.part == "a/first.xml")
    #expect(first.source == place.path("1.zip/a/first.xml"))
    #expect(first.isDerived)
    #expect(first.summary.customer == "Müller GmbH")
    #expect(first.summary == .bill(customer: "Müller GmbH", due: "119.00 EUR"))
    #expect(index.search("müller", limit: 5).indexes == [0])
    let bytes = try #require(index.bytes(of: first, language: "de-AT"))
    let record = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(record["language"] as? String == "de-AT")
    #expect(record["invoice"] as? String == "R-1")
    #expect(String(decoding: index.bytes(of: first) ?? [], as: UTF8.self).contains(#""language":"und""#))
    let faulty = try #require(index.entry(2))
    #expect(faulty.summary.isFault)
    #expect(faulty.finding?.recordPath?.hasPrefix("/") == true)
    #expect(faulty.finding?.message == faulty.summary.message)
    #expect(index.bytes(of: faulty) == nil)
    // No language is theirs, so none is an extreme.
    #expect(index.extremes.filter { $0.kind == .language }.map(\.detail) == ["en-US"])
    #expect(index.extremes.first { $0.kind == .longestName }?.index == 0)
    // Of a record that was made, the bytes stay whatever becomes of the archive.
    try Data([0]).write(to: URL(fileURLWithPath: place.path("1.zip")))
    #expect(index.bytes(of: first, language: "de-AT") == bytes)
    let line = try #require(index.entry(5))
    #expect(index.bytes(of: line, language: "de-AT") == Array(TestBill(account: "line").json.utf8))
  }

  @Test(.enabled(if: RealInvoices.folder != nil, "skipped: shared/data/real-invoices is not beside the project"))
  func realInvoicesAreShown() throws {
    let folder = try #require(RealInvoices.folder)
    let index = RecordIndex(
      try DataFiles.find([folder + "/xrechnung", folder + "/en16931"], program: Studio.program.path), strictLines: false
    ) {}
    index.waitUntilDone()
    #expect(index.progress.count == index.files.count)
    #expect(index.progress.count > 10)
    for entry in index.entries(from: 0, count: 100) where entry.finding == nil {
      #expect(index.bytes(of: entry, language: "en")?.count ?? 0 > 500)
      #expect(!entry.invoice.isEmpty)
    }
  }

  @Test func whatNoReaderSurvivesIsShownAsAFaultAndTheRestAsBills() throws {
    let place = try TemporaryFolder()
    let entries = (1...3).map { ("\($0).xml", SmallInvoice(number: "R-\($0)").bytes) }
    _ = try place.write("1.zip", StoredArchive.zip(entries))
    _ = try place.write("2.pdf", SmallInvoice(number: "R-4").pdf)
    _ = try place.write("3.zip", StoredArchive.zip(entries))
    _ = try place.write("4.xml", SmallInvoice(number: "R-5").xml)
    let faults = ["read-crash:2.xml", "read-crash:2.pdf", "read-crash:3.zip"].compactMap { TestFault($0) }
    let files = try DataFiles.find([place.path("")], program: Studio.program.path, faults: faults)
    for files in [files, try files.refreshed()] {
      let index = RecordIndex(files, strictLines: false) {}
      index.waitUntilDone()
      #expect(index.progress.fault == nil)
      #expect(index.entries(from: 0, count: 9).map(\.invoice) == ["R-1", "", "R-3", "", "", "R-5"])
      #expect(index.entries(from: 0, count: 9).map(\.summary.code).filter { $0 == "crashed" }.count == 3)
      let lost = try #require(index.entry(1))
      #expect(lost.part == "2.xml")
      #expect(lost.finding?.message == "reading the entry '2.xml' crashed the process that did (signal 4), twice")
    }
  }

  // MARK: The command line

  @Test func whatRenderRefusesIsRefused() throws {
    let place = try TemporaryFolder()
    func message(_ paths: [String]) -> String? {
      do throws(DiagnosticList) {
        _ = try DataFiles.find(paths, program: Studio.program.path)
        return nil
      } catch { return error.diagnostics.first?.message }
    }
    let missing = place.path("none.jsonl")
    #expect(message([missing]) == "cannot read the data '\(missing)': no such file or directory")
    let empty = place.path("")
    #expect(message([empty])?.hasPrefix("'\(empty)' holds no data") == true)
    let packed = try place.write("b.jsonl", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
    #expect(message([packed]) == "'\(packed)' is packed by xz; unpack it first")
    let damaged = try place.write("c.zip", [0x50, 0x4B, 3, 4, 0])
    #expect(message([damaged])?.hasPrefix("cannot read the data '\(damaged)'") == true)
  }

  @Test func streamIsReadOnceAndShownAgainAndAgain() throws {
    let place = try TemporaryFolder()
    let pipe = place.path("pipe.jsonl")
    #expect(mkfifo(pipe, 0o600) == 0)
    let lines = (0..<700).map { TestBill(account: "a\($0)").json }.joined(separator: "\n")
    let writer = Thread { FileHandle(forWritingAtPath: pipe)?.write(Data(lines.utf8)) }
    writer.start()
    let file = try place.write("more.jsonl", TestBill(account: "file").json)
    let files = try DataFiles.find([pipe, file], program: Studio.program.path)
    #expect(files.watched == [file, file])
    for _ in 0..<2 {
      // Looking again waits for nobody.
      let index = RecordIndex(try files.refreshed(), strictLines: false) {}
      index.waitUntilDone()
      #expect(index.progress.count == 701)
      #expect(index.entry(699)?.account == "a699")
      #expect(index.entry(699).flatMap { index.bytes(of: $0) } != nil)
      #expect(index.files == [pipe, file])
    }
    _ = try place.write("more.jsonl", TestBill(account: "x").json + "\n" + TestBill(account: "y").json)
    let index = RecordIndex(try files.refreshed(), strictLines: false) {}
    index.waitUntilDone()
    #expect(index.progress.count == 702)
  }

  @Test func standardInputIsShown() throws {
    let studio = try Studio(starts: false)
    var arguments = studio.arguments
    let place = try #require(arguments.firstIndex(of: "--data"))
    arguments[place + 1] = "-"
    let process = Process()
    let output = Pipe()
    process.executableURL = Studio.program
    process.arguments = arguments
    process.standardInput = FileHandle(forReadingAtPath: studio.path("bills.jsonl"))
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { process.terminate() }
    var text = ""
    while !text.contains("\n") {
      let part = output.fileHandleForReading.availableData
      if part.isEmpty { break }
      text += String(decoding: part, as: UTF8.self)
    }
    let address = try #require(PreviewAddress(text))
    let bill = try RawAnswer.get("/api/bill?bill=7", at: address).json
    #expect(bill["status"] as? String == "shown")
    #expect((bill["record"] as? [String: Any])?["file"] as? String == "-")
    #expect((bill["record"] as? [String: Any])?["line"] as? Int == 8)
  }
}

extension RecordIndex {
  /// Waits for the end of reading, at most a minute.
  fileprivate func waitUntilDone() {
    for _ in 0..<6_000 where !progress.isDone { usleep(10_000) }
  }
}

/// Counts calls from any thread.
private final class Counter: Sendable {
  private let calls = Mutex(0)
  func add() { calls.withLock { $0 += 1 } }
  var count: Int { calls.withLock { $0 } }
}

/// A bill as a line of JSON.
private struct TestBill {
  var account = "1"
  var invoice = "1"
  var name = "Bo"
  var address = ["Way 1"]
  /// In hundredths.
  var due = 500
  var lines = 1
  var language = "en-US"
  var format = "standard"
  var extra = "{}"

  var json: String {
    let amount = "\(due < 0 ? "-" : "")\(abs(due) / 100).\(abs(due) % 100 < 10 ? "0" : "")\(abs(due) % 100)"
    let charges = (0..<lines).map { #"{"description":"Item","amount":"\#($0 == 0 ? amount : "0.00")"}"# }.joined(separator: ",")
    return
      #"{"v":1,"account":"\#(account)","invoice":"\#(invoice)","kind":"\#(due < 0 ? "credit" : "bill")","issued":"2026-11-23","due":null,"#
      + #""currency":"USD","language":"\#(language)","customer":{"name":"\#(name)","address":["\#(address.joined(separator: "\",\""))"]},"#
      + #""delivery":"paper","format":"\#(format)","sections":[{"title":"All","lines":[\#(charges)]}],"#
      + #""totals":{"charges":"\#(amount)","due":"\#(amount)"},"extra":\#(extra)}"#
  }
}

/// The published example invoices beside the project, if they are there.
private enum RealInvoices {
  static let folder: String? = Project.shared("data/real-invoices")?.path
}

extension RecordSummary {
  fileprivate var customer: String? { if case .bill(let customer, _) = self { customer } else { nil } }
  fileprivate var code: String? { if case .fault(_, let code) = self { code } else { nil } }
  fileprivate var message: String? { if case .fault(let message, _) = self { message } else { nil } }
}

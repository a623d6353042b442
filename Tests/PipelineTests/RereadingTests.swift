import Billing
import Diagnostics
import Foundation
import Languages
import Testing

@testable import Intake
@testable import Pipeline

/// Data that are read again and again, as the preview does.
@Suite struct RereadingTests {
  private func message(_ work: () throws -> Void) -> (id: String, text: String)? {
    do {
      try work()
      return nil
    } catch { return (error as? DiagnosticList)?.diagnostics.first.map { ($0.id, $0.message) } }
  }

  private func append(_ text: String, to file: KeptFile) throws {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    defer { bytes.deallocate() }
    bytes.copyBytes(from: text.utf8)
    try file.append(UnsafeRawBufferPointer(bytes))
  }

  @Test func keptFileOutlivesItsName() throws {
    let bench = try Workbench()
    try bench.write("a.jsonl", "0123456789")
    let file = try DataInput(file: bench.path("a.jsonl")).kept()
    try bench.remove("a.jsonl")
    try bench.write("a.jsonl", "other")
    #expect(file.bytes(at: 3, count: 4) == Array("3456".utf8))
    #expect(file.bytes(at: 3, count: 0) == [])
    #expect(file.bytes(at: 8, count: 4) == nil)
    #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func temporaryFileHasNoNameAndNobodyElseReadsIt() throws {
    let file = try KeptFile.temporary()
    try append("abc", to: file)
    try append("def", to: file)
    #expect(file.bytes(at: 0, count: 6) == Array("abcdef".utf8))
    var status = stat()
    #expect(fstat(file.descriptor, &status) == 0)
    #expect(status.st_nlink == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    // By this name it is opened once more, at its start.
    #expect(FileManager.default.contents(atPath: file.path) == Data("abcdef".utf8))
  }

  @Test func streamIsCopiedUpToABound() throws {
    let bench = try Workbench()
    let pipe = bench.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let input = try #require(try DataInput.find([pipe]).first)
    #expect(input.isStream)
    func feed(_ count: Int) {
      Thread { FileHandle(forWritingAtPath: pipe)?.write(Data(repeating: 0x61, count: count)) }.start()
    }
    feed(300_000)
    let (copy, file) = try input.spooled(limit: 300_000)
    #expect(!copy.isStream)
    #expect(copy.shown == pipe)
    #expect(copy.size == 300_000)
    #expect(file.bytes(at: 299_999, count: 1) == [0x61])
    // Its writer stays within the pipe's own room, so that it ends although nobody reads on.
    feed(60_000)
    let refusal = message { _ = try input.spooled(limit: 50_000) }
    #expect(refusal?.id == "data-too-long")
    #expect(refusal?.text == "the stream '\(pipe)' has more than the 50000 bytes that are kept of one; expected a file")
  }

  @Test func whatCannotBeReadIsToldAsRenderTellsIt() throws {
    let bench = try Workbench()
    let missing = bench.path("none.jsonl")
    let expected = "cannot read the data '\(missing)': no such file or directory"
    #expect(message { _ = try DataInput.find([missing]) }?.text == expected)
    #expect(message { _ = try DataInput(file: missing).kept() }?.text == expected)
    #expect(message { _ = try DataInput.find(["-", "-"]) }?.id == "data-repeated")
    #expect(DataInput(file: missing).size == 0)
  }

  @Test func sourceTellsHowFarItIs() throws {
    let bench = try Workbench()
    try bench.write("a.jsonl", "{\"a\":1}\n\n{\"a\":2}\n")
    let input = DataInput(file: bench.path("a.jsonl"))
    let source = try input.source(file: try input.kept())
    #expect(source.readBytes(of: input.size) == 0)
    let first = try source.next()
    #expect(first?.origin == .stored(offset: 0))
    #expect(source.readBytes(of: input.size) == 8)
    _ = try source.next()
    #expect(try source.next() == nil)
    #expect(source.readBytes(of: input.size) == input.size)
  }

  @Test func derivedRecordTakesAnyLanguage() throws {
    let french = try #require(LanguageTag("fr-CA"))
    // A text that spells the member changes nothing: what counts is where the language was written.
    let text = #"{"account":"\"language\":\"und\"","language":"und","x":2}"#
    let place = try #require(text.utf8.indices.dropFirst(40).first { text.utf8[$0...].starts(with: "und".utf8) })
    let start = text.utf8.distance(from: text.utf8.startIndex, to: place)
    let changed = SourceRecord.bytes(Array(text.utf8), language: french, at: start..<start + 3)
    #expect(String(decoding: changed, as: UTF8.self) == #"{"account":"\"language\":\"und\"","language":"fr-CA","x":2}"#)
  }
}

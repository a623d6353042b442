@testable import Billing
import Diagnostics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct LinesTests {
  struct Found: Equatable {
    let number: Int
    let offset: Int
    let length: Int
    let text: String
  }

  /// Writes the bytes to an unlinked temporary file and splits it.
  static func split(_ bytes: [UInt8]) throws -> (lines: [Found], count: Int, seen: Int) {
    let (lines, count, seen, _) = try measured(bytes)
    return (lines, count, seen)
  }

  /// Splits like `split`, and tells the most bytes held and the bytes held at the end.
  static func measured(_ bytes: [UInt8]) throws -> (lines: [Found], count: Int, seen: Int, held: (most: Int, end: Int)) {
    var name = Array("/tmp/billfold-lines-XXXXXX".utf8CString)
    let descriptor = name.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    name.withUnsafeBufferPointer { _ = $0.baseAddress.map { unlink($0) } }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      try #require(count > 0)
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
    var seen = 0
    let lines = RecordLines(descriptor: descriptor) { seen += $0.count }
    var found: [Found] = []
    var most = 0
    while let line = try lines.next() {
      most = max(most, lines.heldBytes)
      found.append(
        Found(number: line.number, offset: line.offset, length: line.length, text: String(decoding: line.bytes.prefix(60), as: UTF8.self)))
    }
    return (found, lines.count, seen, (most, lines.heldBytes))
  }

  @Test func passesOverMarkAndBlankLinesAndCountsThem() throws {
    let text = "\u{FEFF}one\r\n\n  \t\r\ntwo\nthree"
    let (lines, count, seen) = try LinesTests.split(Array(text.utf8))
    #expect(
      lines == [
        Found(number: 1, offset: 3, length: 3, text: "one"), Found(number: 4, offset: 14, length: 3, text: "two"),
        Found(number: 5, offset: 18, length: 5, text: "three"),
      ])
    #expect(count == 5)
    #expect(seen == text.utf8.count)
  }

  @Test(arguments: ["", "\n", "\u{FEFF}", "\r\n\r\n", "\u{FEFF}\n"]) func emptyInputsHaveNoLines(text: String) throws {
    #expect(try LinesTests.split(Array(text.utf8)).lines.isEmpty)
  }

  @Test func loneCarriageReturnEndsNoLine() throws {
    #expect(try LinesTests.split(Array("a\rb\nc\r".utf8)).lines.map(\.text) == ["a\rb", "c\r"])
  }

  @Test func linesLongerThanAChunkAreWhole() throws {
    let long = String(repeating: "x", count: 3_000_000)
    let (lines, _, _) = try LinesTests.split(Array("a\n\(long)\r\nb\n".utf8))
    #expect(lines.map(\.length) == [1, 3_000_000, 1])
    #expect(lines.map(\.offset) == [0, 2, 3_000_004])
  }

  @Test func lineEndsAtEveryPlaceOfAChunkAreFound() throws {
    // Line lengths that make line ends fall on and around the borders of the chunks read.
    for length in [(1 << 18) - 2, (1 << 18) - 1, 1 << 18, (1 << 17) - 1] {
      let line = String(repeating: "y", count: length)
      let (lines, _, _) = try LinesTests.split(Array("\(line)\r\n\(line)\nz".utf8))
      #expect(lines.map(\.length) == [length, length, 1])
    }
  }

  @Test func lineOfFiftyMegabytesIsReportedAndNotHeld() throws {
    var bytes = Array("{\"a\":1}\n".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "z"), count: 50_000_000)
    bytes += Array("\r\n{\"b\":2}\n".utf8)
    let (lines, _, seen, held) = try LinesTests.measured(bytes)
    #expect(held.most <= RecordLimits.bytes + 1_048_576 && held.end < 1_048_576)
    #expect(lines.map(\.number) == [1, 2, 3])
    #expect(lines.map(\.length) == [7, 50_000_000, 7])
    #expect(lines[2] == Found(number: 3, offset: 50_000_010, length: 7, text: "{\"b\":2}"))
    #expect(seen == bytes.count)
  }

  @Test func longestLineAllowedIsHeldAndOneByteMoreIsNot() throws {
    for (length, isTooLong) in [(RecordLimits.bytes, false), (RecordLimits.bytes + 1, true)] {
      let bytes = [UInt8](repeating: UInt8(ascii: "z"), count: length) + Array("\r\n".utf8)
      var pipe: [Int32] = [0, 0]
      #expect(pipe.withUnsafeMutableBufferPointer { $0.baseAddress.map { Glibc.pipe($0) } } == 0)
      let writer = pipe[1]
      let reader = pipe[0]
      let lines = RecordLines(descriptor: reader)
      try withThrowingWriter(bytes, to: writer) {
        let line = try #require(try lines.next())
        #expect(line.isTooLong == isTooLong)
        #expect(line.length == length)
        #expect(line.bytes.count == (isTooLong ? RecordLimits.rawRecord : length))
        #expect(line.fault?.code == (isTooLong ? .tooLong : nil))
        #expect(try lines.next() == nil)
      }
      close(reader)
    }
  }

  /// Feeds a pipe from another thread while `body` reads.
  private func withThrowingWriter(_ bytes: [UInt8], to descriptor: Int32, _ body: () throws -> Void) rethrows {
    final class Job { let bytes: [UInt8]; let descriptor: Int32; init(_ b: [UInt8], _ d: Int32) { (bytes, descriptor) = (b, d) } }
    var thread = pthread_t()
    let job = Unmanaged.passRetained(Job(bytes, descriptor)).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
        var written = 0
        while written < job.bytes.count {
          let count = job.bytes[written...].withUnsafeBytes { write(job.descriptor, $0.baseAddress, $0.count) }
          if count <= 0 { break }
          written += count
        }
        close(job.descriptor)
        return nil
      }, job)
    defer { pthread_join(thread, nil) }
    try body()
  }

  @Test func folderCannotBeRead() throws {
    let descriptor = open("/tmp", O_RDONLY)
    defer { close(descriptor) }
    #expect(throws: RecordLines.ReadFailure(code: EISDIR)) { try RecordLines(descriptor: descriptor).next() }
  }
}

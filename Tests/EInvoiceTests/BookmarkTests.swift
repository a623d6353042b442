import Billing
import Diagnostics
import EInvoice
import Foundation
import Testing

/// Going on with a file where another source of its bytes was.
struct BookmarkTests {
  private static let xml = Array(SampleInvoice().xml.utf8)

  private static func archive(_ entries: [(String, [UInt8])]) -> [UInt8] {
    TestArchive(entries: entries.map { .init(name: $0.0, content: $0.1, isDeflated: true) }).bytes
  }

  private static let inner = archive([("1.xml", xml), ("2.xml", []), (".DS_Store", [1]), ("3.jsonl", Array("{}\n".utf8)), ("4.txt", [1])])
  private static let whole = archive([
    ("a.xml", xml), ("b.zip", inner), ("c.zip", archive([])), ("d.zip", [1, 2, 3]), ("e.zip", inner), ("f.jsonl", []), ("Thumbs.db", [1]),
    ("z.xml", xml),
  ])

  /// What is read, a line each, and where reading was behind it.
  private func read(_ source: InvoiceSource) -> (lines: [String], bookmarks: [InvoiceSource.Bookmark], steps: [Int]) {
    var (lines, bookmarks, steps): ([String], [InvoiceSource.Bookmark], [Int]) = ([], [], [])
    while let step = source.upcoming() {
      steps.append(step.number)
      guard let invoice = source.read() else { continue }
      switch invoice.content {
      case .xml(let bytes): lines.append("\(invoice.entry ?? "-") xml \(bytes.count)")
      case .pdf: lines.append("\(invoice.entry ?? "-") pdf")
      case .lines: lines.append("\(invoice.entry ?? "-") lines")
      case .fault(let fault): lines.append("\(invoice.entry ?? "-") \(fault.code)")
      }
      bookmarks.append(source.bookmark)
    }
    return (lines, bookmarks, steps)
  }

  @Test(arguments: ["a.zip", "a.zip.gz", "a.xml"])
  func fromEveryBookmarkTheRestIsTheSame(_ name: String) throws {
    let bytes: [UInt8]
    switch name {
    case "a.zip": bytes = Self.whole
    case "a.zip.gz": bytes = gzip(Self.whole)
    default: bytes = Self.xml
    }
    func open() -> InvoiceSource { InvoiceSource(bytes: bytes, name: Array(name.utf8)) }
    let first = open()
    let (lines, bookmarks, steps) = read(first)
    #expect(lines.count == (name == "a.xml" ? 1 : 11))
    // Numbers grow, so that they can be told apart and compared.
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
    for (place, bookmark) in bookmarks.enumerated() {
      let again = open()
      again.go(to: bookmark)
      let rest = read(again)
      #expect(rest.lines == Array(lines[(place + 1)...]), "\(place)")
      #expect(rest.bookmarks == Array(bookmarks[(place + 1)...]), "\(place)")
      #expect(again.ignored == first.ignored, "\(place)")
    }
    // A place that is none gives nothing that is not there.
    let beyond = open()
    beyond.go(to: InvoiceSource.Bookmark(step: 900 << 32 | 7))
    #expect(read(beyond).lines.isEmpty)
  }

  @Test func stepCanBeLeftOut() {
    let source = InvoiceSource(bytes: Self.whole, name: Array("a.zip".utf8))
    var entries: [String] = []
    while let step = source.upcoming() {
      if step.entry?.hasSuffix(".zip") == true || step.entry == "z.xml" {
        source.leaveOut()
      } else if let invoice = source.read() {
        entries.append(invoice.entry ?? "")
      }
    }
    #expect(entries == ["a.xml", "f.jsonl"])
    let file = InvoiceSource(bytes: Self.xml)
    file.leaveOut()
    #expect(file.next() == nil)
  }

  /// One member of a gzip file (RFC 1952).
  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let checksum = bytes.reduce(into: UInt32.max) { sum, byte in
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    let little = { (value: UInt32) in (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) } }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + zlib(bytes).dropFirst(2).dropLast(4) + little(~checksum)
      + little(UInt32(bytes.count))
  }

  // MARK: Directories

  @Test func whatIsWrongWithADirectoryIsSaid() throws {
    let whole = Self.archive([("a.xml", Self.xml), ("b.xml", Self.xml)])
    let end = whole.count - 22
    let directory = end - 2 * (46 + 5)
    func changed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
      var bytes = whole
      change(&bytes)
      return bytes
    }
    let cases: [([UInt8], String)] = [
      (
        Array(whole.dropLast(30)),
        "its directory, which ends every ZIP archive, is missing: no end record is in its \(whole.count - 30) bytes"
      ),
      (Array(whole.dropLast(4)), "its end record at byte \(end) is cut off"),
      (Array(whole[..<40] + whole[140...]), "which do not fit before it"),
      (
        changed { $0[directory + 51] = 0 },
        "its directory is damaged at byte \(directory + 51), where the header of entry 2 of 2 is expected"
      ),
      (changed { ($0[end + 8], $0[end + 10]) = (3, 3) }, "its directory has room for 2 entries, and its end record says 3"),
    ]
    for (bytes, expected) in cases {
      let inside = try #require(InvoiceSource(bytes: Self.archive([("x.zip", bytes), ("y.xml", Self.xml)])).next())
      guard case .fault(let fault) = inside.content else {
        Issue.record("no fault: \(expected)")
        continue
      }
      #expect(fault.code == .archiveDamaged)
      #expect(fault.message.contains(expected), "\(fault.message)")
      try TestArchive.withFile(bytes) { path in
        do throws(InvoiceSourceFailure) {
          _ = try InvoiceSource(path: path)
          Issue.record("opened: \(expected)")
        } catch { #expect(error.message.contains(expected), "\(error.message)") }
      }
    }
  }
}

import Billing
import CZlib
import Diagnostics
import EInvoice
import Foundation
import TestSupport
import Testing

/// Bytes flipped, cut and inserted, in files of every kind: whatever comes out, it is an invoice or a fault, soon and in little memory.
///
/// `FUZZ_CASES` sets how many mutations are tried (600), `FUZZ_SEED` the first of their seeds.
struct FuzzTests {
  /// Words whose place in a file means something.
  private static let words = [
    "<", ">", "&", "]]>", "<!--", "<!DOCTYPE x [", "xmlns=\"\"", "stream\n", "endstream", "endobj", " 0 R", "<<", ">>", "[", "]", "/Kids",
    "/EF",
    "/Filter", "/FlateDecode", "/LZWDecode", "/Predictor 15", "/Columns 1000000", "/Length 99999999", "/Type /ObjStm", "999999999", "-1",
    "PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "startxref", "xref", "trailer", "/Encrypt", "/Prev 0", "/Root 3 0 R", "2 0 R",
  ]

  private static func mutated(_ file: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
    var file = file
    for _ in 0...random.next(below: 6) {
      guard !file.isEmpty else { break }
      let place = random.next(below: file.count)
      switch random.next(below: 8) {
      case 0: file[place] ^= UInt8(1 << random.next(below: 8))
      case 1: file[place] = UInt8(random.next(below: 256))
      case 2: file.removeSubrange(place..<min(file.count, place + 1 + random.next(below: 40)))
      case 3: file.removeSubrange(place...)
      case 4: file.insert(contentsOf: words[random.next(below: words.count)].utf8, at: place)
      case 5: file.insert(contentsOf: file[place..<min(file.count, place + random.next(below: 200))], at: random.next(below: file.count))
      case 6:
        // A digit for another: lengths, numbers of objects, offsets.
        if let digit = file[place...].firstIndex(where: { $0 >= 0x30 && $0 <= 0x39 }) { file[digit] = UInt8(0x30 + random.next(below: 10)) }
      default: for index in place..<min(file.count, place + random.next(below: 9)) { file[index] = UInt8(random.next(below: 256)) }
      }
    }
    return file
  }

  private static func originals() -> [(name: String, bytes: [UInt8])] {
    var sample = SampleInvoice()
    sample.lines = ["60.00", "30.00", "10.00"]
    let xml = Array(sample.xml.utf8)
    let wide: [UInt8] = [0xFF, 0xFE] + sample.xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let pdfs = TestPDF.Way.allCases.map { way in TestPDF(attachments: [.init(name: "factur-x.xml", content: xml, way: way)]).bytes }
    let packings = TestPDF.Packing.allCases.map { packing in
      TestPDF(attachments: [.init(name: "factur-x.xml", content: xml, packing: packing), .init(name: "a.txt", content: Array("abc".utf8))])
        .bytes
    }
    var files: [(String, [UInt8])] = [
      ("a.xml", xml), ("a.xml", wide), ("a.xml", Array("<?xml version='1.0' encoding='Shift_JIS'?><a>".utf8) + xml.suffix(900)),
    ]
    files += (pdfs + packings).map { ("a.pdf", $0) }
    if Tool.exists("qpdf") {
      for arguments in [["--object-streams=generate"], ["--encrypt", "", "o", "256", "--"], ["--linearize"]] {
        if let file = try? TestPDF.rewritten(pdfs[0], arguments) { files.append(("a.pdf", file)) }
      }
    }
    let inner = TestArchive(entries: [.init(name: "b.xml", content: xml, isDeflated: true), .init(name: "c.pdf", content: pdfs[0])]).bytes
    files.append(("a.zip", inner))
    files.append(
      ("a.zip", TestArchive(entries: [.init(name: "i.zip", content: inner), .init(name: "l.jsonl", content: Array("{}\n".utf8))]).bytes))
    files.append(("a.xml.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + zlib(xml).dropFirst(2)))
    return files
  }

  /// The most memory the process has had, in MiB.
  private static var peakMiB: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1_024
  }

  private static func read(_ bytes: [UInt8], _ name: String) -> (invoices: Int, faults: Int) {
    let source = InvoiceSource(bytes: bytes, name: Array(name.utf8))
    var (invoices, faults) = (0, 0)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { buffer.deallocate() }
    while let invoice = source.next() {
      do throws(RecordFault) {
        switch invoice.content {
        case .xml(let xml):
          _ = try EInvoiceRecord.json(from: xml, language: english)
          invoices += 1
        case .pdf: Issue.record("a PDF is handed out unopened")
        case .lines(let lines): while try lines.read(into: buffer) > 0 {}
        case .fault(let fault): throw fault
        }
      } catch {
        #expect(!error.message.isEmpty && !error.path.isEmpty)
        faults += 1
      }
    }
    return (invoices, faults)
  }

  @Test
  func mutationsEndWithAnInvoiceOrAFault() {
    let environment = ProcessInfo.processInfo.environment
    let cases = environment["FUZZ_CASES"].flatMap(Int.init) ?? 600
    let seed = environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 1
    let originals = FuzzTests.originals()
    for (name, bytes) in originals.dropFirst(3) where name != "a.xml.gz" { #expect(FuzzTests.read(bytes, name).invoices >= 1) }
    let before = FuzzTests.peakMiB
    var (invoices, faults, slowest, slowestSeed) = (0, 0, Duration.zero, UInt64(0))
    for index in 0..<cases {
      let number = seed &+ UInt64(index)
      var random = SeededNumbers(seed: number)
      let (name, bytes) = originals[random.next(below: originals.count)]
      let file = FuzzTests.mutated(bytes, &random)
      var found = (invoices: 0, faults: 0)
      let time = ContinuousClock().measure { found = FuzzTests.read(file, name) }
      (invoices, faults) = (invoices + found.invoices, faults + found.faults)
      if time > slowest { (slowest, slowestSeed) = (time, number) }
      #expect(time < .seconds(20), "seed \(number) takes \(time)")
    }
    let grown = FuzzTests.peakMiB - before
    #expect(invoices + faults >= cases * 9 / 10)
    #expect(grown < 600, "memory grew by \(grown) MiB")
    if cases > 1_000 {
      print(
        "\(cases) mutations: \(invoices) invoices, \(faults) faults, slowest \(slowest) (seed \(slowestSeed)), memory grew by \(grown) MiB")
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// Our own reader of PDFs, over whole, cut and changed files.
@Suite struct PDFReadingTests {
  /// A file with a page tree of two levels and three pages.
  private static func file(_ change: (inout [String]) -> Void = { _ in }) -> [UInt8] {
    var objects = [
      "<< /Type /Catalog /Pages 2 0 R /Lang (en\\)()) >>", "<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R] >>",
      "<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>", "<< /Type /Pages /Parent 2 0 R /Kids [ 5 0 R 6 0 R ] /Count 2>>",
      "<</Type/Page/Parent 4 0 R/MediaBox[0 0 59.5 -84.2]>>", "<< /Type /Page /Parent 4 0 R /ID <00FF> >>",
      "<< /Length 8 0 R >>\nstream\nq 1 0 0 Q\nendstream", "9",
    ]
    change(&objects)
    var pdf = Array("%PDF-1.7\n%\u{E2}\n".utf8)
    var table = "0000000000 65535 f \n"
    for (index, object) in objects.enumerated() {
      let digits = String(pdf.count)
      table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
      pdf += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
    }
    let start = pdf.count
    pdf += "xref\n0 \(objects.count + 1)\n\(table)trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8
    return pdf
  }

  private static func reason(_ bytes: [UInt8]) -> String? {
    do throws(PDFFault) {
      _ = try PDFReading.pages(of: bytes)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func pagesAreCounted() throws {
    #expect(try PDFReading.pages(of: Self.file()) == 3)
  }

  @Test func whatIsWrongIsSaid() throws {
    #expect(Self.reason([])?.contains("begin") == true)
    #expect(Self.reason(Self.file { $0[1] = "<< /Type /Pages /Count 4 /Kids [3 0 R 4 0 R] >>" })?.contains("has 3 pages") == true)
    #expect(Self.reason(Self.file { $0[3] = "<< /Type /Pages /Count 2 /Kids [ 5 0 R 2 0 R ] >>" })?.contains("circle") == true)
    #expect(Self.reason(Self.file { $0[1] = "<< /Type /Pages /Count 3 /Kids [3 0 R 99 0 R] >>" })?.contains("no object 99") == true)
    #expect(Self.reason(Self.file { $0[7] = "8" })?.contains("does not end where it says") == true)
    #expect(Self.reason(Self.file { $0[7] = "99999" })?.contains("cut off") == true)
    #expect(Self.reason(Self.file { $0[4] = String(repeating: "[", count: 5000) })?.contains("nests deeper") == true)
    #expect(Self.reason(Self.file { $0[4] = "<< /Type" })?.isEmpty == false)
    #expect(
      Self.reason(Self.file { $0[6] = "<< /Length 9 /Filter /FlateDecode >>\nstream\nq 1 0 0 Q\nendstream" })?.contains("packed") == true)
    let length = "<< /Length 7 0 R >>\nstream\nq 1 0 0 Q\nendstream"
    #expect(Self.reason(Self.file { $0[6] = length })?.contains("cut off") == true)
  }

  /// Objects within objects would be read again and again.
  @Test func objectsWithinEachOtherAreRefused() throws {
    let depth = 3000
    var pdf = Array("%PDF-1.7\n".utf8)
    var table = "0000000000 65535 f \n"
    for number in 1...depth {
      let digits = String(pdf.count)
      table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
      pdf += "\(number) 0 obj (".utf8
    }
    pdf += String(repeating: ") endobj ", count: depth).utf8
    let start = pdf.count
    pdf += "xref\n0 \(depth + 1)\n\(table)trailer\n<< /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8
    #expect(Self.reason(pdf)?.contains("within each other") == true)
  }

  @Test func cutFileIsNeverWhole() throws {
    let whole = Self.file()
    // Without its last line end it is whole still.
    for length in 0..<whole.count - 1 { #expect(Self.reason(Array(whole[..<length])) != nil, "\(length)") }
  }

  @Test func changedFilesNeitherCrashNorHang() throws {
    let whole = Self.file()
    var lottery = SeededNumbers(seed: 12)
    var faults = 0
    for _ in 0..<5000 {
      var bytes = whole
      for _ in 0...lottery.next(below: 4) {
        let at = lottery.next(below: bytes.count)
        switch lottery.next(below: 4) {
        case 0: bytes[at] = UInt8(lottery.next(below: 256))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(UInt8(lottery.next(below: 256)), at: at)
        default: bytes.replaceSubrange(at..<min(bytes.count, at + 3), with: Array("<<[(".utf8.prefix(1 + lottery.next(below: 4))))
        }
      }
      if Self.reason(bytes) != nil { faults += 1 }
    }
    #expect(faults > 2500)
  }
}

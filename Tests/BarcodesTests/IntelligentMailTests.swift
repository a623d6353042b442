import Geometry
import Layout
import Testing

@testable import Barcodes
import Vocabulary

@Suite struct IntelligentMailTests {
  // The examples of USPS-B-3200, appendix.
  @Test(arguments: [
    ("01234567094987654321", "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT"),
    ("0123456709498765432101234", "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT"),
    ("01234567094987654321 012345678", "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA"),
    ("01234567094987654321-01234567891", "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA"),
  ]) func specificationExamples(text: String, bars: String) throws { #expect(try IntelligentMail.barString(text) == bars) }

  @Test(arguments: [
    "0123456709498765432", "012345670949876543210", "0123456709498765432A", "05234567094987654321", "", "01234567094987654321012345678912",
  ]) func otherDigitsAreRefused(text: String) {
    #expect(throws: BarcodeError.self) { try IntelligentMail.bars(text) }
    #expect(throws: BarcodeError.self) { try Barcode.encode(.imb, text) }
  }

  @Test func geometryIsWithinTheSpecification() throws {
    let symbol = try Barcode.encode(.imb, "01234567094987654321 01234567891")
    guard case .bars(let bars, let modules) = symbol.form else {
      Issue.record("no bars")
      return
    }
    let size = Barcode.naturalSize(of: symbol, kind: .imb)
    #expect(abs((size.width - IntelligentMail.naturalSize.width).points) < 1e-9)
    let inch = { (length: Length) in length.points / 72 }
    #expect((2.667...3.225).contains(inch(size.width)))
    #expect((0.125...0.165).contains(inch(size.height)))
    let module = size.width / modules
    #expect((0.015...0.025).contains(inch(module)))
    #expect((22.0...24.0).contains(1 / inch(module * (bars[1].x - bars[0].x))))
    let states = Array(try IntelligentMail.barString("01234567094987654321 01234567891"))
    for (bar, state) in zip(bars, states) {
      #expect((bar.top == 0) == (state == "A" || state == "F"))
      #expect((bar.bottom == 1) == (state == "D" || state == "F"))
      if state == "T" { #expect((0.039...0.057).contains(inch(size.height * (bar.bottom - bar.top)))) }
    }
    #expect(bars.count == 65)
  }
}

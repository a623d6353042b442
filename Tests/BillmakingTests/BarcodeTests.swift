import Billing
import Diagnostics
import Geometry
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// Codes of a layout, read back from a page of 200 dots an inch by a reader that is not ours.
@Suite struct BarcodeTests {
  private func layout(_ barcode: String) throws -> TrialLayout {
    try TrialLayout(TrialLayout.xml("<text>{customer.name}</text>" + barcode))
  }

  @Test(
    .needs("pdftoppm", "dmtxread", Tool.barcodeReader),
    arguments: [
      ("<barcode kind=\"qr\" value=\"https://my.example/p/{account}\" size=\"22mm\" describe=\"d\"/>", "https://my.example/p/4400-1182-07"),
      ("<barcode kind=\"qr\" value=\"{customer.name}\" level=\"H\" size=\"25mm\" describe=\"d\"/>", "Ana Petrovi\\u0107"),
      ("<barcode kind=\"qr\" value=\"{account}\" describe=\"d\"/>", "4400-1182-07"),
      ("<barcode kind=\"data-matrix\" value=\"{account}/{invoice}\" size=\"14mm\" describe=\"d\"/>", "4400-1182-07/2026-11-1"),
      ("<barcode kind=\"code-128\" value=\"{account}\" width=\"60mm\" height=\"12mm\" describe=\"d\"/>", "4400-1182-07"),
      ("<row><barcode kind=\"code-128\" value=\"{account}\" height=\"10mm\" describe=\"d\"/><text>beside</text></row>", "4400-1182-07"),
    ])
  func isReadBack(barcode: String, contents: String) throws {
    #expect(try Tool.codes(on: 1, of: try layout(barcode).print(TestRecord().json).pdf) == [contents])
  }

  @Test(.needs("pdftoppm", "dmtxread", Tool.barcodeReader))
  func paymentCodesCarryTheAmountDue() throws {
    let epc = try layout(
      "<barcode kind=\"epc\" payee=\"Larkspur GmbH\" iban=\"DE02 1203 0000 0000 2020 51\" remittance=\"{account}\" size=\"30mm\" describe=\"d\"/>"
    )
    #expect(
      try Tool.codes(on: 1, of: try epc.print(TestRecord(currency: "EUR").json).pdf)
        == ["BCD\\n002\\n1\\nSCT\\n\\nLarkspur GmbH\\nDE02120300000000202051\\nEUR48.70\\n\\n\\n4400-1182-07"])
    let ips = try layout(
      "<barcode kind=\"nbs-ips\" payee=\"Struja\" iban=\"845000000040484987\" purpose=\"189\" size=\"30mm\" describe=\"d\"/>")
    #expect(
      try Tool.codes(on: 1, of: try ips.print(TestRecord(currency: "RSD").json).pdf)
        == ["K:PR|V:01|C:1|R:845000000040484987|N:Struja|I:RSD48,70|SF:189"])
    // A code that knows euros only does not ask for dollars.
    #expect(epc.fault(TestRecord(currency: "USD").json)?.code == "barcode-invalid")
  }

  /// USPS-B-3200, the published example; bars written as `A`scender, `D`escender, `F`ull and `T`racker.
  @Test func intelligentMailBarsAreThePublishedOnes() throws {
    let layout = try layout(
      "<barcode kind=\"imb\" value=\"01234567094987654321{customer.postal.imb_routing | default('')}\" describe=\"d\"/>")
    let page = try #require(try layout.pages(TestRecord(imb: "01234567891").json).first)
    var bars = ""
    func walk(_ frame: Frame) {
      for item in frame.items {
        switch item.item {
        case .frame(let inner): walk(inner)
        case .symbol(let symbol):
          guard case .bars(let list, _) = symbol.symbol.form else { continue }
          // A dot an inch apart: 65 bars within 2.683 to 3.225 inches, full bars 0.125 to 0.165 inches high.
          #expect((193.1...232.3).contains(symbol.size.width.points) && (9...11.9).contains(symbol.size.height.points))
          for bar in list {
            switch (bar.top < 0.1, bar.bottom > 0.9) {
            case (true, true): bars += "F"
            case (true, false): bars += "A"
            case (false, true): bars += "D"
            case (false, false): bars += "T"
            }
          }
        default: continue
        }
      }
    }
    walk(page)
    #expect(bars == "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA")
  }

  /// A code made of its fields, read back from its pixels by a decoder that shares nothing with the encoder: fields, bars and clear zone.
  @Test(
    .needs("pdftoppm", Tool.python),
    arguments: [
      ("", "97204123418"), (" width=\"2.70in\" height=\"0.13in\"", "972041234"), (" width=\"3.2in\" height=\"0.16in\"", "97204"), ("", ""),
    ])
  func intelligentMailIsReadBackField(measures: String, routing: String) throws {
    let code =
      "<barcode kind=\"imb\" barcode-id=\"01\" service-type=\"300\" mailer-id=\"314159\" serial=\"{invoice | digits(9)}\""
      + " routing=\"{customer.postal.imb_routing | default('')}\"\(measures) describe=\"d\"/>"
    let layout = try TrialLayout(TrialLayout.xml("<text>{customer.name}</text>" + code + "<text>{account}</text>"))
    let pdf = try layout.print(TestRecord(imb: routing).json).pdf
    let read = try Tool.run([Tool.python, Project.path("Tests/Readers/imb.py"), "--page", "{}"], on: pdf)
    #expect(read.code == 0, "\(read.output)")
    #expect(
      read.output.hasPrefix("barcode-id: 01\nservice-type: 300\nmailer-id: 314159\nserial: 002026111\nrouting: \(routing)\n"),
      "\(read.output)")
  }

  @Test func wrongContentsRejectTheBill() throws {
    let layout = try layout("<barcode kind=\"imb\" value=\"{account}\" describe=\"d\"/>")
    let fault = try #require(layout.fault(TestRecord().json))
    #expect(fault.code == "barcode-invalid" && fault.message.contains("layout.xml:"))
  }
}

import Barcodes
import Cairo
import Foundation
import Geometry
import Imaging
import Layout
import Painting
import TestSupport
import Testing
internal import Vocabulary

/// Codes read back from paper: painted into a PDF, rendered at 200 dots an inch by poppler, read by a decoder that shares nothing with the
/// encoder.
@Suite struct PrintedBarcodeTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private static let reader = """
    import sys, zxingcpp
    from PIL import Image
    for code in zxingcpp.read_barcodes(Image.open(sys.argv[1])):
        print(str(code.format) + '\\t' + code.text.encode('unicode_escape').decode())
    """

  private func rendered(_ symbol: Symbol, _ kind: BarcodeKind, size: Size? = nil) throws -> [UInt8] {
    let natural = size ?? Barcode.naturalSize(of: symbol, kind: kind)
    let quiet = kind.quietZone(module: kind.naturalModule)
    let frame = page(
      [(.symbol(SymbolItem(symbol: symbol, size: natural)), Point(x: quiet.left + .pt(10), y: quiet.top + .pt(10)))],
      size: Size(width: natural.width + quiet.horizontal + .pt(20), height: natural.height + quiet.vertical + .pt(20)))
    return try pdf([frame], fonts)
  }

  private func read(_ kind: BarcodeKind, _ text: String, level: ErrorCorrection = .medium, size: Size? = nil) throws -> String {
    let bytes = try rendered(Barcode.encode(kind, text, level: level), kind, size: size)
    let script = "pdftoppm -r 200 -png {} {}.page && \(Tool.python) -c \"$READER\" {}.page-1.png; rm -f {}.page-1.png"
    return try Tool.run(["READER=\(Self.reader)", "sh", "-c", script], on: bytes).output
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar.value {
      case 10: "\\n"
      case 13: "\\r"
      case 0x20..<0x7F: String(scalar)
      case ..<0x100: "\\x" + String(scalar.value, radix: 16)
      default: "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count) + String(scalar.value, radix: 16)
      }
    }.joined()
  }

  @Test(
    .needs("pdftoppm", Tool.barcodeReader),
    arguments: [
      (BarcodeKind.qr, "https://my.larkspur.example/p/0123456789ABCDEF"), (.qr, "Račun za Đorđa: 12,50 €"),
      (.dataMatrix, "4400-1182-07/2026-11-004711"),
      (.dataMatrix, "Žeton č"), (.code128, "4400118207-2026-11"),
    ]) func readBack(kind: BarcodeKind, text: String) throws
  {
    let found = try read(kind, text)
    #expect(found.contains("\t" + escaped(text) + "\n"), "\(found)")
  }

  @Test(
    .needs("pdftoppm", Tool.barcodeReader))
  func paymentsReadBack() throws {
    var epc = EPCPayment(name: "Müller & Söhne", iban: "DE89370400440532013000")
    epc.amount = "31.56"
    epc.remittance = "Rechnung 2026-11"
    #expect(try read(.epc, epc.contents()).contains("\t" + escaped(epc.contents()) + "\n"))
    var ips = IPSPayment(account: "845000000040484987", name: "JP EPS BEOGRAD\nBALKANSKA 13", amount: "3596.13", code: "189")
    ips.purpose = "UPLATA PO RAČUNU ZA EL. ENERGIJU"
    ips.reference = "97163220000111111111000"
    #expect(try read(.nbsIPS, ips.contents()).contains("\t" + escaped(ips.contents()) + "\n"))
  }

  @Test(
    .needs("pdftoppm", Tool.barcodeReader))
  func codesAreSharpAtTheSizeOfTheNotice() throws {
    let text = "https://my.larkspur.example/p/0123456789ABCDEF"
    #expect(try read(.qr, text, level: .quartile, size: Size(width: .mm(24), height: .mm(24))).contains(text))
  }

  /// No free reader knows Intelligent Mail: the bars are measured in the rendering instead.
  @Test(.needs("pdftoppm")) func intelligentMailReadsBackFromItsPixels()
    throws
  {
    let text = "01234567094987654321-01234567891"
    let bytes = try rendered(Barcode.encode(.imb, text), .imb)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-imb-\(UUID().uuidString).pdf")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = try Tool.run(["sh", "-c", "pdftoppm -r 200 -gray \(file.path) | od -An -v -tu1 -w1"]).output
    let values = output.split(separator: "\n").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    // The header of a grey map: `P5\nWIDTH HEIGHT\n255\n`.
    let header = String(decoding: values.prefix(20).map { UInt8($0) }, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let sides = header[1].split(separator: " ").compactMap { Int($0) }
    let start = header.prefix(3).reduce(0) { $0 + $1.utf8.count + 1 }
    let (width, height) = (sides[0], sides[1])
    func isDark(_ x: Int, _ y: Int) -> Bool { values[start + y * width + x] < 128 }
    let rows = (0..<height).filter { y in (0..<width).contains { isDark($0, y) } }
    let (top, bottom) = (try #require(rows.first), try #require(rows.last))
    let middle = (top + bottom) / 2
    var bars: [Int] = []
    for x in 1..<width where isDark(x, middle) && !isDark(x - 1, middle) { bars.append(x + 1) }
    let states = bars.map { x -> String in
      let reaches = { (y: Int) in isDark(x, y) || isDark(x + 1, y) }
      return switch (reaches(top + 2), reaches(bottom - 2)) {
      case (true, true): "F"
      case (true, false): "A"
      case (false, true): "D"
      case (false, false): "T"
      }
    }
    #expect(states.joined() == (try IntelligentMail.barString(text)))
  }
}

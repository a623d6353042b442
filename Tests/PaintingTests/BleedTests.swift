import Cairo
import Foundation
import Geometry
import Imaging
import Layout
import Painting
import TestSupport
import Testing

/// Pages that are printed larger than they are trimmed.
@Suite struct BleedTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  private let bleed = Length.pt(9)

  private func sample() throws -> [Frame] {
    let first = page(
      [
        (.shape(Shape(.rectangle(size(100 + 18, 20 + 9), radius: .zero), fill: Color(red: 11, green: 110, blue: 79))), at(-9, -9)),
        (.run(try fonts.run("trimmed"), .black), at(10, 60)),
        (.link(LinkArea(size: size(30, 12), uri: "https://a.example/")), at(10, 50)),
      ], size: size(100, 80))
    return [first, page([(.run(try fonts.run("second"), .black), at(10, 60))], size: size(120, 90))]
  }

  private func document(_ bleed: Length, marks: Bool = false, trace: ((UnsafeRawBufferPointer) -> Void)? = nil) throws -> [UInt8] {
    let document = try DocumentPainter(
      pageSize: size(100, 80), bleed: bleed, marks: marks, metadata: metadata, press: Press(fonts: fonts, images: ImageTable()),
      trace: trace)
    for page in try sample() { try document.addPage(page) }
    return try document.finish()
  }

  /// The page objects as qpdf reads them.
  private func pages(_ bytes: [UInt8]) throws -> [[String: Any]] {
    let (code, output) = try Tool.run(["qpdf", "--json=1", "--json-key=objects", "{}"], on: bytes)
    #expect(code == 0, "\(output)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let objects = try #require(json["objects"] as? [String: Any])
    return objects.values.compactMap { $0 as? [String: Any] }.filter { $0["/Type"] as? String == "/Page" }
  }

  private func box(_ page: [String: Any], _ name: String) -> [Double] {
    (page[name] as? [NSNumber] ?? []).map { ($0.doubleValue * 100).rounded() / 100 }
  }

  @Test(.needs("qpdf")) func boxesSayWhereToTrim() throws {
    let bytes = try document(bleed)
    #expect(try Tool.run(["qpdf", "--check", "{}"], on: bytes).output.contains("No syntax or stream encoding errors"))
    let found = try pages(bytes).sorted { box($0, "/MediaBox")[2] < box($1, "/MediaBox")[2] }
    #expect(found.map { box($0, "/MediaBox") } == [[0, 0, 118, 98], [0, 0, 138, 108]])
    #expect(found.map { box($0, "/BleedBox") } == [[0, 0, 118, 98], [0, 0, 138, 108]])
    #expect(found.map { box($0, "/TrimBox") } == [[9, 9, 109, 89], [9, 9, 129, 99]])
  }

  @Test(.needs("qpdf")) func linksStandWhereTheyAreSeen() throws {
    let output = try Tool.run(["sh", "-c", "qpdf --qdf --object-streams=disable '{}' - | grep -a -A 6 Rect"], on: document(bleed)).output
    let numbers = output.split(whereSeparator: { !"0123456789.-".contains($0) }).compactMap { Double($0) }.prefix(4)
    // 10 from the left and 50 from the top of the trimmed page, which ends 9 above the foot of the sheet.
    #expect(numbers.map { $0.rounded() } == [19, 27, 49, 39], "\(output)")
  }

  @Test(.needs("pdftoppm")) func colourReachesTheEdgeOfTheBleed() throws {
    let script = "pdftoppm -r 72 -f 1 -l 1 -png -singlefile '{}' '{}.page' && base64 -w 0 '{}.page.png'; rm -f '{}.page.png'"
    let (code, output) = try Tool.run(["sh", "-c", script], on: document(bleed))
    let image = try ImageSurface(png: Array(try #require(Data(base64Encoded: output))))
    #expect(code == 0 && (image.width, image.height) == (118, 98))
    image.withPixels { rows, stride in
      func pixel(_ x: Int, _ y: Int) -> UInt32 { rows.load(fromByteOffset: y * stride + x * 4, as: UInt32.self) & 0xFF_FFFF }
      for (x, y) in [(0, 0), (117, 0), (0, 28), (117, 28), (60, 4)] { #expect(pixel(x, y) == 0x0B6E4F, "\(x) \(y)") }
      for (x, y) in [(0, 31), (117, 31), (0, 97), (60, 90)] { #expect(pixel(x, y) == 0xFF_FFFF, "\(x) \(y)") }
    }
  }

  @Test func pixelsShowTheTrimmedPage() throws {
    let canvas = PNGCanvas(dpi: 72, press: Press(fonts: fonts, images: ImageTable()))
    try Painter.paint(try sample()[0], on: canvas)
    let image = try ImageSurface(png: canvas.pngBytes())
    #expect((image.width, image.height) == (100, 80))
  }

  /// Marks take 5 mm, and begin where the bleed ends, 3 mm from the trim at least: 9 pt are more than that, none and 4 pt are less.
  @Test(
    .needs("qpdf"),
    arguments: [9.0, 4.0, 0.0])
  func cropMarksMakeTheSheetLarger(_ bleed: Double) throws {
    let bytes = try document(.pt(bleed), marks: true)
    #expect(try Tool.run(["qpdf", "--check", "{}"], on: bytes).output.contains("No syntax or stream encoding errors"))
    let margin = max(bleed, Length.mm(3).points) + Length.mm(5).points
    func box(_ far: Double, _ width: Double, _ height: Double) -> [Double] {
      let start = margin - far
      return [start, start, margin + width + far, margin + height + far]
    }
    let found = try pages(bytes).sorted { self.box($0, "/MediaBox")[2] < self.box($1, "/MediaBox")[2] }
    let sizes: [(Double, Double)] = [(100, 80), (120, 90)]
    let boxes: [(String, Double)] = [("/MediaBox", margin), ("/BleedBox", bleed), ("/TrimBox", 0)]
    for (page, size) in zip(found, sizes) {
      for (name, far) in boxes {
        let differences = zip(self.box(page, name), box(far, size.0, size.1)).map { abs($0 - $1) }
        #expect(differences.count == 4 && differences.allSatisfy { $0 < 0.02 }, "\(name) \(page)")
      }
    }
  }

  /// Two at each corner, in the prolongation of the trim's edges, of hairlines; the page between them is the same.
  @Test(.needs("mutool")) func cropMarksStandAtTheCorners() throws {
    let output = try Tool.run(["mutool", "trace", "{}", "1"], on: document(bleed, marks: true)).output
    let marks = output.components(separatedBy: "<stroke_path").dropFirst()
    #expect(marks.count == 8)
    for mark in marks { #expect(mark.contains("linewidth=\".25\"") && mark.contains("color=\"0 0 0\""), "\(mark)") }
    let plain = try Tool.run(["mutool", "trace", "{}", "1"], on: document(bleed)).output
    #expect(
      !plain.contains("stroke_path")
        && plain.components(separatedBy: "fill_path").count == output.components(separatedBy: "fill_path").count)
  }

  @Test func cropMarksAreNoneOfTheContent() throws {
    var traces: [[UInt8]] = [[], []]
    let plain = try document(bleed) { traces[0] += $0 }
    let marked = try document(bleed, marks: true) { traces[1] += $0 }
    #expect(traces[0] == traces[1] && !traces[0].isEmpty && plain != marked)
  }

  @Test(.needs("qpdf")) func linksStandWhereTheyAreSeenBesideMarksToo() throws {
    let output = try Tool.run(
      ["sh", "-c", "qpdf --qdf --object-streams=disable '{}' - | grep -a -A 6 Rect"], on: document(bleed, marks: true)
    ).output
    let numbers = output.split(whereSeparator: { !"0123456789.-".contains($0) }).compactMap { Double($0) }.prefix(4)
    // As without marks, and 5 mm from left and foot beyond; cairo rounds.
    #expect(zip(numbers, [33.2, 41.2, 63.2, 53.2]).allSatisfy { abs($0 - $1) < 1.1 } && numbers.count == 4, "\(output)")
  }

  @Test func withoutABleedThereAreNoBoxesAndTheBytesAreTheSame() throws {
    let plain = try document(.zero)
    #expect(!String(decoding: plain, as: UTF8.self).contains("TrimBox"))
    #expect(try plain == pdf(sample(), fonts))
  }
}

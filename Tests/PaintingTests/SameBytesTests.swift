import Barcodes
import Cairo
import Foundation
import Geometry
import Imaging
import Layout
import Painting
import Testing
import Vocabulary

/// The contract: a document's bytes depend on its pages and metadata, and on nothing that was painted before it.
@Suite struct SameBytesTests {
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,€ćšžđ")
  private static let outputVariable = "BILLFOLD_SAME_BYTES_FOLDER"

  /// A table with one image of each kind.
  private static func images() throws -> ImageTable {
    let table = ImageTable()
    for name in ["colour.png", "translucent.png", "plain.jpg", "orientation-6.jpg", "cmyk-adobe.jpg", "logo.svg", "effects.svg"] {
      _ = try table.add(path: name, bytes: imageFixture(name))
    }
    return table
  }

  /// Two pages that depend on the seed only: text in many sizes and faces, shapes, images, codes, links.
  private static func pages(_ seed: UInt64, _ fonts: TestFonts) throws -> [Frame] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    return try (0..<2).map { _ in
      var items: [(Item, Point)] = []
      for _ in 0..<40 {
        let place = at(Double(next(500)), Double(next(700)) + 20)
        switch next(9) {
        case 0: items.append((.image(ImageItem(image: next(7), size: size(Double(20 + next(40)), Double(20 + next(40))))), place))
        case 1:
          items.append(
            (.shape(Shape(.rectangle(size(Double(next(90)), 12), radius: .pt(Double(next(5)))), fill: Color.black.tint(0.2))), place))
        case 2: items.append((.symbol(SymbolItem(symbol: try Barcode.encode(.qr, "seed \(next(1_000))"), size: size(60, 60))), place))
        case 3: items.append((.link(LinkArea(size: size(30, 10), uri: "https://a.example/\(next(100))")), place))
        default:
          let text = String((0..<(1 + next(30))).map { _ in letters[next(letters.count)] })
          items.append(
            (
              .run(try fonts.run(text, font: next(2), size: 6 + Double(next(24)) / 2), Color(red: UInt8(next(256)), green: 0, blue: 0)),
              place
            ))
        }
      }
      return page(items)
    }
  }

  private static func document(_ seed: UInt64, _ press: Press, _ fonts: TestFonts) throws -> [UInt8] {
    let document = try DocumentPainter(pageSize: letter, metadata: metadata, press: press)
    for page in try pages(seed, fonts) { try document.addPage(page) }
    return try document.finish()
  }

  @Test func orderAndCachesDoNotShow() throws {
    let fonts = try TestFonts()
    let press = Press(fonts: fonts, images: try Self.images())
    let seeds = Array(UInt64(1)...24)
    let first = try seeds.map { try Self.document($0, press, fonts) }
    // The same press, backwards, warm.
    let second = try seeds.reversed().map { try Self.document($0, press, fonts) }
    #expect(first == second.reversed())
    // Faces, images and caches of its own for each document.
    for (seed, bytes) in zip(seeds, first).prefix(6) {
      let fonts = try TestFonts()
      #expect(try Self.document(seed, Press(fonts: fonts, images: try Self.images()), fonts) == bytes)
    }
    #expect(Set(first).count == seeds.count)
  }

  @Test func otherOutputBetweenDocumentsDoesNotShow() throws {
    let fonts = try TestFonts()
    let press = Press(fonts: fonts, images: try Self.images())
    let before = try Self.document(5, press, fonts)
    let frame = try #require(try Self.pages(5, fonts).first)
    let png = PNGCanvas(dpi: 96, press: press)
    try Painter.paint(frame, on: png)
    let svg = SVGCanvas(press: press)
    try Painter.paint(frame, on: svg)
    let firstPNG = try png.pngBytes()
    let firstSVG = try svg.svgBytes()
    #expect(try Self.document(5, press, fonts) == before)
    let again = SVGCanvas(press: press)
    try Painter.paint(frame, on: again)
    #expect(try again.svgBytes() == firstSVG)
    let pngAgain = PNGCanvas(dpi: 96, press: press)
    try Painter.paint(frame, on: pngAgain)
    #expect(try pngAgain.pngBytes() == firstPNG)
  }

  @Test func freshProcessGivesTheSameBytes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-same-bytes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fonts = try TestFonts()
    let press = Press(fonts: fonts, images: try Self.images())
    for seed in UInt64(100)...110 { _ = try Self.document(seed, press, fonts) }
    let here = try [7, 3].map { try Self.document($0, press, fonts) }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["--filter", "SameBytesTests.writesDocumentsForAnotherProcess", "--testing-library", "swift-testing"]
    process.environment = ProcessInfo.processInfo.environment.merging([Self.outputVariable: folder.path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    for (name, bytes) in zip(["7", "3"], here) {
      #expect([UInt8](try Data(contentsOf: folder.appendingPathComponent(name))) == bytes)
    }
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment[outputVariable] != nil, "only run by freshProcessGivesTheSameBytes, in a process of its own"))
  func writesDocumentsForAnotherProcess() throws {
    let folder = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment[Self.outputVariable]))
    let fonts = try TestFonts()
    let press = Press(fonts: fonts, images: try Self.images())
    for seed in [UInt64(3), 7] { try Data(Self.document(seed, press, fonts)).write(to: folder.appendingPathComponent("\(seed)")) }
  }
}

import Cairo
import Diagnostics
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Imaging

/// The bytes of a fixture.
func fixture(_ name: String) throws -> [UInt8] {
  try Project.bytes("Tests/ImagingTests/Fixtures/\(name)")
}

@Suite struct ImageTableTests {
  /// The findings that adding these bytes gives; empty when they are taken.
  private func findings(_ path: String, _ bytes: [UInt8]) -> [Diagnostic] {
    do throws(DiagnosticList) {
      _ = try ImageTable().add(path: path, bytes: bytes)
      return []
    } catch { return error.diagnostics }
  }

  /// The pixels of an image drawn over its natural size, one pixel each, as 0xRRGGBB by row.
  private func pixels(_ name: String) throws -> (width: Int, height: Int, at: (Int, Int) -> UInt32) {
    let table = ImageTable()
    let number = try table.add(path: name, bytes: fixture(name))
    let size = table.naturalSize(of: number)
    let (width, height) = (Int((size.width.points / 0.75).rounded()), Int((size.height.points / 0.75).rounded()))
    let surface = try ImageSurface(width: width, height: height, format: .rgb)
    let context = try Context(surface)
    context.setColor(.white)
    context.paint()
    let area = Rect(x: .zero, y: .zero, width: .pt(Double(width)), height: .pt(Double(height)))
    #expect(try table.draw(number, in: area, on: context, sampling: .smooth))
    try context.check("draw")
    let values = surface.withPixels { rows, stride in
      (0..<height).flatMap { y in (0..<width).map { rows.load(fromByteOffset: y * stride + $0 * 4, as: UInt32.self) & 0xFF_FFFF } }
    }
    return (width, height, { values[$1 * width + $0] })
  }

  private func isNear(_ pixel: UInt32, _ red: Int, _ green: Int, _ blue: Int) -> Bool {
    abs(Int(pixel >> 16) - red) < 40 && abs(Int(pixel >> 8 & 255) - green) < 40 && abs(Int(pixel & 255) - blue) < 40
  }

  @Test func naturalSizeCountsCSSPixels() throws {
    let table = ImageTable()
    #expect(table.naturalSize(of: try table.add(path: "a.png", bytes: fixture("colour.png"))) == Size(width: .pt(36), height: .pt(24)))
    #expect(table.naturalSize(of: try table.add(path: "b.jpg", bytes: fixture("plain.jpg"))) == Size(width: .pt(36), height: .pt(24)))
    #expect(table.naturalSize(of: try table.add(path: "c.svg", bytes: fixture("logo.svg"))) == Size(width: .pt(72), height: .pt(36)))
    #expect(
      table.naturalSize(of: try table.add(path: "d.jpg", bytes: fixture("orientation-6.jpg"))) == Size(width: .pt(24), height: .pt(36)))
    #expect(table.naturalSize(of: 99) == .zero)
    #expect(table.count == 4)
  }

  @Test func samePathKeepsItsNumber() throws {
    let table = ImageTable()
    let first = try table.add(path: "a.png", bytes: fixture("colour.png"))
    #expect(try table.add(path: "a.png", bytes: fixture("colour.png")) == first)
    #expect(try table.add(path: "b.png", bytes: fixture("colour.png")) == first + 1)
    #expect(table.path(of: first) == "a.png")
    #expect(table.path(of: 7) == "?")
  }

  // Drawn at full size a fixture shows a white stripe at one side, red and blue halves across it.
  @Test(arguments: ["colour.png", "plain.jpg", "progressive.jpg", "cmyk-adobe.jpg"]) func drawnAsStored(name: String) throws {
    let image = try pixels(name)
    #expect((image.width, image.height) == (48, 32))
    #expect(isNear(image.at(10, 2), 255, 255, 255))
    #expect(isNear(image.at(10, 20), 200, 30, 30), "\(String(image.at(10, 20), radix: 16))")
    #expect(isNear(image.at(40, 20), 30, 30, 200))
  }

  @Test func greyStaysGrey() throws {
    let image = try pixels("grey.jpg")
    let pixel = image.at(10, 20)
    #expect(pixel >> 16 == pixel & 255 && pixel >> 8 & 255 == pixel & 255)
    #expect(isNear(image.at(10, 2), 255, 255, 255))
  }

  @Test func orientationIsApplied() throws {
    let half = try pixels("orientation-3.jpg")
    #expect((half.width, half.height) == (48, 32))
    #expect(isNear(half.at(10, 29), 255, 255, 255) && isNear(half.at(10, 10), 30, 30, 200) && isNear(half.at(40, 10), 200, 30, 30))
    // The stripe at the top goes to the right, red above blue.
    let quarter = try pixels("orientation-6.jpg")
    #expect((quarter.width, quarter.height) == (32, 48))
    #expect(isNear(quarter.at(30, 10), 255, 255, 255) && isNear(quarter.at(10, 10), 200, 30, 30) && isNear(quarter.at(10, 40), 30, 30, 200))
    let threeQuarters = try pixels("orientation-8.jpg")
    #expect(isNear(threeQuarters.at(2, 10), 255, 255, 255) && isNear(threeQuarters.at(20, 10), 30, 30, 200))
    #expect(isNear(threeQuarters.at(20, 40), 200, 30, 30))
    let transposed = try pixels("orientation-5.jpg")
    #expect(isNear(transposed.at(2, 10), 255, 255, 255) && isNear(transposed.at(20, 10), 200, 30, 30))
    #expect(isNear(transposed.at(20, 40), 30, 30, 200))
  }

  @Test func jpegMetadataIsLeftOutOfBills() throws {
    let bytes = try fixture("orientation-6.jpg")
    let segments = JPEGSegments(bytes)
    #expect(segments.orientation == .quarterTurn)
    let text = String(decoding: segments.withoutMetadata, as: UTF8.self)
    #expect(!text.contains("private") && !text.contains("Exif") && text.contains("JFIF"))
    #expect(segments.withoutMetadata.count < bytes.count)
    // It is still a whole JPEG.
    #expect(findings("stripped.jpg", segments.withoutMetadata).isEmpty)
    #expect(JPEGSegments(segments.withoutMetadata).orientation == .asStored)
  }

  @Test func svgDraws() throws {
    let image = try pixels("logo.svg")
    #expect((image.width, image.height) == (96, 48))
    #expect(isNear(image.at(24, 24), 14, 140, 100))
    #expect(image.at(70, 14) == 0x12_34_56)
    #expect(image.at(2, 2) == 0xFF_FFFF)
  }

  @Test func faultyFilesAreUnreadable() throws {
    for (name, bytes) in [
      ("cut-off.png", try fixture("cut-off.png")), ("cut-off.jpg", try fixture("cut-off.jpg")),
      ("head.png", Array(try fixture("colour.png").prefix(20))),
      ("head.jpg", [0xFF, 0xD8, 0xFF]), ("half.svg", Array(try fixture("logo.svg").dropLast(30))),
      ("no-size.svg", Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
      ("other.svg", Array("<html/>".utf8)),
    ] {
      let found = findings(name, bytes)
      #expect(found.first?.id == "image-unreadable", "\(name): \(found.first?.message ?? "taken")")
      #expect(found.first?.message.contains(name) == true || found.first?.range != nil)
    }
    #expect(findings("text.png", Array("GIF89a".utf8)).first?.id == "image-format")
    #expect(findings("empty.png", []).first?.id == "image-format")
  }

  @Test func oversizedFilesAreRefusedBeforeTheyAreDecoded() throws {
    var png = try fixture("colour.png")
    // 20,000 × 20,000 pixels, says the header.
    png.replaceSubrange(16..<24, with: [0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20])
    #expect(findings("huge.png", png).map(\.id) == ["image-too-large"])
    var jpeg = try fixture("plain.jpg")
    let frame = try #require(jpeg.indices.dropLast(8).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0x75, 0x30, 0x75, 0x30])
    #expect(findings("huge.jpg", jpeg).map(\.id) == ["image-too-large"])
    #expect(findings("file.png", [UInt8](repeating: 0, count: ImageLimits.fileBytes + 1)).map(\.id) == ["image-too-large"])
    #expect(
      findings("wide.svg", Array("<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1'/>".utf8)).map(\.id) == ["image-too-large"])
  }

  @Test func unknownNumbersDrawNothing() throws {
    let context = try Context(ImageSurface(width: 4, height: 4, format: .rgb))
    let isKnown = try ImageTable().draw(
      3, in: Rect(x: .zero, y: .zero, width: .pt(1), height: .pt(1)), on: context, sampling: .nearest)
    #expect(!isKnown)
  }
}

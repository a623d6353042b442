import Cairo
import Geometry
import Testing

@Suite struct ContextTests {
  private let size = Size(width: .pt(200), height: .pt(100))

  private func document(_ draw: (Context) throws -> Void) throws -> (bytes: [UInt8], fault: CairoError?) {
    let surface = try PDFSurface(pageSize: size, metadata: PDFMetadata(created: "2026-11-23T00:00:00Z"))
    let context = try Context(surface)
    try draw(context)
    var fault: CairoError?
    do throws(CairoError) { try context.check("page 1") } catch { fault = error }
    context.showPage()
    try surface.finish()
    return (surface.takeBytes(), fault)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e7])
  func coordinatesOutOfRangeNeverReachCairo(value: Double) throws {
    let steps: [(String, (Context) -> Void)] = [
      ("rectangle", { $0.rectangle(0, value, 10, 10) }), ("rectangle", { $0.rectangle(0, 0, value, 10) }),
      ("move", { $0.move(to: value, 0) }),
      ("line", { $0.line(to: 0, value) }), ("curve", { $0.curve(0, 0, value, 0, to: 1, 1) }), ("line width", { $0.setLineWidth(value) }),
      ("dash", { $0.setDashes([1, value]) }), ("translate", { $0.translate(value, 0) }), ("scale", { $0.scale(1, value) }),
      ("rectangle", { $0.roundedRectangle(0, 0, 10, value, radius: 2) }),
      ("link", { $0.withTag(.link(uri: "https://a.example", area: Rect(x: Length(value), y: .zero, width: .pt(1), height: .pt(1)))) {} }),
    ]
    for (name, step) in steps {
      let (bytes, fault) = try document(step)
      #expect(fault?.code == .coordinateOutOfRange, "\(name)")
      #expect(fault?.operation == "page 1, \(name)")
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("nan") && !text.contains("inf "))
    }
  }

  @Test func firstFaultyCoordinateIsKept() throws {
    let (_, fault) = try document {
      $0.move(to: .nan, 0)
      $0.rectangle(0, 0, .nan, 0)
      $0.fill()
    }
    #expect(fault?.operation == "page 1, move")
  }

  @Test func goodDrawingHasNoFault() throws {
    let (bytes, fault) = try document {
      $0.setColor(Color(red: 1, green: 2, blue: 3))
      $0.roundedRectangle(10, 10, 50, -20, radius: 3)
      $0.setLineWidth(0.5)
      $0.setDashes([2, 1])
      $0.stroke()
    }
    #expect(fault == nil)
    #expect(bytes.starts(with: "%PDF-1.5".utf8))
  }

  @Test func dashesWithoutLengthAreAnError() throws {
    let (_, fault) = try document { $0.setDashes([0, 0]) }
    #expect(fault != nil)
  }

  @Test func savedStateComesBack() throws {
    let image = try ImageSurface(width: 4, height: 4, format: .rgb)
    let context = try Context(image)
    context.withSavedState {
      context.translate(100, 100)
      context.setColor(.white)
    }
    context.setColor(Color(red: 255, green: 0, blue: 0))
    context.rectangle(0, 0, 1, 1)
    context.fill()
    #expect(image.withPixels { rows, _ in rows.load(as: UInt32.self) & 0xFF_FFFF } == 0xFF0000)
  }

  @Test func glyphAndClusterBuffersAreLaidOutLikeCairos() { #expect(Context.layoutsAgree) }

  @Test func stencilsPaintTheirDarkPixelsSharp() throws {
    let dark = (0..<100).map { $0 % 3 == 0 || $0 % 7 == 0 }
    let stencil = try ImageSurface(stencil: dark, columns: 10, rows: 10)
    let image = try ImageSurface(width: 40, height: 40, format: .rgb)
    let context = try Context(image)
    context.setColor(.white)
    context.paint()
    context.setColor(.black)
    context.mask(stencil, x: 0, y: 0, width: 40, height: 40)
    image.withPixels { rows, stride in
      for y in 0..<40 {
        for x in 0..<40 {
          let pixel = rows.load(fromByteOffset: y * stride + x * 4, as: UInt32.self) & 0xFF_FFFF
          #expect(pixel == (dark[(y / 4) * 10 + x / 4] ? 0 : 0xFF_FFFF))
        }
      }
    }
  }

  @Test func pngRoundTrip() throws {
    let image = try ImageSurface(width: 3, height: 2, format: .rgb)
    image.withPixels { rows, stride in rows.storeBytes(of: 0x12_34_56, toByteOffset: stride + 4, as: UInt32.self) }
    let again = try ImageSurface(png: try image.pngBytes())
    #expect((again.width, again.height) == (3, 2))
    #expect(again.withPixels { rows, stride in rows.load(fromByteOffset: stride + 4, as: UInt32.self) & 0xFF_FFFF } == 0x12_34_56)
  }

  @Test func oversizedImagesAreRefused() {
    #expect(throws: CairoError(code: .invalidSize, operation: "new image")) { try ImageSurface(width: 40_000, height: 1, format: .rgb) }
    #expect(throws: CairoError(code: .invalidSize, operation: "new image")) { try ImageSurface(width: 0, height: 1, format: .rgb) }
  }
}

import Cairo
import Geometry
import Testing

@Suite struct StreamTests {
  private struct DiskFull: Error, CustomStringConvertible { var description: String { "disk full" } }
  private let size = Size(width: .pt(200), height: .pt(100))
  private let metadata = PDFMetadata(created: "2026-11-23T00:00:00Z")

  @Test func sinkGetsWhatCollectingGives() throws {
    func draw(_ surface: PDFSurface) throws {
      let context = try Context(surface)
      context.rectangle(1, 2, 3, 4)
      context.fill()
      context.showPage()
      try surface.finish()
    }
    let collecting = try PDFSurface(pageSize: size, metadata: metadata)
    try draw(collecting)
    var streamed: [UInt8] = []
    try draw(PDFSurface(pageSize: size, metadata: metadata) { streamed.append(contentsOf: $0) })
    #expect(streamed == collecting.takeBytes())
    #expect(!streamed.isEmpty)
    #expect(collecting.takeBytes().isEmpty)
  }

  @Test func firstSinkErrorStaysAndNothingIsWrittenAfterIt() throws {
    var calls = 0
    let surface = try PDFSurface(pageSize: size, metadata: metadata) { _ in
      calls += 1
      if calls == 2 { throw DiskFull() }
    }
    let context = try Context(surface)
    for _ in 0..<3 {
      context.rectangle(1, 2, 3, 4)
      context.fill()
      context.showPage()
    }
    #expect(throws: CairoError(code: .writeError, operation: "finish", cause: "disk full")) { try surface.finish() }
    #expect(calls == 2)
    #expect(throws: CairoError(code: .writeError, operation: "finish", cause: "disk full")) { try surface.finish() }
  }

  @Test func surfaceOutlivesItsOwnerWhileAContextDraws() throws {
    var written = 0
    do {
      let context = try Context(PDFSurface(pageSize: size, metadata: metadata) { written += $0.count })
      context.rectangle(1, 2, 3, 4)
      context.fill()
      context.showPage()
    }
    // Cairo closes the document when its last user lets go.
    #expect(written > 300)
  }

  @Test func pageSizesOutOfRangeAreRefused() {
    for bad in [Length(.nan), Length(.infinity), Length(1e7)] {
      #expect(throws: CairoError(code: .coordinateOutOfRange, operation: "page size")) {
        try PDFSurface(pageSize: Size(width: bad, height: .pt(1)), metadata: metadata)
      }
    }
  }

  @Test func errorsReadAsSentences() {
    #expect(
      "\(CairoError(code: .writeError, operation: "finish", cause: "disk full"))"
        == "finish: error while writing to output stream (disk full)")
    #expect("\(CairoError(code: .coordinateOutOfRange, operation: "page 1"))" == "page 1: a coordinate is not a finite number in range")
    #expect("\(CairoError(code: .init(rawValue: 9_999), operation: "x"))".hasPrefix("x: "))
  }
}

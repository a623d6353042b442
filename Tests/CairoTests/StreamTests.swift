import CCairo
import Geometry
import Testing

@testable import Cairo

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

  /// The border to C: what a closure does wrong comes back as a status, and is remembered.
  @Test func sinkThatComesBackToItselfIsRefused() throws {
    var (calls, inner): (Int, [cairo_status_t]) = (0, [])
    var address: UnsafeMutableRawPointer?
    var bytes: [UInt8] = [1, 2, 3]
    let sink = StreamSink { _ in
      calls += 1
      var others: [UInt8] = [4]
      inner.append(StreamSink.callback(address, &others, 1))
    }
    address = Unmanaged.passUnretained(sink).toOpaque()
    // The outer call ends well, since its closure threw nothing; from then on the sink is broken.
    #expect(StreamSink.callback(address, &bytes, 3) == CAIRO_STATUS_SUCCESS)
    #expect(calls == 1 && inner == [CAIRO_STATUS_WRITE_ERROR])
    #expect(sink.firstError is StreamSink.Reentered)
    #expect(StreamSink.callback(address, &bytes, 3) == CAIRO_STATUS_WRITE_ERROR)
    #expect(calls == 1)
  }

  @Test func sinkBearsWhatCairoMayGiveIt() {
    var bytes: [UInt8] = [1, 2, 3]
    let collecting = StreamSink(nil)
    let address = Unmanaged.passUnretained(collecting).toOpaque()
    #expect(StreamSink.callback(nil, &bytes, 3) == CAIRO_STATUS_WRITE_ERROR)
    #expect(StreamSink.callback(address, nil, 0) == CAIRO_STATUS_SUCCESS)
    #expect(StreamSink.callback(address, nil, 3) == CAIRO_STATUS_WRITE_ERROR)
    #expect(StreamSink.callback(address, &bytes, 3) == CAIRO_STATUS_SUCCESS)
    #expect(collecting.bytes == [1, 2, 3])
    var calls = 0
    let failing = StreamSink { _ in
      calls += 1
      throw DiskFull()
    }
    let other = Unmanaged.passUnretained(failing).toOpaque()
    for _ in 0..<3 { #expect(StreamSink.callback(other, &bytes, 3) == CAIRO_STATUS_WRITE_ERROR) }
    // Not even a chunk of nothing is taken once something is lost.
    #expect(StreamSink.callback(other, nil, 0) == CAIRO_STATUS_WRITE_ERROR)
    #expect(calls == 1 && failing.firstError is DiskFull)
  }

  @Test func errorsAreCaughtByTheirCode() throws {
    do {
      _ = try PDFSurface(pageSize: Size(width: Length(.nan), height: .pt(1)), metadata: metadata)
      Issue.record("a page without a width was made")
    } catch CairoError.Code.writeError {
      Issue.record("another code")
    } catch CairoError.Code.coordinateOutOfRange {
    }
    #expect(!(CairoError.Code.writeError ~= DiskFull()))
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

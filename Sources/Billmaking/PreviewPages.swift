internal import Contract
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Painting

/// The pages of a piece that the preview shows.
struct PreviewPages {
  /// A page's picture has at most so many pixels, 24 million: beyond, it is asked for as SVG.
  ///
  /// - Stops: a zoom or a paper that asks for a picture of gigabytes.
  static let pixelLimit = 24_000_000.0

  /// What lays the piece out: its layout, and the pictures and fonts it is painted with.
  private let job: LayoutJob
  private let pagination: Pagination
  /// A page with what lies across.
  private let marked: (Frame) -> Frame
  /// How far pictures reach beyond the trim.
  private let bleed: Length

  /// - Parameter showsBleed: Whether pictures show what is cut off, too.
  init(_ pagination: Pagination, _ job: LayoutJob, showsBleed: Bool = false, marked: @escaping (Frame) -> Frame) {
    (self.pagination, self.job, self.marked) = (pagination, job, marked)
    bleed = showsBleed ? job.template.bleed : .zero
  }

  /// The pages of a bill.
  init(_ bill: LaidOutBill, _ job: LayoutJob) { self.init(bill.pagination, job) { bill.marked($0) } }

  /// Says in a reply how many pages there are, and of which size.
  func describe(in reply: inout PreviewReply) {
    let size = job.template.paper.size
    (reply.pageCount, reply.bleed) = (pagination.count, bleed.points)
    (reply.width, reply.height) = ((size.width + bleed * 2).points, (size.height + bleed * 2).points)
  }

  /// What is asked for of them; nothing for a file, or for findings alone.
  ///
  /// - Throws: What can go wrong on pages that are painted, or that were not kept and are laid out again.
  func paint(_ output: PreviewRequest.Output) throws(RecordFault) -> [PreviewReply.Part] {
    switch output {
    case .bill(let pages, let scale): return try parts(pages) { try self.pixels($0, $1, scale: scale) }
    case .picture(let page, let scale): return try parts(page...page) { try self.pixels($0, $1, scale: scale) }
    case .vector(let page):
      return try parts(page...page) { number, page in
        let canvas = SVGCanvas(press: self.job.press)
        try Painter.paint(self.bled(page), on: canvas, number: number)
        return try canvas.svgBytes()
      }
    case .sourceMap(let page):
      return try parts(page...page) { number, page in
        var map = SourceMapWriter(self.job.template)
        map.add(page, number: number, zones: self.pagination.zones(page: number))
        return map.finished()
      }
    case .pdf, .findings, .extremes: return []
    }
  }

  /// Thrown to end a walk over pages early.
  private struct Enough: Error {}

  private func pixels(_ number: Int, _ page: Frame, scale: Double) throws -> [UInt8] {
    let sheet = bled(page)
    let fitting = (Self.pixelLimit / max(1, sheet.size.width.points * sheet.size.height.points)).squareRoot()
    let canvas = PNGCanvas(dpi: 72 * min(scale, fitting), press: job.press)
    try Painter.paint(sheet, on: canvas, number: number)
    return try canvas.pngBytes(isQuick: true)
  }

  /// A page on a sheet that holds its bleed as well.
  private func bled(_ page: Frame) -> Frame {
    guard bleed > .zero else { return page }
    var sheet = Frame(size: Size(width: page.size.width + bleed * 2, height: page.size.height + bleed * 2))
    sheet.items = [PlacedItem(at: Point(x: bleed, y: bleed), item: .frame(page))]
    return sheet
  }

  private func parts(
    _ wanted: ClosedRange<Int>, _ make: (Int, Frame) throws -> [UInt8]
  ) throws(RecordFault) -> [PreviewReply.Part] {
    var parts: [PreviewReply.Part] = []
    do {
      try pagination.forEachPage { number, page in
        guard number <= wanted.upperBound else { throw Enough() }
        if wanted.contains(number) { parts.append(PreviewReply.Part(try make(number, marked(page)))) }
      }
    } catch is Enough {
    } catch {
      throw RecordFault(painting: error)
    }
    return parts
  }
}

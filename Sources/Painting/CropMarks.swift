internal import Geometry
internal import Layout

/// Where a sheet is to be cut: two hairlines at each corner, in the prolongation of the trim's edges, on paper that is cut off.
///
/// They begin beyond the bleed, and 3 mm from the trim at least, so that none is left on the trimmed piece where the cut is a little off.
struct CropMarks {
  /// How long a mark is, 5 mm.
  static let length = Length.mm(5)
  /// How thick it is: a hairline, which is seen and not cut into.
  static let thickness = Length.pt(0.25)
  /// The least distance of a mark from the trim.
  static let clearance = Length.mm(3)

  /// How far the page is painted beyond its trim.
  var bleed: Length

  /// From the trim to where a mark begins.
  private var offset: Length { max(bleed, CropMarks.clearance) }

  /// The room that marks take beyond the bleed, on each side.
  var slug: Length { offset + CropMarks.length - bleed }

  /// The eight lines round a page of that size.
  func lines(of page: Size) -> [(shape: Shape, origin: Point)] {
    let stroke = Shape.Stroke(width: CropMarks.thickness, color: .black)
    func line(from start: Point, _ reach: Point) -> (shape: Shape, origin: Point) {
      (Shape(.path([.move(.zero), .line(reach)]), stroke: stroke), start)
    }
    let (near, far) = (Length.zero - offset - CropMarks.length, offset)
    var lines: [(shape: Shape, origin: Point)] = []
    for edge in [Length.zero, page.height] {
      for start in [near, page.width + far] { lines.append(line(from: Point(x: start, y: edge), Point(x: CropMarks.length, y: .zero))) }
    }
    for edge in [Length.zero, page.width] {
      for start in [near, page.height + far] { lines.append(line(from: Point(x: edge, y: start), Point(x: .zero, y: CropMarks.length))) }
    }
    return lines
  }
}

internal import Billmaking
internal import Encodings
internal import Geometry
internal import Layout
internal import Painting

/// Writes down the glyph runs of pages as they are painted, and of everything else only that it came between two runs: what
/// `Scripts/peers/replay.c` reads.
///
/// One line a thing, fields parted by a space, lengths in points as Swift prints them (the shortest digits that give the same number):
///
/// ```
/// face 7 Inter/Inter-Regular.otf    before its first run; the file below the font folder
/// page 612.0 792.0                  width and height
/// run 7 9.0 23 69 122 0 0 52.4 36.0 12 12 12
///                                   face, size, red, green, blue, 1 where it runs backward, quarter turns (1, 0, -1), origin,
///                                   and how many glyphs, clusters and bytes of text the next three lines have
/// 41 0.0 0.0 88 6.1 0.0 …           each glyph: number, place relative to the origin
/// 1 1 1 1 …                         each cluster: bytes, glyphs
/// 4C6173…                           the text, UTF-8 in hexadecimal
/// cut                               something that is no text was drawn: runs before and after it are not joined
/// end                               of a page
/// ```
final class RunCanvas: Canvas {
  private let pages: BillPages
  private var faces: Set<Int> = []
  private var isCut = true
  private var text = ""

  /// Makes one; `pages` tells the files of faces.
  init(_ pages: BillPages) { self.pages = pages }

  /// What was written down since it was last asked for.
  func take() -> String {
    defer { text = "" }
    return text
  }

  /// Begins a page of that size.
  func beginPage(size: Size) {
    text += "page \(size.width.points) \(size.height.points)\n"
    isCut = true
  }
  /// Ends the page.
  func endPage() throws(PaintingError) { text += "end\n" }

  /// Writes a run down; `origin` is the left end of its baseline.
  func draw(_ run: GlyphRun, at origin: Point, color: Color) {
    guard !run.glyphs.isEmpty else { return }
    if faces.insert(run.font.index).inserted { text += "face \(run.font.index) \(pages.file(of: run.font))\n" }
    let turns =
      switch run.turn {
      case nil: 0
      case .clockwise: 1
      case .counterclockwise: -1
      }
    let bytes = Array(run.text.utf8)
    text += "run \(run.font.index) \(run.size.points) \(color.red) \(color.green) \(color.blue) \(run.isRightToLeft ? 1 : 0) \(turns) "
    text += "\(origin.x.points) \(origin.y.points) \(run.glyphs.count) \(run.clusters.count) \(bytes.count)\n"
    text += run.glyphs.map { "\($0.id) \($0.x) \($0.y)" }.joined(separator: " ") + "\n"
    text += run.clusters.map { "\($0.bytes) \($0.glyphs)" }.joined(separator: " ") + "\n"
    text += Hexadecimal.text(bytes, .upper) + "\n"
    isCut = false
  }

  /// Only that something was drawn.
  func draw(_ shape: Shape, at origin: Point) { cut() }
  /// Only that something was drawn.
  func draw(_ image: ImageItem, at origin: Point) { cut() }
  /// Only that something was drawn.
  func draw(_ symbol: SymbolItem, at origin: Point) { cut() }
  /// Only that something was drawn.
  func add(_ link: LinkArea, at origin: Point) { cut() }
  /// Only that something was drawn.
  func mark(_ anchor: Landmark, at origin: Point) { cut() }

  private func cut() {
    if !isCut { text += "cut\n" }
    isCut = true
  }
}

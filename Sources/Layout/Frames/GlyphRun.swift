public import Geometry

/// A face of the font book, by its place in it.
public struct FontID: Hashable, Sendable {
  /// The place in the book, from 0.
  public let index: Int
  package init(_ index: Int) { self.index = index }
}

/// One positioned glyph: its number in the face and its origin relative to the run's origin, in points, y down.
public struct Glyph: Hashable, Sendable {
  /// The number in the face.
  public var id: UInt32
  /// To the right of the run's origin, in points.
  public var x: Double
  /// Below the run's origin, in points.
  public var y: Double
  /// Makes a glyph.
  @inlinable public init(id: UInt32, x: Double, y: Double) { (self.id, self.x, self.y) = (id, x, y) }
}

/// How many bytes of the text and how many glyphs belong together, in logical order.
public struct Cluster: Hashable, Sendable {
  /// UTF-8 bytes of the text.
  public var bytes: Int
  /// Glyphs that show them.
  public var glyphs: Int
  /// Makes a cluster.
  @inlinable public init(bytes: Int, glyphs: Int) { (self.bytes, self.glyphs) = (bytes, glyphs) }
}

/// Text of one face, size and direction, shaped: a value that painting only has to copy out.
///
/// `glyphs` are in visual order, left to right; `clusters` in logical order. Their byte counts add up to `text.utf8.count`, their glyph
/// counts to `glyphs.count`. In a right-to-left run the first cluster owns the last glyphs.
public final class GlyphRun: Sendable, Hashable {
  /// The face.
  public let font: FontID
  /// The type size in points.
  public let size: Length
  /// In visual order, left to right.
  public let glyphs: [Glyph]
  /// In logical order.
  public let clusters: [Cluster]
  /// The source text, for extraction.
  public let text: String
  /// Whether the text runs from right to left.
  public let isRightToLeft: Bool
  /// The pen's way from the run's origin to its end, in points; never negative.
  public let advance: Length
  /// Which way it is turned about its origin; `nil` for text that runs across the page. Glyphs and advance are those of the run before it
  /// is turned.
  public let turn: QuarterTurn?

  package init(
    font: FontID, size: Length, glyphs: [Glyph], clusters: [Cluster], text: String, isRightToLeft: Bool, advance: Length,
    turn: QuarterTurn? = nil
  ) {
    self.font = font
    self.size = size
    self.glyphs = glyphs
    self.clusters = clusters
    self.text = text
    self.isRightToLeft = isRightToLeft
    self.advance = advance
    self.turn = turn
  }

  /// The same run turned about its origin.
  func turned(_ turn: QuarterTurn) -> GlyphRun {
    GlyphRun(
      font: font, size: size, glyphs: glyphs, clusters: clusters, text: text, isRightToLeft: isRightToLeft, advance: advance, turn: turn)
  }

  /// A rectangle about the run's origin, as it lies once the run is turned.
  public func turned(_ box: Rect) -> Rect {
    let upright = Size(width: box.size.height, height: box.size.width)
    return switch turn {
    case nil: box
    case .clockwise: Rect(origin: Point(x: -box.maxY, y: box.minX), size: upright)
    case .counterclockwise: Rect(origin: Point(x: box.minY, y: -box.maxX), size: upright)
    }
  }

  /// Whether both are equal in value; identical objects are compared at once.
  public static func == (a: GlyphRun, b: GlyphRun) -> Bool {
    a === b
      || (a.font == b.font && a.size == b.size && a.isRightToLeft == b.isRightToLeft && a.advance == b.advance && a.text == b.text
        && a.turn == b.turn
        && a.glyphs == b.glyphs && a.clusters == b.clusters)
  }
  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(font)
    hasher.combine(size)
    hasher.combine(glyphs)
  }
}

internal import Cairo
public import Geometry
public import Imaging
public import Layout

/// Pages as bytes, for a digest: every mark with its place, complete and cheap (about 4 bytes a glyph, no `String`).
///
/// The form is part of what the manifest's `content` stands for, so a change to it changes ``version``: numbers are LEB128 (zigzag where
/// they may be negative), lengths are thousandths of a point, texts and lists stand behind their length. `P` page · `R` run · `S` shape ·
/// `I` image · `Y` symbol · `L` link; a face is named where it is first used, and numbered from then on.
public final class TraceRecorder: Canvas {
  /// The version of the form; the first byte of each trace.
  public static let version: UInt8 = 1

  private let fonts: any FontSource
  private let images: ImageTable
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  // The number each face has in this trace, by its place in the font book; -1 before it is first used.
  private var numbers: [Int] = []
  private var used = 0
  private var isOutOfRange = false

  /// Makes an empty trace.
  public init(fonts: any FontSource, images: ImageTable) {
    (self.fonts, self.images) = (fonts, images)
    capacity = 1 << 15
    base = .allocate(capacity: capacity)
    base.initialize(to: TraceRecorder.version)
    count = 1
  }

  deinit { base.deallocate() }

  /// Forgets everything but the memory, for the next document.
  public func reset() {
    base.initialize(to: TraceRecorder.version)
    count = 1
    numbers.removeAll(keepingCapacity: true)
    used = 0
    isOutOfRange = false
  }

  /// Gives the bytes gathered since the last call (or the start), then forgets them; the numbering of faces goes on. For a running digest.
  public func drain(_ body: (UnsafeRawBufferPointer) -> Void) {
    body(UnsafeRawBufferPointer(start: base, count: count))
    count = 0
  }

  // MARK: Canvas

  /// Begins the next page.
  public func beginPage(size: Size) {
    put(UInt8(ascii: "P"))
    put(size)
  }

  /// Ends the page; throws the first error met on it.
  public func endPage() throws(PaintingError) {
    if isOutOfRange { throw .drawing(CairoError(code: .coordinateOutOfRange, operation: "trace")) }
  }

  /// Draws a run; `origin` is the left end of its baseline.
  public func draw(_ run: GlyphRun, at origin: Point, color: Color) {
    put(UInt8(ascii: "R"))
    put(font: run.font)
    put(run.size)
    put(color)
    put(origin)
    put(run.text)
    let turn: UInt8 =
      switch run.turn {
      case nil: 0
      case .clockwise: 2
      case .counterclockwise: 4
      }
    put((run.isRightToLeft ? 1 : 0) | turn)
    run.glyphs.withUnsafeBufferPointer { glyphs in
      // 10 bytes hold any 64-bit number.
      reserve(10 + glyphs.count * 30)
      var target = base + count
      TraceRecorder.put(UInt64(glyphs.count), &target)
      var (lastX, lastY) = (0, 0)
      for glyph in glyphs {
        guard let x = TraceRecorder.thousandths(glyph.x), let y = TraceRecorder.thousandths(glyph.y) else {
          isOutOfRange = true
          continue
        }
        // The lowest bit tells whether a vertical step follows: nearly never.
        TraceRecorder.put(UInt64(glyph.id) << 1 | (y == lastY ? 0 : 1), &target)
        TraceRecorder.put(TraceRecorder.zigzag(x - lastX), &target)
        if y != lastY { TraceRecorder.put(TraceRecorder.zigzag(y - lastY), &target) }
        (lastX, lastY) = (x, y)
      }
      count = target - base
    }
  }

  /// Draws a shape; `origin` is its path's origin.
  public func draw(_ shape: Shape, at origin: Point) {
    put(UInt8(ascii: "S"))
    put(origin)
    switch shape.outline {
    case .rectangle(let size, let radius):
      put(0)
      put(size)
      put(radius)
    case .path(let segments):
      put(1)
      putNumber(UInt64(segments.count))
      for segment in segments {
        switch segment {
        case .move(let p):
          put(0)
          put(p)
        case .line(let p):
          put(1)
          put(p)
        case .curve(let a, let b, let p):
          put(2)
          put(a)
          put(b)
          put(p)
        case .close: put(3)
        }
      }
    }
    put((shape.fill == nil ? 0 : 1) | (shape.stroke == nil ? 0 : 2))
    if let fill = shape.fill { put(fill) }
    if let stroke = shape.stroke {
      put(stroke.width)
      put(stroke.color)
      putNumber(UInt64(stroke.dashes.count))
      for dash in stroke.dashes { put(dash) }
    }
  }

  /// Draws an image with its top left at `origin`.
  public func draw(_ image: ImageItem, at origin: Point) {
    put(UInt8(ascii: image.turn == nil ? "I" : "i"))
    put(origin)
    put(image.size)
    put(images.path(of: image.image))
    if let turn = image.turn { put(turn.rawValue) }
  }

  /// Draws a barcode with its top left at `origin`.
  public func draw(_ item: SymbolItem, at origin: Point) {
    put(UInt8(ascii: "Y"))
    put(origin)
    put(item.size)
    put(item.color)
    put(item.symbol.text)
    switch item.symbol.form {
    case .matrix(let columns, let rows, let dark):
      put(0)
      putNumber(UInt64(columns))
      putNumber(UInt64(rows))
      var (bits, filled): (UInt8, Int) = (0, 0)
      for module in dark {
        bits = bits << 1 | (module ? 1 : 0)
        filled += 1
        if filled == 8 {
          put(bits)
          (bits, filled) = (0, 0)
        }
      }
      if filled > 0 { put(bits) }
    case .bars(let bars, let modules):
      put(1)
      put(Length(modules))
      putNumber(UInt64(bars.count))
      for bar in bars { for value in [bar.x, bar.width, bar.top, bar.bottom] { put(Length(value)) } }
    }
  }

  /// Makes an area active.
  public func add(_ link: LinkArea, at origin: Point) {
    put(UInt8(ascii: "L"))
    put(origin)
    put(link.size)
    put(link.uri)
  }

  /// Marks where a part begins that links lead to.
  public func mark(_ anchor: Landmark, at origin: Point) {
    put(UInt8(ascii: "A"))
    put(origin)
    put(anchor.rawValue)
  }

  // MARK: Bytes

  /// The largest coordinate that has a form, in points either way: as large as the largest that is drawn.
  ///
  /// - Stops: a number that has no form in the trace.
  static let largestCoordinate = 1_000_000.0

  /// The value in thousandths, or `nil` when it is not a number in range (a million points).
  @inline(__always) static func thousandths(_ points: Double) -> Int? {
    guard abs(points) <= largestCoordinate else { return nil }
    return Int((points * 1000).rounded())
  }

  @inline(__always) private static func zigzag(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64((value << 1) ^ (value >> 63))) }

  @inline(__always) private static func put(_ value: UInt64, _ target: inout UnsafeMutablePointer<UInt8>) {
    var rest = value
    while rest >= 0x80 {
      target.initialize(to: UInt8(truncatingIfNeeded: rest) | 0x80)
      target += 1
      rest >>= 7
    }
    target.initialize(to: UInt8(truncatingIfNeeded: rest))
    target += 1
  }

  @inline(__always) private func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  private func grow(_ more: Int) {
    let larger = (count + more) * 2
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    grown.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (grown, larger)
  }

  private func put(_ byte: UInt8) {
    reserve(1)
    (base + count).initialize(to: byte)
    count += 1
  }

  private func putNumber(_ value: UInt64) {
    reserve(10)
    var target = base + count
    TraceRecorder.put(value, &target)
    count = target - base
  }

  private func put(_ length: Length) {
    guard let value = TraceRecorder.thousandths(length.points) else {
      isOutOfRange = true
      return
    }
    putNumber(TraceRecorder.zigzag(value))
  }
  private func put(_ point: Point) {
    put(point.x)
    put(point.y)
  }
  private func put(_ size: Size) {
    put(size.width)
    put(size.height)
  }
  private func put(_ color: Color) {
    put(color.red)
    put(color.green)
    put(color.blue)
  }

  private func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      putNumber(UInt64(bytes.count))
      guard let source = bytes.baseAddress else { return }
      reserve(bytes.count)
      (base + count).initialize(from: source, count: bytes.count)
      count += bytes.count
    }
  }

  private func put(font: FontID) {
    let index = max(0, font.index)
    while numbers.count <= index { numbers.append(-1) }
    if numbers[index] >= 0 { return putNumber(UInt64(numbers[index])) }
    numbers[index] = used
    putNumber(UInt64(used))
    used += 1
    put(fonts.name(font))
  }
}

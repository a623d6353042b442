import Geometry
import Layout
import TestSupport
import Testing

@testable import Typography

#if canImport(Glibc)
  import Glibc
#endif

/// The shipped fonts and a few styles, for tests.
struct Studio {
  let book: FontBook
  let setter: TypographicSetter
  let body: TextStyle
  let bold: TextStyle
  let amount: TextStyle
  let stack: TextStyle

  init() throws {
    book = try FontBook(folder: try Studio.fontsFolder())
    setter = TypographicSetter(book: book)
    body = Studio.style()
    bold = Studio.style { $0.weight = 700 }
    amount = Studio.style { $0.figures = .tabular }
    stack = Studio.style { $0.families = ["Inter", "Noto Sans Arabic", "Noto Sans Hebrew"] }
  }

  static func style(_ change: (inout TextStyle.Properties) -> Void = { _ in }) -> TextStyle {
    var properties = TextStyle.Properties()
    change(&properties)
    return TextStyle(properties)
  }

  /// The fonts that come along.
  static func fontsFolder() throws -> String { Project.fonts }

  struct Missing: Error { var what: String }

  func content(_ spans: [Span], _ change: (inout TextContent) -> Void = { _ in }) -> TextContent {
    var content = TextContent(spans: spans, style: body)
    content.language = "en-US"
    change(&content)
    return content
  }

  func content(_ text: String, _ style: TextStyle? = nil, _ change: (inout TextContent) -> Void = { _ in }) -> TextContent {
    content([.text(text, style ?? body)], change)
  }

  func lines(_ content: TextContent, _ width: Double) -> [TextLine] { setter.lines(of: content, from: .start, width: .pt(width)) }

  func width(_ text: String, _ style: TextStyle? = nil) -> Double {
    setter.lines(of: content(text, style), from: .start, width: .infinity)[0].width.points
  }
}

extension TextLine {
  /// The runs with their places, from left to right.
  var runs: [(x: Double, run: GlyphRun)] {
    items.compactMap { item in
      if case .run(let run, _) = item.item { (item.at.x.points, run) } else { nil }
    }.sorted { $0.0 < $1.0 }
  }

  /// The text of the runs in the order they are drawn.
  var text: String {
    items.map { item in
      if case .run(let run, _) = item.item { run.text } else { "" }
    }.joined()
  }

  var links: [(x: Double, y: Double, area: LinkArea)] {
    items.compactMap { item in
      if case .link(let area) = item.item { (item.at.x.points, item.at.y.points, area) } else { nil }
    }
  }

  var shapes: [(at: Point, shape: Shape)] {
    items.compactMap { item in
      if case .shape(let shape) = item.item { (item.at, shape) } else { nil }
    }
  }

  /// What a reader sees from left to right, runs apart by `|`; right-to-left runs are turned.
  var visual: String {
    runs.map { $0.run.isRightToLeft ? String($0.run.text.reversed()) : $0.run.text }.joined(separator: "|")
  }
}

extension GlyphRun {
  /// Whether the clusters account for every byte and glyph, and every glyph has a place.
  var isSound: Bool {
    clusters.reduce(0) { $0 + $1.bytes } == text.utf8.count && clusters.reduce(0) { $0 + $1.glyphs } == glyphs.count
      && clusters.allSatisfy { $0.bytes > 0 && $0.glyphs >= 0 } && glyphs.allSatisfy { $0.x.isFinite && $0.y.isFinite }
      && advance.points.isFinite && advance.points >= 0
  }
}

/// A seeded source of random numbers (xorshift), whose sequences the paragraphs of these tests were found with.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// A folder that goes with its test.
final class TemporaryFolder {
  let path: String
  init() throws {
    var template = Array("/tmp/billfold-fonts-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Studio.Missing(what: "temporary folder") }
    path = String(cString: made)
  }
  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }
  private var names: [String] = []
  func write(_ bytes: [UInt8], as name: String) {
    names.append(name)
    guard let file = fopen(path + "/" + name, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
  /// A file of that size without content.
  func reserve(_ size: Int, as name: String) {
    write([], as: name)
    truncate(path + "/" + name, off_t(size))
  }
  static func read(_ path: String) throws -> [UInt8] {
    guard let file = OpenedFile(path: path, limit: 1 << 30), let bytes = file.bytes(at: 0, count: file.size) else {
      throw Studio.Missing(what: path)
    }
    return bytes
  }
}

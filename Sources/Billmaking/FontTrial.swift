internal import Cairo
internal import Contract
internal import Diagnostics
internal import Digests
internal import Geometry
internal import Layout
internal import Painting
internal import Typography

/// Sets and paints a text in every face, as bills will, so that a damaged font is told by its name before the first bill.
///
/// Fonts are programs of a sort, read by libraries that were not made for hostile ones: to be run in a process that may end.
struct FontTrial {
  /// Characters tried of each face beyond ASCII: every table that text needs is read for them.
  private static let characters = 200

  private let fonts: FontSet
  /// Digests of font files that need no trial.
  private let known: Set<String>

  /// A trial of a set's fonts; those with a digest among `known` count as tried.
  init(_ fonts: FontSet, known: Set<String>) { (self.fonts, self.known) = (fonts, known) }

  /// Tries all faces, in the book's order.
  ///
  /// - Parameter begin: Is told each font's file before it is tried.
  /// - Returns: One finding for each face that cannot be used.
  func run(begin: (String) throws -> Void) throws -> [Diagnostic] {
    var faults: [Diagnostic] = []
    // The faces of a collection share their outlines: those of the first show whether they can be drawn.
    var painted: Set<String> = []
    for face in fonts.book.faces {
      try begin(face.fileName)
      if !known.isEmpty, let bytes = fonts.book.unreadBytes(of: face.id), known.contains(Digest256.hex(bytes)) { continue }
      if let reason = fault(of: face, paints: painted.insert(face.fileName).inserted) {
        faults.append(
          Diagnostic(id: "font-damaged", "font file '\(face.fileName)' is damaged: \(reason); expected a whole font, or none of that name"))
      }
    }
    return faults
  }

  private func fault(of face: Typeface, paints: Bool) -> String? {
    do {
      var properties = TextStyle.Properties()
      (properties.families, properties.weight, properties.slant) = ([face.family], face.weight, face.slant)
      let style = TextStyle(properties)
      let text = try fonts.book.characters(of: face.id, count: FontTrial.characters)
      guard !text.isEmpty else { return "its character map is empty" }
      let page = page(of: TextContent(spans: [.text(text, style, link: nil, isData: true)], style: style))
      // What it lacks is asked about when a bill needs it.
      _ = fonts.setter.takeMissingGlyphs()
      guard paints else { return nil }
      let metadata = DocumentMetadata(title: "", author: "", subject: "", language: "en", created: (year: 2000, month: 1, day: 1))
      let painter = try DocumentPainter(pageSize: page.size, metadata: metadata, press: Press(fonts: fonts.shelf))
      try painter.addPage(page)
      _ = try painter.finish()
      return try unreadable(in: page, face.id).map { "its glyph \($0) has no outline that can be read" }
    } catch let error as PaintingError {
      return error.diagnostic.message
    } catch let error as Diagnostic {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  private func unreadable(in page: Frame, _ id: FontID) throws -> UInt32? {
    let glyphs = page.items.flatMap { item -> [UInt32] in
      if case .run(let run, _) = item.item, run.font == id { run.glyphs.map(\.id) } else { [] }
    }
    return try fonts.shelf.face(id).unreadableGlyph(among: glyphs)
  }

  private func page(of content: TextContent) -> Frame {
    let width = Length.pt(500)
    var frame = Frame(size: Size(width: width, height: .zero))
    for line in fonts.setter.lines(of: content, from: .start, width: width) {
      for item in line.items { frame.items.append(PlacedItem(at: Point(x: item.at.x, y: item.at.y + frame.size.height), item: item.item)) }
      frame.size.height = frame.size.height + line.height
    }
    frame.size.height = max(frame.size.height, .pt(1))
    return frame
  }
}

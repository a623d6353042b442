internal import Cairo
internal import Layout
internal import Painting
internal import Typography

/// The font book's faces in the form painting wants them, each made once.
final class FontShelf: FontSource {
  private let book: FontBook
  private var library: FontLibrary?
  private var faces: [Int: FontFace] = [:]

  init(_ book: FontBook) { self.book = book }

  func face(_ id: FontID) throws -> FontFace {
    if let face = faces[id.index] { return face }
    let library = try self.library ?? FontLibrary()
    self.library = library
    let memory = try book.memory(of: id)
    let face = try FontFace(memory: memory.bytes, keptBy: memory.keeper, index: memory.index, library: library)
    faces[id.index] = face
    return face
  }

  func name(_ id: FontID) -> String { book.faces.indices.contains(id.index) ? book.faces[id.index].postScriptName : "?" }
}

/// The files below a folder, by their paths relative to it.
package enum FolderListing {
  /// How deep folders are followed: `Fonts/Family/file` needs two.
  ///
  /// - Stops: folders in folders without end, or a link up.
  package static let maximumDepth = 8
  /// More files than this are no font folder of a bill.
  ///
  /// - Stops: a whole disk named as the folder of fonts.
  package static let maximumFiles = 10_000

  package enum Fault: Error {
    case unreadable(String)
    case tooMany
  }

  /// All regular files below `folder` whose names end in one of `endings`, sorted by the bytes of their paths; hidden ones and linked folders are
  /// left out, linked files are taken.
  ///
  /// - Throws: ``Fault``, for a folder that cannot be read or holds too much.
  package static func files(below folder: String, endings: [String]) throws(Fault) -> [String] {
    var found: [String] = []
    try collect(folder, prefix: "", depth: 0, endings: endings, into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// All files below `folder`, by their paths; where it cannot be read to its end, those found so far.
  package static func names(below folder: String) -> [String] {
    var found: [String] = []
    _ = try? collect(folder, prefix: "", depth: 0, endings: [""], into: &found)
    return found
  }

  private static func collect(_ root: String, prefix: String, depth: Int, endings: [String], into found: inout [String]) throws(Fault) {
    let path = prefix.isEmpty ? root : root + "/" + prefix
    let names: [[UInt8]]
    do throws(SystemError) { names = try Folder.names(of: path) } catch { throw .unreadable(path) }
    for bytes in names {
      let name = String(decoding: bytes, as: UTF8.self)
      guard !name.hasPrefix(".") else { continue }
      let relative = prefix.isEmpty ? name : prefix + "/" + name
      guard let status = try? Folder.status(root + "/" + relative, in: OpenFile.currentFolder) else { continue }
      if status.isFolder {
        if depth < maximumDepth { try collect(root, prefix: relative, depth: depth + 1, endings: endings, into: &found) }
      } else if endings.contains(where: { name.lowercased().hasSuffix($0) }) {
        guard found.count < maximumFiles else { throw .tooMany }
        found.append(relative)
      }
    }
  }
}

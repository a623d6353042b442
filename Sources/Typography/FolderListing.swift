internal import Glibc

/// The files below a folder, by their paths relative to it.
enum FolderListing {
  /// How deep folders are followed: `Fonts/Family/file` needs two.
  static let maximumDepth = 8
  /// More files than this are no font folder of a bill.
  static let maximumFiles = 10_000

  enum Fault: Error {
    case unreadable(String)
    case tooMany
  }

  /// All regular files below `folder` whose names end in one of `endings`, sorted by the bytes of their paths; hidden ones and linked folders are
  /// left out, linked files are taken.
  static func files(below folder: String, endings: [String]) throws(Fault) -> [String] {
    var found: [String] = []
    try collect(folder, prefix: "", depth: 0, endings: endings, into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func collect(_ root: String, prefix: String, depth: Int, endings: [String], into found: inout [String]) throws(Fault) {
    let path = prefix.isEmpty ? root : root + "/" + prefix
    guard let directory = opendir(path) else { throw .unreadable(path) }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let relative = prefix.isEmpty ? name : prefix + "/" + name
      var status = stat()
      guard lstat(root + "/" + relative, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        if depth < maximumDepth { try collect(root, prefix: relative, depth: depth + 1, endings: endings, into: &found) }
      } else if endings.contains(where: { name.lowercased().hasSuffix($0) }) {
        guard found.count < maximumFiles else { throw .tooMany }
        found.append(relative)
      }
    }
  }
}

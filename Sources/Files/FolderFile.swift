/// A file referred to from within a folder by a relative path. Nothing outside the folder can be reached.
public enum FolderFile {
  /// Reads the file at `relative` below `folder`.
  ///
  /// - Throws: ``BoundedFile/Failure`` where the path is empty, absolute, holds `..`, a backslash or a control character, leads out of the folder
  ///   through a symbolic link, or the file cannot be read whole within `limit` bytes.
  public static func read(_ relative: String, in folder: String, limit: Int) throws(BoundedFile.Failure) -> [UInt8] {
    if let fault = fault(of: relative) { throw BoundedFile.Failure(.outsideFolder, reason: fault) }
    return try BoundedFile.read(try place(of: relative, in: try BoundedFile.resolved(folder)), limit: limit)
  }

  /// Where something inside a folder really lies.
  ///
  /// - Parameter root: The folder's own path, resolved.
  /// - Throws: ``BoundedFile/Failure`` where there is nothing, or a symbolic link leads out of the folder.
  package static func place(of relative: String, in root: String) throws(BoundedFile.Failure) -> String {
    let path = try BoundedFile.resolved(root + "/" + relative)
    guard path == root || path.utf8.starts(with: (root == "/" ? root : root + "/").utf8) else {
      throw BoundedFile.Failure(.outsideFolder, reason: "leads out of its folder through a symbolic link")
    }
    return path
  }

  /// Bytes of a relative path: nobody writes longer ones, and below a folder's own path they fit what the system takes (4,096).
  ///
  /// - Stops: a path longer than the system takes.
  private static let maximumPath = 500

  /// What is wrong with a relative path as it is written; `nil` if nothing is.
  public static func fault(of relative: String) -> String? {
    if relative.isEmpty { return "is empty" }
    if relative.utf8.count > maximumPath { return "is longer than \(maximumPath) bytes" }
    if relative.utf8.first == UInt8(ascii: "/") { return "is absolute; expected a path relative to its folder" }
    if relative.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) {
      return "holds a backslash or a control character"
    }
    for part in relative.split(separator: "/", omittingEmptySubsequences: false) {
      if part == ".." { return "holds '..', which leads out of its folder" }
      if part.isEmpty || part == "." { return "holds an empty or '.' part" }
    }
    return nil
  }
}

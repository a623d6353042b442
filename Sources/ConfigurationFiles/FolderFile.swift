/// A file referred to from within a folder by a relative path.
public enum FolderFile {
  /// Reads the file at `relative` below `folder`.
  ///
  /// - Throws: ``BoundedFile/Failure`` where the path is empty, absolute, holds `..`, a backslash or a control character, leads out of the folder
  ///   through a symbolic link, or the file cannot be read whole within `limit` bytes.
  public static func read(_ relative: String, in folder: String, limit: Int) throws(BoundedFile.Failure) -> [UInt8] {
    if let fault = fault(of: relative) { throw BoundedFile.Failure(reason: fault) }
    let root = try BoundedFile.resolved(folder)
    let path = try BoundedFile.resolved(folder + "/" + relative)
    guard path.utf8.starts(with: (root == "/" ? root : root + "/").utf8) else {
      throw BoundedFile.Failure(reason: "leads out of its folder through a symbolic link")
    }
    return try BoundedFile.read(path, limit: limit)
  }

  /// What is wrong with a relative path as it is written; `nil` if nothing is.
  public static func fault(of relative: String) -> String? {
    if relative.isEmpty { return "is empty" }
    if relative.utf8.count > 500 { return "is longer than 500 bytes" }
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

internal import Files
internal import Glibc

/// The folder in which a piece's file lies, opened, and the file's name in it.
///
/// Every folder on the way is opened by itself and in the one above it, and none through a symbolic link: whoever may write to the output folder
/// must not be able to lead what is written, or removed, to another place.
struct PiecePlace: ~Copyable {
  let folder: OpenFile
  let name: String

  private init(_ folder: consuming OpenFile, _ name: String) {
    self.folder = folder
    self.name = name
  }

  /// Opens the way to `file`, a path below `root`.
  ///
  /// - Parameter making: Makes the folders that are not there.
  /// - Returns: `nil` where a folder is not there and none is to be made.
  /// - Throws: `ELOOP` where a symbolic link stands in the way, `EINVAL` for a path that is empty, absolute or holds `..`.
  static func open(_ file: String, below root: Int32, making: Bool = false) throws(SystemError) -> PiecePlace? {
    guard FolderFile.fault(of: file) == nil else { throw SystemError(EINVAL) }
    // In one step where it is there and the system can; step by step it shows what is in the way, and is made.
    if let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")), let folder = OpenFile(way: String(file[..<slash]), below: root) {
      return PiecePlace(folder, String(file[file.utf8.index(after: slash)...]))
    }
    let parts = file.split(separator: "/").map(String.init)
    guard let name = parts.last, let first = parts.first, parts.count > 1 else { throw SystemError(EINVAL) }
    guard var folder = try enter(first, in: root, making) else { return nil }
    for part in parts.dropFirst().dropLast() {
      guard let next = try enter(part, in: folder.descriptor, making) else { return nil }
      folder = next
    }
    return PiecePlace(folder, name)
  }

  private static func enter(_ name: String, in folder: Int32, _ making: Bool) throws(SystemError) -> OpenFile? {
    do throws(SystemError) { return try OpenFile(folder: name, in: folder, following: false) } catch {
      switch error.number {
      case ENOENT where making:
        try Folder.make(name, in: folder)
        return try OpenFile(folder: name, in: folder, following: false)
      case ENOENT: return nil
      case ENOTDIR where try Folder.status(name, in: folder)?.isLink == true: throw SystemError(ELOOP)
      default: throw error
      }
    }
  }
}

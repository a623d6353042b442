#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A layout folder on disk.
///
/// Paths are resolved (symbolic links followed) before anything is opened, and must lie inside the folder's own resolved path.
public struct FolderFiles: LayoutFiles {
  private let folder: String
  private let root: String?

  /// Reaches into `folder`, which messages call by the same name. A folder that does not exist has no files.
  public init(_ folder: String) {
    var name = folder
    while name.utf8.count > 1, name.utf8.last == UInt8(ascii: "/") { name.removeLast() }
    self.folder = name
    root = FolderFiles.resolved(name)
  }

  /// See ``LayoutFiles/displayName(of:)``.
  public func displayName(of path: String) -> String { folder == "." ? path : folder == "/" ? "/" + path : folder + "/" + path }

  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// The resolved path of something inside the folder.
  private func place(of path: String) throws(LayoutFileError) -> String {
    guard let root else { throw .notFound }
    guard !path.utf8.contains(0) else { throw .notFound }
    guard let full = FolderFiles.resolved(root + "/" + path) else {
      throw errno == ENOENT || errno == ENOTDIR ? .notFound : .unreadable(String(cString: strerror(errno)))
    }
    guard full == root || full.hasPrefix(root == "/" ? "/" : root + "/") else { throw .outsideFolder }
    return full
  }

  /// See ``LayoutFiles/read(_:limit:)``.
  public func read(_ path: String, limit: Int) throws(LayoutFileError) -> [UInt8] {
    let place = try place(of: path)
    // Not blocking: a pipe without a writer must not hold up the start.
    let descriptor = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw errno == ENOENT ? .notFound : .unreadable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard Int(status.st_size) <= limit else { throw .tooLarge }
    // One byte more than the file has, to see its end without another turn.
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: 65_536)) }
      let got = bytes.withUnsafeMutableBytes { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        #if canImport(Glibc)
          return Glibc.read(descriptor, base + count, buffer.count - count)
        #else
          return Darwin.read(descriptor, base + count, buffer.count - count)
        #endif
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
      if got == 0 { break }
      count += got
      guard count <= limit else { throw .tooLarge }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// See ``LayoutFiles/list(_:)``.
  public func list(_ path: String) throws(LayoutFileError) -> [String] {
    let place: String
    do { place = try self.place(of: path) } catch { if error == .notFound { return [] } else { throw error } }
    guard let folder = opendir(place) else {
      if errno == ENOTDIR { return [] }
      throw .unreadable(String(cString: strerror(errno)))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

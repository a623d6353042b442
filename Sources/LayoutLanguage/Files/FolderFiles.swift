internal import Files

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
    root = try? Folder.resolved(name)
  }

  /// See ``LayoutFiles/displayName(of:)``.
  public func displayName(of path: String) -> String { folder == "." ? path : folder == "/" ? "/" + path : folder + "/" + path }

  /// The resolved path of something inside the folder.
  private func place(of path: String) throws(BoundedFile.Failure) -> String {
    guard let root, !path.utf8.contains(0) else { throw BoundedFile.Failure(.missing, reason: "does not exist") }
    return try FolderFile.place(of: path, in: root)
  }

  /// See ``LayoutFiles/read(_:limit:)``.
  public func read(_ path: String, limit: Int) throws(LayoutFileError) -> [UInt8] {
    do throws(BoundedFile.Failure) { return try BoundedFile.read(try place(of: path), limit: limit) } catch { throw LayoutFileError(error) }
  }

  /// See ``LayoutFiles/list(_:)``.
  public func list(_ path: String) throws(LayoutFileError) -> [String] {
    let place: String
    do throws(BoundedFile.Failure) { place = try self.place(of: path) } catch {
      if error.cause == .missing { return [] }
      throw LayoutFileError(error)
    }
    guard Folder.isFolder(place) else { return [] }
    do throws(SystemError) { return try Folder.names(of: place).map { String(decoding: $0, as: UTF8.self) } } catch {
      throw .unreadable(error.text)
    }
  }
}

extension LayoutFileError {
  /// Why a file could not be read, as layouts tell it.
  init(_ failure: BoundedFile.Failure) {
    self =
      switch failure.cause {
      case .missing: .notFound
      case .notAFile: .notAFile
      case .tooLarge: .tooLarge
      case .outsideFolder: .outsideFolder
      case .unreadable: .unreadable(failure.reason)
      }
  }
}

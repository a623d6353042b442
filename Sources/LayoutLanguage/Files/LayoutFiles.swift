/// How the files of a layout folder are reached. Nothing else of the machine can be read through it.
public protocol LayoutFiles {
  /// The name a file has in messages, such as `Layouts/larkspur/layout.xml`.
  func displayName(of path: String) -> String
  /// The bytes of the file at `path`, relative to the folder, `/` between components, no `..`.
  ///
  /// - Throws: also where the file is larger than `limit` bytes, or a symbolic link leads out of the folder.
  func read(_ path: String, limit: Int) throws(LayoutFileError) -> [UInt8]
  /// The names of the files right in the folder at `path`, in no particular order; empty where there is no such folder.
  func list(_ path: String) throws(LayoutFileError) -> [String]
}

/// Why a file of a layout folder cannot be read.
public enum LayoutFileError: Error, Sendable, Equatable {
  case notFound
  /// A symbolic link leads out of the layout folder.
  case outsideFolder
  /// It is a folder, a device or the like.
  case notAFile
  case tooLarge
  /// The system's words.
  case unreadable(String)
}

/// A layout folder in memory, for tests and for editors' unsaved files.
public struct MemoryFiles: LayoutFiles {
  private let files: [String: [UInt8]]
  private let name: String

  /// Holds `files` by path; `name` stands before them in messages where it is not empty.
  public init(_ files: [String: [UInt8]], name: String = "") { (self.files, self.name) = (files, name) }
  /// Holds texts by path.
  public init(_ texts: [String: String], name: String = "") { self.init(texts.mapValues { Array($0.utf8) }, name: name) }

  /// See ``LayoutFiles/displayName(of:)``.
  public func displayName(of path: String) -> String { name.isEmpty ? path : name + "/" + path }

  /// See ``LayoutFiles/read(_:limit:)``.
  public func read(_ path: String, limit: Int) throws(LayoutFileError) -> [UInt8] {
    guard let bytes = files[path] else { throw .notFound }
    guard bytes.count <= limit else { throw .tooLarge }
    return bytes
  }

  /// See ``LayoutFiles/list(_:)``.
  public func list(_ path: String) -> [String] {
    files.keys.compactMap { key in
      guard key.hasPrefix(path + "/") else { return nil }
      let rest = String(key.dropFirst(path.count + 1))
      return rest.contains("/") ? nil : rest
    }
  }
}

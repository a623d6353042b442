internal import Contract
internal import Diagnostics
internal import Files

/// Finds what lies in an output folder and belongs to no run: files the manifest does not name, and whatever else is no folder of a run.
struct StrayFiles {
  private let folder: Int32
  private let report: (Diagnostic) -> Void

  init(folder: Int32, report: @escaping (Diagnostic) -> Void) { (self.folder, self.report) = (folder, report) }

  /// Files of a finished run beside its pieces.
  private static let ownFiles: Set<String> = Set(OutputFolder.results + [OutputFolder.runName]).union(SendJournal.files)

  /// Walks the folder; no link is followed, and nothing is entered that is no folder of pieces.
  ///
  /// - Parameter isNamed: Whether the manifest names a path; asked in the order of the paths' bytes.
  /// - Returns: Whether everything could be looked at.
  func find(isNamed: ([UInt8]) throws -> Bool) throws -> Bool {
    var isWhole = true
    try walk("", in: folder, &isWhole) { name, path, status, isWhole in
      if status.isRegular, StrayFiles.ownFiles.contains(name) { return }
      // A result that is none is told where it is read.
      if StrayFiles.ownFiles.contains(name) { return }
      if name == OutputFolder.workName, status.isFolder { return }
      guard status.isFolder, let kind = PieceKind.allCases.first(where: { $0.traits.folder == name }) else {
        return tell(path, status, in: folder, name)
      }
      try enter(name, path, in: folder, &isWhole) { pieces, isWhole in
        switch kind.traits.naming {
        case .edition: try files(path, in: pieces, &isWhole, isNamed)
        case .record:
          try walk(path, in: pieces, &isWhole) { name, path, status, isWhole in
            guard status.isFolder, StrayFiles.isGroup(name) else { return tell(path, status, in: pieces, name) }
            try enter(name, path, in: pieces, &isWhole) { group, isWhole in try files(path, in: group, &isWhole, isNamed) }
          }
        }
      }
    }
    return isWhole
  }

  private func files(_ path: String, in folder: Int32, _ isWhole: inout Bool, _ isNamed: ([UInt8]) throws -> Bool) throws {
    try walk(path, in: folder, &isWhole) { name, path, status, _ in
      // What stands in the place of a named file was told when that was looked at.
      if try !isNamed(Array(path.utf8)) { tell(path, status, in: folder, name) }
    }
  }

  private static func isGroup(_ name: String) -> Bool {
    name.utf8.count == 2
      && name.utf8.allSatisfy {
        ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f"))
      }
  }

  /// Calls `body` with everything in a folder, in the order of the names' bytes.
  private func walk(
    _ above: String, in folder: Int32, _ isWhole: inout Bool,
    _ body: (_ name: String, _ path: String, _ status: FileStatus, _ isWhole: inout Bool) throws -> Void
  ) throws {
    let names: [[UInt8]]
    do throws(SystemError) { names = try Folder.names(of: ".", in: folder) } catch {
      return unreadable(above.isEmpty ? "." : above, error, &isWhole)
    }
    for bytes in names {
      // A name that is no UTF-8 is told with marks in it; the manifest names none.
      let name = String(decoding: bytes, as: UTF8.self)
      let path = above.isEmpty ? name : "\(above)/\(name)"
      let status: FileStatus?
      do throws(SystemError) { status = try Folder.status(bytes, in: folder) } catch {
        unreadable(path, error, &isWhole)
        continue
      }
      if let status { try body(name, path, status, &isWhole) }
    }
  }

  private func enter(
    _ name: String, _ path: String, in folder: Int32, _ isWhole: inout Bool, _ body: (Int32, inout Bool) throws -> Void
  ) throws {
    let inner: OpenFile
    do throws(SystemError) { inner = try OpenFile(unfollowedFolder: name, in: folder) } catch {
      return unreadable(path, error, &isWhole)
    }
    try body(inner.descriptor, &isWhole)
  }

  private func tell(_ path: String, _ status: FileStatus, in folder: Int32, _ name: String) {
    if status.isRegular {
      report(VerifyFinding.diagnostic(.fileUnnamed, "is not named in the manifest", file: path))
    } else if status.isFolder {
      report(VerifyFinding.diagnostic(.fileUnnamed, "is a folder that no run makes", file: path))
    } else {
      let what = Folder.isLink(name, in: folder) ? "is a symbolic link, which is not followed" : "is no regular file"
      report(VerifyFinding.diagnostic(.notAFile, what, file: path))
    }
  }

  private func unreadable(_ path: String, _ error: SystemError, _ isWhole: inout Bool) {
    isWhole = false
    report(VerifyFinding.diagnostic(.fileUnverifiable, "cannot be read: \(error.text)", file: path))
  }
}

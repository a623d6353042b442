internal import Diagnostics
internal import Files
internal import Glibc
internal import LayoutLanguage

/// A layout file that is to be rewritten.
struct LayoutFile {
  private let folder: String
  private let path: String
  let bytes: [UInt8]

  /// Reads the file that `name` leads to.
  init(_ name: String) throws(DiagnosticList) {
    func fault(_ reason: String) -> DiagnosticList {
      DiagnosticList([Diagnostic(id: LanguageFinding.fileUnreadable.rawValue, "the file '\(name)' \(reason)")])
    }
    do throws(SystemError) { path = try Folder.resolved(name) } catch {
      throw fault(BoundedFile.Failure(error).cause == .missing ? "does not exist" : "cannot be read")
    }
    guard let slash = path.lastIndex(of: "/") else { throw fault("cannot be read") }
    folder = slash == path.startIndex ? "/" : String(path[..<slash])
    do throws(LayoutFileError) {
      bytes = try FolderFiles(folder).read(String(path[path.index(after: slash)...]), limit: LanguageLimits.fileBytes)
    } catch {
      switch error {
      case .notFound, .outsideFolder: throw fault("does not exist")
      case .notAFile: throw fault("is not a file")
      case .tooLarge: throw fault("has more than the \(LanguageLimits.fileBytes) bytes allowed")
      case .unreadable(let reason): throw fault(reason)
      }
    }
  }

  /// Writes a new file beside the old one, with its permissions, and puts it in its place. Returns why that failed.
  func replace(with content: [UInt8]) -> String? {
    do throws(SystemError) {
      let folder = try OpenFile(folder: folder)
      let name = String(path[path.index(after: path.lastIndex(of: "/") ?? path.startIndex)...])
      guard let status = try Folder.status(name, in: folder.descriptor) else { throw SystemError(ENOENT) }
      var file = try AtomicFile(temporary: ".billfold-format-\(UInt64.random(in: .min ... .max))", in: folder.descriptor)
      try file.write(content)
      try file.setMode(status.mode)
      try file.sync()
      try file.place(as: name, in: folder.descriptor)
      return nil
    } catch {
      return error.text
    }
  }
}

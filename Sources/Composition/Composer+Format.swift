internal import Diagnostics
internal import Glibc
internal import LayoutLanguage
public import Pipeline

extension Composer {
  /// Writes layouts and partials in their canonical form, each in place and at once: a reader sees the old file or the new one.
  ///
  /// - Parameters:
  ///   - files: As the user wrote them; a symbolic link's target is what is written.
  ///   - isCheck: Write nothing; names of files not in canonical form are the result.
  /// - Returns: 74 where a file could not be written, else 78 where one is unreadable or faulty, else `found` under `isCheck` where one is
  ///   not canonical, else `success`. A fault in one file keeps no other from being written.
  public static func format(_ files: [String], isCheck: Bool, reporter: Reporter) -> ExitCode {
    var hasFault = false
    var hasFailure = false
    var differs = false
    for name in files {
      do throws(DiagnosticList) {
        let file = try LayoutFile(name)
        let canonical = try LayoutFormatter.format(file.bytes, name: name)
        guard canonical != file.bytes else { continue }
        differs = true
        if isCheck {
          reporter.result(
            Diagnostic(.warning, id: "not-canonical", "'\(name)' is not in canonical form; 'billfold format' writes it"))
        } else if let reason = file.replace(with: canonical) {
          hasFailure = true
          reporter.report(Diagnostic(id: "output-failed", "cannot write '\(name)': \(reason)"))
        }
      } catch {
        hasFault = true
        reporter.report(error.diagnostics)
      }
    }
    return hasFailure ? .output : hasFault ? .configuration : isCheck && differs ? .found : .success
  }
}

/// A layout file that is to be rewritten.
private struct LayoutFile {
  private let folder: String
  private let path: String
  let bytes: [UInt8]

  /// Reads the file that `name` leads to.
  init(_ name: String) throws(DiagnosticList) {
    func fault(_ reason: String) -> DiagnosticList {
      DiagnosticList([Diagnostic(id: LanguageFinding.fileUnreadable.rawValue, "the file '\(name)' \(reason)")])
    }
    guard let resolved = realpath(name, nil) else { throw fault(errno == ENOENT ? "does not exist" : "cannot be read") }
    defer { free(resolved) }
    path = String(cString: resolved)
    guard let slash = path.lastIndex(of: "/") else { throw fault("cannot be read") }
    folder = slash == path.startIndex ? "/" : String(path[..<slash])
    do throws(LayoutFileError) {
      bytes = try FolderFiles(folder).read(String(path[path.index(after: slash)...]), limit: LanguageLimits.fileBytes)
    } catch {
      switch error {
      case .notFound, .outsideFolder: throw fault("does not exist")
      case .notAFile: throw fault("is not a file")
      case .tooLarge: throw fault("has more than the \(LanguageLimits.fileBytes) bytes allowed")
      case .unreadable(let reason): throw fault("cannot be read: \(reason)")
      }
    }
  }

  /// Writes a new file beside the old one, with its permissions, and puts it in its place. Returns why that failed.
  func replace(with content: [UInt8]) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return String(cString: strerror(errno)) }
    var template = Array((folder + "/.billfold-format-XXXXXX").utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map { mkstemp($0) } ?? -1 }
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var failure: Int32 = 0
    var rest = content[...]
    while failure == 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest.removeFirst(count) } else if errno != EINTR { failure = errno }
    }
    if failure == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 { failure = errno }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    close(descriptor)
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    guard failure != 0 else { return nil }
    unlink(temporary)
    return String(cString: strerror(failure))
  }
}

package import Contract
internal import Diagnostics
package import Files
internal import Glibc

/// One data file of the run.
package struct DataInput: Sendable {
  /// From 0, in the order the files are read.
  package var position: Int
  /// Its path below the argument that named it, of a file named itself its last path component, `-` for the standard input and whatever else
  /// comes through an open descriptor: all that the output says of it.
  package var name: String
  /// As the user wrote it, for messages; what is not UTF-8 of it as `\xE9`.
  package var shown: String
  /// The path to open, without the terminating zero; bytes, since a name found in a folder need not be UTF-8.
  package var path: [UInt8]
  /// Can it be read only once? Then it is copied into the work folder first.
  package var isStream: Bool

  /// Opens the file for reading: a regular file, or what ``isStream`` says is none. Nobody is waited for.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package func open() throws(SystemError) -> OpenFile {
    if path == Array("-".utf8) {
      let copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      if copy == -1 { throw SystemError(errno) }
      return OpenFile(takingOwnership: copy)
    }
    return isStream ? try OpenFile(lookingAt: path) : try OpenFile(reading: path)
  }

  /// The status of what the path names now; `nil` if it is gone.
  ///
  /// - Throws: ``SystemError``, where the system refuses.
  package func status() throws(SystemError) -> FileStatus? { try Folder.status(path, in: OpenFile.currentFolder, following: true) }

  /// Why it cannot be read.
  package func unreadable(_ error: SystemError) -> RunFailure {
    RunFailure(.data, id: "data-unreadable", "cannot read the data '\(shown)': \(error.text)")
  }

  /// Makes sure that a regular file can be read, and is no archive but one of a known form.
  func probe(_ reader: FileReader) throws(RunFailure) {
    var head = [UInt8](repeating: 0, count: DataForm.headBytes)
    let file: OpenFile
    do throws(SystemError) { file = try open() } catch { throw unreadable(error) }
    let count = pread(file.descriptor, &head, head.count, 0)
    guard count >= 0 else { throw unreadable(SystemError(errno)) }
    head.removeLast(head.count - count)
    for (kind, mark) in DataInput.archives where head.starts(with: mark) {
      throw RunFailure(.data, id: "data-archive", "'\(shown)' is packed by \(kind); unpack it first")
    }
    let form = DataForm.all.first { $0.matches(Array(name.utf8), head[...]) }
    do throws(SourceFailure) { try form?.probe(self, file.descriptor, head[...], reader) } catch { throw failure(error) }
  }

  private static let archives: [(String, [UInt8])] = [
    ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("xz", [0xFD, 0x37, 0x7A, 0x58]), ("bzip2", [0x42, 0x5A, 0x68]),
  ]

  /// What the output calls a file that a command line names.
  ///
  /// A descriptor's number is whatever was free when a shell opened it for `<(…)`: the same run has another the next time.
  package static func name(of argument: String) -> String {
    let parts = argument.split(separator: "/").filter { $0 != "." }
    let isDescriptor =
      argument.utf8.first == UInt8(ascii: "/") && parts.count >= 3 && parts[parts.count - 2] == "fd"
      && (parts.count == 3 && parts[0] == "dev" || parts[0] == "proc") && parts[parts.count - 1].utf8.allSatisfy { 0x30...0x39 ~= $0 }
    return isDescriptor ? "-" : lastComponent(argument)
  }

  /// What stands behind the last slash; of a path that ends in slashes, what stands before them.
  package static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

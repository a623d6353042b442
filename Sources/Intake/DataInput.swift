package import Contract
internal import Diagnostics
package import Files
internal import Glibc

/// One data file of the run.
package struct DataInput: Sendable {
  /// From 0, in the order the files are read.
  package var position: Int
  /// Its last path component, `-` for the standard input: all that the output says of it.
  package var name: String
  /// As the user wrote it, for messages.
  package var shown: String
  /// The path to open, without the terminating zero; bytes, since a name found in a folder need not be UTF-8.
  package var path: [UInt8]
  /// Can it be read only once? Then it is copied into the work folder first.
  package var isStream: Bool

  /// Names of data files that are taken out of a folder end so.
  package static let suffixes = DataForm.all.reversed().flatMap(\.endings)

  /// Opens the file for reading.
  package func open() throws(SystemError) -> OpenFile {
    if path == Array("-".utf8) {
      let copy = dup(STDIN_FILENO)
      if copy == -1 { throw SystemError(errno) }
      return OpenFile(takingOwnership: copy)
    }
    return try OpenFile(reading: path)
  }

  /// The status of what the path names now; `nil` if it is gone.
  package func status() throws(SystemError) -> FileStatus? { try Folder.status(path, in: OpenFile.currentFolder, following: true) }

  /// Why it cannot be read.
  package func unreadable(_ error: SystemError) -> RunFailure {
    RunFailure(.data, id: "data-unreadable", "cannot read the data '\(shown)': \(error.text)")
  }

  /// Finds the data files of a command line, folders opened up and sorted by their names' bytes, and makes sure that each can be opened.
  ///
  /// - Throws: ``RunFailure`` with code 66; 64 where `-` stands twice.
  package static func expand(_ arguments: [String]) throws(RunFailure) -> [DataInput] {
    var inputs: [DataInput] = []
    for argument in arguments {
      if argument == "-" {
        guard !inputs.contains(where: { $0.shown == "-" }) else {
          throw RunFailure(.usage, id: "data-repeated", "'-' can stand for the standard input only once")
        }
        inputs.append(DataInput(position: 0, name: "-", shown: "-", path: Array("-".utf8), isStream: true))
        continue
      }
      var input = DataInput(
        position: 0, name: lastComponent(argument), shown: argument, path: Array(argument.utf8), isStream: false)
      var isFolder = false
      let found: [DataInput]
      do throws(SystemError) {
        guard let status = try input.status() else { throw SystemError(ENOENT) }
        isFolder = status.isFolder
        input.isStream = !status.isRegular
        found = isFolder ? try files(in: argument) : [input]
      } catch {
        throw input.unreadable(error)
      }
      guard !found.isEmpty else {
        throw RunFailure(
          .data, id: "data-empty-folder", "the folder '\(argument)' holds no data: no file ends in \(suffixes.joined(separator: ", "))")
      }
      inputs += found
    }
    guard inputs.count <= RecordPlace.maximumInputs else {
      throw RunFailure(.data, id: "data-too-many", "there are \(inputs.count) data files; at most \(RecordPlace.maximumInputs) can be read")
    }
    for index in inputs.indices {
      inputs[index].position = index
      if !inputs[index].isStream { try inputs[index].probe() }
    }
    return inputs
  }

  /// Makes sure that a regular file can be read, and is no archive but one of a known form.
  private func probe() throws(RunFailure) {
    var head = [UInt8](repeating: 0, count: DataForm.headBytes)
    do throws(SystemError) {
      let file = try open()
      let count = pread(file.descriptor, &head, head.count, 0)
      if count < 0 { throw SystemError(errno) }
      head.removeLast(head.count - count)
    } catch {
      throw unreadable(error)
    }
    for (kind, mark) in DataInput.archives where head.starts(with: mark) {
      throw RunFailure(.data, id: "data-archive", "'\(shown)' is a \(kind) archive; unpack it first")
    }
    try DataForm.all.first { $0.matches(head[...]) }?.probe(self, head[...])
  }

  private static let archives: [(String, [UInt8])] = [
    ("gzip", [0x1F, 0x8B]), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("xz", [0xFD, 0x37, 0x7A, 0x58]),
    ("bzip2", [0x42, 0x5A, 0x68]),
  ]

  private static func files(in folder: String) throws(SystemError) -> [DataInput] {
    var inputs: [DataInput] = []
    for name in try Folder.names(of: folder) where name.first != UInt8(ascii: ".") {
      guard suffixes.contains(where: { name.reversed().starts(with: $0.utf8.reversed()) }) else { continue }
      let text = String(decoding: name, as: UTF8.self)
      let separator = folder.utf8.last == UInt8(ascii: "/") ? "" : "/"
      var input = DataInput(
        position: 0, name: text, shown: folder + separator + text, path: Array(folder.utf8) + Array(separator.utf8) + name, isStream: false)
      guard let status = try input.status(), !status.isFolder else { continue }
      input.isStream = !status.isRegular
      inputs.append(input)
    }
    return inputs
  }

  /// What stands behind the last slash; of a path that ends in slashes, what stands before them.
  package static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

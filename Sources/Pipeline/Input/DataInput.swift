internal import CLinux
internal import Diagnostics
internal import EInvoice
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
  var path: [UInt8]
  /// Can it be read only once? Then it is copied into the work folder first.
  package var isStream: Bool

  /// Names of data files that are taken out of a folder end so.
  static let suffixes = [".jsonl", ".ndjson", ".json", ".zip"] + InvoiceSource.suffixes

  /// Opens the file for reading.
  func open() throws(SystemError) -> OpenFile {
    if path == Array("-".utf8) {
      let copy = dup(STDIN_FILENO)
      if copy == -1 { throw SystemError(errno) }
      return OpenFile(takingOwnership: copy)
    }
    let descriptor = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { bf_open_for_reading(OpenFile.currentFolder, $0) } ?? -ENOENT }
    }
    return OpenFile(takingOwnership: try SystemError.check(descriptor))
  }

  /// The status of what the path names now; `nil` if it is gone.
  func status() throws(SystemError) -> bf_status? {
    var status = bf_status()
    let result = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { bf_status_at(OpenFile.currentFolder, $0, true, &status) } ?? -ENOENT }
    }
    if result == -ENOENT || result == -ENOTDIR { return nil }
    try SystemError.check(result)
    return status
  }

  /// Why it cannot be read.
  func unreadable(_ error: SystemError) -> RunFailure {
    RunFailure(.data, id: "data-unreadable", "cannot read the data '\(shown)': \(error.text)")
  }

  /// Finds the data files of a command line, folders opened up and sorted by their names' bytes, and makes sure that each can be opened.
  ///
  /// - Throws: ``RunFailure`` with code 66; 64 where `-` stands twice.
  static func expand(_ arguments: [String]) throws -> [DataInput] {
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
      do {
        guard let status = try input.status() else { throw SystemError(ENOENT) }
        if status.is_folder {
          let found = try files(in: argument)
          guard !found.isEmpty else {
            throw RunFailure(
              .data, id: "data-empty-folder", "the folder '\(argument)' holds no data: no file ends in \(suffixes.joined(separator: ", "))")
          }
          inputs += found
          continue
        }
        input.isStream = !status.is_regular
      } catch let error as SystemError {
        throw input.unreadable(error)
      }
      inputs.append(input)
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

  /// Makes sure that a regular file can be read and is no archive but ZIP, which may hold e-invoices.
  private func probe() throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 16)
    defer { buffer.deallocate() }
    let head: Slice<UnsafeMutableRawBufferPointer>
    do throws(SystemError) {
      let file = try open()
      head = buffer[..<(try file.read(into: buffer))]
    } catch {
      throw unreadable(error)
    }
    for (kind, mark) in DataInput.archives where head.starts(with: mark) {
      throw RunFailure(.data, id: "data-archive", "'\(shown)' is a \(kind) archive; unpack it first")
    }
    guard InvoiceSource.form(of: Array(head)) == .zip else { return }
    do throws(InvoiceSourceFailure) { _ = try InvoiceSource(path: path) } catch {
      throw RunFailure(.data, id: "data-unreadable", "cannot read the data '\(shown)': \(error.message)")
    }
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
      guard let status = try input.status(), !status.is_folder else { continue }
      input.isStream = !status.is_regular
      inputs.append(input)
    }
    return inputs
  }

  /// What stands behind the last slash; of a path that ends in slashes, what stands before them.
  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

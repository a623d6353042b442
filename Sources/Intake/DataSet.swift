package import Contract
package import Diagnostics
internal import Files
internal import Glibc
internal import Recognition

/// The data of a command: its files in the order they are read, and what was passed over on the way to them.
package struct DataSet: Sendable {
  /// Folders are read so deep: a folder named on the command line is the first level.
  ///
  /// - Stops: folders in folders without end, or a link up.
  package static let depth = 8

  package var inputs: [DataInput] = []
  package var ignored = IgnoredFiles()
  /// Folders that were too deep, or hold nothing.
  package var warnings: [Diagnostic] = []

  /// Finds the data files of a command line, and makes sure that each can be opened.
  ///
  /// Folders are opened up, sorted by the bytes of the paths below the argument; links to files are followed, links to folders not. Of a
  /// folder those files are taken whose names end as data do, whatever the case; all others are counted.
  ///
  /// - Parameter arguments: As ``ArgumentText/text(_:)`` gives them.
  /// - Parameter reader: Opens archives, to see whether they can be opened.
  /// - Throws: ``RunFailure`` with code 66; 64 where `-` stands twice.
  package init(_ arguments: [String], reader: FileReader = FileReader()) throws(RunFailure) {
    for argument in arguments { try add(argument) }
    // Nothing to read at all: the folders are to blame, and said to be so.
    if inputs.isEmpty {
      let names = arguments.map { "'\(ArgumentText.shown($0))'" }.joined(separator: ", ")
      throw RunFailure(
        .data, id: "no-records",
        "\(names) hold\(arguments.count == 1 ? "s" : "") no data: no file ends in .jsonl, .ndjson, .xml, .pdf, .zip, or .gz behind one of these"
      )
    }
    guard inputs.count <= RecordPlace.maximumInputs else {
      throw RunFailure(.data, id: "data-too-many", "there are \(inputs.count) data files; at most \(RecordPlace.maximumInputs) can be read")
    }
    for index in inputs.indices {
      inputs[index].position = index
      if !inputs[index].isStream { try inputs[index].probe(reader) }
    }
  }

  /// Copies what comes but once, so that it can be read several times.
  ///
  /// - Returns: The copies, which must live as long as the inputs are read.
  /// - Throws: ``RunFailure`` with code 66.
  package mutating func keepStreams() throws(RunFailure) -> [KeptFile] {
    var copies: [KeptFile] = []
    for index in inputs.indices where inputs[index].isStream {
      do throws(DiagnosticList) {
        let (input, file) = try inputs[index].spooled()
        inputs[index] = input
        copies.append(file)
      } catch {
        throw RunFailure(.data, error.diagnostics)
      }
    }
    return copies
  }

  private mutating func add(_ argument: String) throws(RunFailure) {
    if argument == "-" {
      guard !inputs.contains(where: { $0.shown == "-" }) else {
        throw RunFailure(.usage, id: "data-repeated", "'-' can stand for the standard input only once")
      }
      inputs.append(DataInput(position: 0, name: "-", shown: "-", path: Array("-".utf8), isStream: true))
      return
    }
    let (path, shown) = (ArgumentText.bytes(argument), ArgumentText.shown(argument))
    var input = DataInput(position: 0, name: DataInput.name(of: shown), shown: shown, path: path, isStream: false)
    do throws(SystemError) {
      guard let status = try input.status() else { throw SystemError(ENOENT) }
      input.isStream = !status.isRegular
      guard status.isFolder else {
        inputs.append(input)
        return
      }
    } catch {
      throw input.unreadable(error)
    }
    var found: [DataInput] = []
    try collect(path + (path.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]), [], 1, &found)
    if found.isEmpty {
      warnings.append(Diagnostic(.warning, id: "input-empty", "the folder '\(shown)' holds no data"))
    }
    inputs += found.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// Adds the data files of a folder.
  ///
  /// - Parameters:
  ///   - root: The folder of the command line, with a slash at its end.
  ///   - below: The path below it, with a slash at its end where it is not empty.
  private mutating func collect(_ root: [UInt8], _ below: [UInt8], _ level: Int, _ found: inout [DataInput]) throws(RunFailure) {
    let names: [[UInt8]]
    do throws(SystemError) { names = try Folder.names(of: root + below) } catch {
      let folder = ArgumentText.shown(ArgumentText.text(root + below))
      throw RunFailure(.data, id: "data-unreadable", "cannot read the data '\(folder)': \(error.text)")
    }
    for name in names {
      let path = below + name
      let text = ArgumentText.shown(ArgumentText.text(path))
      let input = DataInput(
        position: 0, name: text, shown: ArgumentText.shown(ArgumentText.text(root + path)), path: root + path, isStream: false)
      let (itself, target): (FileStatus?, FileStatus?)
      do throws(SystemError) {
        itself = try Folder.status(root + path, in: OpenFile.currentFolder)
        target = try input.status()
      } catch {
        throw input.unreadable(error)
      }
      if itself?.isFolder == true {
        if DataName(of: path + [UInt8(ascii: "/")] + Array("x".utf8)) == .system {
          ignore(.system, text)
        } else if level < DataSet.depth {
          try collect(root, path + [UInt8(ascii: "/")], level + 1, &found)
        } else {
          warnings.append(
            Diagnostic(
              .warning, id: "folder-too-deep", "the folder '\(input.shown)' lies deeper than the \(DataSet.depth) levels that are read"))
        }
        continue
      }
      let kind = DataName(of: path)
      guard case .data = kind else {
        ignore(kind, text)
        continue
      }
      guard let target else { throw input.unreadable(SystemError(ENOENT)) }
      // A link to a folder, a pipe or a device is no file of data, whatever its name.
      if target.isRegular { found.append(input) } else { ignore(.other, text) }
    }
  }

  private mutating func ignore(_ kind: DataName, _ name: String) {
    var one = kind == .system ? IgnoredFiles(system: 1) : IgnoredFiles(ending: 1)
    if kind != .system { one.names = [name] }
    ignored += one
  }
}

internal import Contract
internal import Diagnostics
internal import Files
internal import Intake

/// The data files of a command line, folders opened up, streams copied so that they can be read again and again.
struct DataFiles: Sendable {
  /// A stream's copy, which lives as long as something reads it.
  private struct Copy: Sendable {
    var input: DataInput
    var file: KeptFile
  }

  private let arguments: [String]
  /// What reads files that have to be opened up: the program itself.
  private let program: String
  /// Faults that readers commit on purpose.
  private let faults: [TestFault]
  /// By what the user wrote.
  private var copies: [String: Copy] = [:]
  /// The files in the order they are read.
  private(set) var inputs: [DataInput] = []

  /// Their names as the user wrote them, in the order they are read.
  var paths: [String] { inputs.map(\.shown) }

  /// What a watcher looks at: the files and the folders they come from. A stream is read once and for all.
  var watched: [String] {
    inputs.filter { copies[$0.shown] == nil }.map { ArgumentText.text($0.path) }
      + arguments.filter { copies[ArgumentText.shown($0)] == nil }
  }

  /// Finds the files as `render` does, and reads streams to their ends.
  ///
  /// - Parameters:
  ///   - program: What reads files that have to be opened up: the program itself.
  ///   - faults: Those that readers commit on purpose.
  /// - Throws: What cannot be read, as `render` reports it.
  static func find(_ arguments: [String], program: String, faults: [TestFault] = []) throws(DiagnosticList) -> DataFiles {
    var files = DataFiles(arguments: arguments, program: program, faults: faults)
    for var input in try DataInput.find(arguments, reader: files.reader()) {
      if input.isStream {
        let (copy, file) = try input.spooled()
        files.copies[input.shown] = Copy(input: copy, file: file)
        input = copy
      }
      files.inputs.append(input)
    }
    return files
  }

  private init(arguments: [String], program: String, faults: [TestFault]) {
    (self.arguments, self.program, self.faults) = (arguments, program, faults)
  }

  /// Files that are known; nothing is looked at.
  init(paths: [String], program: String) {
    (arguments, self.program, faults) = (paths, program, [])
    inputs = paths.map { DataInput(file: $0) }
  }

  /// Half of the memory that a reader of `render` may have, and less time: a designer waits, and runs an editor and a browser beside this.
  private static let limits = WorkerLimits(recordSeconds: secondsAllowed, memory: memoryAllowed, idleSeconds: secondsAllowed)
  /// Seconds a reader may take for one file, of an archive one entry, and be silent: a designer does not wait longer.
  ///
  /// - Stops: a file that is read without end.
  private static let secondsAllowed = 20
  /// Mebibytes a reader may have resident: half of what one of `render` may.
  ///
  /// - Stops: a file that takes the designer's memory.
  private static let memoryAllowed = 1_024

  /// Opens up what has to be, for the thread that asks for it.
  ///
  /// - Parameter niceness: How much it stands back behind other programs.
  func reader(niceness: Int32 = 0) -> FileReader {
    FileReader(program: program, limits: DataFiles.limits, faults: faults, niceness: niceness)
  }

  /// Looks into the folders once more. Streams stay what they were when they came first; later ones are left out, since waiting for one
  /// would hold up everything else.
  ///
  /// - Throws: What cannot be read now; an editor that saves by renaming makes a file vanish for some milliseconds.
  func refreshed() throws(DiagnosticList) -> DataFiles {
    var files = DataFiles(arguments: arguments, program: program, faults: faults)
    files.copies = copies
    let reader = reader()
    for argument in arguments {
      if let copy = copies[ArgumentText.shown(argument)] {
        files.inputs.append(copy.input)
        continue
      }
      for input in try DataInput.find([argument], reader: reader) {
        if !input.isStream { files.inputs.append(input) } else if let copy = copies[input.shown] { files.inputs.append(copy.input) }
      }
    }
    return files
  }
}

internal import Contract
internal import Files
internal import Intake

/// Copies of data that can be read only once, such as the standard input.
///
/// They lie on the file system of the work folder, which has room for the bills, too, and have no name there: they go with this process, however
/// it ends. Data that name them can be read as long as this lives.
final class Spool {
  private static let chunk = 1 << 20

  /// What a copy is called for a moment where the file system knows no files without a name.
  static let name = "spool"

  /// A copy that is kept open.
  private final class Copy {
    let file: OpenFile
    init(_ file: consuming OpenFile) { self.file = file }
  }

  private var copies: [Copy] = []

  /// Copies every stream among the inputs and turns it into the copy.
  ///
  /// - Throws: ``RunFailure`` 66 where the stream cannot be read, 74 where the copy cannot be written; ``Stopped``.
  init(_ inputs: inout [DataInput], in work: borrowing OpenFile, signals: StopSignals) throws {
    for index in inputs.indices where inputs[index].isStream {
      let copy: Copy
      do throws(SystemError) { copy = Copy(try OpenFile(unnamedIn: work.descriptor, or: Spool.name)) } catch {
        throw RunFailure.output(error, "a copy of the data")
      }
      try Spool.fill(copy, from: inputs[index], signals)
      copies.append(copy)
      // Opened by this path it is read from its start.
      inputs[index].path = Array("/proc/self/fd/\(copy.file.descriptor)".utf8)
      inputs[index].isStream = false
    }
  }

  private static func fill(_ copy: Copy, from input: DataInput, _ signals: StopSignals) throws {
    let source: DataStream
    do throws(SystemError) { source = try DataStream(input) } catch { throw input.unreadable(error) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      // Waits for either, so that a run without input can be stopped.
      let count: Int?
      do throws(SystemError) { count = try source.read(into: buffer, orUntil: signals.descriptor) } catch {
        throw input.unreadable(error)
      }
      try signals.check()
      guard let count else { continue }
      if count == 0 { return }
      do throws(SystemError) {
        try copy.file.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } catch {
        throw RunFailure.output(error, "a copy of the data")
      }
    }
  }
}

internal import Contract
internal import Files
internal import Intake

/// Copies data that can be read only once, such as the standard input, into the work folder.
enum Spool {
  private static let chunk = 1 << 20

  /// The name of a copy in the work folder.
  static func name(_ position: Int) -> String { "spool-\(position)" }

  /// Copies every stream among the inputs and turns it into the copy.
  ///
  /// - Throws: ``RunFailure`` 66 where the stream cannot be read, 74 where the copy cannot be written; ``Stopped``.
  static func copy(_ inputs: inout [DataInput], to work: borrowing OpenFile, at path: String, signals: StopSignals) throws {
    for index in inputs.indices where inputs[index].isStream {
      let input = inputs[index]
      let source: DataStream
      do throws(SystemError) { source = try DataStream(input) } catch { throw input.unreadable(error) }
      let target: OpenFile
      let name = Spool.name(index)
      do throws(SystemError) { target = try OpenFile(writing: name, in: work.descriptor) } catch {
        throw RunFailure.output(error, "a copy of the data")
      }
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
        if count == 0 { break }
        do throws(SystemError) {
          try target.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } catch {
          throw RunFailure.output(error, "a copy of the data")
        }
      }
      inputs[index].path = Array("\(path)/\(name)".utf8)
      inputs[index].isStream = false
    }
  }
}

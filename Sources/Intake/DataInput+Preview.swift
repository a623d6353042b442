internal import Contract
package import Diagnostics
internal import Files
internal import Glibc

/// What the preview needs, which reads data again and again.
extension DataInput {
  /// Bytes that are kept of one stream: four million bills of 1 kB, and a stream without an end must not fill the disk.
  ///
  /// - Stops: a stream without an end that fills the disk.
  package static let streamLimit = 4 << 30

  /// A file that is known to be one: no folder and no stream. Nothing is looked at.
  package init(file path: String) {
    self.init(position: 0, name: DataInput.lastComponent(path), shown: path, path: Array(path.utf8), isStream: false)
  }

  /// The data files of a command line, as `render` finds them.
  ///
  /// - Parameter reader: Opens archives, to see whether they can be opened.
  /// - Throws: What `render` would report.
  package static func find(_ arguments: [String], reader: FileReader = FileReader()) throws(DiagnosticList) -> [DataInput] {
    do throws(RunFailure) { return try DataSet(arguments, reader: reader).inputs } catch { throw DiagnosticList(error.diagnostics) }
  }

  /// How many bytes the file has now; 0 where that cannot be told.
  package var size: Int {
    do throws(SystemError) { return try status().map { Int($0.size) } ?? 0 } catch { return 0 }
  }

  /// Opens the file, to be read more than once.
  ///
  /// - Throws: Why it cannot be read.
  package func kept() throws(DiagnosticList) -> KeptFile {
    do throws(SystemError) {
      return KeptFile(takingOwnership: try open().release())
    } catch {
      throw DiagnosticList(unreadable(error).diagnostics)
    }
  }

  /// Copies a stream to its end into a file without a name, and gives the input that reads the copy. Waits for whoever writes the stream.
  ///
  /// - Parameter limit: Bytes that are copied at most.
  /// - Returns: The input, readable as long as the file beside it lives.
  /// - Throws: Why it cannot be read or kept.
  package func spooled(limit: Int = streamLimit) throws(DiagnosticList) -> (input: DataInput, file: KeptFile) {
    let target = try KeptFile.temporary()
    let source: DataStream
    do throws(SystemError) { source = try DataStream(self) } catch { throw DiagnosticList(unreadable(error).diagnostics) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      let count: Int?
      do throws(SystemError) { count = try source.read(into: buffer) } catch { throw DiagnosticList(unreadable(error).diagnostics) }
      guard let count, count > 0 else { break }
      total += count
      guard total <= limit else {
        throw DiagnosticList([
          Diagnostic(id: "data-too-long", "the stream '\(shown)' has more than the \(limit) bytes that are kept of one; expected a file")
        ])
      }
      try target.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    var input = self
    (input.path, input.isStream) = (Array(target.path.utf8), false)
    return (input, target)
  }

  /// Begins to read a file that is kept open; what derived records say of their language is `und`.
  ///
  /// - Parameters:
  ///   - file: What ``kept()`` gave for this input; it must not have been read. Lives as long as the source.
  ///   - reader: Opens up what has to be.
  ///   - next: The file that will be read after this one.
  /// - Throws: Why it cannot be read.
  package func source(file: KeptFile, reader: FileReader = FileReader(), next: DataInput? = nil) throws(DiagnosticList) -> any RecordSource
  {
    do throws(SourceFailure) {
      return KeptSource(try source(descriptor: file.descriptor, deriving: DerivingOptions(), reader: reader, next: next), file)
    } catch {
      throw DiagnosticList(failure(error).diagnostics)
    }
  }
}

/// A source that keeps its file open.
private final class KeptSource: RecordSource {
  private let source: any RecordSource
  private let file: KeptFile

  init(_ source: any RecordSource, _ file: KeptFile) { (self.source, self.file) = (source, file) }

  func next() throws(SourceFailure) -> SourceRecord? { try source.next() }
  func readBytes(of size: Int) -> Int { source.readBytes(of: size) }
}

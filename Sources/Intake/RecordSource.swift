internal import Contract
internal import Files
internal import Glibc
package import Languages

/// Hands out the records of one data file, one after the other, and of what it cannot read the fault in a record's place: nothing is passed
/// over.
///
/// Holds one record at a time. One owner reads.
package protocol RecordSource: AnyObject {
  /// The next record; `nil` at the end.
  func next() throws(SourceFailure) -> SourceRecord?
  /// How many of the file's `size` bytes have been passed; of a file that is not read from start to end, a guess.
  func readBytes(of size: Int) -> Int
  /// The parts of the file that are no data; complete once ``next()`` has given `nil`.
  var ignored: IgnoredFiles { get }
  /// What no reader survived, as far as it was not known before; complete like ``ignored``.
  var lostHere: [LostReading] { get }
  /// How many records steps gave, by which a later pass can number its records alike even where it loses more; each is given out once.
  func takeCounts() -> [ReadingCount]
}

extension RecordSource {
  package var ignored: IgnoredFiles { IgnoredFiles() }
  package var lostHere: [LostReading] { [] }
  package func takeCounts() -> [ReadingCount] { [] }
}

/// Files, and entries of archives, that were passed over because they are no data.
package struct IgnoredFiles: Sendable, Hashable {
  /// Files that a system keeps for itself.
  package var system: Int
  /// Files with other endings than those of data.
  package var ending: Int
  /// The first of them, for the one line that tells of them.
  package var names: [String] = []

  package init(system: Int = 0, ending: Int = 0) { (self.system, self.ending) = (system, ending) }

  /// Names are kept up to so many.
  package static let namesKept = 3

  package static func += (a: inout IgnoredFiles, b: IgnoredFiles) {
    a.system += b.system
    a.ending += b.ending
    a.names = Array((a.names + b.names).prefix(namesKept))
  }
}

/// What is asked of the records a source derives.
package struct DerivingOptions: Sendable, Hashable {
  /// What they say of their language; `und` where it is not known yet.
  package var language: LanguageTag
  /// Whether figures that do not add up are a warning.
  package var acceptsSumMismatch: Bool

  package init(language: LanguageTag? = nil, acceptsSumMismatch: Bool = false) {
    (self.language, self.acceptsSumMismatch) = (language ?? .unknown, acceptsSumMismatch)
  }
}

/// A form of data: how it is recognised, and how its records are read.
package struct DataForm: Sendable {
  /// What a source is opened with.
  package struct Opening {
    package var input: DataInput
    /// The open file, at its start; stays open and outlives the source.
    package var descriptor: Int32
    package var deriving: DerivingOptions
    /// Opens up what has to be, in a process of its own.
    package var reader: FileReader
    /// What an earlier pass found out.
    package var notes: ReadingNotes
    /// Is shown every byte of the file once and in order, by a source that reads it so.
    package var observe: ((UnsafeRawBufferPointer) -> Void)?
  }

  /// Whether a file of that name that begins so is of this form.
  package var matches: @Sendable (_ name: [UInt8], _ head: ArraySlice<UInt8>) -> Bool
  /// Whether its sources read the file from start to end and show what they read; of any other the bytes are shown before it is opened.
  package var isStreamed: Bool
  /// Finds out before the first record whether an open file that begins so can be read at all.
  package var probe: @Sendable (DataInput, _ descriptor: Int32, ArraySlice<UInt8>, FileReader) throws(SourceFailure) -> Void = {
    (_, _, _, _) throws(SourceFailure) in
  }
  /// Begins to read.
  package var open: @Sendable (Opening) throws(SourceFailure) -> any RecordSource

  /// All forms; the first that matches is the file's.
  package static let all: [DataForm] = [.eInvoices, .jsonLines]

  /// How many first bytes are shown to ``matches``.
  package static let headBytes = 1_024
}

extension DataInput {
  /// Whether the file is of a form that is opened up in a process of its own, which its name and its beginning tell.
  ///
  /// - Parameter descriptor: The open file; where it stands does not matter, and stays.
  package func needsReader(descriptor: Int32) -> Bool {
    guard !isStream else { return false }
    var head = [UInt8](repeating: 0, count: DataForm.headBytes)
    let count = pread(descriptor, &head, head.count, 0)
    return DataForm.eInvoices.matches(Array(name.utf8), head[..<max(0, count)])
  }

  /// Begins to read the file's records.
  ///
  /// - Parameters:
  ///   - descriptor: The open file, at its start; stays open and must outlive the source.
  ///   - deriving: What is asked of records that are derived.
  ///   - reader: Opens up what has to be. A source that was not read to its end gives nothing once the reader is asked for another.
  ///   - notes: What an earlier pass over the file found out.
  ///   - next: The file that will be read after this one, so that a reader can begin with it.
  ///   - observe: Is shown every byte of the file once and in order, no later than the record that ends with it.
  ///   - isStopped: Asked while a file that is not read from start to end is shown; once it says so, the rest of it is not shown.
  /// - Throws: Why the file cannot be read.
  package func source(
    descriptor: Int32, deriving: DerivingOptions, reader: FileReader, notes: ReadingNotes = ReadingNotes(), next: DataInput? = nil,
    observe: ((UnsafeRawBufferPointer) -> Void)? = nil, isStopped: () -> Bool = { false }
  ) throws(SourceFailure) -> any RecordSource {
    let opening = DataForm.Opening(
      input: self, descriptor: descriptor, deriving: deriving, reader: reader, notes: notes, observe: observe)
    // What comes but once can only be read line by line.
    guard !isStream else { return try DataForm.jsonLines.open(opening) }
    var head = [UInt8](repeating: 0, count: DataForm.headBytes)
    let count = pread(descriptor, &head, head.count, 0)
    guard count >= 0 else { throw .unreadable(SystemError(errno)) }
    let form = DataForm.all.first { $0.matches(Array(name.utf8), head[..<count]) } ?? .jsonLines
    if let observe, !form.isStreamed { try show(descriptor, isStopped, to: observe) }
    let source = try form.open(opening)
    if let next { ReaderSource.prepare(next, deriving, reader) }
    return source
  }

  /// Bytes read at once only to be shown.
  private static let chunk = 1 << 20

  private func show(_ descriptor: Int32, _ isStopped: () -> Bool, to observe: (UnsafeRawBufferPointer) -> Void) throws(SourceFailure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: DataInput.chunk, alignment: 16)
    defer { buffer.deallocate() }
    while !isStopped() {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return }
      if count > 0 {
        observe(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } else if errno != EINTR {
        throw .unreadable(SystemError(errno))
      }
    }
  }
}

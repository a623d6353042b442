internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import Recognition
internal import WorkerLink

/// The records of a file that is opened up, as another process reads them: e-invoices as XML and in PDFs, archives, files packed by gzip.
///
/// A record's number is its place in the file: 1 in an XML file or PDF. When the reader is lost a fresh one goes on where it was, and tells
/// each step before it takes it. The step that costs one reader too many becomes a reject, and what follows is read.
final class ReaderSource: RecordSource {
  private let reader: FileReader
  private let turn: Int
  private let input: DataInput
  private let notes: ReadingNotes
  private var request: ReadingRequest
  private var number = 0
  private var fraction = 0.0
  private var isAtEnd = false

  /// Losses since the last record, and the step that the present reader has told last.
  private var losses = 0
  private var announced: ReadingStep?
  /// What can not be read, known before or found out here, by its step.
  private var lost: [Int: LostReading] = [:]
  /// Rejects that are still to be handed out for something that was lost.
  private var owed: (count: Int, loss: LostReading)?

  private(set) var ignored = IgnoredFiles()
  private(set) var lostHere: [LostReading] = []
  private var tally = ReadingTally()

  /// What a reader's loss is told with at most: so much of an entry's name.
  ///
  /// - Stops: an entry's name of megabytes in a message.
  private static let shownName = 120
  /// More entries than an archive may have.
  ///
  /// - Stops: a reader that was taken over and tells numbers that overflow.
  private static let ignoredLimit = 1 << 32

  init(_ opening: DataForm.Opening) throws(SourceFailure) {
    (reader, input, notes) = (opening.reader, opening.input, opening.notes)
    request = ReaderSource.request(opening.input, descriptor: opening.descriptor, opening.deriving)
    request.leftOut = notes.lost.map(\.cut)
    for loss in notes.lost { lost[loss.cut.step] = loss }
    // What no reader can so much as open is not tried again.
    if let whole = lost[0], whole.cut.taken == 0 {
      turn = reader.begin()
      (owed, isAtEnd) = ((1, whole), true)
    } else {
      turn = try reader.begin(request, descriptor: opening.descriptor)
    }
  }

  /// Has a file opened and asked for ahead of its turn, where it is one that is opened up. What goes wrong with it shows when its turn comes.
  static func prepare(_ input: DataInput, _ deriving: DerivingOptions, _ reader: FileReader) {
    guard !input.isStream, let file = try? input.open() else { return }
    var head = [UInt8](repeating: 0, count: DataForm.headBytes)
    let count = pread(file.descriptor, &head, head.count, 0)
    guard count >= 0, FileKind.isOpenedUp(name: Array(input.name.utf8), head: head[..<count]) else { return }
    let request = request(input, descriptor: file.descriptor, deriving)
    reader.prepare(file, request)
  }

  private static func request(
    _ input: DataInput, descriptor: Int32, _ deriving: DerivingOptions = DerivingOptions()
  ) -> ReadingRequest {
    var request = ReadingRequest()
    // What this process has open, whatever its name stands for by now.
    request.path = Array("/proc/\(getpid())/fd/\(descriptor)".utf8)
    (request.name, request.deriving) = (input.name, deriving)
    return request
  }

  // Whoever opens files from outside is believed nothing that could end this process.
  func readBytes(of size: Int) -> Int { fraction > 0 && fraction <= 1 ? Int(Double(size) * fraction) : 0 }

  func takeCounts() -> [ReadingCount] { tally.take() }

  // MARK: Reading

  func next() throws(SourceFailure) -> SourceRecord? {
    if let (count, loss) = owed {
      owed = count > 1 ? (count - 1, loss) : nil
      return reject(loss)
    }
    while !isAtEnd {
      guard reader.turn == turn, !reader.isAbandoned() else { throw .abandoned }
      switch try reader.next() {
      case .lost(let loss): if let record = try take(loss) { return record }
      case .frame(let kind, let fields): if let record = try take(kind, fields) { return record }
      }
    }
    return nil
  }

  private func take(_ kind: Frame.Kind, _ fields: UnsafeRawBufferPointer) throws(SourceFailure) -> SourceRecord? {
    let said: Said
    do throws(FieldFailure) { said = try read(kind, fields) } catch {
      guard case .lost(let loss) = try reader.malformed() else { return nil }
      return try take(loss)
    }
    switch said {
    case .nothing: return nil
    case .record(let record): return record
    case .leftOut(let step):
      (request.bookmark, losses) = (step.bookmark, 0)
      return try leaveOut(step.number)
    case .refused(let why):
      isAtEnd = true
      reader.finish()
      throw .impossible(input.refused(why))
    }
  }

  /// What a reader says.
  private enum Said {
    case nothing
    case record(SourceRecord)
    case leftOut(ReadingStep)
    case refused(String)
  }

  private func read(_ kind: Frame.Kind, _ fields: UnsafeRawBufferPointer) throws(FieldFailure) -> Said {
    var frame = FrameReader(fields)
    switch kind {
    case .recordRead:
      let found = try frame.next(ReadRecord.self)
      let bytes = frame.rest()
      guard let origin = found.origin(of: bytes.count) else { throw .malformed }
      tally.add(found.step)
      (request.bookmark, fraction, losses) = (found.bookmark, found.fraction, 0)
      return .record(
        record(
          entry: found.entry, origin: origin, length: found.length, bytes: bytes.assumingMemoryBound(to: UInt8.self), fault: found.fault,
          warnings: found.warnings))
    case .stepBegins: announced = try frame.next(ReadingStep.self)
    case .stepLeftOut: return .leftOut(try frame.next(ReadingStep.self))
    case .stepEmpty:
      let step = try frame.next(ReadingStep.self)
      (request.bookmark, losses) = (step.bookmark, 0)
      tally.addEmpty(step.number)
    case .fileRead:
      let found = try frame.next(ReadingBookmark.self).ignored
      guard (0...ReaderSource.ignoredLimit).contains(found.system), (0...ReaderSource.ignoredLimit).contains(found.ending) else {
        throw .malformed
      }
      ignored = found
      end()
    case .fileRefused: return .refused(try frame.next(String.self))
    default: throw .malformed
    }
    return .nothing
  }

  private func end() {
    (isAtEnd, fraction) = (true, 1)
    tally.end()
    reader.finish()
  }

  // MARK: What cannot be read

  /// A reader was lost: a fresh one goes on, unless it has cost too many.
  private func take(_ loss: ReaderLoss) throws(SourceFailure) -> SourceRecord? {
    if loss.cause == .unready {
      try reader.ask(request)
      return nil
    }
    losses += 1
    reader.note("\(input.name)\(announced?.entry.map { "/\($0)" } ?? ""): \(loss.code), time \(losses)")
    // Without a word from the reader it is not the step but the way to it: that is tried once more.
    let isOnTheWay = announced == nil && request.bookmark.step > 0
    let step = announced ?? ReadingStep(number: request.bookmark.step, entry: nil)
    announced = nil
    guard losses >= loss.allowed + (isOnTheWay ? 1 : 0) else {
      request.announces = true
      try reader.ask(request)
      return nil
    }
    let taken = request.bookmark.step == step.number ? request.bookmark.taken : 0
    let subject =
      step.entry.map { "the entry '\($0.suffix(ReaderSource.shownName))'" } ?? (isOnTheWay ? "what follows in the file" : "the file")
    let found = LostReading(
      cut: ReadingCut(step: step.number, taken: taken), endsFile: isOnTheWay || step.number == 0, entry: step.entry,
      fault: loss.fault(subject, losses: losses))
    lostHere.append(found)
    lost[step.number] = found
    losses = 0
    if found.endsFile { return try reject(all: found) }
    request.leftOut.append(found.cut)
    request.announces = true
    try reader.ask(request)
    return nil
  }

  /// The reader has passed over a step that was lost, here or before.
  private func leaveOut(_ step: Int) throws(SourceFailure) -> SourceRecord? {
    guard let loss = lost[step] else { throw .impossible(RunFailure(.defect, id: "defect", "a reader left out what it was not asked to")) }
    return try reject(all: loss)
  }

  /// Hands out the rejects for what was lost: one, or where an earlier pass found more records there, as many as are missing.
  private func reject(all loss: LostReading) throws(SourceFailure) -> SourceRecord? {
    var count = 1
    if !notes.lost.contains(where: { $0.cut.step == loss.cut.step }) {
      count = loss.endsFile ? try notes.count(0) - number : try notes.count(loss.cut.step) - loss.cut.taken
    }
    if loss.endsFile {
      if count > 0 { tally.add(loss.cut.step, count) }
      reader.drop()
      end()
    } else if count > 0 {
      tally.add(loss.cut.step, count)
    }
    guard count > 0 else { return nil }
    owed = count > 1 ? (count - 1, loss) : nil
    return reject(loss)
  }

  private func reject(_ loss: LostReading) -> SourceRecord {
    var record = record(
      entry: loss.entry, origin: .derived(language: nil), length: 0, bytes: UnsafeBufferPointer(start: nil, count: 0), fault: loss.fault)
    record.isLost = true
    return record
  }

  private func record(
    entry: String?, origin: SourceRecord.Origin, length: Int, bytes: UnsafeBufferPointer<UInt8>, fault: RecordFault?,
    warnings: [RecordWarning] = []
  ) -> SourceRecord {
    number += 1
    return SourceRecord(
      number: number, origin: origin, length: length, file: entry.map { "\(input.name)/\($0)" } ?? input.name, entry: entry, bytes: bytes,
      fault: fault,
      warnings: warnings)
  }
}

// MARK: Looking before

extension ReaderSource {
  /// Why an archive cannot be opened; `nil` where it can, or where finding that out costs readers: then the file is a reject.
  static func refusal(_ input: DataInput, descriptor: Int32, _ reader: FileReader) throws(SourceFailure) -> String? {
    _ = reader.begin()
    var request = request(input, descriptor: descriptor)
    request.isProbe = true
    var losses = 0
    while true {
      try reader.ask(request)
      switch try reader.next() {
      case .frame(.fileRead, _):
        reader.finish()
        return nil
      case .frame(.fileRefused, let fields):
        reader.finish()
        return (try? FrameReader.value(String.self, of: fields)) ?? "the file cannot be opened"
      case .frame:
        _ = try reader.malformed()
        losses += 1
      case .lost(let loss): if loss.cause != .unready { losses += 1 }
      }
      if losses >= 2 { return nil }
    }
  }
}

extension DataForm {
  /// E-invoices after EN 16931 as XML and in PDFs, archives, and files packed by gzip.
  package static let eInvoices = DataForm(
    matches: { FileKind.isOpenedUp(name: $0, head: $1) }, isStreamed: false,
    probe: { (input, descriptor, head, reader) throws(SourceFailure) in
      // An archive's directory must be readable; what is wrong with a single file is its own reject.
      guard FileKind(head) == .zip, let refusal = try ReaderSource.refusal(input, descriptor: descriptor, reader) else { return }
      throw .impossible(input.refused(refusal))
    }, open: { (opening) throws(SourceFailure) in try ReaderSource(opening) })
}

extension DataInput {
  /// A file that cannot be read at all.
  func refused(_ why: String) -> RunFailure { RunFailure(.data, id: "data-unreadable", "cannot read the data '\(shown)': \(why)") }
}

internal import Billing
internal import Files

/// The records of a JSON Lines file: its lines as they are.
final class JSONLinesSource: RecordSource {
  private let lines: RecordLines
  private let name: String

  init(_ opening: DataForm.Opening) {
    lines = RecordLines(descriptor: opening.descriptor, observe: opening.observe)
    name = opening.input.name
  }

  func next() throws(SourceFailure) -> SourceRecord? {
    let found: RecordLines.Line?
    do throws(RecordLines.ReadFailure) { found = try lines.next() } catch { throw .unreadable(SystemError(error.code)) }
    guard let line = found else { return nil }
    return SourceRecord(
      number: line.number, origin: .stored(offset: line.offset), length: line.length, file: name, bytes: line.bytes, fault: line.fault)
  }

  func readBytes(of size: Int) -> Int { min(lines.offset, size) }
}

extension DataForm {
  /// One JSON object a line; whatever is nothing else is read as this.
  package static let jsonLines = DataForm(
    matches: { _, _ in true }, isStreamed: true, open: { opening in JSONLinesSource(opening) })
}

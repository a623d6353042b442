internal import Billing
internal import Contract
internal import Diagnostics
internal import Files

/// A file of records, all of it in memory.
struct RecordFile {
  /// Its records in order.
  let records: [RecordInput]

  /// Reads JSON Lines.
  init(_ path: String) throws {
    let file: OpenFile
    do throws(SystemError) { file = try OpenFile(reading: path) } catch {
      throw Diagnostic(id: "data-unreadable", "'\(path)' cannot be read: \(error.text)")
    }
    let lines = RecordLines(descriptor: file.descriptor)
    var records: [RecordInput] = []
    while let line = try lines.next() {
      records.append(
        RecordInput(file: path, input: 0, number: records.count + 1, offset: line.offset, identity: nil, bytes: Array(line.bytes)))
    }
    withExtendedLifetime(file) {}
    self.records = records
  }
}

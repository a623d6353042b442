internal import Contract
internal import Files
internal import Tables

/// The file of the rows that were not taken in, each with its line and why, while it is being written.
final class RefusedRows {
  /// Bytes collected before they are written.
  private static let chunk = 1 << 16

  private let path: String
  private let name: String
  private let folder: OpenFile
  private var file: AtomicFile
  private var csv = CSVWriter()

  /// Begins the file beside its place.
  ///
  /// - Throws: 74 where it cannot be made.
  init(_ path: String) throws(RunFailure) {
    self.path = path
    let folderPath: String
    (folderPath, name) = LedgerText.split(path)
    do throws(SystemError) {
      folder = try OpenFile(folder: folderPath)
      file = try AtomicFile(temporary: ".\(name).tmp", in: folder.descriptor)
    } catch {
      throw Self.failure(path, error)
    }
    csv.row(EventRow.header + EventRow.refusalHeader)
  }

  /// Adds a row; of one with other fields than expected the first.
  func add(_ row: CSVReader.Row, reason: String) throws(RunFailure) {
    let fields = row.fields.prefix(EventRow.header.count).map(CellText.opened)
    let missing = Array(repeating: "", count: EventRow.header.count - fields.count)
    csv.row(fields + missing + [String(row.line), reason])
    if csv.bytes.count > Self.chunk { try flush() }
  }

  private func flush() throws(RunFailure) {
    do throws(SystemError) { try file.write(csv.take()) } catch { throw Self.failure(path, error) }
  }

  /// Puts the file into its place.
  func place() throws(RunFailure) {
    try flush()
    do throws(SystemError) {
      try file.sync()
      try file.place(as: name, in: folder.descriptor)
      try folder.sync()
    } catch {
      throw Self.failure(path, error)
    }
  }

  private static func failure(_ path: String, _ error: SystemError) -> RunFailure {
    RunFailure(.output, id: "output-unwritable", "cannot write the refused rows to '\(path)': \(error.text)")
  }
}

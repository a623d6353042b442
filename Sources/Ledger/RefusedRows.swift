internal import Contract
internal import Files
internal import Tables

/// The file of the rows that were not taken in, each with its line and why, while it is being written.
final class RefusedRows {
  private let path: String
  private let file: CSVFile

  /// Begins the file beside its place.
  ///
  /// - Throws: 74 where it cannot be made.
  init(_ path: String) throws(RunFailure) {
    self.path = path
    do throws(SystemError) { file = try CSVFile(path, header: EventRow.header + EventRow.refusalHeader) } catch {
      throw Self.failure(path, error)
    }
  }

  /// Adds a row; of one with other fields than expected the first.
  func add(_ row: CSVReader.Row, reason: String) throws(RunFailure) {
    let fields = row.fields.prefix(EventRow.header.count).map(CellText.opened)
    let missing = Array(repeating: "", count: EventRow.header.count - fields.count)
    do throws(SystemError) { try file.row(fields + missing + [String(row.line), reason]) } catch { throw Self.failure(path, error) }
  }

  /// Puts the file into its place.
  func place() throws(RunFailure) {
    do throws(SystemError) { try file.place() } catch { throw Self.failure(path, error) }
  }

  private static func failure(_ path: String, _ error: SystemError) -> RunFailure {
    RunFailure(.output, id: "output-unwritable", "cannot write the refused rows to '\(path)': \(error.text)")
  }
}

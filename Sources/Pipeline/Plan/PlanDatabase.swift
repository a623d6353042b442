internal import Contract
internal import Diagnostics
internal import GRDB
internal import Intake

/// The database of a command that writes nothing: SQLite's own temporary file, which nobody else sees, and which goes with the process.
enum PlanDatabase {
  /// Runs a command's body over an empty database, and says how the command ends.
  ///
  /// - Parameter report: Gets findings about records, those once that are equal but for their record, and why the command failed.
  static func ending(
    _ report: @escaping (Diagnostic) -> Void, _ body: (Database, RecordFindings) throws -> ExitCode
  ) -> Ending {
    let findings = RecordFindings(report)
    do {
      var configuration = Configuration()
      configuration.prepareDatabase {
        try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384")
      }
      let queue = try DatabaseQueue(path: "", configuration: configuration)
      queue.keepForGood()
      return .code(try queue.inDatabase { db in try body(db, findings) })
    } catch let stopped as Stopped {
      return .signal(stopped.signal)
    } catch {
      findings.tell()
      let failure = RunFailure.explain(error)
      failure.diagnostics.forEach(report)
      return .code(failure.code)
    }
  }
}

/// What is wrong with records, equal findings told once.
final class RecordFindings {
  private var groups: FindingGroups

  init(_ report: @escaping (Diagnostic) -> Void) { groups = FindingGroups(report: report) }

  func add(_ fault: RecordFault, of record: RecordInput) {
    groups.add(
      fault.diagnostic(file: record.file, record: record.number), record: Int(RecordPlace(input: record.input, number: record.number).key))
  }

  func tell() { groups.tell() }
}

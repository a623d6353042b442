internal import Billing
internal import Contract
internal import Diagnostics
internal import Files
internal import Tables

/// The list of a run's printed pieces for whoever puts them into envelopes: where each lies, how many sheets it has, where it goes, and what is
/// put in with it. A leaflet has no line of its own beside its bill, which names it as its insert.
///
/// The addresses stand in the run's journal and nowhere else in its folder.
final class MailingList {
  /// Lines of an address that have a column.
  private static let addressLines = 8
  /// The columns.
  static let header =
    ["kind", "file", "sheets", "name"] + (1...addressLines).map { "address\($0)" } + ["code", "country", "imb", "insert"]

  private let path: String
  private let file: CSVFile
  /// Pieces in it, inserts too.
  private(set) var count = 0
  /// The piece whose line is next to be written, once it is known what is put in with it.
  private var pending: (facts: PieceFacts, mailing: MailingFacts, inserts: [String])?

  /// Writes the list beside its place.
  ///
  /// - Throws: ``RunFailure``: 73 where the run's journal is not there, or not the run's; 74 where the list cannot be written.
  init(_ path: String, of folder: FinishedFolder, filter: AccountFilter) throws {
    self.path = path
    guard let journal = try Journal.open(of: folder) else { throw Self.lost(folder) }
    do throws(SystemError) { file = try CSVFile(path, header: Self.header) } catch { throw Self.failure(path, error) }
    try journal.forEachPiece { row in
      let facts = try row.pieceFacts()
      let identity = RecordIdentity(
        account: Array(facts.account.utf8), invoice: Array(facts.invoice.utf8), series: Array(facts.series.utf8))
      guard facts.isWritten, facts.channel == .print, filter.admits(identity), let mailing = facts.mailing else { return }
      count += 1
      if facts.kind.traits.naming == .edition, pending?.facts.record == facts.record {
        pending?.inserts.append(facts.file)
      } else {
        try writePending()
        pending = (facts, mailing, [])
      }
    }
    try writePending()
    try journal.close()
  }

  private func writePending() throws(RunFailure) {
    guard let (facts, mailing, inserts) = pending else { return }
    pending = nil
    let address = mailing.address.prefix(Self.addressLines)
    let missing = Array(repeating: "", count: Self.addressLines - address.count)
    do throws(SystemError) {
      try file.row(
        [facts.kind.rawValue, facts.file, String(facts.sheets), mailing.name] + address + missing
          + [mailing.code, mailing.country, mailing.imb, inserts.joined(separator: " ")])
    } catch {
      throw Self.failure(path, error)
    }
  }

  /// Puts the list into its place.
  ///
  /// - Throws: ``RunFailure`` 74.
  func place() throws(RunFailure) {
    do throws(SystemError) { try file.place() } catch { throw Self.failure(path, error) }
  }

  private static func lost(_ folder: FinishedFolder) -> RunFailure {
    RunFailure(
      .otherRun, id: "journal-missing",
      "the run's journal in '\(folder.path)/\(OutputFolder.workName)', which knows where its pieces go, is not there or not this program's; release without '--list'"
    )
  }

  private static func failure(_ path: String, _ error: SystemError) -> RunFailure {
    RunFailure(.output, id: "output-unwritable", "cannot write the list to '\(path)': \(error.text)")
  }
}

internal import Billing
internal import Contract
internal import Dates
internal import Diagnostics
internal import Files
internal import Tables

/// The list of a run's printed pieces for whoever puts them into envelopes: where each lies, how many sheets it has, where it goes, and what is
/// put in with it. A leaflet has no line of its own beside its bill, which names it as its insert; a postcard goes by itself, and its line says what
/// its post takes it for.
///
/// The addresses stand in the run's journal and nowhere else in its folder.
final class MailingList {
  /// Lines of an address that have a column.
  private static let addressLines = 8
  /// The columns.
  static let header =
    ["kind", "file", "sheets", "name"] + (1...addressLines).map { "address\($0)" } + ["code", "country", "imb", "insert", "class", "size"]

  /// A line that is to be written.
  private struct Line {
    var facts: PieceFacts
    var mailing: MailingFacts
    var inserts: [String] = []
  }

  private let path: String
  private let file: CSVFile
  private let postage: CardPostage
  /// Pieces in it, inserts too.
  private(set) var count = 0
  /// The lines of one record's pieces, which are next to be written, once it is known what is put in with them.
  private var pending: [Line] = []

  /// Writes the list beside its place.
  ///
  /// - Parameter mailed: The day the pieces were mailed: the postal class is that of this day.
  /// - Throws: ``RunFailure``: 73 where the run's journal is not there, or not the run's; 74 where the list cannot be written.
  init(_ path: String, of folder: FinishedFolder, filter: AccountFilter, mailed: PlainDate) throws {
    self.path = path
    postage = CardPostage(mailed: mailed)
    guard let journal = try Journal.open(of: folder) else { throw Self.lost(folder) }
    do throws(SystemError) { file = try CSVFile(path, header: Self.header) } catch { throw Self.failure(path, error) }
    try journal.forEachPiece { row in
      let facts = try row.pieceFacts()
      let identity = RecordIdentity(
        account: Array(facts.account.utf8), invoice: Array(facts.invoice.utf8), series: Array(facts.series.utf8))
      guard facts.isWritten, facts.channel == .print, filter.admits(identity), let mailing = facts.mailing else { return }
      count += 1
      if pending.first?.facts.record != facts.record { try writePending() }
      // A leaflet lies in its bill's envelope, whatever else of the record is mailed: a postcard between the two has none.
      if facts.kind.traits.naming == .edition, let bill = pending.firstIndex(where: { $0.facts.kind == .bill }) {
        pending[bill].inserts.append(facts.file)
      } else {
        pending.append(Line(facts: facts, mailing: mailing))
      }
    }
    try writePending()
    try journal.close()
  }

  private func writePending() throws(RunFailure) {
    defer { pending = [] }
    for line in pending {
      let (facts, mailing) = (line.facts, line.mailing)
      let address = mailing.address.prefix(Self.addressLines)
      let missing = Array(repeating: "", count: Self.addressLines - address.count)
      do throws(SystemError) {
        try file.row(
          [facts.kind.rawValue, facts.file, String(facts.sheets), mailing.name] + address + missing
            + [mailing.code, mailing.country, mailing.imb, line.inserts.joined(separator: " ")]
            + [facts.card.flatMap(postage.postalClass)?.name ?? "", facts.card.map(CardPostage.size) ?? ""])
      } catch {
        throw Self.failure(path, error)
      }
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

internal import Billing
internal import Contract
internal import Files
internal import Foundation
internal import GRDB
internal import Intake
internal import Languages

/// Reads all data once: their digests, which records there are, and whose identity comes twice.
struct FirstPass {
  /// What is known afterwards.
  struct Facts: Equatable {
    var data = DataDigest()
    var records = 0
    /// Left out by `--only` and `--exclude`.
    var skipped = 0
    /// Files and entries of archives that are no data.
    var ignored = IgnoredFiles()
    /// Inputs without a record.
    var empty: [String] = []
    /// What was read of the ledger; `nil` without one.
    var ledger: LedgerInput.Snapshot?
  }

  var inputs: [DataInput]
  var filter: AccountFilter
  /// `nil`: nothing stops it.
  var signals: StopSignals?
  /// What is asked of derived records.
  var deriving = DerivingOptions()
  /// Are records that differ from an earlier one of their identity made?
  var acceptsDifferent = false
  /// Does each account get pieces of its own, with its first record?
  var makesAccountPieces = false

  /// The name of the run's cycle; `nil`: the digest of the data says it.
  var cycle: String?
  /// What is known of the accounts that are met.
  var ledger: LedgerInput?

  /// Opens up what has to be.
  var reader = FileReader()
  /// What was passed over when the inputs were looked for.
  var found = IgnoredFiles()

  /// Bytes read at once where only the digest is wanted.
  private static let chunk = 1 << 20

  /// Records between two looks for a stop signal: a derived one takes up to some milliseconds.
  private static let recordsBetweenLooks = 16

  /// The digests only: enough to tell whether an output folder holds this run.
  func digests() throws -> DataDigest {
    var data = DataDigest()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: FirstPass.chunk, alignment: 16)
    defer { buffer.deallocate() }
    for input in inputs {
      let digest = RunningDigest(.note)
      do throws(SystemError) {
        let file = try input.open()
        data.needsReader = data.needsReader || input.needsReader(descriptor: file.descriptor)
        while true {
          let count = try file.read(into: buffer)
          if count == 0 { break }
          digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
          digest.noted.removeAll(keepingCapacity: true)
          if signals?.isPending == true { break }
        }
      } catch {
        throw input.unreadable(error)
      }
      try signals?.check()
      data.inputs.append(DataDigest.Input(name: input.name, bytes: digest.position, digest: digest.finish()))
    }
    return data
  }

  /// The digests, and a new draft of a journal at `path` with every identity in it.
  func fill(journal path: String) throws -> Facts {
    let queue = try DatabaseQueue(path: path, configuration: Journal.draftConfiguration)
    queue.keepForGood()
    var facts = Facts()
    try queue.inDatabase { db in
      try db.execute(sql: Journal.schema)
      try db.inTransaction {
        facts = try scan(db)
        return .commit
      }
    }
    try queue.close()
    return facts
  }

  /// Whether something that an earlier first pass lost of its inputs can be read now, or something else is lost: then another first pass
  /// would find other records.
  func findsOtherLosses(than journal: Journal) throws -> Bool {
    for position in try journal.inputsWithLosses() where inputs.indices.contains(position) {
      let input = inputs[position]
      do {
        let file = try input.open()
        let records = try input.source(descriptor: file.descriptor, deriving: deriving, reader: reader)
        while try records.next() != nil {}
        if try records.lostHere.map(\.cut) != journal.lost(ofInput: position).map(\.cut) { return true }
        withExtendedLifetime(file) {}
      } catch let failure as SourceFailure {
        try signals?.check()
        throw input.failure(failure)
      } catch let error as SystemError {
        throw input.unreadable(error)
      }
    }
    return false
  }

  private func scan(_ db: Database) throws -> Facts {
    let book = try IdentityBook(db, acceptsDifferent: acceptsDifferent)
    let (duplicate, copy) = (try RowInsertion<DuplicateRow>(db), try RowInsertion<CopyRow>(db))
    let reading = try Journal.ReadingWriter(db)
    let block = try RowInsertion<BlockRow>(db)
    var facts = Facts()
    facts.ignored = found
    var unmet = filter.only ?? []
    for (index, input) in inputs.enumerated() {
      let next = index + 1 < inputs.count ? inputs[index + 1] : nil
      let digest = RunningDigest(.note)
      func noteBlocks() throws {
        for checkpoint in digest.noted {
          try block(BlockRow(input: input.position, position: checkpoint.position, digest: Array(checkpoint.digest)))
        }
        digest.noted.removeAll(keepingCapacity: true)
      }
      do {
        let file = try input.open()
        let before = facts.records
        facts.data.needsReader = facts.data.needsReader || input.needsReader(descriptor: file.descriptor)
        let records = try input.source(
          descriptor: file.descriptor, deriving: deriving, reader: reader, next: next, observe: { digest.update($0) },
          isStopped: { signals?.isPending == true })
        while let record = try records.next() {
          if !digest.noted.isEmpty { try noteBlocks() }
          if facts.records % FirstPass.recordsBetweenLooks == 0 { try signals?.check() }
          facts.records += 1
          let place = RecordPlace(input: input.position, number: record.number)
          if record.isDerived { try reading.add(records.takeCounts(), input: input.position) }
          guard let identity = record.identity else {
            if record.isDerived { try reading.addNameless(place) }
            continue
          }
          if !unmet.isEmpty { unmet.remove(identity.account) }
          guard filter.admits(identity) else {
            facts.skipped += 1
            continue
          }
          switch try book.note(identity, record.bytes, at: place, in: db) {
          case .new: break
          case .copy(let number): try copy(CopyRow(place: place, number: number))
          case .duplicate(let first, let differs): try duplicate(DuplicateRow(place: place, first: first, differs: differs))
          }
        }
        try noteBlocks()
        facts.ignored += records.ignored
        try reading.add(records.takeCounts(), input: input.position)
        for lost in records.lostHere { try reading.add(lost, input: input.position) }
        if facts.records == before { facts.empty.append(input.shown) }
        // The descriptor must outlive the reader, which only borrow it.
        withExtendedLifetime(file) {}
      } catch let failure as SourceFailure {
        try signals?.check()
        throw input.failure(failure)
      } catch let error as SystemError {
        throw input.unreadable(error)
      }
      facts.data.inputs.append(DataDigest.Input(name: input.name, bytes: digest.position, digest: digest.finish()))
    }
    // Names of files tell series apart where a number stands in several.
    try db.execute(
      sql: """
        INSERT INTO several SELECT seen.key FROM seen JOIN
          (SELECT account, invoice FROM seen GROUP BY account, invoice HAVING MIN(series) <> MAX(series)) AS many
          ON seen.account = many.account AND seen.invoice = many.invoice
        """)
    if makesAccountPieces {
      // An account's postcard and e-mail are made with its first record.
      try db.execute(
        sql: """
          INSERT INTO later SELECT seen.key FROM seen JOIN
            (SELECT account, MIN(key) AS first FROM seen GROUP BY account HAVING COUNT(*) > 1) AS many
            ON seen.account = many.account AND seen.key <> many.first
          """)
    }
    let miss = try RowInsertion<UnmetRow>(db)
    for account in AccountFilter.sorted(unmet) { try miss(UnmetRow(account: account)) }
    facts.ledger = try ledger?.snapshot(into: db, cycle: cycle ?? facts.data.defaultCycle, signals: signals)
    return facts
  }
}

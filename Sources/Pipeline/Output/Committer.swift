internal import CLinux
internal import Contract
internal import Files

/// Notes entries in the journal once their pieces are safe on the disk: one sync of the file system for some 256 pieces.
final class Committer {
  /// Pieces that share a sync.
  private static let pieces = 256
  /// Rejects that may wait at most: they are memory.
  ///
  /// - Stops: a file of nothing but rejects, waiting in memory.
  private static let rejects = 2048
  /// Bytes of rejects that may wait at most.
  ///
  /// - Stops: the same by their bytes.
  private static let bytes = 4 << 20
  /// With slow records a batch is not waited for so long, in nanoseconds: what an interruption loses has to be made again.
  private static let patience: Int64 = 2_000_000_000
  /// What may wait for a slow disk: the next sync takes all of it, so that fewer syncs serve more pieces, until memory would tell.
  ///
  /// - Stops: a slow disk behind which finished pieces fill the memory.
  private static let backlogPieces = 16 * pieces
  /// Bytes of rejects that may wait for it.
  ///
  /// - Stops: the same with large rejects.
  private static let backlogBytes = 4 * bytes

  private let journal: Journal
  private let sync: BackgroundSync
  private var current = JournalBatch()
  /// Its pieces are being synced.
  private var syncing: JournalBatch?
  private var began: Int64 = 0

  init(_ journal: Journal, folder: Int32) throws {
    self.journal = journal
    sync = try BackgroundSync(folder: folder)
  }

  /// Becomes readable when ``syncEnded()`` has to be called.
  var descriptor: Int32 { sync.descriptor }

  func append(_ piece: PieceRow) {
    touch()
    current.append(piece)
  }

  func append(_ reject: RejectRow) {
    touch()
    current.append(reject)
  }

  private func touch() {
    if current.isEmpty { began = bf_monotonic_nanoseconds() }
  }

  /// Begins with the next batch if it is time for it.
  func advance() throws {
    guard !current.isEmpty else { return }
    let isFull = current.pieces.count >= Committer.pieces || current.rejects.count >= Committer.rejects || current.bytes >= Committer.bytes
    guard isFull || bf_monotonic_nanoseconds() - began >= Committer.patience else { return }
    if syncing != nil {
      // The disk is slower than the workers: they have to wait.
      guard current.pieces.count >= Committer.backlogPieces || current.bytes >= Committer.backlogBytes else {
        return
      }
      try syncEnded()
    }
    try begin()
  }

  private func begin() throws {
    let batch = current
    current = JournalBatch()
    if batch.pieces.isEmpty {
      try journal.commit(batch)
    } else {
      do throws(SystemError) { try sync.begin() } catch {
        throw RunFailure(.defect, id: "defect", "cannot begin to sync the disk: \(error.text)")
      }
      syncing = batch
    }
  }

  /// Waits for the sync that is under way and notes its entries.
  func syncEnded() throws {
    guard let batch = syncing else { return }
    syncing = nil
    do throws(SystemError) { try sync.wait() } catch { throw RunFailure.output(error, "the pieces") }
    try journal.commit(batch)
  }

  /// Notes everything that is left.
  func flush() throws {
    try syncEnded()
    guard !current.isEmpty else { return }
    try begin()
    try syncEnded()
  }
}

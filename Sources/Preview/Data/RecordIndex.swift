internal import Billing
internal import Intake
internal import Synchronization

/// Where every record of the data lies and what is searched in it, filled in by threads of its own while it is used.
///
/// What is promised while the data change: an index that replaces another gives the other's records until it has got as far or is done, so
/// that the bill on the screen does not vanish; such an entry says that it is old, and `renewed` is called when the new one is there.
/// Search and extremes are those of the new data from the start and fill in again. Of every entry the bytes that come back are those that
/// were indexed, or none: never those of another record that has come to lie there.
final class RecordIndex: Sendable {
  /// How far the index is.
  struct Progress: Sendable, Hashable {
    /// Records that can be shown; until all is read those of the former index count too.
    var count: Int
    var readBytes: Int
    var totalBytes: Int
    var isDone: Bool
    /// Why it ended early.
    var fault: String?
  }

  /// More records than this are not shown: each takes some 120 bytes here.
  ///
  /// - Stops: a file of all customers there ever were.
  static let recordLimit = 2_000_000
  /// So many old entries are remembered; a page shows a few dozen bills.
  ///
  /// - Stops: a page that asks for every bill, whose places are kept.
  private static let lentLimit = 1_000

  let store: RecordStore
  /// Rings when there is more, and when no more will come: at the end, and when it is cancelled.
  let growth = ChangeBell()

  private struct Contents {
    var blocks: [RecordBlock] = []
    var found = Extremes()
    var progress: Progress
    var isStopped = false
    /// Answers for what is not read yet.
    var former: RecordIndex?
    /// Old records that were given out.
    var lent: Set<Int> = []

    func block(holding index: Int) -> RecordBlock? {
      let position = RecordIndex.position(of: index, in: blocks)
      guard index >= 0, position < blocks.count else { return nil }
      return blocks[position]
    }
  }

  private let contents: Mutex<Contents>
  private let renewed: (@Sendable () -> Void)?

  /// Begins to read the files.
  ///
  /// - Parameters:
  ///   - former: The index of the same data before they changed; it should be cancelled. Goes when this one is done.
  ///   - renewed: Called from a thread when old records that were given out are there anew.
  ///   - changed: Called from a thread when there is more, at most ten times a second, and at the end.
  init(
    _ files: DataFiles, strictLines: Bool, acceptsSumMismatch: Bool = false, replacing former: RecordIndex? = nil,
    renewed: (@Sendable () -> Void)? = nil,
    changed: @escaping @Sendable () -> Void
  ) {
    store = RecordStore(files)
    self.renewed = renewed
    let sizes = files.inputs.map(\.size)
    let progress = Progress(count: 0, readBytes: 0, totalBytes: sizes.reduce(0, +), isDone: false)
    contents = Mutex(Contents(progress: progress, former: former?.best()))
    let reader = BillReader(strictLines: strictLines, acceptsSumMismatch: acceptsSumMismatch)
    IndexFiller(self, sizes: sizes, reader: reader, changed).start()
  }

  /// Begins to read files by their names.
  convenience init(
    files: [String], program: String = "/proc/self/exe", strictLines: Bool, changed: @escaping @Sendable () -> Void
  ) {
    self.init(DataFiles(paths: files, program: program), strictLines: strictLines, changed: changed)
  }

  /// The data files as the user wrote them.
  var files: [String] { store.paths }

  /// Stops reading; what was read stays.
  func cancel() {
    contents.withLock { $0.isStopped = true }
    growth.ring()
  }
  /// Whether it was told to stop.
  var isCancelled: Bool { contents.withLock { $0.isStopped } }

  var progress: Progress {
    let (state, former) = contents.withLock { ($0.progress, $0.former) }
    var progress = state
    if let former { progress.count = max(progress.count, former.count) }
    return progress
  }

  /// The extremes of what was read so far.
  var extremes: [Extremes.Found] { contents.withLock { $0.found }.found }

  /// Bytes of memory that records take, for tests and measurements.
  var heldBytes: Int { contents.withLock { $0.blocks }.reduce(0) { $0 + $1.heldBytes } }

  /// The record at `index`, from 0; `nil` while there is none.
  ///
  /// - Parameter allowsOld: Whether a record of the former index will do, as long as its bytes are still there.
  /// - Complexity: O(log records).
  func entry(_ index: Int, allowsOld: Bool = true) -> RecordEntry? {
    let (block, former) = contents.withLock { ($0.block(holding: index), $0.former) }
    if let block { return block.entry(index - block.start, store: store) }
    guard allowsOld, let former, var old = former.entry(index, allowsOld: false),
      old.finding != nil || former.store.bytes(of: old, language: nil) != nil
    else { return nil }
    old.isOld = true
    contents.withLock { if $0.lent.count < RecordIndex.lentLimit { $0.lent.insert(index) } }
    return old
  }

  /// Up to `count` records from `start`.
  func entries(from start: Int, count: Int) -> [RecordEntry] {
    let (blocks, former) = contents.withLock { ($0.blocks, $0.former) }
    let start = max(0, start)
    var result: [RecordEntry] = []
    var next = start
    for block in blocks[RecordIndex.position(of: start, in: blocks)...] {
      while next < block.end, result.count < count {
        result.append(block.entry(next - block.start, store: store))
        next += 1
      }
      if result.count >= count { break }
    }
    guard result.count < count, let former else { return result }
    return result
      + former.entries(from: next, count: count - result.count).map {
        var old = $0
        old.isOld = true
        return old
      }
  }

  /// The first record of an account and invoice, from 0; `nil` while it is not read.
  ///
  /// Complexity: O(records), some milliseconds for 200,000.
  func index(account: String, invoice: String) -> Int? {
    let (account, invoice) = (Array(account.utf8), Array(invoice.utf8))
    for block in contents.withLock({ $0.blocks }) {
      if let place = block.place(account: account, invoice: invoice) { return block.start + place }
    }
    return nil
  }

  /// The records whose account, invoice, name or amount holds every word of `query`, whatever the case: at most `limit`, and how many
  /// there are.
  ///
  /// Complexity: O(bytes of all texts); 200,000 records take some hundredths of a second.
  func search(_ query: String, limit: Int) -> (indexes: [Int], total: Int) {
    let words = query.lowercased().split(separator: " ").prefix(8).map { Array($0.utf8) }
    guard !words.isEmpty else { return ([], 0) }
    var (indexes, total): ([Int], Int) = ([], 0)
    for block in contents.withLock({ $0.blocks }) {
      block.search(words) { place in
        total += 1
        if indexes.count < limit { indexes.append(block.start + place) }
      }
    }
    return (indexes, total)
  }

  /// The very bytes that were indexed for a record, read anew; `nil` if they are there no longer, or where ``RecordEntry/finding`` is all
  /// there is.
  ///
  /// - Parameter language: What records derived from something else are to say of their language: the layout's first, unless the command names
  ///   one. Without it they say `und`.
  /// - Complexity: O(bytes), one call of the system.
  func bytes(of entry: RecordEntry, language: String? = nil) -> [UInt8]? { entry.store.bytes(of: entry, language: language) }

  // MARK: Inside

  private var count: Int { contents.withLock { $0.progress.count } }

  /// Of this index and the one before the one that has more records.
  private func best() -> RecordIndex {
    let former = contents.withLock { $0.former }
    let isBehind = former.map { $0.count > count } ?? false
    contents.withLock { $0.former = nil }
    return isBehind ? former ?? self : self
  }

  /// Adds the next records. Whether there is still a use for more.
  func add(_ block: RecordBlock, _ extremes: Extremes, readBytes: Int) {
    let isRenewed = contents.withLock { contents in
      guard !contents.isStopped else { return false }
      contents.blocks.append(block)
      contents.found.merge(extremes)
      (contents.progress.count, contents.progress.readBytes) = (block.end, readBytes)
      let before = contents.lent.count
      contents.lent = contents.lent.filter { $0 >= block.end }
      return contents.lent.count < before
    }
    growth.ring()
    if isRenewed { renewed?() }
  }

  /// Marks the end.
  func finish(readBytes: Int, fault: String?) {
    let isRenewed = contents.withLock { contents in
      guard !contents.isStopped else { return false }
      (contents.progress.readBytes, contents.progress.isDone, contents.progress.fault) = (readBytes, true, fault)
      contents.former = nil
      defer { contents.lent = [] }
      return !contents.lent.isEmpty
    }
    growth.ring()
    if isRenewed { renewed?() }
  }

  /// The first block that ends behind `index`.
  private static func position(of index: Int, in blocks: [RecordBlock]) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].end <= index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
